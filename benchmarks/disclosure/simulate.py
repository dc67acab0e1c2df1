"""Invented surveys, published twice, and what is true of them. Nobody in them is real.

Of every three pairs of them two are weighted to a census of who has a plan and who has support.
"""

import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import product
from typing import Any

from benchmarks.disclosure.attack import Key
from engage.indicators.q.county import waves_of
from engage.indicators.q.figures import issued
from engage.indicators.q.queries import Issue
from engage.indicators.q.series import Reply, Source
from engage.indicators.q.settling import Publication
from engage.indicators.q.waves import trend
from engage.indicators.q.weighted import Population
from engage.responses.disclosure_tables import public_table, with_totals

FIRST = datetime(2026, 4, 1, 12, tzinfo=UTC)
SECOND = FIRST + timedelta(days=7)
AREAS = tuple(f"area{number}" for number in range(1, 10))
SUPPORT = ("plan", "support")
SETTINGS = ("mainstream", "special", "college", "home")
PARTS = (
    "headline",
    *(f"domain_{name}" for name in ("needs", "listened", "comms", "joined", "timely", "info")),
    "confidence",
)
SMALLEST, LARGEST = 60, 600
MOST_NEWCOMERS = 40
TABLES = (("area",), ("support",), ("setting",), ("area", "setting"))
CENSUS = {"plan": 0.4, "support": 0.6}

Publish = Callable[["Simulated", Sequence[Reply], Mapping[str, Any], datetime], dict[str, Any]]


