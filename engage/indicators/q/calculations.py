"""How indicator q is worked out from answers. Pure: no database, no rounding, no disclosure.

Values are places on a scale, 5 the best to 1 the worst, as each option of the question says:
three-symbol answers are 5, 3 and 1. None is an answer that is missing: "don't know", "does not
apply", "prefer not to say" or nothing at all. Formulas: DOMAIN 2.4.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from engage.indicators.statistics.proportions import Z_95, Interval, wilson

__all__ = [
    "CONFIDENT",
    "DISSATISFIED",
    "SATISFIED",
    "Z_95",
    "Grade",
    "Interval",
    "Tally",
    "Value",
    "index",
    "range_code",
    "share",
    "tally",
    "wilson",
]

SATISFIED = frozenset({5, 4})
CONFIDENT = frozenset({4, 3})  # the confidence scale has four points
DISSATISFIED = frozenset({2, 1})
NEEDED_OF_SIX_DOMAINS = 4

Value = int | None
# How people were recruited: A everyone known or a random sample was invited, one link each;
# B an open link; C events, groups and stalls.
Grade = Literal["A", "B", "C"]


@dataclass(frozen=True, slots=True)
class Tally:
    """How many people gave which kind of answer, exactly. `base` leaves the missing out."""

    base: int
    positive: int
    negative: int
    missing: int


def tally(values: Iterable[Value], positive: Collection[int] = SATISFIED) -> Tally:
    """Count top-2 and bottom-2 answers. A base of 0 is an answer too, not an error."""
    everyone = list(values)
    given = [value for value in everyone if value is not None]
    return Tally(
        base=len(given),
        positive=sum(value in positive for value in given),
        negative=sum(value in DISSATISFIED for value in given),
        missing=len(everyone) - len(given),
    )


def share(part: int, base: int) -> float | None:
    """From 0 to 1, or None of nobody."""
    return part / base if base else None


def index(domains: Sequence[Value]) -> float | None:
    """One person's q-index: the mean of (value - 1) * 25, 0 to 100, over the domains answered.

    None where fewer than four of the six are.
    """
    given = [value for value in domains if value is not None]
    if len(given) < NEEDED_OF_SIX_DOMAINS:
        return None
    return sum((value - 1) * 25 for value in given) / len(given)


def range_code(grade: Grade, *, is_weighted: bool) -> str | None:
    """What the interval may be called (DOMAIN 2.5), None where none may be shown.

    The words for each are in `display.RANGE_NAMES`. On an open link nobody was drawn at random, so
    "confidence interval" would claim too much (AAPOR, "Opt-In Surveys and Margin of Error"): what
    the range assumes is said instead.
    """
    if grade == "C":
        return None
    if grade == "A":
        return "confidence"
    return "weighted" if is_weighted else "unweighted"
