"""On which side of a promise an answer stands, and by which rule. Pure.

For, against or in between; counted, and never made into a score. An answer that is late is
evidence against whatever else it says, and so is one that families say is not done yet.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from engage.clock import day_of
from engage.loop import lifecycle
from engage.loop.lifecycle import Course

FOR, AGAINST, BETWEEN = "for", "against", "between"
SIDES = (FOR, AGAINST, BETWEEN)
SHOWN_FOR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Placed:
    """A side, the rule that chose it, and the days that the rule speaks of."""

    side: str
    rule: str
    days: int = 0


def placed(course: Course, today: date) -> Placed:
    """Where an answer that everyone can read stands."""
    kind, verdict = lifecycle.kind_of(course), lifecycle.verdict_of(course)
    if verdict == lifecycle.NOT_YET:
        return Placed(AGAINST, "not_yet")
    if days := lifecycle.days_over(course, today):
        return Placed(AGAINST, "overdue", days)
    if kind == "cannot":
        return Placed(AGAINST, "cannot")
    if kind == "did":
        return _of_what_was_done(course, verdict)
    return Placed(BETWEEN, kind)


def _of_what_was_done(course: Course, verdict: str) -> Placed:
    # A difference comes after a check, and says more than it does.
    if lifecycle.difference_of(course):
        return Placed(FOR, "difference")
    if verdict == lifecycle.YES:
        return Placed(FOR, "yes")
    return Placed(BETWEEN, "partly" if verdict == lifecycle.PARTLY else "unchecked")


def is_of_this_year(course: Course, found: Placed, today: date) -> bool:
    """Something happened to it in the last 12 months, or it is late today."""
    newest = last_day_of(course)
    return found.rule == "overdue" or is_recent(newest, today)


def last_day_of(course: Course) -> date:
    return max((day_of(step.at) for step in course.steps), default=day_of(course.heard_at))


def is_recent(day: date, today: date) -> bool:
    return today - day <= SHOWN_FOR


def is_shown_day(day: date, today: date) -> bool:
    """Evidence may be of this day: it has been, and not so long ago that nobody would see it."""
    return day <= today and is_recent(day, today)
