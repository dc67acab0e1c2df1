"""The monthly pulse: how people felt after a contact, and what of it may be published. Pure.

Never part of indicator q: it is another question, asked at another moment, of other people.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from gettext import gettext  # finds no catalogue: it only marks the words for ours
from typing import Any

from engage.clock import HERE, day_of
from engage.indicators.pulse.chart import chart_of
from engage.indicators.q.calculations import SATISFIED
from engage.indicators.q.settling import Publication
from engage.responses.disclosure import NEW_ANSWERS, SMALLEST_BASE, PublicShares, public_shares
from engage.responses.disclosure_changes import change_tells_of_few

EVERYBODY = "all"  # the line of a survey that does not ask who is answering
DEFINITION_VERSION = "1.0"
DEFINITION = gettext(
    "The pulse is the percentage of people whose answer about a contact is positive, among those "
    "giving a view, month by month. Positive is one of the best two of five answers, or the best "
    "of three symbols. A month with fewer than 30 people is put together with the months after "
    "it. Only finished months are published. A published month is final, except that the newest "
    "is counted again where ten more answers came in for it. Figures are not weighted. Where a "
    "survey asks who is answering, each group has a line of its own. The pulse is never added to "
    "indicator q: it is another question, asked at another moment."
)

Point = dict[str, Any]  # one published month, or several together, as plain JSON values
ANSWERS = ("positive", "other")


@dataclass(frozen=True, slots=True)
class View:
    """One person's view: when it was sent ("2026-03"), its place on the scale, and whose it is."""

    month: str
    value: int
    line: str = EVERYBODY


@dataclass(frozen=True, slots=True)
class Period:
    """One month, or several put together, in order; how many of `base` people were positive."""

    names: tuple[str, ...]
    positive: int
    base: int


@dataclass(frozen=True, slots=True)
class PulseSource:
    """A survey that feeds the pulse. `lines` has the words of each group that it tells apart."""

    survey_id: int
    slug: str
    title: str
    title_easy: str
    is_invented: bool
    scale: str | None
    wording: Mapping[str, str]
    lines: Mapping[str, Mapping[str, str]] = field(default_factory=lambda: {EVERYBODY: {}})


def month_of(moment: datetime) -> str:
    """The month on the calendars here: a minute after midnight in June is June in summer time."""
    return f"{day_of(moment):%Y-%m}"


def start_of_month(now: datetime) -> datetime:
    """Everything sent before this was sent in a month that is over."""
    today = day_of(now)
    return datetime(today.year, today.month, 1, tzinfo=HERE)


def monthly(views: Iterable[View]) -> list[Period]:
    """Counts of one line: every month from the first to the last, also those without anybody."""
    base: Counter[str] = Counter()
    positive: Counter[str] = Counter()
    for view in views:
        base[view.month] += 1
        positive[view.month] += view.value in SATISFIED
    if not base:
        return []
    return [
        Period((month,), positive[month], base[month]) for month in months(min(base), max(base))
    ]


def months(first: str, last: str) -> Iterator[str]:
    """Every month from the first to the last, both included."""
    year, month = map(int, first.split("-"))
    while (name := f"{year:04}-{month:02}") <= last:
        yield name
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)


def gathered(periods: Iterable[Period], least: int = SMALLEST_BASE) -> list[Period]:
    """Months with fewer than `least` people put together with the next.

    What is left at the end waits for months to come. The one before is published already: put
    with that, the difference would be about these few.
    """
    found: list[Period] = []
    waiting: list[Period] = []
    for period in periods:
        waiting.append(period)
        if sum(each.base for each in waiting) >= least:
            found.append(together(waiting))
            waiting = []
    return found


def together(periods: Sequence[Period]) -> Period:
    return Period(
        names=tuple(name for period in periods for name in period.names),
        positive=sum(period.positive for period in periods),
        base=sum(period.base for period in periods),
    )


def _tells_of_few(old: Point, fresh: Point) -> bool:
    """Whether both side by side say what a few of those who came between answered."""
    before, after = (
        PublicShares(each["base"], {"positive": each["positive"]}) for each in (old, fresh)
    )
    return change_tells_of_few(before, after, ANSWERS)


def point_of(period: Period, now: datetime) -> Point:
    """What may be shown of one month: a whole percentage, "over 85", or None to protect people."""
    counts = dict(zip(ANSWERS, (period.positive, period.base - period.positive), strict=True))
    shown = public_shares(counts, ("positive",))
    return {
        "months": list(period.names),
        "base": shown.base,
        "positive": shown.shares["positive"],
        "as_of": now.isoformat(),
    }


def issue(
    source: PulseSource, views: Iterable[View], before: Publication, now: datetime
) -> tuple[Publication, int]:
    """What everybody may see of one survey's pulse, and how many people it is about, exactly.

    `before` is the publication before it, empty at first. What it says of a month stands.
    """
    ever = list(_ever(before))
    by_line: dict[str, list[View]] = defaultdict(list)
    for view in views:
        if view.month < month_of(now):
            by_line[view.line].append(view)
    old = {line["code"]: line for line in before.data.get("lines", ())}
    kept = before.exact.get("lines", {})
    # A group that the survey no longer asks for keeps what was published of it.
    words_of = {code: line["words"] for code, line in old.items()} | {**source.lines}
    lines, exact = [], {}
    for code, words in words_of.items():
        shown = old[code]["points"] if code in old else []
        was = [each for line, each in ever if line == code]
        points, exact[code] = _points(monthly(by_line[code]), shown, kept.get(code), was, now)
        chart = chart_of(points)
        lines.append({"code": code, "words": dict(words), "points": points, "chart": chart})
    counted = sum(each["counted"] for each in exact.values())
    return Publication(_about(source, now) | {"lines": lines}, {"lines": exact}), counted


def _ever(past: Publication) -> Iterator[tuple[str, Point]]:
    """Each point that was ever public, with its line: a reader has kept them all."""
    for data in (past.data, *past.earlier):
        for line in data.get("lines", ()):
            for point in line["points"]:
                yield line["code"], point


def _points(
    periods: Sequence[Period],
    old: Sequence[Point],
    kept: Mapping[str, int] | None,
    was: Sequence[Point],
    now: datetime,
) -> tuple[list[Point], dict[str, int]]:
    """The months published before as they stood, and those that have come since.

    `kept` has how many people are in all of them, and in the newest. `was` are all points that
    were ever public.
    """
    points, counted, newest = [*old], 0, 0
    if old and kept:
        counted, newest = kept["counted"], kept["newest"]
        again = together([each for each in periods if each.names[0] in old[-1]["months"]])
        fresh = point_of(again, now)
        before = [each for each in was if each["months"] == old[-1]["months"]]
        tells = any(_tells_of_few(each, fresh) for each in before)
        if again.base >= newest + NEW_ANSWERS and not tells:
            points[-1] = {**fresh, "months": old[-1]["months"]}
            counted, newest = counted + again.base - newest, again.base
    last = points[-1]["months"][-1] if points else ""
    for period in gathered(each for each in periods if each.names[0] > last):
        points.append(point_of(period, now))
        counted, newest = counted + period.base, period.base
    return points, {"counted": counted, "newest": newest}


def _about(source: PulseSource, now: datetime) -> dict[str, Any]:
    return {
        "series": "pulse",
        "definition_version": DEFINITION_VERSION,
        "definition": DEFINITION,
        "survey": {
            "slug": source.slug,
            "title": source.title,
            "title_easy": source.title_easy,
            "is_invented": source.is_invented,
            "scale": source.scale,
            "wording": dict(source.wording),
        },
        "made_at": now.isoformat(),
    }
