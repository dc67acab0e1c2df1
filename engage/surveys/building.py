"""From a template to a survey: lists filled in, modules added, options switched on. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from engage.framework import OtherAreaAnswer, Pack
from engage.surveys.definition import (
    VARIANT_AUDIENCE,
    OptionDefinition,
    QuestionDefinition,
    SectionDefinition,
    SurveyDefinition,
    Words,
    variant_audiences,
)
from engage.surveys.interchange import (
    Condition,
    OptionSpec,
    QuestionSpec,
    ScaleSpec,
    SectionSpec,
    TemplateSpec,
    Wording,
)
from engage.surveys.parts import STATEMENT
from engage.surveys.wording import ENGLISH

WEIGHTED_BY_AREA = "weight_area"


@dataclass(frozen=True, slots=True)
class Library:
    """What a template may refer to beside itself."""

    pack: Pack
    scales: Mapping[str, ScaleSpec]
    margins: Mapping[str, tuple[str, ...] | str]
    modules: Mapping[str, TemplateSpec]


def build(spec: TemplateSpec, library: Library, switch_on: frozenset[str]) -> SurveyDefinition:
    """The survey a checked template describes."""
    added = [_Module(name, library) for name in spec.add_modules]
    sections = [*_own_sections(spec, library, switch_on)]
    taken = {question.code for section in sections for question in section.questions}
    for module in added:
        made = [module.fitted(section, taken) for section in module.sections(switch_on)]
        taken |= {question.code for section in made for question in section.questions}
        sections.extend(made)
    return SurveyDefinition(
        titles=words(spec.title),
        audiences=spec.audience,
        estimated_minutes=spec.estimated_minutes,
        starts_easy_read=spec.default_mode == "easy_read",
        template=spec.id,
        template_version=spec.version,
        sections=tuple(sections),
        variant_audiences=variant_audiences(sections),
    )


def only_variant(spec: TemplateSpec, variant: str) -> TemplateSpec:
    """A module as that variant has it: the other's questions gone, conditions settled."""
    sections = (
        section.model_copy(
            update={
                "show_if": _settled(section.show_if),
                "questions": tuple(
                    question.model_copy(update={"show_if": _settled(question.show_if)})
                    for question in section.questions
                    if _belongs(question.show_if, variant)
                ),
            }
        )
        for section in spec.sections
        if _belongs(section.show_if, variant)
    )
    return spec.model_copy(update={"sections": tuple(sections), "variants": (variant,)})


def _belongs(condition: Condition | None, variant: str) -> bool:
    return condition is None or condition.module_variant in (None, variant)


def _settled(condition: Condition | None) -> Condition | None:
    if condition is None or condition.question is None:
        return None
    return condition.model_copy(update={"module_variant": None})


class _Module:
    """A module variant on its way into a survey that may hold another variant already."""

    def __init__(self, name: str, library: Library) -> None:
        self.name = name
        self.module, _, self.variant = name.partition(":")
        self.spec = only_variant(library.modules[self.module], self.variant)
        self.audiences = self.spec.variant_audiences.get(self.variant, ())
        self.library = library

    def sections(self, switch_on: frozenset[str]) -> Iterator[SectionDefinition]:
        return _own_sections(self.spec, self.library, switch_on)

    def fitted(self, section: SectionDefinition, taken: set[str]) -> SectionDefinition:
        """With codes that no other question has, so that answers never mix."""
        own = {question.id for question in self.spec.questions()}
        names = {code: f"{code}.{self.variant}" if code in taken else code for code in own}
        shown_if = _renamed(section.show_if, names)
        questions = tuple(
            replace(
                question,
                code=names[question.code],
                section=self._section_code(section),
                show_if=_renamed(question.show_if, names),
                section_show_if=shown_if,
                module=self.variant,
                settings=self._settings(question, names),
            )
            for question in section.questions
        )
        return replace(
            section,
            code=self._section_code(section),
            questions=questions,
            module=self.name,
            show_if=shown_if,
        )

    def _settings(self, question: QuestionDefinition, names: Mapping[str, str]) -> dict[str, Any]:
        """With whom the variant is for, so that the survey stands without its module."""
        settings = {**question.settings, VARIANT_AUDIENCE: list(self.audiences)}
        if over := settings.get("loop_over"):
            settings["loop_over"] = names[over]
        return settings

    def _section_code(self, section: SectionDefinition) -> str:
        return f"{self.module}.{self.variant}.{section.code}"


