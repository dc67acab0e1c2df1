"""What is news to somebody who follows a survey, and how long we know them. Pure."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from hashlib import sha256

from engage.clock import HERE, day_of
from engage.loop.lifecycle import CHECKED, DECIDED, SHOWN

# The steps of an answer that everyone can read at once. Staff take the others for themselves.
NEWS = (DECIDED, CHECKED, SHOWN)
YES_WITHIN = timedelta(days=7)
KEPT_FOR = timedelta(days=365)
# Answers are often published several at once: one mail tells of all of them.
GATHERED_FOR = timedelta(hours=1)
MORNING = time(8)


@dataclass(frozen=True, slots=True)
class Happened:
    """A step that everyone can read, of an answer that everyone can read."""

    step_id: int
    action_id: int
    day: date


def news(happened: Iterable[Happened], asked_on: date, told: Collection[int]) -> list[Happened]:
    """What came from the day on which they asked, and no mail has told them.

    All of that day: at what time they asked is not kept. Each step by its number, and not "all up
    to here": of two steps taken at one moment the earlier number may be seen later.
    """
    return [each for each in happened if each.day >= asked_on and each.step_id not in told]


def number_of_news(step_ids: Iterable[int]) -> str:
    """What a mail is known by: the same for the same steps, and for no others."""
    return sha256(" ".join(map(str, sorted(step_ids))).encode()).hexdigest()[:16]


def wait_for_morning(now: datetime) -> timedelta:
    """Nobody's phone rings at midnight, when the day's work is asked for."""
    return max(GATHERED_FOR, datetime.combine(day_of(now), MORNING, HERE) - now)


def last_day_for_yes(asked_on: date) -> date:
    return asked_on + YES_WITHIN


def is_too_late(asked_on: date, today: date) -> bool:
    """They did not say yes in time."""
    return today > last_day_for_yes(asked_on)


def is_over(asked_on: date, said_yes: bool, today: date) -> bool:
    """It is time to forget them."""
    return deleted_on(asked_on) <= today or (not said_yes and is_too_late(asked_on, today))


def deleted_on(asked_on: date) -> date:
    return asked_on + KEPT_FOR
