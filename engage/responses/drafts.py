"""A response as the person who holds its token finds it. Pure.

Plain values read with one query: a page of a survey is asked for far more often than anything
else, on the oldest phones and the smallest servers.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from engage.surveys.branching import Step
from engage.surveys.timing import last_day

KEPT_FOR = timedelta(days=30)
# Who began before the survey closed may still finish: nobody is cut off at midnight.
GRACE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Contacts:
    """Whom to turn to, of the organisation that asks."""

    organisation_id: int
    organisation: str
    organisation_code: str
    help_phone: str
    help_hours: str
    out_of_hours_phone: str
    leave_url: str


@dataclass(frozen=True, slots=True)
class OpenSurvey:
    """A survey that people can answer now. `id` is that of its version."""

    id: int
    slug: str
    is_invented: bool
    starts_easy_read: bool
    estimated_minutes: int
    contacts: Contacts


@dataclass(frozen=True, slots=True)
class Draft:
    """What is known of a response while it is answered, and of its survey.

    `kept` holds, by question code, the value and the words beside "other".
    """

    id: int
    token: str
    seed: str
    version_id: int
    survey_id: int
    slug: str
    is_invented: bool
    contacts: Contacts
    language: str
    easy_read: bool
    look: str
    kept: Mapping[str, tuple[Any, Mapping[str, str]]]
    last_used_on: date
    submitted_at: datetime | None
    closes_at: datetime | None
    closed_at: datetime | None

    @property
    def is_sent(self) -> bool:
        return self.submitted_at is not None

    @property
    def said(self) -> dict[str, Any]:
        """What the person has said so far, by question code."""
        return {code: value for code, (value, _words) in self.kept.items()}

    @property
    def ends_at(self) -> datetime | None:
        """When nothing more can be sent: a day after the survey closes."""
        ended = [moment for moment in (self.closes_at, self.closed_at) if moment]
        return min(ended) + GRACE if ended else None

    @property
    def last_day(self) -> date:
        """The last day one can come back to it."""
        forgotten = self.last_used_on + KEPT_FOR
        return min(forgotten, last_day(self.ends_at)) if self.ends_at else forgotten

    def answer_to(self, step: Step) -> tuple[Any, Mapping[str, str]]:
        """The value and the other words kept for one page."""
        value, words = self.kept.get(step.question.code, (None, {}))
        if step.item is not None:
            value = (value or {}).get(step.item)
        return value, words

    def with_answer(self, step: Step, value: Any, words: Mapping[str, str]) -> "Draft":
        """The same with one page answered; an empty answer takes away what was there."""
        code = step.question.code
        whole = self._with_round(step, value)
        rest = {other: kept for other, kept in self.kept.items() if other != code}
        return replace(self, kept=rest if whole is None else rest | {code: (whole, dict(words))})

    def _with_round(self, step: Step, value: Any) -> Any:
        """A looped question keeps one dict for all its rounds: the codes by item."""
        if step.item is None:
            return value
        rounds = dict(self.kept.get(step.question.code, ({}, {}))[0])
        rounds.pop(step.item, None)
        if value is not None:
            rounds[step.item] = value
        return rounds or None
