"""Finds every table in two publications of indicator q, and says how they hang together. Pure."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import product
from typing import Any

from benchmarks.disclosure.attack import ENDLESS, Key, Knowledge, Rules, Shares
from benchmarks.disclosure.flags import flags
from benchmarks.disclosure.weights import Group, WeightedShares
from engage.indicators.q.weighted import LEAST_PEOPLE

THREE = ("positive", "neutral", "negative")
TWO = ("positive", "negative")
Publication = Mapping[str, Any]
Table = Mapping[tuple[str, ...], int | None]  # with totals, as "all"


def attacked(
    publications: Sequence[tuple[str, Publication]],
    rules: Rules,
    census: Mapping[str, float] | None = None,
    read_beside: Callable[[Knowledge], None] | None = None,
) -> Knowledge:
    """What can be known of both, oldest first; each with the time it was made.

    `census` has the share of two kinds of support, where the figures were weighted to it.
    `read_beside` adds what is said of the same people elsewhere.
    """
    knowledge = Knowledge(rules)
    times = [time for time, _ in publications]
    for time, data in publications:
        for name, figure in figures(data):
            _read_figure(knowledge, name, figure, time, times)
            if census and figure.get("weighted"):
                _read_weighted(knowledge, name, (time, data), figure, census)
        _read_areas(knowledge, time, data)
        _read_flags(knowledge, time, data)
        _read_tables(knowledge, time, data)
        _read_whether_weighted(knowledge, time, data)
        _read_three_point(knowledge, time, data)
    _compare(knowledge, times)
    if read_beside:
        read_beside(knowledge)
    knowledge.think()
    return knowledge


def figures(data: Any, path: tuple[str, ...] = ()) -> Iterable[tuple[tuple[str, ...], Publication]]:
    """Every percentage with a base, wherever it stands."""
    if not isinstance(data, Mapping):
        return
    if {"base", "positive", "negative"} <= data.keys():
        yield path, data
        return
    for name, inner in data.items():
        yield from figures(inner, (*path, str(name)))


def answers(name: tuple[str, ...]) -> tuple[str, ...]:
    return TWO if name == ("confidence",) else THREE  # that scale has no middle


def _read_figure(
    knowledge: Knowledge,
    name: tuple[str, ...],
    figure: Publication,
    time: str,
    times: Sequence[str],
) -> None:
    as_of = figure.get("as_of") or time
    base, parts = (as_of, *name, "base"), tuple((as_of, *name, part) for part in answers(name))
    for each in times:
        knowledge.sums.append(
            ((each, *name, "base"), tuple((each, *name, part) for part in answers(name)))
        )
    if figure["base"] is None:
        return
    knowledge.learn(base, knowledge.rules.base(figure["base"]))
    shown = {part: (figure[part[-1]],) * 2 for part in parts if figure.get(part[-1]) is not None}
    low, high = figure.get("low"), figure.get("high")
    ends = None if low is None or high is None else (low, high)
    knowledge.shares.append(Shares(base, parts, shown, ends, figure["base"]))


def _read_weighted(
    knowledge: Knowledge,
    name: tuple[str, ...],
    publication: tuple[str, Publication],
    figure: Publication,
    census: Mapping[str, float],
) -> None:
    """The groups make the figure, and their weights make it a second time."""
    time, data = publication
    as_of, weights = figure.get("as_of") or time, data.get("weights", {})
    here = (as_of, *name)
    groups = [
        Group(
            share,
            _people(as_of, {"support": kind}),
            (*here, kind, "base"),
            tuple((*here, kind, part) for part in answers(name)),
        )
        for kind, share in census.items()
    ]
    for part in ("base", *answers(name)):
        of_groups = tuple((*here, kind, part) for kind in census)
        knowledge.sums.append(((*here, part), of_groups))
    for group in groups:
        knowledge.sums.append((group.base, group.answers))
        knowledge.sums.append((group.replied, (group.base, (*group.base, "missing"))))
    if weights.get("why_not") or weights.get("collapsed"):
        return  # the groups have one weight, or it is not known which they have
    said = figure["weighted"]
    is_new = data["headline"].get("as_of") == as_of
    effect = float(weights["deff"]) if is_new and weights.get("deff") else None
    shown = {(*here, part): said[part] for part in TWO if said[part] is not None}
    knowledge.clues.append(
        WeightedShares(
            (*here, "base"),
            tuple((*here, part) for part in answers(name)),
            (groups[0], groups[1]),
            shown,
            None,  # it follows from the base and the cost that are shown
            effect,
        )
    )


def _read_flags(knowledge: Knowledge, time: str, data: Publication) -> None:
    """Which areas differ from the rest, where that was worked out anew."""
    areas = data.get("areas", {})
    keys = {
        area: ((time, "areas", area, "base"), (time, "areas", area, "positive")) for area in areas
    }
    verdicts = data.get("area_tests", {})
    new = {area: said for area, said in verdicts.items() if areas[area].get("as_of") == time}
    knowledge.clues += flags(new, keys)


def _read_areas(knowledge: Knowledge, time: str, data: Publication) -> None:
    """The areas make the county, with those whose area is not known; so do their answers."""
    areas = list(data.get("areas", {}))
    for part in ("base", *THREE):
        parts = [(time, "areas", area, part) for area in areas]
        knowledge.sums.append(((time, "headline", part), (*parts, (time, "no area", part))))
    for area in areas:
        base = (time, "areas", area, "base")
        silent = (time, "areas", area, "missing")
        knowledge.sums.append((_people(time, {"area": area}), (base, silent)))


def _read_tables(knowledge: Knowledge, time: str, data: Publication) -> None:
    as_of = data["headline"].get("as_of") or time
    for name, table in {**data.get("who_replied", {}), **data.get("replies", {})}.items():
        variables = tuple(name.split("_by_"))
        _read_table(knowledge, as_of, variables, _cells(table))
    total = _people(as_of, {})
    if "missing" in data and data["headline"]["base"] is not None:
        knowledge.learn((as_of, "missing"), missing(data["missing"], knowledge.rules))
    knowledge.sums.append((total, ((as_of, "headline", "base"), (as_of, "missing"))))


def _read_whether_weighted(knowledge: Knowledge, time: str, data: Publication) -> None:
    """Whether those who replied were enough to be weighted."""
    if "weights" not in data:
        return
    total = _people(data["headline"].get("as_of") or time, {})
    why_not = data["weights"]["why_not"]
    if why_not == "few":
        knowledge.learn(total, (0, LEAST_PEOPLE - 1))
    elif why_not != "no_margins":
        knowledge.learn(total, (LEAST_PEOPLE, ENDLESS))


def missing(shown: int | None, rules: Rules) -> tuple[int, int]:
    """Those without a view are to the nearest 10, so that they do not tell the exact base."""
    low, high = rules.count(shown)
    is_rounded = shown is not None and rules.step > 1 and shown % 10 == 0
    return (max(rules.smallest_count, low - 3), high + 2) if is_rounded else (low, high)


def _cells(table: Mapping[str, int | None]) -> Table:
    return {tuple(key.split("|")): count for key, count in table.items()}


def _read_table(knowledge: Knowledge, time: str, variables: tuple[str, ...], table: Table) -> None:
    axes = [list(dict.fromkeys(axis)) for axis in zip(*table, strict=True)]
    for cell, count in table.items():
        knowledge.learn(_cell(time, variables, cell), knowledge.rules.count(count))
    for dimension, axis in enumerate(axes):
        others = [each for place, each in enumerate(axes) if place != dimension]
        for rest in product(*others):
            line = [(*rest[:dimension], category, *rest[dimension:]) for category in axis]
            keys = [_cell(time, variables, cell) for cell in line if cell[dimension] != "all"]
            total = (*rest[:dimension], "all", *rest[dimension:])
            knowledge.sums.append((_cell(time, variables, total), tuple(keys)))


def _cell(time: str, variables: tuple[str, ...], cell: tuple[str, ...]) -> Key:
    return _people(time, dict(zip(variables, cell, strict=True)))


def _people(time: str, are: Mapping[str, str]) -> Key:
    """People by what they are: a total of one table is a cell of another."""
    return time, "people", frozenset((name, what) for name, what in are.items() if what != "all")


def _read_three_point(knowledge: Knowledge, time: str, data: Publication) -> None:
    """Those who answered with three symbols, and the figure without them, make the headline."""
    as_of = data["headline"].get("as_of") or time
    for name in ("three_point", "easy_read"):
        shown = data.get(name)
        if shown is None:
            continue
        those, others = (as_of, name, "these"), (as_of, name, "others")
        base = (as_of, "headline", "base")
        knowledge.shares.append(Shares(base, (those, others), {those: _near(shown)}))
    if data.get("without_three_point"):
        for part in ("base", *THREE):
            without = (as_of, "without_three_point", part)
            knowledge.sums.append(
                ((as_of, "headline", part), (without, (as_of, "only three_point", part)))
            )
        knowledge.sums.append(
            ((as_of, "three_point", "these"), ((as_of, "only three_point", "base"),))
        )


def _near(shown: int | str) -> tuple[int | str, int | str]:
    """The shares of ways to answer are to the nearest 5 %."""
    return (shown - 2, shown + 2) if isinstance(shown, int) and shown % 5 == 0 else (shown, shown)


def _compare(knowledge: Knowledge, times: Sequence[str]) -> None:
    """Nobody's answer goes away: what is there later is what was there and who came since."""
    if len(times) < 2:
        return
    before, after = times
    named = {key[1:] for total, parts in knowledge.sums for key in (total, *parts)}
    named |= {key[1:] for key in knowledge.spans if key[0] != "new"}
    for name in named:
        knowledge.sums.append(((after, *name), ((before, *name), ("new", *name))))
        knowledge.learn(("new", *name), (0, ENDLESS))
