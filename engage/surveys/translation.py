"""The words of a survey in another language: what there is to say, and what a file brings. Pure.

Every text has an id that stays the same as long as the survey asks the same: "question/Q4",
"question/Q4/easy", "question/Q4/option/yes". No code holds a slash, so no two ids are equal.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from engage.surveys.definition import (
    OptionDefinition,
    QuestionDefinition,
    SectionDefinition,
    SurveyDefinition,
    Words,
)
from engage.surveys.wording import ENGLISH

PLACEHOLDER = re.compile(r"\{\w+\}")
# What XML cannot hold or nobody sees, and marks that make text read backwards.
UNWANTED = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\u202a-\u202e\ufeff]")


class Status(StrEnum):
    """How far the words of one language may be trusted."""

    MACHINE_DRAFT = "machine_draft"
    DRAFTED = "drafted"
    CHECKED = "checked"


@dataclass(frozen=True, slots=True)
class Spot:
    """The thing in a version that is worded: its title, a section, a question or an option."""

    kind: str  # title, section, question, option
    code: str = ""  # of the section or question
    option: str = ""

    def __str__(self) -> str:
        if self.kind == "option":
            return f"question/{self.code}/option/{self.option}"
        return f"{self.kind}/{self.code}" if self.code else self.kind


@dataclass(frozen=True, slots=True)
class SurveyText:
    """One English text, and what it is in the other language; empty where it is not said yet."""

    spot: Spot
    easy_read: bool
    english: str
    target: str
    about: str  # what it is, for whoever translates it
    is_asked: bool = True  # False: its question is switched off

    @property
    def id(self) -> str:
        return f"{self.spot}/easy" if self.easy_read else str(self.spot)


# ---- what there is to say


def texts_of(definition: SurveyDefinition, language: str) -> list[SurveyText]:
    """Every text that is asked, in the order people meet it, standard before easy read."""
    return [text for text in all_texts_of(definition, language) if text.is_asked]


def all_texts_of(definition: SurveyDefinition, language: str) -> list[SurveyText]:
    """The same with the questions that are switched off."""
    return list(_all_texts(definition, language))


def _all_texts(definition: SurveyDefinition, language: str) -> Iterator[SurveyText]:
    yield from _said(Spot("title"), definition.titles, language, "The name of the survey.")
    for section in definition.sections:
        yield from _section_texts(section, language)


def _section_texts(section: SectionDefinition, language: str) -> Iterator[SurveyText]:
    is_asked = any(question.is_switched_on for question in section.questions)
    spot = Spot("section", section.code)
    for text in _said(spot, section.wordings, language, "The heading of a group of questions."):
        yield replace(text, is_asked=is_asked)
    for question in section.questions:
        for text in _question_texts(question, language):
            yield replace(text, is_asked=question.is_switched_on)


def _question_texts(question: QuestionDefinition, language: str) -> Iterator[SurveyText]:
    what = "Words to read, nothing to answer." if question.type == "info" else "A question."
    yield from _said(Spot("question", question.code), question.wordings, language, what)
    for option in question.options:
        yield from _option_texts(question, option, language)


def _option_texts(
    question: QuestionDefinition, option: OptionDefinition, language: str
) -> Iterator[SurveyText]:
    spot = Spot("option", question.code, option.code)
    asked = {words.easy_read: words.text for words in question.wordings if _is_english(words)}
    for text in _said(spot, option.wordings, language, ""):
        of = asked.get(text.easy_read) or asked[False]
        yield replace(text, about=f"An answer to: {of}{text.about}")


def _said(spot: Spot, wordings: Iterable[Words], language: str, about: str) -> Iterator[SurveyText]:
    known = {(words.language, words.easy_read): words.text for words in wordings}
    for easy_read in (False, True):
        english = known.get((ENGLISH, easy_read))
        if english is None:
            continue
        target = "" if language == ENGLISH else known.get((language, easy_read), "")
        easy = " Easy read: use short, simple words." if easy_read else ""
        yield SurveyText(spot, easy_read, english, target, about + easy)


def _is_english(words: Words) -> bool:
    return words.language == ENGLISH


# ---- how much of it is said


@dataclass(frozen=True, slots=True)
class LanguageCover:
    """How much of a survey is worded in one language."""

    language: str
    standard: tuple[int, int]  # said, of how many
    easy_read: tuple[int, int]
    # The title and every question in standard words: enough to ask it in this language.
    has_questions: bool

    @property
    def translated(self) -> int:
        return self.standard[0] + self.easy_read[0]

    @property
    def total(self) -> int:
        return self.standard[1] + self.easy_read[1]

    @property
    def missing(self) -> int:
        return self.total - self.translated

    @property
    def has_any(self) -> bool:
        """False: the whole survey is in English for people who choose this language."""
        return self.translated > 0

    @property
    def is_complete(self) -> bool:
        return self.missing == 0


def languages_of(definition: SurveyDefinition) -> list[LanguageCover]:
    """Every language the survey has words in, English left out, by code."""
    count = _Count(definition)
    return [count.cover(language) for language in sorted(count.languages - {ENGLISH})]


def covers_of(definition: SurveyDefinition, languages: Iterable[str]) -> list[LanguageCover]:
    """How much of the survey is worded in each of them; nothing, for one it does not know."""
    count = _Count(definition)
    return [count.cover(language) for language in languages]


def cover_of(definition: SurveyDefinition, language: str) -> LanguageCover:
    return covers_of(definition, [language])[0]


class _Count:
    """One round through everything that is asked: pages that people wait for ask for it."""

    def __init__(self, definition: SurveyDefinition) -> None:
        self.said: Counter[tuple[str, bool]] = Counter()
        self.needed: Counter[str] = Counter()
        for is_needed, wordings in _wordings_asked(definition):
            english = {words.easy_read for words in wordings if words.language == ENGLISH}
            for words in wordings:
                self.said[words.language, words.easy_read] += words.easy_read in english
                self.needed[words.language] += is_needed and not words.easy_read
        self.languages = {language for language, _ in self.said}

    def cover(self, language: str) -> LanguageCover:
        return LanguageCover(
            language=language,
            standard=(self.said[language, False], self.said[ENGLISH, False]),
            easy_read=(self.said[language, True], self.said[ENGLISH, True]),
            has_questions=self.needed[language] == self.needed[ENGLISH],
        )


def _wordings_asked(definition: SurveyDefinition) -> Iterator[tuple[bool, tuple[Words, ...]]]:
    """Each with whether a survey cannot be asked without it: the title and the questions."""
    yield True, definition.titles
    for section in definition.sections:
        asked = [question for question in section.questions if question.is_switched_on]
        if asked:
            yield False, section.wordings
        for question in asked:
            yield True, question.wordings
            yield from ((False, option.wordings) for option in question.options)


# ---- what a translator is told


def note_for(text: SurveyText, times: Mapping[str, int], hard_words: Mapping[str, str]) -> str:
    """What it is, what must stay as it is, and what hard words mean."""
    parts = [text.about.strip()]
    if kept := placeholders(text.english):
        parts.append(f"Keep {' and '.join(kept)} as it is: a name is put there.")
    if times[text.english] > 1:
        parts.append(f"The same English is in {times[text.english]} places.")
    parts += [
        f"{word} means: {meaning}"
        for word, meaning in sorted(hard_words.items())
        if re.search(rf"\b{re.escape(word)}\b", text.english)
    ]
    return " ".join(parts)


def notes_for(texts: Sequence[SurveyText], hard_words: Mapping[str, str]) -> list[str]:
    times = Counter(text.english for text in texts)
    return [note_for(text, times, hard_words) for text in texts]


def placeholders(words: str) -> list[str]:
    return sorted(set(PLACEHOLDER.findall(words)))


def tidy(words: str) -> str:
    """As it is kept: one kind of line end, no blanks around, nothing that nobody can see."""
    return UNWANTED.sub("", words.replace("\r\n", "\n").replace("\r", "\n")).strip()
