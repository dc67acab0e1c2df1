"""Charts of a monthly figure: what is the usual up and down, and what is not. Pure.

Limits are worked out on the first twelve points and then stand; with fewer they are for trial.
Points are numbered from 1. Annual waves are too few for any of this.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import fsum, sqrt

from engage.errors import InvalidInputError
from engage.indicators.statistics.checks import (
    check_count,
    check_finite,
    check_part,
    check_same_length,
    check_size,
)
from engage.indicators.statistics.signals import SIGMAS, Flags, flags

BASELINE_POINTS = 12
CUSUM_K, CUSUM_H = 0.5, 4.0
PER_SIGMA = 1.128  # the mean moving range of two points, in standard deviations (Shewhart's d2)
XMR_LIMIT = 2.66  # 3 / 1.128, as it is printed and used everywhere
XMR_SCREEN = 3.267  # moving ranges above this many means are exceptions (Shewhart's D4)


@dataclass(frozen=True, slots=True)
class PChart:
    """Shares with limits of their own, since each month has its own number of people.

    `z` is how far each lies from the centre in its own standard deviations. `lower` and `upper` are
    before Laney's correction, `lower_used` and `upper_used` after it; the flags are by those.
    """

    centre: float
    shares: tuple[float, ...]
    z: tuple[float, ...]
    lower: tuple[float, ...]
    upper: tuple[float, ...]
    sigma_laney: float
    sigma_used: float
    lower_used: tuple[float, ...]
    upper_used: tuple[float, ...]
    flags: Flags
    is_trial: bool


@dataclass(frozen=True, slots=True)
class Xmr:
    """One pair of limits for all points, in the unit of the values, and not cut at 0 or 1.

    `moving_range` is the mean moving range, `moving_range_screened` that without exceptions, which
    the limits are made from.
    """

    centre: float
    lower: float
    upper: float
    moving_range: float
    moving_range_screened: float
    flags: Flags
    is_trial: bool


@dataclass(frozen=True, slots=True)
class Cusum:
    """Sums of what is above and below the usual; the first point of each that is a signal."""

    above: tuple[float, ...]
    below: tuple[float, ...]
    first_above: int | None
    first_below: int | None


def p_chart(
    x: Sequence[float], n: Sequence[float], baseline_points: int = BASELINE_POINTS
) -> PChart:
    """`x` of `n` people in each month, in order. Limits are centre ± 3 standard deviations, 0 to 1.

    `x` need not be whole: published shares of people are not.

    W. A. Shewhart (1931), Economic Control of Quality of Manufactured Product. D. B. Laney (2002),
    "Improved control charts for attributes", Quality Engineering 14, 531-537, widens the limits
    where months differ by more than chance; they are never made narrower.
    """
    _check_months(x, n)
    used = _baseline(n, baseline_points)
    centre = sum(x[:used]) / sum(n[:used])
    shares = tuple(part / base for part, base in zip(x, n, strict=True))
    sigmas = [sqrt(centre * (1 - centre) / base) for base in n]
    z = tuple((share - centre) / s if s else 0.0 for share, s in zip(shares, sigmas, strict=True))
    laney = _mean(_moving_ranges(z[:used])) / PER_SIGMA
    wider = max(1.0, laney)
    lower, upper = _limits(centre, sigmas)
    spreads = [wider * sigma for sigma in sigmas]
    lower_used, upper_used = _limits(centre, spreads)
    return PChart(
        centre=centre,
        shares=shares,
        z=z,
        lower=lower,
        upper=upper,
        sigma_laney=laney,
        sigma_used=wider,
        lower_used=lower_used,
        upper_used=upper_used,
        flags=flags(shares, centre, spreads),
        is_trial=len(n) < BASELINE_POINTS,
    )


def _check_months(x: Sequence[float], n: Sequence[float]) -> None:
    check_same_length(x, n, "x and n")
    if not n:
        raise InvalidInputError("A chart needs at least one point.")
    for part, base in zip(x, n, strict=True):
        check_part(part, base)


def _baseline(points: Sequence[object], wanted: int) -> int:
    check_count(wanted, "The number of baseline points")
    if wanted < 2:
        raise InvalidInputError("The baseline needs at least two points.")
    return min(wanted, len(points))


def _limits(centre: float, sigmas: Sequence[float]) -> tuple[tuple[float, ...], tuple[float, ...]]:
    return (
        tuple(max(0.0, centre - SIGMAS * sigma) for sigma in sigmas),
        tuple(min(1.0, centre + SIGMAS * sigma) for sigma in sigmas),
    )


def _moving_ranges(values: Sequence[float]) -> list[float]:
    return [abs(later - earlier) for earlier, later in pairwise(values)]


def _mean(values: Sequence[float]) -> float:
    return fsum(values) / len(values) if values else 0.0


def xmr(values: Sequence[float], baseline_points: int = BASELINE_POINTS) -> Xmr:
    """One value a month, in order; limits are the mean ± 2.66 mean moving ranges of the baseline.

    Moving ranges over 3.267 means are left out of the mean first, as NHS England's "Making Data
    Count" does. D. J. Wheeler (2000), Understanding Variation, 2nd ed. Needs two values.
    """
    check_finite(values)
    if len(values) < 2:
        raise InvalidInputError("A chart of single values needs at least two points.")
    used = _baseline(values, baseline_points)
    centre = _mean(values[:used])
    ranges = _moving_ranges(values[:used])
    moving = _mean(ranges)
    screened = _mean([each for each in ranges if each <= XMR_SCREEN * moving])
    half = XMR_LIMIT * screened
    return Xmr(
        centre=centre,
        lower=centre - half,
        upper=centre + half,
        moving_range=moving,
        moving_range_screened=screened,
        flags=flags(values, centre, [half / SIGMAS] * len(values)),
        is_trial=len(values) < BASELINE_POINTS,
    )


def cusum(z: Sequence[float], k: float = CUSUM_K, h: float = CUSUM_H) -> Cusum:
    """Sums of `z`, in standard deviations, beyond `k` on either side; a signal is a sum over `h`.

    An early warning for staff. E. S. Page (1954), "Continuous inspection schemes", Biometrika 41,
    100-115.
    """
    check_finite(z)
    check_finite([k], "k and h")
    check_size(h, "h")
    if k < 0:
        raise InvalidInputError("k must not be below 0.")
    above, below = _sums(z, k), _sums([-value for value in z], k)
    return Cusum(above, below, _first_over(above, h), _first_over(below, h))


def _sums(z: Sequence[float], k: float) -> tuple[float, ...]:
    sums, so_far = [], 0.0
    for value in z:
        so_far = max(0.0, so_far + value - k)
        sums.append(so_far)
    return tuple(sums)


def _first_over(sums: Sequence[float], h: float) -> int | None:
    return next((point for point, so_far in enumerate(sums, 1) if so_far > h), None)