def _renamed(
    condition: Mapping[str, Any] | None, names: Mapping[str, str]
) -> dict[str, Any] | None:
    if condition is None:
        return None
    return {**condition, "question": names[condition["question"]]}


def _own_sections(
    spec: TemplateSpec, library: Library, switch_on: frozenset[str]
) -> Iterator[SectionDefinition]:
    for section in spec.sections:
        yield SectionDefinition(
            code=section.id,
            wordings=words(section.title),
            questions=tuple(
                _question(question, section, library, switch_on) for question in section.questions
            ),
            module=section.module,
            show_if=_as_kept(section.show_if),
        )


def _question(
    spec: QuestionSpec, section: SectionSpec, library: Library, switch_on: frozenset[str]
) -> QuestionDefinition:
    variant = section.module.partition(":")[2] if section.module else None
    return QuestionDefinition(
        code=spec.id,
        type=spec.type,
        wordings=words(spec.wording),
        options=tuple(_option(option) for option in options_of(spec, library)),
        section=section.id,
        is_required=spec.required,
        is_switched_on=_is_on(spec, switch_on),
        show_if=_as_kept(spec.show_if),
        section_show_if=_as_kept(section.show_if),
        module=variant,
        role=spec.role,
        feeds_q=spec.feeds_q,
        scale=spec.scale,
        ambitions=spec.ambitions,
        outcome_bees=spec.outcome_bees,
        settings=spec.settings(),
    )


def _is_on(spec: QuestionSpec, switch_on: frozenset[str]) -> bool:
    if spec.id in switch_on:
        return True
    return not spec.optional_module if spec.switched_on is None else spec.switched_on


def options_of(spec: QuestionSpec, library: Library) -> tuple[OptionSpec, ...]:
    """The answers: those spelt out, else those of the pack's areas, else those of the scale.

    Statements that are spelt out stand before the answers of their scale.
    """
    are_statements = {option.group for option in spec.options} == {STATEMENT}
    if spec.options and not (spec.scale and are_statements):
        return spec.options
    if spec.options_from == "areas":
        return tuple(_area_options(spec, library.pack))
    return (*spec.options, *(library.scales[spec.scale].options if spec.scale else ()))


def _area_options(spec: QuestionSpec, pack: Pack) -> Iterator[OptionSpec]:
    weighted = spec.role == WEIGHTED_BY_AREA
    for area in pack.areas:
        yield OptionSpec(
            code=area.code,
            standard=area.label,
            easy_read=area.easy_read_label,
            weight_margin=area.code if weighted else None,
        )
    asked_for = set(spec.extra_options or ())
    others = pack.other_area_answers
    yield from (_other_answer(answer) for answer in others if answer.code in asked_for)
    yield from (_other_answer(answer) for answer in others if answer.offer == "always")


def _other_answer(answer: OtherAreaAnswer) -> OptionSpec:
    return OptionSpec(
        code=answer.code,
        standard=answer.label,
        easy_read=answer.easy_read_label,
        missing=answer.missing,
    )


def _option(spec: OptionSpec) -> OptionDefinition:
    return OptionDefinition(
        code=spec.code,
        wordings=words(spec),
        is_missing=spec.missing,
        is_exclusive=spec.exclusive,
        takes_words=spec.free_text,
        group=spec.group,
        value=spec.value,
        icon=spec.icon,
        weight_margin=spec.weight_margin,
    )


def words(wording: Wording | OptionSpec) -> tuple[Words, ...]:
    """English first, standard before easy read, then the other languages by their code."""
    said = {ENGLISH: wording, **dict(sorted(wording.translations.items()))}
    return tuple(
        Words(language, easy_read, text)
        for language, spoken in said.items()
        for easy_read, text in ((False, spoken.standard), (True, spoken.easy_read))
        if text is not None
    )


def _as_kept(condition: Condition | None) -> dict[str, Any] | None:
    """As it is stored and read by branching."""
    if condition is None or condition.question is None:
        return None
    if condition.among is not None:
        return {"question": condition.question, "in": list(condition.among)}
    return {"question": condition.question, "not_in": list(condition.not_in or ())}
