"""How sure a share of people is, and how many people it takes. Shares are 0 to 1. Pure.

Every `n` may be an effective number of people, and so need not be whole.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, fsum, inf, isnan, sqrt
from statistics import NormalDist

from engage.errors import InvalidInputError
from engage.indicators.statistics.checks import (
    LEAST_SIZE,
    check_count,
    check_finite,
    check_same_length,
    check_share,
    check_size,
)

Z_95 = 1.959963984540054  # the 97.5th percentile of the normal distribution
Z_998 = NormalDist().inv_cdf(0.999)  # the outer limits of a funnel
POWER = 0.8


@dataclass(frozen=True, slots=True)
class Interval:
    """Shares from 0 to 1; for rates, in the unit of the rate."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Estimate:
    """A share and its range, 0 to 1."""

    share: float
    low: float
    high: float


def wilson(p: float, n: float, z: float = Z_95) -> Interval:
    """The Wilson score interval of a share `p` of `n` people, 0 to 1; n may be effective.

    E. B. Wilson (1927), "Probable inference, the law of succession, and statistical inference",
    Journal of the American Statistical Association 22, 209-212. It is the method OHID prefers,
    and holds where nobody or everybody is satisfied. With nobody asked it is all of 0 to 1; with
    everybody there is (n is infinite, see `finite_population`) it is the share itself.
    """
    check_share(p)
    check_size(z, "z")
    if isnan(n):
        raise InvalidInputError("The number of people must be a number.")
    if n <= 0:
        return Interval(0.0, 1.0)
    if n == inf:
        return Interval(p, p)
    centre = (p * n + z * z / 2) / (n + z * z)
    half = z * sqrt(p * (1 - p) * n + z * z / 4) / (n + z * z)
    # Floating point can leave the ends a hair inside p at 0 and 1, where they are exact.
    return Interval(max(0.0, min(p, centre - half)), min(1.0, max(p, centre + half)))


def finite_population(n_effective: float, asked: float, population: float) -> float:
    """The effective number of people once `asked` of an invited list of `population` replied.

    In people; larger than `n_effective`, and infinite where all replied, since nobody is left to
    be unsure of. n_eff * (N - 1) / (N - n): W. G. Cochran (1977), Sampling Techniques, 3rd ed.,
    section 2.6. Only for a list of everybody, never for an open link.
    """
    check_size(n_effective)
    check_size(asked)
    check_size(population, "The population")
    if asked > population:
        raise InvalidInputError("More people replied than are on the list.")
    if asked == population:
        return inf
    return n_effective * max(0.0, population - 1) / (population - asked)


def design_effect(per_group: float, rho: float) -> float:
    """What answering in groups costs: 1 + (m - 1) * rho, to divide the number of people by.

    `per_group` people in a group on average, at least 1, and `rho`, from 0 to 1, how alike a
    group answers. L. Kish (1965), Survey Sampling, section 5.4.
    """
    check_size(per_group, "The number of people in a group")
    check_share(rho, "rho")
    if per_group < 1:
        raise InvalidInputError("A group must have at least one person.")
    return 1 + (per_group - 1) * rho


def composite(
    p_first: float, n_first: float, p_second: float, n_second: float, alpha: float = 0.5
) -> Estimate:
    """Two shares as one, `alpha` of the first and the rest of the second, with the MOVER range.

    Never by head count, or the larger group would drown the smaller. G. Y. Zou and A. Donner
    (2008), "Construction of confidence limits about effect measures", Statistics in Medicine 27,
    1693-1702, on Wilson intervals.
    """
    check_share(alpha, "The weight of the first group")
    check_size(n_first)
    check_size(n_second)
    first, second, beta = wilson(p_first, n_first), wilson(p_second, n_second), 1 - alpha
    middle = alpha * p_first + beta * p_second
    below = sqrt((alpha * (p_first - first.low)) ** 2 + (beta * (p_second - second.low)) ** 2)
    above = sqrt((alpha * (first.high - p_first)) ** 2 + (beta * (second.high - p_second)) ** 2)
    return Estimate(middle, max(0.0, middle - below), min(1.0, middle + above))


