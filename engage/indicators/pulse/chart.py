"""Which months of the pulse are the usual ups and downs, and which are not. Pure.

Everything here follows from percentages and bases as they were published, so that it tells no
more than they do, and anyone can work it out again.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import accumulate, groupby, pairwise
from math import fsum
from typing import Any

from engage.indicators.statistics.process import BASELINE_POINTS, p_chart, xmr
from engage.indicators.statistics.signals import RUN, Flags, flags

LEAST_POINTS = RUN  # below this no rule could ever speak, and limits would only be noise
MOST_VARIATION = 0.25  # of the mean base: beyond, each month needs limits of its own
XMR, P_CHART = "xmr", "p"
IMPROVEMENT, CONCERN = "improvement", "concern"
RULES = ("outside", "shift", "trend", "two_of_three")

Rules = tuple[tuple[str, str], ...]  # each rule, and whether it is good news


@dataclass(frozen=True, slots=True)
class Signal:
    """Neighbouring points that stand out for the same reasons. `points` are numbered from 1.

    It is a concern where any of its `rules` is bad news.
    """

    kind: str
    rules: Rules
    points: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A mean and limits in per cent. `kind` is None where there are too few points for any.

    `lower` and `upper` have one value for each point, None for a point without a number.
    """

    kind: str | None
    is_trial: bool
    placed: int  # points with a number, which is what the limits are made of
    mean: float | None = None
    lower: Sequence[float | None] = ()
    upper: Sequence[float | None] = ()
    signals: Sequence[Signal] = ()


@dataclass(frozen=True, slots=True)
class _Limits:
    kind: str
    centre: float
    lower: Sequence[float]
    upper: Sequence[float]
    flags: Flags


def chart_of(points: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The chart of published points, as plain JSON values."""
    numbered = {at: point for at, point in enumerate(points) if isinstance(point["positive"], int)}
    shares = [point["positive"] for point in numbered.values()]
    found = chart(shares, [point["base"] for point in numbered.values()])
    return _spread_out(asdict(found), list(numbered), len(points))


def chart(percents: Sequence[float], bases: Sequence[float]) -> Chart:
    """Of so many per cent positive among so many people, month by month."""
    count = len(percents)
    if count < LEAST_POINTS:
        return Chart(None, is_trial=True, placed=count)
    found = _p_limits(percents, bases) if varies(bases) else _xmr_limits(percents)
    return Chart(
        kind=found.kind,
        is_trial=count < BASELINE_POINTS,
        placed=count,
        mean=_two_places(found.centre),
        lower=[_two_places(max(0.0, each)) for each in found.lower],
        upper=[_two_places(min(100.0, each)) for each in found.upper],
        # On trial limits a rule would speak too soon.
        signals=() if count < BASELINE_POINTS else tuple(_signals(percents, found)),
    )


def varies(bases: Sequence[float]) -> bool:
    """Whether any month's number of people is far from the mean."""
    mean = fsum(bases) / len(bases)
    return any(abs(base - mean) > MOST_VARIATION * mean for base in bases)


def _xmr_limits(percents: Sequence[float]) -> _Limits:
    found, count = xmr(percents), len(percents)
    return _Limits(XMR, found.centre, [found.lower] * count, [found.upper] * count, found.flags)


def _p_limits(percents: Sequence[float], bases: Sequence[float]) -> _Limits:
    # People as the published share of the published base makes them, which need not be whole.
    positive = [base * share / 100 for base, share in zip(bases, percents, strict=True)]
    found = p_chart(positive, bases)
    lower, upper = [[100 * each for each in ends] for ends in (found.lower_used, found.upper_used)]
    return _Limits(P_CHART, 100 * found.centre, lower, upper, found.flags)


def _two_places(number: float) -> float:
    return round(number, 2)


def _signals(percents: Sequence[float], found: _Limits) -> Iterator[Signal]:
    """Neighbours that stand out for the same reasons are one signal."""
    why = [rules_at(point, percents, found) for point in range(1, len(percents) + 1)]
    for rules, group in groupby(enumerate(why, 1), key=lambda each: each[1]):
        if rules:
            is_bad = any(news == CONCERN for _, news in rules)
            yield Signal(
                CONCERN if is_bad else IMPROVEMENT, rules, tuple(point for point, _ in group)
            )


def rules_at(point: int, percents: Sequence[float], found: _Limits) -> Rules:
    """Every rule that marks this point, and whether that is good or bad news."""
    marked, rising = found.flags, _rising(percents)
    is_above = percents[point - 1] > found.centre
    return tuple(
        (rule, _news(point in rising if rule == "trend" else is_above))
        for rule in RULES
        if point in getattr(marked, rule)
    )


def _news(is_good: bool) -> str:
    return IMPROVEMENT if is_good else CONCERN


def _rising(percents: Sequence[float]) -> tuple[int, ...]:
    """The points of every long rise: with each fall made level, only rises are left to mark."""
    steps = [max(0.0, later - earlier) for earlier, later in pairwise(percents)]
    climbed = list(accumulate(steps, initial=0.0))
    return flags(climbed, 0.0, [1.0] * len(climbed)).trend


def _spread_out(found: dict[str, Any], at: Sequence[int], count: int) -> dict[str, Any]:
    """Numbered as all points are, where some of them have no number to draw."""
    signals = [
        each | {"points": [at[point - 1] + 1 for point in each["points"]]}
        for each in found["signals"]
    ]
    ends = {side: _in_their_places(found[side], at, count) for side in ("lower", "upper")}
    return found | ends | {"signals": [_plain(each) for each in signals]}


def _in_their_places(values: Sequence[float], at: Sequence[int], count: int) -> list[float | None]:
    by_place = dict(zip(at, values, strict=False))
    return [by_place.get(place) for place in range(count)] if values else []


def _plain(signal: Mapping[str, Any]) -> dict[str, Any]:
    """Lists and objects only, so that it is the same before and after it was kept."""
    return {**signal, "rules": [{"rule": rule, "news": news} for rule, news in signal["rules"]]}
