"""Counts a sentence under its second theme too, where it has one, and numbers themes by people."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from engage.analysis.mood import Place, counted
from engage.analysis.naming import Unit
from engage.analysis.types import NO_THEME, Assignment, FoundTheme, Grouping

# The second theme is nearly as near; a reader still meets the sentence under the first one first.
SECOND_WEIGHT = 0.5

Placed = Mapping[str, tuple[int, float]]


def group_numbers(
    distinct: Mapping[str, str], placed: Placed, grouping: Grouping | None
) -> dict[int, int]:
    """Which theme each group became: groups are as found, themes the most talked about first."""
    labels = grouping.labels.tolist() if grouping else []
    return {
        label: placed[key][0]
        for key, label in zip(distinct, labels, strict=True)
        if label != NO_THEME
    }


def seconds_of(
    distinct: Mapping[str, str], placed: Placed, grouping: Grouping | None
) -> dict[str, int]:
    """The second theme of each text that has one."""
    if grouping is None or grouping.second is None:
        return {}
    number = group_numbers(distinct, placed, grouping)
    return {
        key: number[label]
        for key, label in zip(distinct, grouping.second.tolist(), strict=True)
        if label in number and number[label] != placed[key][0]
    }


def assigned(
    units: Sequence[Unit], placed: Placed, seconds: Mapping[str, int] | None = None
) -> list[Assignment]:
    """A row for each sentence and its theme, and one more for its second theme."""
    return [row for unit in units for row in _rows(unit, placed[unit.key], seconds or {})]


def _rows(unit: Unit, first: tuple[int, float], seconds: Mapping[str, int]) -> Iterator[Assignment]:
    said, (theme, weight) = unit.sentence, first
    yield Assignment(said.comment_id, said.number, said.text, theme, weight)
    if unit.key in seconds and theme != NO_THEME:
        less = round(weight * SECOND_WEIGHT, 4)
        yield Assignment(said.comment_id, said.number, said.text, seconds[unit.key], less)


def by_people(
    themes: Sequence[FoundTheme],
    assignments: Sequence[Assignment],
    scores: Mapping[Place, float],
    usable: int,
) -> tuple[list[FoundTheme], list[Assignment], list[int]]:
    """Themes with all their people, numbered anew; and their former numbers in the new order."""
    felt: dict[int, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for one in assignments:
        score = scores[one.comment_id, one.sentence_number]
        felt[one.theme][one.comment_id].append(score)
    order = sorted(range(len(themes)), key=lambda number: (-len(felt[number]), number))
    new = {old: number for number, old in enumerate(order)} | {NO_THEME: NO_THEME}
    counted_anew = [
        replace(
            themes[old],
            id=number,
            people=len(felt[old]),
            share=round(len(felt[old]) / max(usable, 1), 4),
            sentiment=counted(felt[old]),
        )
        for number, old in enumerate(order)
    ]
    return counted_anew, [replace(one, theme=new[one.theme]) for one in assignments], order
