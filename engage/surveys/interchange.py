"""The survey file format, key by key: what a template may say, and a survey written as one. Pure.

The keys are explained in library/README.md. A survey written out stands alone: its answers are
spelt out, whatever list or scale they came from, so it reads the same when those have changed.
"""

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from engage.errors import InvalidInputError
from engage.framework.yaml_files import complaint
from engage.surveys.definition import (
    OptionDefinition,
    QuestionDefinition,
    SectionDefinition,
    SurveyDefinition,
    Words,
)
from engage.surveys.wording import ENGLISH

Text = Annotated[str, Field(min_length=1)]
# No "~": it parts a looped question from its round in the address of a page.
Code = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]*$")]
OptionCode = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.,-]*$", max_length=60)]
QuestionKind = Literal["single", "multi", "rank", "scale", "loop", "text", "info"]


class Spec(BaseModel):
    """Part of a survey file. A key the format does not know is an error, never ignored."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Wording(Spec):
    """The same thing said plainly, in easy read, and in other languages."""

    standard: Text
    easy_read: Text | None = None
    translations: dict[str, "Wording"] = {}


class Condition(Spec):
    question: str | None = None
    among: tuple[str, ...] | None = Field(None, alias="in")
    not_in: tuple[str, ...] | None = None
    module_variant: str | None = None

    @model_validator(mode="after")
    def _says_something(self) -> "Condition":
        lists = (self.among is not None) + (self.not_in is not None)
        if self.question is None and self.module_variant is None:
            raise ValueError("show_if names neither a question nor a module_variant")
        if lists != (self.question is not None):
            raise ValueError("show_if needs a question with one of “in” and “not_in”")
        return self


class OptionSpec(Spec):
    code: OptionCode
    standard: Text
    easy_read: Text | None = None
    translations: dict[str, Wording] = {}
    missing: bool = False
    exclusive: bool = False
    free_text: bool = False
    group: str | None = None
    weight_margin: str | None = None
    value: int | None = None
    icon: str | None = None


class QuestionSpec(Spec):
    id: Annotated[Code, Field(max_length=40)]
    type: QuestionKind
    wording: Wording
    options: tuple[OptionSpec, ...] = ()
    required: bool = False
    switched_on: bool | None = None
    show_if: Condition | None = None
    role: str | None = None
    feeds_q: Annotated[str, Field(pattern="^(none|headline|domain_[a-z]+|confidence|pulse)$")]
    scale: str | None = None
    ambitions: tuple[str, ...] = ()
    outcome_bees: tuple[str, ...] = ()
    # The rest goes to QuestionDefinition.settings under its own key.
    options_from: Literal["areas"] | None = None
    extra_options: list[str] | None = None
    scale_alternatives: list[str] | None = None
    optional_module: bool | None = None
    audience: list[str] | None = None
    variant_audience: list[str] | None = None
    easy_read_display: Literal["pages"] | None = None
    grouped: bool | None = None
    max_choices: Annotated[int, Field(ge=1)] | None = None
    randomise: bool | None = None
    max_chars: Annotated[int, Field(ge=1)] | None = None
    accepts: list[Literal["text", "audio", "video", "image", "paper_scan"]] | None = None
    loop_over: str | None = None
    loop_exclude: list[str] | None = None
    max_loops: Annotated[int, Field(ge=1)] | None = None
    prefill: str | None = None
    lookup: str | None = None
    privacy: Literal["special_category", "could_identify"] | None = None
    safeguarding: bool | None = None
    notes: str | None = None
    act: str | None = None
    lundy: str | None = None
    pfa: str | None = None
    reg56: str | None = None
    code_of_practice: str | None = None
    evidence_prompt: bool | None = None
    action_prompt: bool | None = None

    def settings(self) -> dict[str, Any]:
        """What the question says beyond the fields every question has."""
        given = self.model_dump(include=SETTINGS, exclude_none=True)
        return {key: given[key] for key in sorted(given)}


SETTINGS = set(QuestionSpec.model_fields) - {
    *("id", "type", "wording", "options", "required", "switched_on", "show_if", "role"),
    *("feeds_q", "scale", "ambitions", "outcome_bees"),
}


class SectionSpec(Spec):
    id: Annotated[Code, Field(max_length=80)]
    title: Wording
    show_if: Condition | None = None
    module: Annotated[str, Field(pattern="^[a-z0-9-]+:[a-z0-9_]+$")] | None = None
    questions: tuple[QuestionSpec, ...]


class TemplateSpec(Spec):
    id: Annotated[Code, Field(max_length=80)]
    version: Annotated[str, Field(max_length=20)]
    language: str = "en-GB"
    status: str = ""
    title: Wording
    purpose: str = ""
    evidence: str = ""
    cadence: str = ""
    audience: Annotated[tuple[str, ...], Field(min_length=1)]
    feeds_q: bool = False
    estimated_minutes: Annotated[int, Field(ge=1, le=240)]
    default_mode: Literal["standard", "easy_read"] = "standard"
    add_modules: tuple[Annotated[str, Field(pattern="^[a-z0-9-]+:[a-z0-9_]+$")], ...] = ()
    variants: tuple[str, ...] = ()
    variant_audiences: dict[str, tuple[str, ...]] = {}
    before_publishing: tuple[str, ...] = ()
    placement: str = ""
    delivery: tuple[str, ...] = ()
    scoring: str = ""
    save_and_return: bool = False
    collaborative: bool = False
    sections: tuple[SectionSpec, ...]

    def questions(self) -> Iterable[QuestionSpec]:
        return (question for section in self.sections for question in section.questions)


class ScaleSpec(Spec):
    id: Code
    description: str
    options: Annotated[tuple[OptionSpec, ...], Field(min_length=2)]
    top_codes: tuple[str, ...]
    q_eligible: bool = False
    variant_of: str | None = None
    sensitivity: str = ""


class ScalesSpec(Spec):
    scales: tuple[ScaleSpec, ...]
    # "areas" where every area of the pack is a margin of its own.
    weight_margins: dict[str, tuple[str, ...] | Literal["areas"]]


def parse_template(content: Any, file: str) -> TemplateSpec:
    """A template out of what a file held."""
    if not isinstance(content, Mapping) or set(content) != {"template"}:
        raise InvalidInputError(f"{file}: a survey file holds one key, “template”.")
    raw = content["template"]
    try:
        return TemplateSpec.model_validate(raw)
    except ValidationError as error:
        raise complaint(file, raw, error) from error


def parse_scales(content: Any, file: str) -> ScalesSpec:
    """The shared scales and margins."""
    try:
        return ScalesSpec.model_validate(content)
    except ValidationError as error:
        raise complaint(file, content, error) from error


def to_template(definition: SurveyDefinition) -> dict[str, Any]:
    """The survey as the content of a file, which reads back equal."""
    return {
        "template": {
            "id": definition.template,
            "version": definition.template_version,
            "language": "en-GB",
            "title": _wording(definition.titles),
            "audience": list(definition.audiences),
            "estimated_minutes": definition.estimated_minutes,
            "default_mode": "easy_read" if definition.starts_easy_read else "standard",
            "sections": [_section(section) for section in definition.sections],
        }
    }


def to_yaml(definition: SurveyDefinition) -> str:
    content = to_template(definition)
    return yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=100)


def _section(section: SectionDefinition) -> dict[str, Any]:
    written = {
        "id": section.code,
        "title": _wording(section.wordings),
        "module": section.module,
        "show_if": _plain(section.show_if),
        "questions": [_question(question) for question in section.questions],
    }
    return _without_usual(written)


def _question(question: QuestionDefinition) -> dict[str, Any]:
    written = {
        "id": question.code,
        "type": question.type,
        "wording": _wording(question.wordings),
        "options": [_option(option) for option in question.options],
        "required": question.is_required,
        "show_if": _plain(question.show_if),
        "role": question.role,
        "feeds_q": question.feeds_q,
        "scale": question.scale,
        "ambitions": list(question.ambitions),
        "outcome_bees": list(question.outcome_bees),
    }
    switch = {"switched_on": question.is_switched_on}
    return _without_usual(written) | switch | dict(question.settings)


def _option(option: OptionDefinition) -> dict[str, Any]:
    written = {
        "code": option.code,
        **_wording(option.wordings),
        "missing": option.is_missing,
        "exclusive": option.is_exclusive,
        "free_text": option.takes_words,
        "group": option.group,
        "weight_margin": option.weight_margin,
        "icon": option.icon,
    }
    value = {} if option.value is None else {"value": option.value}
    return _without_usual(written) | value


def _wording(wordings: tuple[Words, ...]) -> dict[str, Any]:
    """English in both wordings, and the other languages beneath it."""
    by_language: dict[str, dict[str, Any]] = {}
    for words in wordings:
        key = "easy_read" if words.easy_read else "standard"
        by_language.setdefault(words.language, {})[key] = words.text
    english = by_language.pop(ENGLISH)
    return english | ({"translations": by_language} if by_language else {})


def _plain(condition: Mapping[str, Any] | None) -> dict[str, Any] | None:
    return None if condition is None else dict(condition)


def _without_usual(written: dict[str, Any]) -> dict[str, Any]:
    """Leave out what says nothing: none, no, an empty list."""
    return {key: value for key, value in written.items() if value not in (None, False, [])}
