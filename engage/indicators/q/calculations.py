"""How indicator q is worked out from answers. Pure: no database, no rounding, no disclosure.

Values are places on a scale, 5 the best to 1 the worst, as each option of the question says:
three-symbol answers are 5, 3 and 1. None is an answer that is missing: "don't know", "does not
apply", "prefer not to say" or nothing at all. Formulas: docs/statistics.md.
"""

from collections.abc import Sequence
from typing import Literal

SATISFIED = frozenset({5, 4})
CONFIDENT = frozenset({4, 3})  # the confidence scale has four points
DISSATISFIED = frozenset({2, 1})
NEEDED_OF_SIX_DOMAINS = 4

Value = int | None
# How people were recruited: A everyone known or a random sample was invited, one link each;
# B an open link; C events, groups and stalls.
Grade = Literal["A", "B", "C"]


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
    """What the interval may be called, None where none may be shown.

    The words for each are in `display.RANGE_NAMES`. On an open link nobody was drawn at random, so
    "confidence interval" would claim too much (AAPOR, "Opt-In Surveys and Margin of Error"): what
    the range assumes is said instead.
    """
    if grade == "C":
        return None
    if grade == "A":
        return "confidence"
    return "weighted" if is_weighted else "unweighted"
