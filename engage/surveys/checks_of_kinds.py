"""What a template must get right about one kind of question. Pure."""

from collections.abc import Callable, Iterator
from datetime import date

from engage.surveys.building import Library, options_of
from engage.surveys.interchange import OptionSpec, QuestionSpec, TemplateSpec
from engage.surveys.parts import PART_OF_KIND, STATEMENT, UNIT
from engage.surveys.question_types.dates import LENGTH, TODAY

CHOICES = {"single", "multi", "rank", "scale", "loop", "zero_to_ten", "statements", "area"}
NUMBERS = [str(number) for number in range(11)]
# Keys that mean something for one kind only.
KEYS_OF_KIND = {
    "number": ("min", "max"),
    "date": ("precision", "earliest", "latest"),
}
# What the newer kinds do not do. Their answers feed no part of q, which is made of scales.
WRITTEN = {"number", "date"}
NEW_KINDS = {*WRITTEN, "zero_to_ten", "statements", "area"}
NOT_FOR_NEW_KINDS = ("easy_read_display", "grouped", "randomise", "max_choices")
Rule = Callable[[QuestionSpec, TemplateSpec, Library], Iterator[str]]


def _options(question: QuestionSpec, library: Library) -> tuple[OptionSpec, ...]:
    if question.scale and question.scale not in library.scales:
        return ()
    return tuple(options_of(question, library))


def _keys(question: QuestionSpec, spec: TemplateSpec, library: Library) -> Iterator[str]:
    for kind, keys in KEYS_OF_KIND.items():
        if question.type != kind:
            given = (key for key in keys if getattr(question, key) is not None)
            yield from (f"“{key}” is only for questions of type “{kind}”" for key in given)
    if question.type in NEW_KINDS:
        given = (key for key in NOT_FOR_NEW_KINDS if getattr(question, key))
        yield from (f"a question of type “{question.type}” takes no “{key}”" for key in given)
        if question.feeds_q != "none":
            yield f"a question of type “{question.type}” cannot feed q; use a scale"


def _parts(question: QuestionSpec, spec: TemplateSpec, library: Library) -> Iterator[str]:
    groups = {option.group for option in _options(question, library)}
    if question.type == "statements" and STATEMENT not in groups:
        yield "needs “statements”"
    if question.type == "statements" and groups == {STATEMENT}:
        yield "has no answers to choose from"
    for kind, part in PART_OF_KIND.items():
        if question.type != kind and part in groups:
            yield f"a {part} is only for questions of type “{kind}”"


def _words_beside(question: QuestionSpec, spec: TemplateSpec, library: Library) -> Iterator[str]:
    """One box for words is kept beside one answer, so neither rounds nor rows can have it."""
    takes_none = question.type in {*NEW_KINDS, "loop"}
    if takes_none and any(option.free_text for option in _options(question, library)):
        yield f"an answer to a “{question.type}” question takes no “free_text”"


def _zero_to_ten(question: QuestionSpec, spec: TemplateSpec, library: Library) -> Iterator[str]:
    real = [option.code for option in _options(question, library) if not option.missing]
    if question.type == "zero_to_ten" and real != NUMBERS:
        yield "needs “ends”, the words for 0 and for 10, and no other answers but missing ones"
    if question.type == "zero_to_ten" and question.scale:
        yield "takes no “scale”: its answers are always 0 to 10"


def _written(question: QuestionSpec, spec: TemplateSpec, library: Library) -> Iterator[str]:
    if question.type not in WRITTEN:
        return
    options = [option for option in _options(question, library) if option.group != UNIT]
    if not all(option.missing for option in options):
        yield f"the answers beside a {question.type} must be missing ones"
    if any(option.code.isdecimal() or option.code[:4].isdecimal() for option in options):
        yield f"the answers beside a {question.type} need codes that begin with a letter"


def _number(question: QuestionSpec, spec: TemplateSpec, library: Library) -> Iterator[str]:
    if question.type != "number" or question.max is None:
        return
    if question.max < (question.min or 0):
        yield "“max” is smaller than “min”, which is 0 unless the question says so"


def _date(question: QuestionSpec, spec: TemplateSpec, library: Library) -> Iterator[str]:
    if question.type != "date":
        return
    length = LENGTH[question.precision or "day"]
    ends = [(key, getattr(question, key)) for key in ("earliest", "latest")]
    for key, end in ends:
        if end not in (None, TODAY) and not (len(end) == length and _is_day(end)):
            yield f"“{key}” must be as precise as the question: “{'2026-12-31'[:length]}”"
    first, last = question.earliest, question.latest
    if first and last and TODAY not in (first, last) and first > last:
        yield "“earliest” is later than “latest”"


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat((text + "-01-01")[:10])
    except ValueError:
        return False
    return True


def _area(question: QuestionSpec, spec: TemplateSpec, library: Library) -> Iterator[str]:
    if question.type != "area":
        return
    if question.options_from != "areas":
        yield "takes its answers from the areas; leave “options” out"


KIND_RULES: tuple[Rule, ...] = (
    *(_keys, _parts, _words_beside, _zero_to_ten, _written, _number, _date, _area),
)
