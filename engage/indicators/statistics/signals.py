"""The four rules by which a point of a chart stands out. Pure. Points are numbered from 1.

NHS England, "Making Data Count": a point outside the limits; seven in a row on one side of the
mean; seven in a row rising or falling; two of three near a limit, on the same side.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

SIGMAS = 3
NEAR = 2  # standard deviations: the outer third on the way to a limit
RUN = 7
HAIR = 1e-12  # so that a point on its limit is not outside by floating point


@dataclass(frozen=True, slots=True)
class Flags:
    """Which points each rule marks, from 1, in order."""

    outside: tuple[int, ...]
    shift: tuple[int, ...]
    trend: tuple[int, ...]
    two_of_three: tuple[int, ...]


def flags(values: Sequence[float], centre: float, sigmas: Sequence[float]) -> Flags:
    """What stands out among values around `centre`, each with a standard deviation of its own."""
    away = [value - centre for value in values]
    sides = [_side(each) for each in away]
    far = [_beyond(each, NEAR * sigma) for each, sigma in zip(away, sigmas, strict=True)]
    outside = [_beyond(each, SIGMAS * sigma) for each, sigma in zip(away, sigmas, strict=True)]
    return Flags(
        outside=tuple(point for point, side in enumerate(outside, 1) if side),
        shift=_runs(sides),
        trend=_trends(values),
        two_of_three=_two_of_three(far),
    )


def _side(distance: float) -> int:
    """1 above, -1 below, 0 where it makes no difference."""
    if abs(distance) <= HAIR:
        return 0
    return 1 if distance > 0 else -1


def _beyond(distance: float, limit: float) -> int:
    """The side on which a point is further away than `limit`, 0 where it is not."""
    return _side(distance) if abs(distance) > limit + HAIR else 0


def _runs(sides: Sequence[int]) -> tuple[int, ...]:
    return _marked(len(sides), RUN, lambda first: _is_one_side(sides[first : first + RUN]))


def _is_one_side(sides: Sequence[int]) -> bool:
    return sides[0] != 0 and len(set(sides)) == 1


def _trends(values: Sequence[float]) -> tuple[int, ...]:
    """Seven points in a row are six steps the same way."""
    steps = [_side(later - values[at]) for at, later in enumerate(values[1:])]
    return _marked(len(values), RUN, lambda first: _is_one_side(steps[first : first + RUN - 1]))


def _marked(points: int, length: int, holds: Callable[[int], bool]) -> tuple[int, ...]:
    """Every point of every stretch of that length for which it holds."""
    found: set[int] = set()
    for first in range(points - length + 1):
        if holds(first):
            found.update(range(first + 1, first + length + 1))
    return tuple(sorted(found))


def _two_of_three(far: Sequence[int]) -> tuple[int, ...]:
    """Of each three in a row, those near a limit, where two or more are on the same side."""
    found: set[int] = set()
    for first in range(len(far) - 2):
        for side in (1, -1):
            near = [at + 1 for at in range(first, first + 3) if far[at] == side]
            if len(near) > 1:
                found.update(near)
    return tuple(sorted(found))
