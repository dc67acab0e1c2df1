"""The survey file format, key by key: what a template may say. Pure.

The keys are explained in library/README.md and docs/question-types.md.
"""

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    ModelWrapValidatorHandler,
    ValidationError,
    model_validator,
)

from engage.errors import InvalidInputError
from engage.framework.yaml_files import complaint
from engage.surveys.parts import STATEMENT, UNIT
from engage.surveys.written import to_template as to_template
from engage.surveys.written import to_yaml as to_yaml

Text = Annotated[str, Field(min_length=1)]
# No "~": it parts a looped question from its round in the address of a page.
Code = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]*$")]
Day = Annotated[str, Field(pattern=r"^[0-9]{4}(-[0-9]{2}){0,2}$")]
OptionCode = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.,-]*$", max_length=60)]
QuestionKind = Literal[
    "single",
    "multi",
    "rank",
    "scale",
    "zero_to_ten",
    "statements",
    "loop",
    "text",
    "number",
    "date",
    "area",
    "info",
]


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


class StatementSpec(Spec):
    # No "-": it parts a statement from its answers in the ids of a page.
    code: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_]*$", max_length=40)]
    standard: Text
    easy_read: Text | None = None
    translations: dict[str, Wording] = {}


class Ends(Spec):
    """The words at both ends of the numbers 0 to 10."""

    low: Wording
    high: Wording


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
    # These three become options, which is where words are kept in every language.
    statements: tuple[StatementSpec, ...] = ()
    ends: Ends | None = None
    unit: Wording | None = None
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
    min: int | None = None
    max: int | None = None
    precision: Literal["day", "month", "year"] | None = None
    earliest: Day | Literal["today"] | None = None
    latest: Day | Literal["today"] | None = None

    @model_validator(mode="wrap")
    @classmethod
    def _spelt_out(
        cls, given: Any, handler: ModelWrapValidatorHandler["QuestionSpec"]
    ) -> "QuestionSpec":
        """As it is kept: everything that has words is an option."""
        spec = handler(given)
        options = (*_statements(spec), *_numbers(spec), *spec.options, *_unit(spec))
        changes: dict[str, Any] = {"options": options, "statements": (), "ends": None, "unit": None}
        if spec.type == "area" and not options:
            changes["options_from"] = "areas"
        return spec.model_copy(update=changes)

    def settings(self) -> dict[str, Any]:
        """What the question says beyond the fields every question has."""
        given = self.model_dump(include=SETTINGS, exclude_none=True)
        return {key: given[key] for key in sorted(given)}


SETTINGS = set(QuestionSpec.model_fields) - {
    *("id", "type", "wording", "options", "required", "switched_on", "show_if", "role"),
    *("feeds_q", "scale", "ambitions", "outcome_bees", "statements", "ends", "unit"),
}


def _statements(spec: QuestionSpec) -> Iterable[OptionSpec]:
    for statement in spec.statements:
        words = {key: getattr(statement, key) for key in type(statement).model_fields}
        yield OptionSpec(**words, group=STATEMENT)


def _numbers(spec: QuestionSpec) -> Iterable[OptionSpec]:
    """0 to 10, the first and the last with their words beside them."""
    if spec.ends is None:
        return
    ends = {0: spec.ends.low, 10: spec.ends.high}
    for number in range(11):
        words = _beside(number, ends[number]) if number in ends else {"standard": str(number)}
        yield OptionSpec(code=str(number), value=number, **words)


def _beside(number: int, wording: Wording) -> dict[str, Any]:
    """A number with the words for it: "10 – Very likely"."""
    said = {"standard": f"{number} – {wording.standard}"}
    if wording.easy_read:
        said["easy_read"] = f"{number} – {wording.easy_read}"
    others = {code: _beside(number, words) for code, words in wording.translations.items()}
    return said | {"translations": others} if others else said


def _unit(spec: QuestionSpec) -> Iterable[OptionSpec]:
    if spec.unit is not None:
        words = {key: getattr(spec.unit, key) for key in Wording.model_fields}
        yield OptionSpec(code=UNIT, group=UNIT, **words)


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