@dataclass(frozen=True)
class Simulated:
    """A survey at two moments: who had answered at the first, and who at the second."""

    seed: int
    early: Sequence[Reply]
    late: Sequence[Reply]

    @property
    def is_weighted(self) -> bool:
        return bool(self.seed // 2 % 3)

    @property
    def source(self) -> Source:
        opened = FIRST.date() + timedelta(days=self.seed)
        named = replace(SOURCE, slug=f"wave-{self.seed:03}", opened_on=opened)
        return replace(named, population=POPULATION) if self.is_weighted else named


def survey(seed: int) -> Simulated:
    chance = random.Random(seed)
    area_weights = [chance.uniform(0.2, 3) for _ in AREAS]
    mood = chance.uniform(0.1, 0.9)
    early = [
        _reply(chance, area_weights, mood, FIRST) for _ in range(chance.randint(SMALLEST, LARGEST))
    ]
    newcomers = chance.randint(0, MOST_NEWCOMERS)
    late = [_reply(chance, area_weights, mood, SECOND) for _ in range(newcomers)]
    return Simulated(seed, early, [*early, *late])


def _reply(
    chance: random.Random, area_weights: Sequence[float], mood: float, when: datetime
) -> Reply:
    area = chance.choices([*AREAS, None], [*area_weights, 0.3])[0]
    support = chance.choices(SUPPORT, [1, 3])[0]
    setting = chance.choices(SETTINGS, [12, 4, 2, 1])[0]
    own_mood = mood - 0.1 * (support == "support")
    values = {part: _value(chance, own_mood, part) for part in PARTS}
    is_like = {"area": area, "support": support, "setting": setting}
    return Reply(
        values,
        area,
        when - timedelta(hours=1),
        is_easy_read=chance.random() < 0.1,
        is_three_point=chance.random() < 0.15,
        is_like=is_like,
    )


def _value(chance: random.Random, mood: float, part: str) -> int | None:
    if chance.random() < 0.06:
        return None
    if part == "confidence":
        return chance.choice((3, 4)) if chance.random() < mood else chance.choice((1, 2))
    if chance.random() < 0.12:
        return 3
    return chance.choice((4, 5)) if chance.random() < mood else chance.choice((1, 2))


def publish_by_the_rules(
    simulated: Simulated, replies: Sequence[Reply], before: Mapping[str, Any], now: datetime
) -> dict[str, Any]:
    earlier = [before] if before else []
    past = Publication(dict(before), before.get("exact", {}), earlier)
    found = issued(simulated.source, replies, AREAS, past, now)
    # Kept beside it as in the database, for the next publication; the reader is not shown it.
    data = {**found.data, "exact": found.exact}
    is_kept = data["headline"]["as_of"] != now.isoformat()
    return {**data, "replies": before["replies"] if is_kept else _tables(replies, public_table)}


def published_trend(earlier: Mapping[str, Any], later: Mapping[str, Any]) -> dict[str, Any]:
    """What the county says of two waves, each as it was published by the rules."""
    issues = [Issue("q-PC", data, FIRST, "", True, data["exact"]) for data in (earlier, later)]
    return trend(waves_of(issues))


def publish_everything(
    simulated: Simulated, replies: Sequence[Reply], before: Mapping[str, Any], now: datetime
) -> dict[str, Any]:
    """Exact counts and bases, whole per cents, nothing withheld, as often as wanted."""
    weights = _weights(replies) if simulated.is_weighted else None
    return {
        **{name: _open_figure(replies, name, weights) for name in ("headline", "confidence")},
        "domains": {name: _open_figure(replies, name, weights) for name in PARTS[1:-1]},
        "areas": {
            area: _open_figure([each for each in replies if each.area == area], "headline")
            for area in AREAS
        },
        "missing": sum(each.values["headline"] is None for each in replies),
        "replies": _tables(replies, with_totals),
    }


def publish_without_1_to_4(
    simulated: Simulated, replies: Sequence[Reply], before: Mapping[str, Any], now: datetime
) -> dict[str, Any]:
    """The same, but small counts and small groups are hidden, and nothing that tells them."""
    data = publish_everything(simulated, replies, before, now)
    areas = {
        name: each if (each["base"] or 0) > FEW else HIDDEN for name, each in data["areas"].items()
    }
    tables = {
        name: {cell: None if 0 < count <= FEW else count for cell, count in table.items()}
        for name, table in data["replies"].items()
    }
    return {**data, "areas": areas, "replies": tables}


FEW = 4
HIDDEN = {"base": None, "positive": None, "negative": None}


def _open_figure(
    replies: Sequence[Reply], part: str, weights: Mapping[str, float] | None = None
) -> dict[str, Any]:
    kinds = _kinds(replies, part)
    base = sum(kinds.values())
    if not base:
        return HIDDEN
    shares = {kind: (200 * kinds[kind] + base) // (2 * base) for kind in ("positive", "negative")}
    weighted = {"weighted": _weighted(replies, part, weights)} if weights else {}
    return {"base": base, **shares, **weighted}


def _weights(replies: Sequence[Reply]) -> dict[str, float] | None:
    many = Counter(each.is_like["support"] for each in replies)
    if len(many) < len(CENSUS):
        return None
    return {name: share * len(replies) / many[name] for name, share in CENSUS.items()}


def _weighted(replies: Sequence[Reply], part: str, weights: Mapping[str, float]) -> dict[str, int]:
    totals: Counter[str] = Counter()
    for each in replies:
        value = each.values[part]
        if value is not None:
            totals[_kind(value, part)] += weights[str(each.is_like["support"])]  # type: ignore[assignment]
    whole = sum(totals.values())
    return {kind: int(100 * totals[kind] / whole + 0.5) for kind in ("positive", "negative")}


def _tables(
    replies: Sequence[Reply], made: Callable[[Mapping[tuple[str, ...], int]], Mapping[Any, Any]]
) -> dict[str, dict[str, int | None]]:
    return {
        "_by_".join(names): {
            "|".join(cell): count for cell, count in made(_counted(replies, names)).items()
        }
        for names in TABLES
    }


def _counted(replies: Sequence[Reply], names: Sequence[str]) -> Counter[tuple[str, ...]]:
    return Counter(
        tuple(each.is_like.get(name) or "not_said" for name in names) for each in replies
    )


def _kinds(replies: Sequence[Reply], part: str) -> Counter[str]:
    values = [each.values[part] for each in replies]
    return Counter(_kind(value, part) for value in values if value is not None)


def _kind(value: int, part: str) -> str:
    if value >= 4 or (part == "confidence" and value == 3):
        return "positive"
    return "neutral" if value == 3 else "negative"


def truth(simulated: Simulated) -> dict[Key, int]:
    """Every number that somebody might want to know: at both moments, and of the newcomers."""
    early = _true_at(simulated.early)
    late = _true_at(simulated.late)
    return {
        **{(FIRST.isoformat(), *name): count for name, count in early.items()},
        **{(SECOND.isoformat(), *name): count for name, count in late.items()},
        **{("new", *name): count - early.get(name, 0) for name, count in late.items()},
    }


def _true_at(replies: Sequence[Reply]) -> dict[Key, int]:
    found: dict[Key, int] = {}
    for part in PARTS:
        where = ("domains", part) if part.startswith("domain") else (part,)
        found |= _true_figure(replies, part, where)
        for group in SUPPORT:
            those = [each for each in replies if each.is_like["support"] == group]
            found |= _true_figure(those, part, (*where, group))
    for area in AREAS:
        there = [each for each in replies if each.area == area]
        found |= _true_figure(there, "headline", ("areas", area))
        found["areas", area, "missing"] = sum(each.values["headline"] is None for each in there)
    nowhere = [each for each in replies if each.area is None]
    found |= _true_figure(nowhere, "headline", ("no area",))
    found[("missing",)] = sum(each.values["headline"] is None for each in replies)
    return found | _true_ways(replies) | _true_tables(replies)


def _true_figure(replies: Sequence[Reply], part: str, where: Key) -> dict[Key, int]:
    kinds = _kinds(replies, part)
    names = (
        ("positive", "negative") if part == "confidence" else ("positive", "neutral", "negative")
    )
    return {
        (*where, "base"): sum(kinds.values()),
        **{(*where, kind): kinds[kind] for kind in names},
    }


def _true_ways(replies: Sequence[Reply]) -> dict[Key, int]:
    """How they answered: in easy read, with three symbols."""
    gave = [each for each in replies if each.values["headline"] is not None]
    with_three = [each for each in gave if each.is_three_point]
    easy = sum(each.is_easy_read for each in gave)
    without = [each for each in gave if not each.is_three_point]
    return {
        ("three_point", "these"): len(with_three),
        ("three_point", "others"): len(without),
        ("easy_read", "these"): easy,
        ("easy_read", "others"): len(gave) - easy,
        **_true_figure(without, "headline", ("without_three_point",)),
        **_true_figure(with_three, "headline", ("only three_point",)),
    }


def _true_tables(replies: Sequence[Reply]) -> dict[Key, int]:
    found: dict[Key, int] = {}
    for names in TABLES:
        values = [{*dict.fromkeys(_said(each, name) for each in replies)} for name in names]
        counts = with_totals(_counted(replies, names))
        for cell in product(*[[*sorted(each), "all"] for each in values]):
            what = frozenset(pair for pair in zip(names, cell, strict=True) if pair[1] != "all")
            found["people", what] = counts.get(cell, 0)
    return found


def _said(reply: Reply, name: str) -> str:
    return reply.is_like.get(name) or "not_said"


POPULATION = Population(
    shares={"support": CENSUS},
    code="census",
    title="Census",
    source="Invented",
    as_of=date(2026, 1, 1),
    is_synthetic=True,
)
SOURCE = Source(
    survey_id=1,
    slug="invented",
    series="q-PC",
    title="Invented",
    title_easy="Invented",
    is_invented=True,
    scale="satisfaction5",
    wordings={},
    earlier_headlines=(),
    opened_on=None,
    closes_on=None,
)
