"""What may be published without giving a person away. Pure.

Public: counts below 10 are hidden and the rest rounded to the nearest 5, so that
subtracting one table from another finds nobody. Percentages need 30 people.
Staff see exact counts, except 1 to 4.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

HIDDEN_FROM_PUBLIC = range(10)  # 0 too: "nobody said yes" is about each of them
HIDDEN_FROM_STAFF = range(1, 5)
SMALLEST_BASE = 30
LEAST_HIDDEN_TOGETHER = 10  # people left when every published group is subtracted from the total
LOWEST, HIGHEST = 5, 95
# A figure changes when this many have answered since: fewer, and the change would be about them.
NEW_ANSWERS = 10


@dataclass(frozen=True)
class Percentage:
    percent: int
    base: int  # people asked, to the nearest 5


def public_count(count: int) -> int | None:
    """One count that is not part of a table, or None where it must be hidden."""
    return None if count in HIDDEN_FROM_PUBLIC else nearest_5(count)


def public_counts(counts: Mapping[str, int]) -> dict[str, int | None]:
    safe = suppress(counts, HIDDEN_FROM_PUBLIC)
    return {name: None if count is None else nearest_5(count) for name, count in safe.items()}


def staff_counts(counts: Mapping[str, int]) -> dict[str, int | None]:
    return suppress(counts, HIDDEN_FROM_STAFF)


def public_percentage(part: int | Decimal, whole: int | Decimal, base: int) -> Percentage | None:
    """`part` and `whole` are unrounded and may be weighted; `base` counts the people asked."""
    if base < SMALLEST_BASE:
        return None
    return Percentage(half_up(Decimal(100) * part / whole), nearest_5(base))


def blurred(percent: int) -> int | str:
    """A whole percentage, or "under 5" or "over 95".

    All of 0 to 4 is blurred, not 0 alone: where only 0 were, "under 5" would mean 0. Nobody and
    everybody are answers about each person (DOMAIN 2.7).
    """
    if percent < LOWEST:
        return "under 5"
    return "over 95" if percent > HIGHEST else percent


def withheld(bases: Mapping[str, int], also: Collection[str] = ()) -> set[str]:
    """Which parts of a whole must show no percentage, beside those in `also`.

    `bases` counts the people asked in each part, exactly. A part of fewer than 30 is hidden. So
    is the next smallest, until two parts are hidden which hold 10 people between them: a single
    one, or a few people, could otherwise be found by taking the other parts from the whole.
    """
    hidden = {name for name, base in bases.items() if base < SMALLEST_BASE} | {*also}
    shown = sorted((name for name in bases if name not in hidden), key=bases.__getitem__)
    while hidden and shown and not _hide_each_other(hidden, bases):
        hidden.add(shown.pop(0))
    return hidden


def _hide_each_other(hidden: Collection[str], bases: Mapping[str, int]) -> bool:
    return len(hidden) > 1 and sum(bases[name] for name in hidden) >= LEAST_HIDDEN_TOGETHER


def suppress(counts: Mapping[str, int], unsafe: range) -> dict[str, int | None]:
    """Unsafe counts hidden, and never just one of them, which a total would reveal."""
    hidden = {name for name, count in counts.items() if count in unsafe}
    if len(hidden) == 1:
        others = [name for name in counts if name not in hidden and counts[name]]
        hidden.update(sorted(others, key=counts.__getitem__)[:1])
    return {name: None if name in hidden else count for name, count in counts.items()}


def half_up(value: Decimal) -> int:
    # Not round(), which makes 32.5 into 32: readers expect 33.
    return int(value.quantize(Decimal(1), ROUND_HALF_UP))


def nearest_5(count: int) -> int:
    return (count + 2) // 5 * 5
