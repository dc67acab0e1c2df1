"""Which theme of a new run is the one a person already decided about. Pure."""

from collections.abc import Collection, Mapping
from typing import TypeVar

T = TypeVar("T")

ENOUGH_ALIKE = 0.5  # Jaccard: at least half of all who are in either are in both


def closest(
    before: Mapping[int, frozenset[int]], after: Mapping[int, frozenset[int]]
) -> dict[int, int]:
    """For each theme of `before`, the theme of `after` that holds mostly the same answers.

    Both map a theme's id to the ids of its answers. Each theme of `after` is given out once, the
    best fit first; what fits nothing well enough is left out.
    """
    pairs = sorted(
        (
            (jaccard(mine, theirs), old, new)
            for old, mine in before.items()
            for new, theirs in after.items()
        ),
        key=lambda pair: (-pair[0], pair[1], pair[2]),
    )
    found: dict[int, int] = {}
    taken: set[int] = set()
    for alike, old, new in pairs:
        if alike >= ENOUGH_ALIKE and old not in found and new not in taken:
            found[old] = new
            taken.add(new)
    return found


def jaccard(one: frozenset[int], other: frozenset[int]) -> float:
    """Those in both, as a share of those in either. 0 where both are empty."""
    either = one | other
    return len(one & other) / len(either) if either else 0.0


def change(before: Collection[T], after: Collection[T]) -> tuple[int, int]:
    """How many came, and how many went."""
    one, other = set(before), set(after)
    return len(other - one), len(one - other)


def is_large(came: int, went: int, were: int) -> bool:
    """More than a third of what was there before is not the same."""
    return 3 * (came + went) > max(were, 1)
