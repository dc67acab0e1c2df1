"""The monthly pulse of invented services, published month by month, and a reader of all of it.

What was counted of a month can be counted again when answers on paper are brought in late, so a
month can be public in several forms. Nobody in it is real.
"""

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import combinations
from typing import Any

from benchmarks.disclosure.attack import Key, Knowledge, Rules, Shares
from engage.indicators.pulse.months import PulseSource, View, issue, monthly
from engage.indicators.q.settling import Publication

MONTHS = tuple(f"2026-{month:02}" for month in range(1, 7))
TIMES_A_MONTH = 3  # it is published: late answers come in between
MOST_PEOPLE, MOST_LATE = 120, 25
PARTS = ("positive", "other")
Point = Mapping[str, Any]
Publish = Callable[[Sequence["Heard"]], list[list[Point]]]


@dataclass(frozen=True)
class Heard:
    """What people had said at one moment, of all months before it."""

    at: datetime
    views: Sequence[View]


def service(seed: int) -> list[Heard]:
    """What was known at each moment of publishing, the oldest first."""
    chance = random.Random(seed)
    mood, usual = chance.uniform(0.05, 0.95), chance.randint(10, MOST_PEOPLE)
    said: list[View] = []
    moments = []
    for number, month in enumerate(MONTHS):
        said += _views(chance, mood, month, chance.randint(usual // 2, usual))
        for day in range(1, TIMES_A_MONTH + 1):
            moments.append(Heard(datetime(2026, number + 2, day, 12, tzinfo=UTC), tuple(said)))
            said += _views(chance, mood, month, chance.randint(0, MOST_LATE))
    return moments


def _views(chance: random.Random, mood: float, month: str, people: int) -> Iterator[View]:
    for _ in range(people):
        good = chance.random() < mood
        yield View(month, chance.choice((4, 5) if good else (1, 2, 3)))


def publish_by_the_rules(moments: Sequence[Heard]) -> list[list[Point]]:
    past, found = Publication({}, {}), []
    for moment in moments:
        made, _ = issue(SOURCE, moment.views, past, moment.at)
        past = replace(made, earlier=[*past.earlier, made.data])
        found.append(made.data["lines"][0]["points"])
    return found


def publish_everything(moments: Sequence[Heard]) -> list[list[Point]]:
    """Each month as it is now, however few have come."""
    return [
        [
            {
                "months": list(period.names),
                "base": period.base,
                "positive": (200 * period.positive + period.base) // (2 * period.base),
                "as_of": moment.at.isoformat(),
            }
            for period in monthly(moment.views)
        ]
        for moment in moments
    ]


def truth(moments: Sequence[Heard], published: Sequence[Sequence[Point]]) -> dict[Key, int]:
    """Of each point as it was counted, and of those who came between two of the same months."""
    at = {moment.at.isoformat(): moment for moment in moments}
    found: dict[Key, int] = {}
    for months, days in _forms(published).items():
        counts = {day: _counted(at[day].views, months) for day in days}
        for day, parts in counts.items():
            found |= {(day, months, part): count for part, count in parts.items()}
        for before, after in combinations(days, 2):
            for part, count in counts[after].items():
                found[before, after, months, part] = count - counts[before][part]
    return found


def _counted(views: Sequence[View], months: tuple[str, ...]) -> dict[str, int]:
    values = [view.value for view in views if view.month in months]
    positive = sum(value >= 4 for value in values)
    return {"base": len(values), "positive": positive, "other": len(values) - positive}


def _forms(published: Sequence[Sequence[Point]]) -> dict[tuple[str, ...], list[str]]:
    """The months of each point, and every day of which its count was public, the oldest first."""
    days: dict[tuple[str, ...], list[str]] = {}
    for points in published:
        for point in points:
            known = days.setdefault(tuple(point["months"]), [])
            if point["as_of"] not in known:
                known.append(point["as_of"])
    return days


def attacked(published: Sequence[Sequence[Point]], rules: Rules) -> Knowledge:
    """What can be known of all publications: nobody's answer goes away."""
    knowledge = Knowledge(rules)
    seen = {(tuple(p["months"]), p["as_of"]): p for points in published for p in points}
    for (months, day), point in seen.items():
        base, *parts = ((day, months, part) for part in ("base", *PARTS))
        knowledge.sums.append((base, tuple(parts)))
        if point["base"] is not None:
            knowledge.learn(base, rules.base(point["base"]))
            shown = {} if point["positive"] is None else {parts[0]: (point["positive"],) * 2}
            knowledge.shares.append(Shares(base, tuple(parts), shown))
    for months, days in _forms(published).items():
        _compare(knowledge, months, days)
    knowledge.think()
    return knowledge


def _compare(knowledge: Knowledge, months: tuple[str, ...], days: Sequence[str]) -> None:
    for before, after in combinations(days, 2):
        came = [(before, after, months, part) for part in ("base", *PARTS)]
        knowledge.sums.append((came[0], tuple(came[1:])))
        for part, new in zip(("base", *PARTS), came, strict=True):
            knowledge.sums.append(((after, months, part), ((before, months, part), new)))


SOURCE = PulseSource(
    survey_id=1,
    slug="invented",
    title="Invented",
    title_easy="Invented",
    is_invented=True,
    scale=None,
    wording={},
)
