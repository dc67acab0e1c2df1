"""Complaints and compliments: events for each so many people. Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from math import exp, lgamma, log, sqrt

from engage.indicators.statistics.checks import check_count, check_size
from engage.indicators.statistics.proportions import Z_95

TAIL = 0.025


@dataclass(frozen=True, slots=True)
class Rate:
    """Events per `per` people, and the 95 % range of that. It may be above `per`."""

    rate: float
    low: float
    high: float


def byar(events: int, denominator: float, per: float = 100) -> Rate:
    """The rate with Byar's range, close to the exact one even for few events.

    N. E. Breslow and N. E. Day (1987), Statistical Methods in Cancer Research, volume 2, section
    2.3; the method of OHID's technical guide.
    """
    _check(events, denominator, per)
    return _rate(events, _byar_low(events), _byar_low(events + 1, -Z_95), per / denominator)


def _byar_low(events: int, z: float = Z_95) -> float:
    if not events:
        return 0.0
    return events * max(0.0, 1 - 1 / (9 * events) - z / (3 * sqrt(events))) ** 3


def exact(events: int, denominator: float, per: float = 100) -> Rate:
    """The rate with the exact range: F. Garwood (1936), "Fiducial limits for the Poisson
    distribution", Biometrika 28, 437-442.
    """
    _check(events, denominator, per)
    low = _mean_where(lambda mean: at_most(events - 1, mean) < 1 - TAIL, events) if events else 0.0
    high = _mean_where(lambda mean: at_most(events, mean) < TAIL, events)
    return _rate(events, low, high, per / denominator)


def _mean_where(holds: Callable[[float], bool], events: int) -> float:
    """The smallest mean for which it holds, by halving."""
    low, high = 0.0, events + 10 * sqrt(events + 1)
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (low, middle) if holds(middle) else (middle, high)
    return high


def at_most(events: int, mean: float) -> float:
    """The chance of at most so many events where `mean` are expected (Poisson), 0 to 1."""
    if mean <= 0:
        return 1.0
    if events < mean:
        return _tail(events, mean, -1)
    return max(0.0, 1 - _tail(events + 1, mean, 1))


def _tail(first: int, mean: float, step: int) -> float:
    """From `first` away from the mean, where each term is smaller than the one before."""
    total, events = 0.0, first
    term = exp(first * log(mean) - mean - lgamma(first + 1))
    while events >= 0 and term > total * 1e-17:
        total += term
        term *= mean / (events + 1) if step > 0 else events / mean
        events += step
    return min(1.0, total)


def _check(events: int, denominator: float, per: float) -> None:
    check_count(events, "The number of events")
    check_size(denominator, "The denominator")
    check_size(per, "What the rate is per")


def _rate(events: int, low: float, high: float, scale: float) -> Rate:
    return Rate(events * scale, low * scale, high * scale)
