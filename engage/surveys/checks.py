"""What a template must get right beyond its keys: every reference leads somewhere. Pure."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from engage.errors import InvalidInputError
from engage.surveys.building import Library, only_variant, options_of
from engage.surveys.checks_of_kinds import CHOICES, KIND_RULES
from engage.surveys.interchange import Condition, OptionSpec, QuestionSpec, TemplateSpec
from engage.surveys.parts import PART_OF_KIND

# A loop goes round the answers that were chosen from a list.
LISTS = {"single", "multi", "rank", "scale"}
Problem = tuple[str, str]  # where, what is wrong


def check(spec: TemplateSpec, library: Library, file: str) -> None:
    """Raise the first problem as one sentence that names the file and the question."""
    for where, problem in _problems(spec, library):
        raise InvalidInputError(f"{file}: {where}: {problem}.")


def check_switches(spec: TemplateSpec, switch_on: Iterable[str], file: str) -> None:
    optional = {question.id for question in spec.questions() if question.optional_module}
    for code in sorted(set(switch_on) - optional):
        raise InvalidInputError(f"{file}: {code}: there is no optional question of that code.")


def _problems(spec: TemplateSpec, library: Library) -> Iterator[Problem]:
    yield from _repeats(spec)
    yield from _unknown(
        spec.id, "audience", spec.audience, {a.code for a in library.pack.audiences}
    )
    yield from _module_problems(spec, library)
    for question in spec.questions():
        for rule in RULES:
            yield from ((question.id, problem) for problem in rule(question, spec, library))
    # A condition must hold together in each variant of a module by itself.
    for variant in spec.variants or ("",):
        yield from _routing(only_variant(spec, variant) if variant else spec, library)


def _repeats(spec: TemplateSpec) -> Iterator[Problem]:
    sections = Counter(section.id for section in spec.sections)
    yield from ((code, "two sections have this code") for code, n in sections.items() if n > 1)
    questions = Counter(question.id for question in spec.questions())
    yield from ((code, "two questions have this code") for code, n in questions.items() if n > 1)


def _unknown(where: str, kind: str, given: Iterable[str], known: set[str]) -> Iterator[Problem]:
    yield from ((where, f"unknown {kind} “{code}”") for code in given if code not in known)


def _module_problems(spec: TemplateSpec, library: Library) -> Iterator[Problem]:
    for name in spec.add_modules:
        module, _, variant = name.partition(":")
        known = library.modules.get(module)
        if known is None or variant not in known.variants:
            yield spec.id, f"unknown module “{name}”"
    for section in spec.sections:
        variants = [c.module_variant for c in (section.show_if,) if c and c.module_variant]
        variants += [
            q.show_if.module_variant
            for q in section.questions
            if q.show_if and q.show_if.module_variant
        ]
        yield from _unknown(section.id, "module variant", variants, set(spec.variants))


# ---- one question at a time


def _answers(question: QuestionSpec, spec: TemplateSpec, library: Library) -> Iterator[str]:
    offers = bool(question.options or question.options_from or question.scale)
    if question.type in CHOICES and not offers:
        yield "has no answers to choose from"
    if question.type in ("text", "info") and offers:
        yield f"a question of type “{question.type}” takes no answers to choose from"
    if question.type == "loop" and not question.loop_over:
        yield "a loop needs “loop_over”"


def _scales(question: QuestionSpec, spec: TemplateSpec, library: Library) -> Iterator[str]:
    named = [question.scale] if question.scale else []
    for scale in [*named, *(question.scale_alternatives or ())]:
        if scale not in library.scales:
            yield f"unknown scale “{scale}”"


def _extra_options(question: QuestionSpec, spec: TemplateSpec, library: Library) -> Iterator[str]:
    asked_for = {a.code for a in library.pack.other_area_answers if a.offer == "asked_for"}
    for code in question.extra_options or ():
        if code not in asked_for:
            yield f"“{code}” is not an extra answer of the area list"


def _option_codes(question: QuestionSpec, spec: TemplateSpec, library: Library) -> Iterator[str]:
    if question.scale and question.scale not in library.scales:
        return
    codes = Counter(option.code for option in options_of(question, library))
    yield from (f"the answer code “{code}” is given twice" for code, n in codes.items() if n > 1)


def _tags(question: QuestionSpec, spec: TemplateSpec, library: Library) -> Iterator[str]:
    pack = library.pack
    lists = (
        ("ambition", question.ambitions, {a.code for a in pack.ambitions}),
        ("outcome bee", question.outcome_bees, {b.code for b in pack.outcome_bees}),
        ("audience", question.audience or (), {a.code for a in pack.audiences}),
    )
    for kind, given, known in lists:
        yield from (f"unknown {kind} “{code}”" for code in given if code not in known)


def _margins(question: QuestionSpec, spec: TemplateSpec, library: Library) -> Iterator[str]:
    margins = library.margins.get(question.role or "", ())
    known = {a.code for a in library.pack.areas} if margins == "areas" else set(margins)
    for option in question.options:
        if option.weight_margin is not None and option.weight_margin not in known:
            yield f"unknown weight margin “{option.weight_margin}”"


Rule = Callable[[QuestionSpec, TemplateSpec, Library], Iterator[str]]
RULES: tuple[Rule, ...] = (
    *(_answers, _scales, _extra_options, _option_codes, _tags, _margins),
    *KIND_RULES,
)


# ---- questions that lean on earlier ones


def _routing(spec: TemplateSpec, library: Library) -> Iterator[Problem]:
    earlier: dict[str, set[str]] = {}
    lists: set[str] = set()
    for section in spec.sections:
        yield from _condition(f"section {section.id}", section.show_if, earlier)
        for question in section.questions:
            yield from _condition(question.id, question.show_if, earlier)
            yield from _loop(question, earlier, lists)
            earlier[question.id] = {o.code for o in _to_choose(question, library)}
            lists |= {question.id} if question.type in LISTS else set()


def _to_choose(question: QuestionSpec, library: Library) -> Iterator[OptionSpec]:
    """The answers; a statement and a unit stand among them and are none."""
    part = PART_OF_KIND.get(question.type)
    for option in options_of(question, library):
        if part is None or option.group != part:
            yield option


def _condition(
    where: str, condition: Condition | None, earlier: dict[str, set[str]]
) -> Iterator[Problem]:
    if condition is None or condition.question is None:
        return
    answers = earlier.get(condition.question)
    if answers is None:
        yield where, f"show_if names “{condition.question}”, which is not an earlier question"
        return
    for code in (*(condition.among or ()), *(condition.not_in or ())):
        if code not in answers:
            yield where, f"show_if names “{code}”, which is no answer of {condition.question}"


def _loop(
    question: QuestionSpec, earlier: dict[str, set[str]], lists: set[str]
) -> Iterator[Problem]:
    if question.loop_over is None:
        return
    answers = earlier.get(question.loop_over)
    if answers is None:
        yield question.id, f"loop_over “{question.loop_over}” is not an earlier question"
        return
    if question.loop_over not in lists:
        yield question.id, f"loop_over “{question.loop_over}” has no list of answers to go round"
    for code in question.loop_exclude or ():
        if code not in answers:
            yield question.id, f"“{code}” is no answer of {question.loop_over}"
