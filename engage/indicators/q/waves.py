"""One series over its waves: what may be compared, and whether anything changed. Pure.

A wave is one survey. Two waves are compared on the unrounded figures behind what was published,
with the effective number of people of each.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from engage.errors import InvalidInputError
from engage.indicators.q.calculations import Interval
from engage.indicators.statistics.change import (
    Change,
    cochran_armitage,
    smallest_rise,
    two_proportions,
    verdict,
)
from engage.indicators.statistics.proportions import composite as composite_of
from engage.responses.disclosure import half_up

LEAST_GAP = 0.03  # of a share, for the county: less is no change worth the name (DOMAIN 2.8)
WAVES_FOR_A_DIRECTION = 3
SURE_ENOUGH = 0.05


@dataclass(frozen=True, slots=True)
class Wave:
    """One published wave. `figure` is as published; `share` and `n_effective` are exact.

    `n_effective` is None for a wave published before exact figures were kept.
    """

    survey: str
    title: str
    opened_on: str | None
    wording: str
    scale: str | None
    is_weighted: bool
    figure: Mapping[str, Any]
    share: float | None
    n_effective: float | None
    grade: str = "B"  # how people were found

    @property
    def is_shown(self) -> bool:
        """Shown as a number: a change from "under 15" would undo the blur."""
        return isinstance(self.figure["positive"], int) and self.n_effective is not None


def trend(waves: Sequence[Wave]) -> dict[str, Any]:
    """`waves` of one series, oldest first, as plain values to publish.

    `change` compares the last two that may be compared; `why_not` says why there is none:
    "one_wave", "break" or "hidden".
    """
    breaks = [None, *(_break(*pair) for pair in zip(waves, waves[1:], strict=False))][: len(waves)]
    last = _since_the_last_break(waves, breaks)
    return {
        "waves": [_row(wave, found) for wave, found in zip(waves, breaks, strict=True)],
        "change": _change(last[-2], last[-1]) if _comparable(last) else None,
        "why_not": None if _comparable(last) else _why_not(waves, last),
        "direction": _direction([wave for wave in last if wave.is_shown]),
        "smallest_rise": _smallest(waves[-1]) if waves else None,
    }


def _break(before: Wave, after: Wave) -> str | None:
    """Why the two cannot be set side by side, None where they can."""
    if before.wording != after.wording:
        return "wording"
    if before.scale != after.scale:
        return "scale"
    if before.grade != after.grade:
        return "grade"
    return None if before.is_weighted == after.is_weighted else "weighting"


def _since_the_last_break(waves: Sequence[Wave], breaks: Sequence[str | None]) -> Sequence[Wave]:
    starts = [place for place, found in enumerate(breaks) if found]
    return waves[starts[-1] :] if starts else waves


def _comparable(waves: Sequence[Wave]) -> bool:
    return len(waves) > 1 and waves[-1].is_shown and waves[-2].is_shown


def _why_not(waves: Sequence[Wave], last: Sequence[Wave]) -> str:
    if len(waves) < 2:
        return "one_wave"
    return "break" if len(last) < 2 else "hidden"


def _row(wave: Wave, found: str | None) -> dict[str, Any]:
    return {
        "survey": wave.survey,
        "title": wave.title,
        "opened_on": wave.opened_on,
        "is_weighted": wave.is_weighted,
        "break": found,
        "figure": dict(wave.figure),
    }


def _change(before: Wave, after: Wave) -> dict[str, Any]:
    found = _compared(before, after)
    return {
        "from": before.survey,
        "to": after.survey,
        "verdict": verdict(found, LEAST_GAP),
        # From the unrounded figures: 39.6 - 33.4 is 6 points, not 40 - 33.
        "points": _points(found.difference),
        "low": _points(found.low),
        "high": _points(found.high),
        "is_beyond_chance": found.p_value < SURE_ENOUGH,
    }


def _compared(before: Wave, after: Wave) -> Change:
    return two_proportions(*_exact(before), *_exact(after))


def _direction(waves: Sequence[Wave]) -> dict[str, Any] | None:
    """Whether three or more waves go one way (Cochran-Armitage, on effective numbers)."""
    if len(waves) < WAVES_FOR_A_DIRECTION:
        return None
    exact = [_exact(wave) for wave in waves]
    found = cochran_armitage([share * people for share, people in exact], [n for _, n in exact])
    way = "up" if found.z > 0 else "down"
    return {"verdict": way if found.p_value < SURE_ENOUGH else "none", "waves": len(waves)}


def _smallest(wave: Wave) -> int | None:
    """The smallest rise, in whole points, that a next wave like this one would show."""
    if not wave.is_shown:
        return None
    try:
        return _up(smallest_rise(*_exact(wave)))
    except InvalidInputError:
        return None  # so few, or so many of them content, that no rise would show


def composite(first: Wave, second: Wave) -> dict[str, int] | None:
    """Half of each series, with its range in whole per cent; None unless both are shown."""
    if not (first.is_shown and second.is_shown):
        return None
    found = composite_of(*_exact(first), *_exact(second))
    return {"percent": _points(found.share), **_ends(Interval(found.low, found.high))}


def _exact(wave: Wave) -> tuple[float, float]:
    if wave.share is None or wave.n_effective is None:
        raise ValueError(f"{wave.survey} has no exact figure")
    return wave.share, wave.n_effective


def _ends(interval: Interval) -> dict[str, int]:
    return {"low": _points(interval.low), "high": _points(interval.high)}


def _points(share: float) -> int:
    return half_up(Decimal(100 * share))


def _up(share: float) -> int:
    """A whole number of points that is surely enough."""
    return -int(-100 * share // 1)
