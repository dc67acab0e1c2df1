"""The comb on the home page: each filled cell stands for so many people. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

ROWS = (9, 10, 9, 10, 9, 10, 9)
STEP, DOWN = 30, 26
MOST_FILLED = 54  # some cells always stay empty: they are for whoever reads this
SCALES = (5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 50_000)
EMPTY = "c"


@dataclass(frozen=True, slots=True)
class Cell:
    x: int
    y: int
    group: str  # the class of the drawing: p parents, y young people, w staff, c empty


@dataclass(frozen=True, slots=True)
class Comb:
    cells: list[Cell]
    people_in_a_cell: int
    filled: int


def comb(people: Mapping[str, int]) -> Comb:
    """`people` by group, as published."""
    scale = next((each for each in SCALES if _filled(people, each) <= MOST_FILLED), SCALES[-1])
    groups = _spread({group: _cells(count, scale) for group, count in people.items()})
    groups = groups[:MOST_FILLED]
    places = [(x, y) for y, row in enumerate(ROWS) for x in _row(row)]
    inner = sorted(places, key=_from_the_middle)
    group_at = dict(zip(inner, groups, strict=False))
    cells = [Cell(x, 18 + y * DOWN, group_at.get((x, y), EMPTY)) for x, y in places]
    return Comb(cells, scale, len(groups))


def _row(cells: int) -> range:
    start = 30 if cells == min(ROWS) else 15
    return range(start, start + cells * STEP, STEP)


def _from_the_middle(place: tuple[int, int]) -> tuple[int, int, int]:
    x, y = place
    return (x - 150) ** 2 + ((y - len(ROWS) // 2) * DOWN) ** 2, y, x


def _cells(people: int, scale: int) -> int:
    # Whoever answered has a cell, however few they are beside the rest.
    return max((people + scale // 2) // scale, 1) if people else 0


def _filled(people: Mapping[str, int], scale: int) -> int:
    return sum(_cells(count, scale) for count in people.values())


def _spread(cells: Mapping[str, int]) -> list[str]:
    """The groups mixed evenly, so that none sits apart in a corner."""
    places = [
        ((number + 0.5) / count, group) for group, count in cells.items() for number in range(count)
    ]
    return [group for _place, group in sorted(places)]
