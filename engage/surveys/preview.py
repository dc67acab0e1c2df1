"""A survey on one page, as someone checking it reads it: questions, answers, conditions. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from engage.surveys.definition import (
    OptionDefinition,
    QuestionDefinition,
    SectionDefinition,
    SurveyDefinition,
    Words,
)
from engage.surveys.parts import answers_of, statements_of
from engage.surveys.question_types import TYPES
from engage.surveys.wording import ENGLISH, pick


@dataclass(frozen=True, slots=True)
class ShownIf:
    """Asked only after these answers to an earlier question, or after any but these."""

    question: str
    answers: tuple[str, ...]
    is_any_but: bool


@dataclass(frozen=True, slots=True)
class ShownOption:
    text: str
    icon: str | None
    is_missing: bool
    takes_words: bool


@dataclass(frozen=True, slots=True)
class ShownQuestion:
    number: int | None  # None where there is nothing to answer
    type: str
    text: str
    options: tuple[ShownOption, ...]
    conditions: tuple[ShownIf, ...]
    is_required: bool
    audiences: tuple[str, ...]  # none where everybody is asked
    repeats: str | None  # the question it goes round the answers of
    most: int | None  # choices, letters or rounds, whichever the type counts
    statements: tuple[str, ...] = ()
    how: str = ""  # how it is answered, where the type alone does not say


@dataclass(frozen=True, slots=True)
class ShownSection:
    title: str
    variant: str | None
    questions: tuple[ShownQuestion, ...]


LIKE = {
    "zero_to_ten": "scale",
    "statements": "single",
    "area": "single",
    "number": "text",
    "date": "text",
}
MOST = {"multi": "max_choices", "rank": "max_choices", "text": "max_chars", "loop": "max_loops"}


def preview(survey: SurveyDefinition, *, easy_read: bool) -> tuple[ShownSection, ...]:
    return tuple(_Preview(survey, easy_read).sections())


class _Preview:
    def __init__(self, survey: SurveyDefinition, easy_read: bool) -> None:
        self.survey = survey
        self.easy_read = easy_read
        self.known = {question.code: question for question in survey.questions()}
        asked = (question.code for question in survey.questions() if question.type != "info")
        self.numbers = {code: number for number, code in enumerate(asked, start=1)}

    def sections(self) -> Iterator[ShownSection]:
        for section in self.survey.sections:
            shown = tuple(self._question(q) for q in section.questions if q.is_switched_on)
            if shown:
                yield ShownSection(self._text(section.wordings), self._variant(section), shown)

    def _variant(self, section: SectionDefinition) -> str | None:
        """Whom the variant is for matters only where there is more than one."""
        if section.module is None or len(self.survey.variant_audiences) < 2:
            return None
        return section.module.partition(":")[2]

    def _question(self, question: QuestionDefinition) -> ShownQuestion:
        over = self.known.get(question.settings.get("loop_over", ""))
        conditions = (question.section_show_if, question.show_if)
        return ShownQuestion(
            number=self.numbers.get(question.code),
            # The page of the preview has words for the kinds it knows; `how` says the rest.
            type=LIKE.get(question.type, question.type),
            text=self._text(question.wordings),
            options=tuple(self._option(option) for option in answers_of(question)),
            conditions=tuple(self._condition(c) for c in conditions if c),
            is_required=question.is_required,
            audiences=self._audiences(question),
            repeats=self._text(over.wordings) if over else None,
            most=question.settings.get(MOST.get(question.type, "")),
            statements=tuple(self._text(s.wordings) for s in statements_of(question)),
            how=TYPES[question.type].how(question, self._words(question)),
        )

    def _words(self, question: QuestionDefinition) -> dict[str, str]:
        return {option.code: self._text(option.wordings) for option in question.options}

    def _option(self, option: OptionDefinition) -> ShownOption:
        return ShownOption(
            text=self._text(option.wordings),
            icon=option.icon,
            is_missing=option.is_missing,
            takes_words=option.takes_words,
        )

    def _condition(self, condition: Mapping[str, Any]) -> ShownIf:
        codes = condition.get("in") or condition.get("not_in") or ()
        question = self.known.get(condition["question"])
        if question is None:  # switched off: there is no answer to go by
            return ShownIf(condition["question"], tuple(codes), "not_in" in condition)
        answers = (question.option(code) for code in codes)
        return ShownIf(
            question=self._text(question.wordings),
            answers=tuple(self._text(option.wordings) for option in answers if option),
            is_any_but="not_in" in condition,
        )

    def _audiences(self, question: QuestionDefinition) -> tuple[str, ...]:
        meant_for = question.settings.get("audience") or ()
        if set(self.survey.audiences) <= set(meant_for):
            return ()
        return tuple(code for code in self.survey.audiences if code in meant_for)

    def _text(self, wordings: tuple[Words, ...]) -> str:
        return pick(wordings, ENGLISH, self.easy_read).text
