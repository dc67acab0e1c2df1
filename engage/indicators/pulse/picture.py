"""Where the marks of a control chart are drawn: across in per cent, down in pixels. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

TOP, BOTTOM = 28, 248  # of the plot, in pixels; above is room for a number, below for months
HEIGHT = 284
LEFT, RIGHT = 2.0, 98.0  # per cent
STEP = 10  # the scale ends on tens
LEAST_SPAN = 40  # so that a quiet line looks quiet
NUMBER_AWAY = 14  # pixels from a mark up to its number

Across = tuple[float, float, float, float]  # x1 and x2 in per cent, y1 and y2 in pixels


@dataclass(frozen=True, slots=True)
class Dot:
    """`kind` is "usual", "improvement" or "concern"; `number` is that of its signal."""

    x: float
    y: float
    kind: str
    number: int | None
    number_y: float


@dataclass(frozen=True, slots=True)
class Label:
    x: float
    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Picture:
    """`first` is the place of the first point that is drawn, from 0."""

    first: int
    height: int
    scale: Sequence[tuple[int, float]]
    dots: Sequence[Dot]
    steps: Sequence[Across]
    mean: float | None
    limits: Sequence[Across]
    labels: Sequence[Label]


@dataclass(frozen=True, slots=True)
class _Frame:
    count: int
    low: int
    high: int

    def x(self, place: float) -> float:
        """`place` from 0; a point alone stands in the middle."""
        if self.count == 1:
            return 50.0
        return round(LEFT + (RIGHT - LEFT) * place / (self.count - 1), 2)

    def y(self, percent: float) -> float:
        return round(BOTTOM - (BOTTOM - TOP) * (percent - self.low) / (self.high - self.low), 1)


def picture(line: Mapping[str, Any], most: int, labels: int, month_names: Sequence[str]) -> Picture:
    """The last `most` points, with about so many `labels` of months under them."""
    first = max(0, len(line["points"]) - most)
    shares = [_number(point) for point in line["points"]][first:]
    chart = line["chart"]
    ends = [chart[side][first:] or [None] * len(shares) for side in ("lower", "upper")]
    frame = _Frame(len(shares), *_scale([*shares, *ends[0], *ends[1]]))
    return Picture(
        first=first,
        height=HEIGHT,
        scale=[
            (value, frame.y(value)) for value in range(frame.low, frame.high + 1, _every(frame))
        ],
        dots=list(_dots(line, shares, first, frame)),
        steps=list(_steps(shares, frame)),
        mean=None if chart["mean"] is None else frame.y(chart["mean"]),
        limits=[each for side in ends for each in _limits(side, frame)],
        labels=list(_labels(month_names[first:], labels, frame)),
    )


def _number(point: Mapping[str, Any]) -> int | None:
    return point["positive"] if isinstance(point["positive"], int) else None


def _scale(values: Sequence[float | None]) -> tuple[int, int]:
    """Tens around everything that is drawn, and never less than LEAST_SPAN."""
    known = [value for value in values if value is not None]
    if not known:
        return 0, 100
    low = max(0, int(min(known) // STEP * STEP))
    high = min(100, int(-(-max(known) // STEP) * STEP))
    while high - low < LEAST_SPAN:
        low, high = max(0, low - STEP), min(100, high + STEP)
    return low, high


def _every(frame: _Frame) -> int:
    return STEP if frame.high - frame.low <= 60 else 2 * STEP


def signals_by_point(line: Mapping[str, Any]) -> dict[int, tuple[int, Mapping[str, Any]]]:
    """The signal that each point is part of, and its number. Both are numbered from 1."""
    return {
        point: (number, signal)
        for number, signal in enumerate(line["chart"]["signals"], 1)
        for point in signal["points"]
    }


def _dots(
    line: Mapping[str, Any], shares: Sequence[int | None], first: int, frame: _Frame
) -> Iterator[Dot]:
    signals = signals_by_point(line)
    for place, share in enumerate(shares):
        if share is None:
            continue
        number, signal = signals.get(first + place + 1, (None, {"kind": "usual"}))
        y = frame.y(share)
        yield Dot(frame.x(place), y, signal["kind"], number, y - NUMBER_AWAY)


def _steps(shares: Sequence[int | None], frame: _Frame) -> Iterator[Across]:
    """From dot to dot; none across a month that has no number."""
    for place, (one, other) in enumerate(pairwise(shares)):
        if one is not None and other is not None:
            yield frame.x(place), frame.x(place + 1), frame.y(one), frame.y(other)


def _limits(values: Sequence[float | None], frame: _Frame) -> Iterator[Across]:
    """One line where the limit is the same for neighbours, a step for each where it is not."""
    start = 0
    for place, value in enumerate(values):
        if place + 1 < len(values) and values[place + 1] == value:
            continue
        if value is not None:
            y = frame.y(value)
            yield _edge(start - 0.5, frame), _edge(place + 0.5, frame), y, y
        start = place + 1


def _edge(place: float, frame: _Frame) -> float:
    """Half-way to the neighbour, and the end of the picture at its ends."""
    if frame.count == 1:
        return 0.0 if place < 0 else 100.0
    return min(100.0, max(0.0, frame.x(place)))


def _labels(names: Sequence[str], about: int, frame: _Frame) -> Iterator[Label]:
    """The first, the last and some between, evenly; the last is never crowded."""
    last = len(names) - 1
    every = max(1, -(-last // max(1, about - 1)))
    for place, name in enumerate(names):
        if place == last:
            yield Label(frame.x(place), name, "middle" if last == 0 else "end")
        elif place % every == 0 and last - place >= every:
            yield Label(frame.x(place), name, "start" if place == 0 else "middle")
