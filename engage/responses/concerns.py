"""Which of somebody's words a safeguarding lead should see first.

The rules only put the reading in order: a person reads every word in the end.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from engage.responses.drafts import Draft
from engage.safeguarding.rules import READ_FIRST, rules_version, screen
from engage.surveys.definition import SurveyDefinition
from engage.surveys.question_types import TYPES
from engage.surveys.wording import pick

ALERT_FROM = READ_FIRST  # the level from which somebody is told at once


@dataclass(frozen=True)
class Concern:
    """`words` are (question, what was said) of everything written, `hits` (rule, phrase)."""

    level: int
    words: tuple[tuple[str, str], ...]
    hits: tuple[tuple[str, str], ...]
    rules_version: str

    @property
    def needs_alert(self) -> bool:
        return self.level >= ALERT_FROM


def written_in(draft: Draft, survey: SurveyDefinition) -> tuple[tuple[str, str], ...]:
    """All a person wrote in their own words, each after the question it answers."""
    found = []
    for question in survey.questions():
        value, other_words = draft.kept.get(question.code, (None, {}))
        own = [value] if TYPES[question.type].is_open_text and value else []
        asked = pick(question.wordings, "en", easy_read=False).text
        found += [(asked, words) for words in (*own, *other_words.values()) if words]
    return tuple(found)


def urgency_of(texts: Iterable[str]) -> int:
    """How soon a person should read these."""
    return max((screen(text).level for text in texts), default=0)


def concern_in(draft: Draft, survey: SurveyDefinition) -> Concern:
    words = written_in(draft, survey)
    screenings = [screen(text) for _question, text in words]
    return Concern(
        level=max((screening.level for screening in screenings), default=0),
        words=words,
        hits=tuple((hit.rule, hit.phrase) for found in screenings for hit in found.hits),
        rules_version=rules_version(),
    )
