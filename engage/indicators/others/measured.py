"""Figures that others measured, as plain values, and which of them to show first. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from engage.responses.disclosure import HIDDEN_FROM_PUBLIC, LEAST_HIDDEN_TOGETHER

# Values in these are shares and scores; a whole number in any other unit counts somebody.
NO_COUNTS = ("per", "score", "rate", "ratio", "times", "million")


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a series. `value` is None where the source gives none."""

    id: int
    series: str
    label: str
    period_from: date
    period_to: date
    value: Decimal | None
    unit: str
    numerator: int | None
    denominator: int | None
    respondents: int | None
    place: str
    area: str | None
    source: str
    source_date: date | None
    note: str
    is_synthetic: bool
    is_hidden: bool = False  # too few people to be told in public: see for_everybody


def newest(figures: Iterable[Figure]) -> list[Figure]:
    """The latest of each part (its label) for the whole county, in the order of the labels.

    A figure made up for the demonstration never stands before a real one, however new.
    """
    best: dict[str, Figure] = {}
    for figure in figures:
        if figure.area is not None:
            continue
        before = best.get(figure.label)
        if before is None or _rank(figure) >= _rank(before):
            best[figure.label] = figure
    return [best[label] for label in sorted(best)]


def _rank(figure: Figure) -> tuple[bool, bool, date, date]:
    return (
        not figure.is_synthetic,
        figure.value is not None,
        figure.period_to,
        figure.period_from,
    )


def for_everybody(figures: Iterable[Figure]) -> list[Figure]:
    """The same figures as the public may see them, in the same order.

    A count of fewer than ten people is hidden with the share it gives, and so is the next
    smallest area of the same period, until taking the shown ones from a total finds nobody.
    """
    everything = list(figures)
    groups: dict[object, list[Figure]] = defaultdict(list)
    for figure in everything:
        groups[figure.series, figure.label, figure.period_from, figure.period_to].append(figure)
    hidden = {id for group in groups.values() for id in _to_hide(group)}
    return [_without_numbers(each) if each.id in hidden else each for each in everything]


def _to_hide(group: Sequence[Figure]) -> set[int]:
    people = {figure.id: count for figure in group if (count := _people(figure)) is not None}
    hidden = {id for id, count in people.items() if count in HIDDEN_FROM_PUBLIC}
    hidden |= {each.id for each in group if each.respondents in HIDDEN_FROM_PUBLIC}
    areas = {figure.id for figure in group if figure.area is not None}
    if not hidden & areas:
        return hidden
    shown = sorted((areas & people.keys()) - hidden, key=people.__getitem__)
    while shown and not _hide_each_other(hidden & areas, people):
        hidden.add(shown.pop(0))
    return hidden


def _hide_each_other(hidden: set[int], people: dict[int, Decimal]) -> bool:
    return len(hidden) > 1 and sum(people.get(id, 0) for id in hidden) >= LEAST_HIDDEN_TOGETHER


def _people(figure: Figure) -> Decimal | None:
    if figure.numerator is not None:
        return Decimal(figure.numerator)
    whole = figure.denominator or figure.respondents
    if figure.unit == "percent" and figure.value is not None and whole:
        return (figure.value * whole / 100).to_integral_value()
    return None if figure.unit.startswith(NO_COUNTS) else figure.value


def _without_numbers(figure: Figure) -> Figure:
    return replace(figure, value=None, numerator=None, respondents=None, note="", is_hidden=True)
