"""Rules about a survey as a whole, and about wording that is not there or is not English. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from engage.surveys.definition import SurveyDefinition, Words
from engage.surveys.easyread import lists
from engage.surveys.easyread.answer_rules import same_twice
from engage.surveys.easyread.findings import Severity
from engage.surveys.easyread.rules import BOTH, Asked, Hit, Rule
from engage.surveys.easyread.text import words
from engage.surveys.wording import ENGLISH

MOST_QUESTIONS = 12
TIMES_AS_LONG = 2.5
SHORT = 20  # letters: a word or two may well be much longer elsewhere
_PLACEHOLDER = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Spoken:
    """One thing in all its wordings, and the languages the survey is in."""

    wordings: tuple[Words, ...]
    languages: frozenset[str]

    def said(self, language: str, easy_read: bool) -> str | None:
        """The words in that language, if there are any."""
        for said in self.wordings:
            if (said.language, said.easy_read) == (language, easy_read):
                return said.text
        return None


# ---- the survey
# The roles of questions that ask whether somebody helped, and how.
WHO_HELPED = ("completion_mode", "helped_how")


def many_questions(definition: SurveyDefinition) -> Iterator[Hit]:
    own = [q for q in definition.questions() if q.type != "info" and q.module is None]
    if definition.starts_easy_read and len(own) > MOST_QUESTIONS:
        yield Hit(f"{len(own)} questions")


def nobody_asks_who_helped(definition: SurveyDefinition) -> Iterator[Hit]:
    asks_young_people = "young_person" in definition.audiences or definition.starts_easy_read
    asks_who_helped = any(definition.by_role(role) for role in WHO_HELPED)
    if asks_young_people and not asks_who_helped:
        yield Hit("", "Did someone help you answer?")


def two_words_for_one_thing(definition: SurveyDefinition) -> Iterator[Hit]:
    used = {
        word.lower()
        for question in definition.questions()
        for said in question.wordings
        if said.language == ENGLISH and said.easy_read
        for word in words(said.text)
    }
    for line in lists.same_things():
        if len(found := [word for word in line if word in used]) > 1:
            yield Hit(", ".join(found), f"{found[0]} each time")


SURVEY_RULES: tuple[Rule[SurveyDefinition], ...] = (
    Rule(
        "many-questions",
        Severity.LOOK,
        f"More than {MOST_QUESTIONS} questions tire people.",
        many_questions,
        is_structural=True,
    ),
    Rule(
        "who-helped",
        Severity.LOOK,
        "Ask if somebody helped, or chose the answers for them.",
        nobody_asks_who_helped,
        is_structural=True,
    ),
    Rule(
        "one-word-for-one-thing",
        Severity.LOOK,
        "Two words for one thing look like two things.",
        two_words_for_one_thing,
    ),
)


# ---- wording that is missing or does not fit


def without_easy_read(spoken: Spoken) -> Iterator[Hit]:
    standard = spoken.said(ENGLISH, False)
    if standard and not spoken.said(ENGLISH, True):
        yield Hit(standard)


def without_translation(spoken: Spoken) -> Iterator[Hit]:
    for language in sorted(spoken.languages - {ENGLISH}):
        if not spoken.said(language, False):
            yield Hit(f"{language}: {spoken.said(ENGLISH, False)}")


def much_longer(spoken: Spoken) -> Iterator[Hit]:
    for said in spoken.wordings:
        english = spoken.said(ENGLISH, said.easy_read)
        if said.language != ENGLISH and english:
            most = max(len(english), SHORT) * TIMES_AS_LONG
            if len(said.text) > most:
                yield Hit(f"{said.language}: {said.text}")


def gaps_differ(spoken: Spoken) -> Iterator[Hit]:
    wanted = set(_PLACEHOLDER.findall(spoken.said(ENGLISH, False) or ""))
    for said in spoken.wordings:
        if differ := wanted ^ set(_PLACEHOLDER.findall(said.text)):
            yield Hit(said.text, ", ".join(f"{{{name}}}" for name in sorted(differ)))


SPOKEN_RULES: tuple[Rule[Spoken], ...] = (
    Rule(
        "no-easy-read",
        Severity.STOP,
        "There are no easy read words, so people who chose easy read get the standard ones.",
        without_easy_read,
        is_structural=True,
    ),
    Rule(
        "no-translation",
        Severity.LOOK,
        "The survey is in this language, but this is not.",
        without_translation,
        is_structural=True,
    ),
    Rule(
        "much-longer",
        Severity.LOOK,
        "This is much longer than the English. Does it say more?",
        much_longer,
        is_structural=True,
    ),
    Rule(
        "gap-differs",
        Severity.STOP,
        "A gap that Engage fills in, such as {service}, is in one wording and not in the other.",
        gaps_differ,
        is_structural=True,
    ),
)

# The one rule on answers that needs no English.
OTHER_LANGUAGE_RULES: tuple[Rule[Asked], ...] = (
    Rule(
        "same-answer-twice",
        Severity.STOP,
        "Two answers read the same in this language.",
        same_twice,
        wordings=BOTH,
    ),
)
