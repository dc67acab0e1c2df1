"""Whether a share has changed, or differs from the rest. Shares are 0 to 1. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, erfc, exp, fsum, lgamma, log, sqrt
from typing import Literal

from engage.errors import InvalidInputError
from engage.indicators.statistics.checks import (
    check_count,
    check_finite,
    check_part,
    check_same_length,
    check_share,
    check_size,
)
from engage.indicators.statistics.proportions import (
    POWER,
    Z_998,
    Interval,
    funnel,
    noise,
    wilson,
)

SIGNIFICANT = 0.05
LEAST_GAP, LEAST_GAP_OF_AREA = 0.03, 0.05  # of a share; less is no change worth the name
HAIR = 1e-12  # .36 - .33 is a hair under .03

Verdict = Literal["up", "down", "none"]


@dataclass(frozen=True, slots=True)
class Change:
    """Second minus first, as a share from -1 to 1; the range of that; z and its p-value."""

    difference: float
    z: float
    p_value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Trend:
    """z is above 0 where the share rises with the scores."""

    z: float
    p_value: float


@dataclass(frozen=True, slots=True)
class Paired:
    """McNemar: the exact p-value, which decides, and chi-squared with its own beside it."""

    p_exact: float
    chi2: float
    p_chi2: float


@dataclass(frozen=True, slots=True)
class AreaTest:
    """One area beside the rest of the county. `p_holm` decides; `z` is above 0 where it is higher.

    `funnel_95` and `funnel_998` are around the share of the whole county.
    """

    share: float
    range: Interval
    rest: float
    z: float
    p_value: float
    p_holm: float
    p_bh: float
    funnel_95: Interval
    funnel_998: Interval


def two_proportions(p1: float, n1: float, p2: float, n2: float) -> Change:
    """Share `p1` of `n1` people, then `p2` of `n2`: the gap p2 - p1, and whether it is chance.

    z with pooled variance, two-sided; z is 0 and p 1 where nobody or everybody is positive. The
    range is method 10 of R. G. Newcombe (1998), "Interval estimation for the difference between
    independent proportions", Statistics in Medicine 17, 873-890. `n` may be effective.
    """
    middle = pooled(p1, n1, p2, n2)
    difference = p2 - p1
    se = sqrt(middle * (1 - middle) * (1 / n1 + 1 / n2))
    z = difference / se if se else 0.0
    first, second = wilson(p1, n1), wilson(p2, n2)
    below = sqrt((p2 - second.low) ** 2 + (first.high - p1) ** 2)
    above = sqrt((second.high - p2) ** 2 + (p1 - first.low) ** 2)
    return Change(
        difference, z, two_sided(z), max(-1.0, difference - below), min(1.0, difference + above)
    )


def pooled(p1: float, n1: float, p2: float, n2: float) -> float:
    """The share of both waves together, 0 to 1."""
    check_share(p1)
    check_share(p2)
    check_size(n1)
    check_size(n2)
    return min(1.0, (p1 * n1 + p2 * n2) / (n1 + n2))


def two_sided(z: float) -> float:
    """The p-value of a standard normal `z`, both tails."""
    return erfc(abs(z) / sqrt(2))


def verdict(change: Change, least: float = LEAST_GAP) -> Verdict:
    """ "up" or "down" only if p < 0.05 and the gap is at least `least`, a share; else "none"."""
    check_share(least, "The least gap")
    if not stands_out(change.difference, change.p_value, least):
        return "none"
    return "up" if change.difference > 0 else "down"


def stands_out(gap: float, p_value: float, least: float) -> bool:
    """Whether a gap is beyond chance (p < 0.05) and large enough to speak of."""
    return p_value < SIGNIFICANT and bool(gap) and abs(gap) >= least - HAIR


def smallest_rise(p: float, n: float, power: float = POWER) -> float:
    """The smallest rise from `p`, as a share, that two waves of `n` people would show.

    With that power, two-sided at 5 %; the same formula as `needed_per_wave`. Raises
    InvalidInputError where `n` is too few for any rise.
    """
    check_share(p)
    check_size(n)
    low, high = 0.0, 1 - p
    if high * sqrt(n) <= noise(p, 1.0, power):
        raise InvalidInputError("No rise from there could be told from chance with these replies.")
    for _ in range(60):  # halving to a millionth of a millionth of a point
        middle = (low + high) / 2
        if middle * sqrt(n) < noise(p, p + middle, power):
            low = middle
        else:
            high = middle
    return high


def smallest_points(p: float, n: float) -> int | None:
    """The same in whole points, rounded up; None where no rise would show."""
    try:
        return ceil(round(100 * smallest_rise(p, n), 9))
    except InvalidInputError:
        return None


def holm(p_values: Sequence[float]) -> tuple[float, ...]:
    """p-values corrected for being several, in the order given, 0 to 1.

    S. Holm (1979), "A simple sequentially rejective multiple test procedure", Scandinavian Journal
    of Statistics 6, 65-70.
    """
    order = _smallest_first(p_values)
    corrected, worst = [0.0] * len(order), 0.0
    for rank, place in enumerate(order):
        worst = max(worst, min(1.0, (len(order) - rank) * p_values[place]))
        corrected[place] = worst
    return tuple(corrected)


def benjamini_hochberg(p_values: Sequence[float]) -> tuple[float, ...]:
    """p-values corrected for the share of false alarms, in the order given, 0 to 1.

    Y. Benjamini and Y. Hochberg (1995), "Controlling the false discovery rate", Journal of the
    Royal Statistical Society B 57, 289-300.
    """
    order = _smallest_first(p_values)
    corrected, best = [0.0] * len(order), 1.0
    for rank in range(len(order), 0, -1):
        place = order[rank - 1]
        best = min(best, p_values[place] * len(order) / rank)
        corrected[place] = best
    return tuple(corrected)


def _smallest_first(p_values: Sequence[float]) -> list[int]:
    for value in p_values:
        check_share(value, "A p-value")
    return sorted(range(len(p_values)), key=p_values.__getitem__)


def cochran_armitage(
    positives: Sequence[float], bases: Sequence[float], scores: Sequence[float] | None = None
) -> Trend:
    """Whether the share rises or falls over waves, one positive and one base for each.

    `scores` say where the waves lie, 0, 1, 2 … unless told. W. G. Cochran (1954), Biometrics 10,
    417-451; P. Armitage (1955), "Tests for linear trends in proportions and frequencies",
    Biometrics 11, 375-386. z is 0 and p 1 where nobody or everybody is positive.
    """
    at = range(len(bases)) if scores is None else scores
    _check_waves(positives, bases, at)
    total = fsum(bases)
    share = fsum(positives) / total
    middle = fsum(score * n for score, n in zip(at, bases, strict=True)) / total
    together = zip(at, positives, bases, strict=True)
    gap = fsum((score - middle) * (x - n * share) for score, x, n in together)
    spread = fsum(n * (score - middle) ** 2 for score, n in zip(at, bases, strict=True))
    se = sqrt(max(0.0, share * (1 - share)) * spread)
    z = gap / se if se else 0.0
    return Trend(z, two_sided(z))


def _check_waves(
    positives: Sequence[float], bases: Sequence[float], scores: Sequence[float]
) -> None:
    check_same_length(positives, bases, "Positives and bases")
    check_same_length(scores, bases, "Scores and bases")
    check_finite(scores, "The scores")
    for positive, base in zip(positives, bases, strict=True):
        check_part(positive, base)
    if len(set(scores)) < 2:
        raise InvalidInputError("A trend needs at least two waves with different scores.")


def mcnemar(table: Sequence[Sequence[int]]) -> Paired:
    """The same people asked twice: [[both, only first], [only second, neither]].

    Exact, two-sided, on those who changed; chi-squared with continuity correction. Q. McNemar
    (1947), Psychometrika 12, 153-157. p is 1 where nobody changed.
    """
    if len(table) != 2 or any(len(row) != 2 for row in table):
        raise InvalidInputError("The table must have two rows of two counts.")
    for row in table:
        for count in row:
            check_count(count, "Each count of the table")
    away, towards = table[0][1], table[1][0]
    changed = away + towards
    if not changed:
        return Paired(1.0, 0.0, 1.0)
    chi2 = max(0, abs(away - towards) - 1) ** 2 / changed
    exact = min(1.0, 2 * _half_or_less(min(away, towards), changed))
    return Paired(exact, chi2, two_sided(sqrt(chi2)))


def _half_or_less(few: int, trials: int) -> float:
    """The chance of at most `few` heads in `trials` tosses, where few is at most half of them."""
    term = exp(lgamma(trials + 1) - lgamma(few + 1) - lgamma(trials - few + 1) - trials * log(2))
    total = 0.0
    for heads in range(few, -1, -1):
        total += term
        term *= heads / (trials - heads + 1)
        if term < total * 1e-18:
            break
    return total


def area_against_rest(
    positives: Mapping[str, float], bases: Mapping[str, float]
) -> Mapping[str, AreaTest]:
    """Each area beside all others together, by its name, in the order of `bases`.

    Two-proportion z against the rest; Holm over all areas decides (there is no league table);
    funnel limits around the county. An area where nobody answered has no test and is left out.
    """
    if positives.keys() != bases.keys():
        raise InvalidInputError("Positives and bases must be of the same areas.")
    asked = {area: base for area, base in bases.items() if base or positives[area]}
    for area, base in asked.items():
        check_part(positives[area], base)
    if len(asked) < 2:
        raise InvalidInputError("It takes answers from at least two areas to compare them.")
    everyone, satisfied = fsum(asked.values()), fsum(positives.values())
    county = min(1.0, satisfied / everyone)
    changes, rests = {}, {}
    for area, base in asked.items():
        rest = everyone - base
        rests[area] = min(1.0, max(0.0, (satisfied - positives[area]) / rest))
        changes[area] = two_proportions(rests[area], rest, positives[area] / base, base)
    p_values = [change.p_value for change in changes.values()]
    corrected = zip(changes, holm(p_values), benjamini_hochberg(p_values), strict=True)
    return {
        area: AreaTest(
            share=positives[area] / asked[area],
            range=wilson(positives[area] / asked[area], asked[area]),
            rest=rests[area],
            z=changes[area].z,
            p_value=changes[area].p_value,
            p_holm=by_holm,
            p_bh=by_bh,
            funnel_95=funnel(county, asked[area]),
            funnel_998=funnel(county, asked[area], Z_998),
        )
        for area, by_holm, by_bh in corrected
    }
