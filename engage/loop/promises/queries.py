"""What is read of the promises: answers that everyone can read, the clocks, what was added."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from engage.clock import day_of
from engage.extensions import db
from engage.framework.pack import Pledge
from engage.loop import queries
from engage.loop.clocks.clocks import OVERDUE
from engage.loop.clocks.queries import Line, lines
from engage.loop.co_lead.public import public_ambition
from engage.loop.models import Action
from engage.loop.promises.models import PromiseEvidence, PromiseWithdrawal
from engage.loop.promises.sides import (
    AGAINST,
    Placed,
    is_of_this_year,
    is_recent,
    last_day_of,
    placed,
)


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer that speaks for a promise, against it, or neither."""

    action: Action
    placed: Placed
    day: date  # of the last thing that happened to it


@dataclass(frozen=True, slots=True)
class Unanswered:
    """How many of a survey's most spoken of themes have no answer, and for how long it is late.

    Without their names: what a theme says is public once somebody has published an answer to it.
    """

    line: Line
    themes: int
    days: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything about one promise."""

    pledge: Pledge
    answers: Sequence[Answered]
    unanswered: Sequence[Unanswered]
    added: Sequence[PromiseEvidence]

    def count(self, side: str) -> int:
        found = sum(each.placed.side == side for each in self.answers)
        found += sum(each.side == side for each in self.added)
        return found + (sum(each.themes for each in self.unanswered) if side == AGAINST else 0)

    @property
    def is_invented(self) -> bool:
        surveys = [each.action.theme.survey for each in self.answers]
        surveys += [each.line.survey for each in self.unanswered]
        is_any_survey = any(survey.is_invented for survey in surveys)
        return is_any_survey or any(each.is_invented for each in self.added)


def evidence(pledges: Iterable[Pledge], now: datetime) -> list[Evidence]:
    """Everything that the public may read about these promises, by one reading for all."""
    today = day_of(now)
    answers, late, added = answered(today), lines(now), added_lately(today)
    return [
        Evidence(
            pledge,
            [each for each in answers if public_ambition(each.action) in pledge.ambitions],
            unanswered(late, pledge, today),
            [each for each in added if each.promise == pledge.code],
        )
        for pledge in pledges
    ]


def answered(today: date) -> list[Answered]:
    found = []
    for action in queries.published_actions():
        course = action.course
        side = placed(course, today)
        if is_of_this_year(course, side, today):
            found.append(Answered(action, side, last_day_of(course)))
    return sorted(found, key=lambda each: (-each.day.toordinal(), each.action.id))


def unanswered(found: Iterable[Line], pledge: Pledge, today: date) -> list[Unanswered]:
    """By survey, where its twelve weeks are over."""
    late = [(line, _unanswered_of(line, pledge, today)) for line in found]
    return [Unanswered(line, len(days), max(days)) for line, days in late if days]


def _unanswered_of(line: Line, pledge: Pledge, today: date) -> list[int]:
    pairs = zip(line.course.themes, line.course.answers, strict=bool(line.course.closed_on))
    return [
        clock.days_late(today)
        for theme, clock in pairs
        if theme.ambition in pledge.ambitions and clock.state(today) == OVERDUE
    ]


def added_lately(today: date) -> list[PromiseEvidence]:
    """What organisations gave and did not withdraw, of the last 12 months, the newest first."""
    wanted = (
        select(PromiseEvidence)
        .outerjoin(PromiseWithdrawal)
        .where(PromiseWithdrawal.evidence_id.is_(None))
        .order_by(PromiseEvidence.seen_on.desc(), PromiseEvidence.id.desc())
    )
    return [each for each in db.session.scalars(wanted) if is_recent(each.seen_on, today)]


def added_by(organisation_id: int) -> list[PromiseEvidence]:
    """Everything that an organisation ever gave, the last given first."""
    wanted = (
        select(PromiseEvidence)
        .where(PromiseEvidence.organisation_id == organisation_id)
        .options(joinedload(PromiseEvidence.added_by))
        .order_by(PromiseEvidence.id.desc())
    )
    return list(db.session.scalars(wanted))


def one_added_by(organisation_id: int, evidence_id: int) -> PromiseEvidence:
    """What is another organisation's is not found."""
    return db.session.scalars(
        select(PromiseEvidence).where(
            PromiseEvidence.organisation_id == organisation_id, PromiseEvidence.id == evidence_id
        )
    ).one()