def linearised_se(
    weights: Sequence[float], values: Sequence[float], counts: Sequence[int] | None = None
) -> float:
    """The standard error of a weighted mean of `values`, in their unit (0 to 1 for a share).

    One weight and one value for each person, or for each cell of `counts` people who are alike.
    sqrt(sum(w^2 (y - mean)^2)) / sum(w): Taylor linearisation of a ratio, K. M. Wolter (2007),
    Introduction to Variance Estimation, 2nd ed., chapter 6. A cross-check of Kish's n_eff.
    """
    people = [1] * len(weights) if counts is None else counts
    mean = weighted_mean(weights, values, people)
    total = fsum(weight * n for weight, n in zip(weights, people, strict=True))
    cells = zip(weights, values, people, strict=True)
    return sqrt(fsum(n * (weight / total * (value - mean)) ** 2 for weight, value, n in cells))


def weighted_mean(
    weights: Sequence[float], values: Sequence[float], counts: Sequence[int]
) -> float:
    """The weighted mean of `values`, in their unit, of cells of `counts` people who are alike."""
    check_weights(weights, counts)
    check_same_length(weights, values, "Weights and values")
    check_finite(values)
    cells = list(zip(weights, values, counts, strict=True))
    total = fsum(weight * n for weight, _, n in cells)
    mean = fsum(weight / total * n * value for weight, value, n in cells)
    return min(max(values), max(min(values), mean))  # floating point may leave it a hair outside


def check_weights(weights: Sequence[float], counts: Sequence[int]) -> None:
    """Not negative, by cell, with somebody whose weight is not next to nothing."""
    check_same_length(weights, counts, "Weights and counts")
    check_finite(weights, "The weights")
    for weight, count in zip(weights, counts, strict=True):
        check_count(count, "The number of people in a cell")
        if weight < 0:
            raise InvalidInputError("A weight must not be below 0.")
    if not any(w >= LEAST_SIZE and count for w, count in zip(weights, counts, strict=True)):
        raise InvalidInputError("There must be somebody whose weight is above 0.")


def funnel(p: float, n: float, z: float = Z_95) -> Interval:
    """Where the share of a group of `n` people falls by chance alone when the truth is `p`.

    p ± z sqrt(p (1 - p) / n), within 0 to 1. D. J. Spiegelhalter (2005), "Funnel plots for
    comparing institutional performance", Statistics in Medicine 24, 1185-1202. Z_95 for the inner
    limits, Z_998 for the outer.
    """
    check_share(p)
    check_size(n)
    check_size(z, "z")
    half = z * sqrt(p * (1 - p) / n)
    return Interval(max(0.0, p - half), min(1.0, p + half))


def sample_for_margin(margin: float) -> int:
    """How many people for a range of ± `margin` (a share) around one half, where it is widest.

    z^2 / (4 margin^2), rounded up: Cochran (1977), section 4.4.
    """
    check_share(margin, "The margin")
    if margin < 1e-6:
        raise InvalidInputError("The margin must be at least a millionth.")
    return _people(Z_95 * Z_95 / (4 * margin * margin))


def needed_per_wave(p1: float, p2: float, power: float = POWER) -> int:
    """How many people each of two waves needs to tell share `p1` from `p2`, two-sided at 5 %.

    J. L. Fleiss, B. Levin and M. C. Paik (2003), Statistical Methods for Rates and Proportions,
    3rd ed., formula 4.14, without continuity correction.
    """
    check_share(p1)
    check_share(p2)
    gap = abs(p2 - p1)
    if gap < 1e-6:
        raise InvalidInputError("The two shares must differ.")
    return _people((noise(p1, p2, power) / gap) ** 2)


def noise(p1: float, p2: float, power: float = POWER) -> float:
    """What the gap times sqrt(n) must reach to be seen with that power (Fleiss, formula 4.14)."""
    if not 0 < power < 1:
        raise InvalidInputError("The power must be between 0 and 1.")
    middle = (p1 + p2) / 2
    z_power = NormalDist().inv_cdf(power)
    return Z_95 * sqrt(2 * middle * (1 - middle)) + z_power * sqrt(p1 * (1 - p1) + p2 * (1 - p2))


def _people(number: float) -> int:
    # 385.0000000001 people are 385: the rest is floating point.
    return max(1, ceil(round(number, 9)))
