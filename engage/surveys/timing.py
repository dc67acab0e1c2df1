"""When a survey opens and closes, in days as people in England say them. Pure.

A survey is open for whole days: it closes at the end of its last day, not at its beginning.
"""

from datetime import date, datetime, time, timedelta
from enum import Enum
from typing import Protocol

from engage.clock import HERE, day_of


class State(Enum):
    DRAFT = "draft"
    WAITING = "waiting"  # published, its opening day still to come
    OPEN = "open"
    CLOSED = "closed"


class Timed(Protocol):
    """What the state of a version is told from."""

    @property
    def opens_at(self) -> datetime | None: ...
    @property
    def closes_at(self) -> datetime | None: ...
    @property
    def published_at(self) -> datetime | None: ...
    @property
    def closed_at(self) -> datetime | None: ...


def state(version: Timed, now: datetime) -> State:
    if version.published_at is None:
        return State.DRAFT
    if version.closed_at is not None or (version.closes_at and version.closes_at <= now):
        return State.CLOSED
    if version.opens_at and now < version.opens_at:
        return State.WAITING
    return State.OPEN


def start_of(day: date) -> datetime:
    return datetime.combine(day, time(), HERE)


def end_of(day: date) -> datetime:
    return start_of(day + timedelta(days=1))


def first_day(opens_at: datetime) -> date:
    return day_of(opens_at)


def last_day(closes_at: datetime) -> date:
    """The last day with time to answer in: midnight belongs to the day before."""
    return day_of(closes_at - timedelta(microseconds=1))


def closing_day(version: Timed) -> date | None:
    """The last day of a version, past or to come. None: it stays open until somebody closes it."""
    # The first of both: a new version closes the one before it, even where that ended long ago.
    ends = [each for each in (version.closes_at, version.closed_at) if each]
    return last_day(min(ends)) if ends else None


def in_words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
