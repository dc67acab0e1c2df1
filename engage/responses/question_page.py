"""What one page of a survey shows a person: the words in their wording, and where they are."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from wtforms.fields.choices import SelectChoice

from engage.responses.forms import OTHER
from engage.responses.screens import Screen, screens
from engage.surveys.branching import Step, codes, shuffled
from engage.surveys.definition import OptionDefinition, QuestionDefinition, SurveyDefinition, Words
from engage.surveys.question_types import TYPES
from engage.surveys.wording import pick

PLACEHOLDER = re.compile(r"\{\w+\}")


@dataclass(frozen=True)
class Reader:
    """How this person reads: the language, easy or not, and the seed for what is left to chance."""

    language: str
    easy_read: bool
    seed: str

    def words(self, wordings: Sequence[Words]) -> Words:
        return pick(wordings, self.language, self.easy_read)


@dataclass(frozen=True)
class Choice:
    """An option as the page shows it; the names are those the field macros read."""

    code: str
    text: str
    lang: str | None
    picture: str | None
    is_missing: bool
    is_checked: bool
    free_text: bool
    free_name: str
    free_value: str


@dataclass(frozen=True)
class Place:
    """Where on the way a page is."""

    number: int
    total: int
    minutes_left: int
    back: str | None  # the key of the page before


def question_words(step: Step, survey: SurveyDefinition, reader: Reader) -> Words:
    """The question as asked, a looped one naming what this round is about."""
    words = reader.words(step.question.wordings)
    if step.item is None:
        return words
    over = survey.question(step.question.settings["loop_over"])
    option = over.option(step.item)
    name = reader.words(option.wordings).text if option else step.item
    text = PLACEHOLDER.sub(lambda match: inside_a_sentence(name), words.text)
    return Words(words.language, words.easy_read, text)


def inside_a_sentence(name: str) -> str:
    """ "Speech therapy" becomes "speech therapy"; "SEND team" stays."""
    begins_a_word = len(name) > 1 and name[1].islower()
    return name[0].lower() + name[1:] if begins_a_word else name


def ordered_options(question: QuestionDefinition, seed: str) -> list[OptionDefinition]:
    """In the order of the survey, or by chance where it says so, the missing ones last."""
    if not question.settings.get("randomise"):
        return list(question.options)
    by_code = {option.code: option for option in question.options}
    drawn = shuffled((o.code for o in question.options if not o.is_missing), seed)
    return [by_code[code] for code in drawn] + [o for o in question.options if o.is_missing]


def option_screens(question: QuestionDefinition, reader: Reader) -> list[Screen]:
    return screens(question, ordered_options(question, reader.seed), reader.easy_read)


def choices_for(screen: Screen, reader: Reader) -> list[SelectChoice]:
    return [SelectChoice(option.code, reader.words(option.wordings).text) for option in screen]


def shown_choices(
    screen: Screen, reader: Reader, chosen: Any, other_words: Mapping[str, str]
) -> list[Choice]:
    checked = codes(chosen) if isinstance(chosen, str | list) else set()
    return [
        Choice(
            code=option.code,
            text=words.text,
            lang=words.language if words.language != reader.language else None,
            picture=option.icon if reader.easy_read else None,
            is_missing=option.is_missing,
            is_checked=option.code in checked,
            free_text=option.takes_words,
            free_name=OTHER + option.code,
            free_value=other_words.get(option.code, ""),
        )
        for option in screen
        for words in [reader.words(option.wordings)]
    ]


def place_of(step: Step, steps: Sequence[Step], estimated_minutes: int) -> Place:
    """Counted in pages that ask something, so that a page to read is not "question 3"."""
    at = steps.index(step)
    asking = [TYPES[other.question.type].is_answered for other in steps]
    total = sum(asking)
    number = max(1, sum(asking[: at + 1]))
    left = ceil(estimated_minutes * (total - number + 1) / max(total, 1))
    return Place(number, total, left, steps[at - 1].key if at else None)


def read_back(
    step: Step, survey: SurveyDefinition, reader: Reader, said: Mapping[str, Any]
) -> list[str]:
    """The answer to one page as lines, none where there is no answer."""
    value = said.get(step.question.code)
    if step.item is not None:
        value = (value or {}).get(step.item)
    if value is None:
        return []
    words = {option.code: reader.words(option.wordings).text for option in step.question.options}
    return TYPES[step.question.type].read_back(value, words)
