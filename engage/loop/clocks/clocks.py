"""By when families hear back, and whether they did. Pure.

Both clocks start on the last day on which a survey can be answered. That day was public before
anybody answered; a clock that began when we accept a theme could be kept from ever beginning.
Once the day has passed it starts them, even where the survey can be answered again later.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from engage.responses.disclosure import half_up

HEARD_WITHIN = timedelta(weeks=4)
ANSWERED_WITHIN = timedelta(weeks=12)
MOST_THEMES = 10
A_YEAR = timedelta(days=365)
# One theme of seven is 14 in 100: a share of few jumps, and looks surer than it is.
FEWEST_FOR_A_SHARE = 20
A_WEEK = 7

IN_TIME, LATE, WAITING, OVERDUE = "in_time", "late", "waiting", "overdue"


@dataclass(frozen=True, slots=True)
class Clock:
    """A day by which something is owed, and the day on which it was there."""

    due: date
    met_on: date | None = None

    def state(self, today: date) -> str:
        is_over = (self.met_on or today) > self.due
        if self.met_on is None:
            return OVERDUE if is_over else WAITING
        return LATE if is_over else IN_TIME

    def days_late(self, today: date) -> int:
        return max(((self.met_on or today) - self.due).days, 0)


@dataclass(frozen=True, slots=True)
class Counted:
    """An accepted theme that many people spoke of: when it was answered, what came of it."""

    theme: int
    ambition: str | None = None
    answered_on: date | None = None
    is_done: bool = False  # we say that we did it
    is_checked: bool = False  # and families say so too
    since: date | None = None  # the last day that its clock starts on, where it has its own


@dataclass(frozen=True, slots=True)
class Course:
    """What happened to one survey. `closed_on` is its last day; None until that has passed."""

    closed_on: date | None
    heard_on: date | None = None
    themes: tuple[Counted, ...] = ()
    is_open_again: bool = False  # or was, after its last day
    has_comments: bool = False  # somebody wrote words, so figures alone are not what was heard

    @property
    def heard(self) -> Clock | None:
        """ "What we heard" is public; None while the survey is open, for nothing is due yet."""
        return Clock(self.closed_on + HEARD_WITHIN, self.heard_on) if self.closed_on else None

    @property
    def answers_due(self) -> date | None:
        return self.closed_on + ANSWERED_WITHIN if self.closed_on else None

    @property
    def answers(self) -> tuple[Clock, ...]:
        """One clock for each theme."""
        closed_on = self.closed_on
        if closed_on is None:
            return ()
        return tuple(
            Clock((theme.since or closed_on) + ANSWERED_WITHIN, theme.answered_on)
            for theme in self.themes
        )

    def tally(self, today: date) -> dict[str, int]:
        """How many themes stand how."""
        states = [clock.state(today) for clock in self.answers]
        return {state: states.count(state) for state in (IN_TIME, LATE, WAITING, OVERDUE)}

    def is_unheard(self, today: date) -> bool:
        """People wrote, and twelve weeks after the last day there is no theme and no answer."""
        if self.answers_due is None or not self.has_comments:
            return False
        return not self.themes and self.heard_on is None and today > self.answers_due

    def owes(self, today: date) -> bool:
        """Something is late that is not there yet."""
        clocks = (*self.answers, *((self.heard,) if self.heard else ()))
        return any(clock.state(today) == OVERDUE for clock in clocks)

    def is_shown(self, today: date) -> bool:
        """Open, closed in the last year, or late: what is owed does not leave the page by age."""
        return self.closed_on is None or today - self.closed_on <= A_YEAR or self.owes(today)

    def is_in_the_rate(self, today: date) -> bool:
        """Its twelve weeks are over, and it closed in the last year."""
        if self.closed_on is None or not self.themes:
            return False
        return self.closed_on + ANSWERED_WITHIN < today <= self.closed_on + A_YEAR


def starts_on(
    said_on: date | None, answered_on: date | None, closed_on: date, ends: Sequence[date]
) -> date | None:
    """The last day that starts the clock of a theme; None where that is still to come.

    `ends` are all last days of the survey that have passed, in order; `closed_on` is the one that
    it is shown by. The first after somebody spoke of the theme counts: asking once more wins no
    time. What was answered between waves a year apart starts anew with the later one.
    """
    first = next((end for end in ends if said_on is None or said_on <= end), None)
    if first is None or answered_on is None or answered_on > closed_on:
        return first
    return closed_on if closed_on - first >= A_YEAR else first


def top_themes(people: Mapping[int, int | None], names: Mapping[int, str]) -> list[int]:
    """The ten themes that most people spoke of; ties by name.

    `people` is public: where it hides a small count, the theme comes after the others.
    """
    counted = [theme for theme in names if theme in people]
    ordered = sorted(counted, key=lambda each: (-(people[each] or 0), names[each], each))
    return ordered[:MOST_THEMES]


@dataclass(frozen=True, slots=True)
class Rate:
    """The loop-closed rate: of how many themes how many were answered in time."""

    base: int
    on_time: int
    done: int
    checked: int
    median_weeks: int | None  # None where half of them are not answered yet

    def as_data(self) -> dict[str, Any]:
        return {
            "base": self.base,
            "on_time": self.on_time,
            "percent": percent_of(self.on_time, self.base),
            "done": self.done,
            "checked": self.checked,
            "checked_percent": percent_of(self.checked, self.done),
            "median_weeks": self.median_weeks,
        }


def rate(courses: Iterable[Course], today: date = date.max) -> Rate:
    """Of these surveys; who calls leaves out those whose twelve weeks are not over.

    Themes that came up only when a survey was open again may have time left all the same.
    """
    pairs = [
        (theme, clock)
        for course in courses
        for theme, clock in zip(course.themes, course.answers, strict=True)
        if clock.due < today
    ]
    return Rate(
        base=len(pairs),
        on_time=sum(clock.state(date.max) == IN_TIME for _theme, clock in pairs),
        done=sum(theme.is_done for theme, _clock in pairs),
        checked=sum(theme.is_checked for theme, _clock in pairs),
        median_weeks=_median([_weeks(clock) for _theme, clock in pairs]),
    )


def percent_of(part: int, base: int) -> int | None:
    """A whole percentage, half up; None of so few that their number says more."""
    if base < FEWEST_FOR_A_SHARE:
        return None
    return half_up(Decimal(100 * part) / base)


def _weeks(clock: Clock) -> int | None:
    """Whole weeks that families waited after the last day, begun ones too; None: they wait yet."""
    if clock.met_on is None:
        return None
    closed_on = clock.due - ANSWERED_WITHIN
    return -(-max((clock.met_on - closed_on).days, 0) // A_WEEK)


def _median(weeks: list[int | None]) -> int | None:
    """The week by which half were answered. Without those that wait it would flatter."""
    answered = sorted(each for each in weeks if each is not None)
    half = -(-len(weeks) // 2)
    return answered[half - 1] if weeks and len(answered) >= half else None
