"""A survey version as plain frozen values: what answering, analysis and indicators read. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

# The setting of a module's questions that says whom their variant is for.
VARIANT_AUDIENCE = "variant_audience"


@dataclass(frozen=True, slots=True)
class Words:
    """One thing said in one language, in easy read or not."""

    language: str
    easy_read: bool
    text: str


@dataclass(frozen=True, slots=True)
class OptionDefinition:
    """An answer to choose. `value` is its place on a scale; a missing answer has none."""

    code: str
    wordings: tuple[Words, ...]
    is_missing: bool = False
    is_exclusive: bool = False
    takes_words: bool = False
    group: str | None = None
    value: int | None = None
    icon: str | None = None
    weight_margin: str | None = None


@dataclass(frozen=True, slots=True)
class QuestionDefinition:
    """One question. `id` is its row, None while it is only a template."""

    code: str
    type: str
    wordings: tuple[Words, ...]
    options: tuple[OptionDefinition, ...] = ()
    # The row is where a question is kept, not what it is: a copy is an equal question.
    id: int | None = field(default=None, compare=False)
    section: str = ""
    is_required: bool = False
    is_switched_on: bool = True
    show_if: Mapping[str, Any] | None = None
    section_show_if: Mapping[str, Any] | None = None
    module: str | None = None  # the variant, "adult", where a module brought the question
    role: str | None = None
    feeds_q: str = "none"
    scale: str | None = None
    ambitions: tuple[str, ...] = ()
    outcome_bees: tuple[str, ...] = ()
    settings: Mapping[str, Any] = field(default_factory=dict)

    def option(self, code: str) -> OptionDefinition | None:
        return next((option for option in self.options if option.code == code), None)


@dataclass(frozen=True, slots=True)
class MediaDefinition:
    """A recorded sound of a question, or a video that signs it: names of files, and the words."""

    code: str  # of the question
    kind: str
    language: str
    file: str
    captions: str = ""
    transcript: str = ""


@dataclass(frozen=True, slots=True)
class SectionDefinition:
    code: str
    wordings: tuple[Words, ...]
    questions: tuple[QuestionDefinition, ...]
    module: str | None = None  # "equality-monitoring:adult"
    show_if: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class SurveyDefinition:
    """Everything a person can be asked, in order."""

    titles: tuple[Words, ...]
    audiences: tuple[str, ...]
    estimated_minutes: int
    starts_easy_read: bool
    template: str
    template_version: str
    sections: tuple[SectionDefinition, ...]
    variant_audiences: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    # Beside the questions, not part of what is asked: a copy without them is an equal survey.
    media: tuple[MediaDefinition, ...] = field(default=(), compare=False)

    def questions(self) -> Iterator[QuestionDefinition]:
        """All questions in order, those switched off left out."""
        for section in self.sections:
            yield from (question for question in section.questions if question.is_switched_on)

    def question(self, code: str) -> QuestionDefinition:
        """The question of that code. Raises LookupError where there is none."""
        for question in self.questions():
            if question.code == code:
                return question
        raise LookupError(f"no question {code!r}")

    def media_for(self, code: str, kind: str, language: str) -> MediaDefinition | None:
        wanted = code, kind, language
        return next((m for m in self.media if (m.code, m.kind, m.language) == wanted), None)

    def by_role(self, role: str) -> QuestionDefinition | None:
        return next((q for q in self.questions() if q.role == role), None)

    def feeding_q(self, part: str) -> QuestionDefinition | None:
        """The question that feeds that part of indicator q: "headline", "domain_needs", …"""
        return next((q for q in self.questions() if q.feeds_q == part), None)


def variant_audiences(sections: Iterable[SectionDefinition]) -> dict[str, tuple[str, ...]]:
    """Which audience gets which variant of a module, as the modules' questions say."""
    return {
        question.module: tuple(question.settings.get(VARIANT_AUDIENCE, ()))
        for section in sections
        for question in section.questions
        if question.module is not None
    }


def optional_questions(definition: SurveyDefinition) -> list[QuestionDefinition]:
    """Those the survey owner may switch on or off, whichever they are now."""
    return [
        question
        for section in definition.sections
        for question in section.questions
        if question.settings.get("optional_module")
    ]


def possible_audiences(definition: SurveyDefinition) -> set[str]:
    """Everybody its own questions are for, whether or not the survey is for them now."""
    own = (section for section in definition.sections if section.module is None)
    asked = (question for section in own for question in section.questions)
    found = {code for question in asked for code in question.settings.get("audience", ())}
    return found | set(definition.audiences)
