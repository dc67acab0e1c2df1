"""The published functions about charts of a monthly figure."""

from typing import Any

from engage.errors import InvalidInputError
from engage.indicators.statistics import process
from engage.indicators.statistics.process import BASELINE_POINTS
from engage.indicators.statistics.published.given import Given
from engage.indicators.statistics.signals import Flags

Answer = dict[str, Any]


def p_chart(given: Given) -> Answer:
    found = _of_months(given)
    return {
        "pbar": found.centre,
        "p": list(found.shares),
        "ucl": list(found.upper),
        "lcl": list(found.lower),
        "sigma_z_laney": found.sigma_laney,
        "sigma_z_used": found.sigma_used,
        "ucl_prime": list(found.upper_used),
        "lcl_prime": list(found.lower_used),
        "flags": _flags(found.flags),
        "trial": found.is_trial,
    }


def _of_months(given: Given) -> process.PChart:
    points = given.whole("baseline_points", BASELINE_POINTS)
    return process.p_chart(given.wholes("x"), given.wholes("n"), points)


def xmr(given: Given) -> Answer:
    points = given.whole("baseline_points", BASELINE_POINTS)
    found = process.xmr(given.numbers("values"), points)
    return {
        "mean": found.centre,
        "avg_moving_range": found.moving_range,
        "upl": found.upper,
        "lpl": found.lower,
        "amr_screened": found.moving_range_screened,
        "flags": _flags(found.flags),
        "trial": found.is_trial,
    }


def cusum(given: Given) -> Answer:
    """Of `z`, or of the months of a p-chart."""
    if "z" not in given and "x" not in given:
        raise InvalidInputError('Give "z", or "x" and "n".')
    z = given.numbers("z") if "z" in given else list(_of_months(given).z)
    k = given.number("k") if "k" in given else process.CUSUM_K
    h = given.number("h") if "h" in given else process.CUSUM_H
    found = process.cusum(z, k, h)
    return {
        "z": z,
        "c_plus": list(found.above),
        "c_minus": list(found.below),
        "first_signal_plus": found.first_above,
        "first_signal_minus": found.first_below,
    }


def _flags(found: Flags) -> dict[str, list[int]]:
    return {
        "outside": list(found.outside),
        "shift7": list(found.shift),
        "trend7": list(found.trend),
        "two_of_three": list(found.two_of_three),
    }
