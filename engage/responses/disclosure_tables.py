"""Tables of counts, with their totals, that give nobody away. Pure.

A table has one to three dimensions, such as area × setting. The key of a cell has one category
for each; "all" stands for a total. A line is cells that differ in one dimension only, with
their total: where one number of a line is hidden, the others would reveal it.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Set
from itertools import product

from engage.errors import InvalidInputError
from engage.responses.disclosure import (
    HIDDEN_FROM_PUBLIC,
    HIDDEN_FROM_STAFF,
    LEAST_HIDDEN_TOGETHER,
    nearest_5,
    tells_of_everyone,
)

ALL = "all"
MOST_DIMENSIONS = 3
MOST_DIMENSIONS_FOR_PUBLIC = 2

Cell = tuple[str, ...]
Corners = dict[Cell, bool]  # of cells that can all change by one: whether they go the other way


def public_table(cells: Mapping[Cell, int]) -> dict[Cell, int | None]:
    """The table for everyone: counts under 10 hidden, the rest to the nearest 5.

    More is hidden until no line has a single hidden number, or hidden ones of fewer than 10
    people together. Never three dimensions: a school, a need and a year are a person.
    """
    table = with_totals(cells)
    if _dimensions(table) > MOST_DIMENSIONS_FOR_PUBLIC:
        raise InvalidInputError("A public table has at most two dimensions.")
    hidden = {cell for cell, count in table.items() if count in HIDDEN_FROM_PUBLIC}
    hidden |= {cell for line in _lines(table) for cell in _of_everyone(line, table)}
    _hide_more(hidden, table)
    return {cell: None if cell in hidden else nearest_5(count) for cell, count in table.items()}


def staff_table(cells: Mapping[Cell, int]) -> dict[Cell, int | None]:
    """The table for staff: 1 to 4 hidden, and what would reveal them; the rest exact.

    Each hidden number is a corner of a box of hidden numbers which can all change by one without
    changing a total, so no hidden number has only one possible value.
    """
    table = with_totals(cells)
    small = sorted(cell for cell, count in table.items() if count in HIDDEN_FROM_STAFF)
    axes = [set(axis) for axis in zip(*table, strict=True)]
    hidden = set(small)
    for cell in small:
        hidden |= min(_boxes(cell, axes, table), key=lambda box: _loss(box - hidden, table))
    return {cell: None if cell in hidden else count for cell, count in table.items()}


def with_totals(cells: Mapping[Cell, int]) -> dict[Cell, int]:
    """Every cell and total of the table; a cell that is not in `cells` counts nobody."""
    axes = _axes(cells)
    table = dict.fromkeys(product(*[[*axis, ALL] for axis in axes]), 0) if axes else {}
    for cell, count in cells.items():
        for place in product(*[(category, ALL) for category in cell]):
            table[place] += count
    return table


def _axes(cells: Collection[Cell]) -> list[list[str]]:
    """The categories of each dimension, in the order they come."""
    sizes = {len(cell) for cell in cells}
    if len(sizes) > 1 or not sizes.issubset(range(1, MOST_DIMENSIONS + 1)):
        raise InvalidInputError("Each cell of a table needs the same one to three categories.")
    if any(ALL in cell for cell in cells):
        raise InvalidInputError('The category "all" is kept for totals.')
    return [list(dict.fromkeys(axis)) for axis in zip(*cells, strict=True)]


def _dimensions(table: Collection[Cell]) -> int:
    return len(next(iter(table), ()))


def _lines(table: Collection[Cell]) -> Iterator[list[Cell]]:
    """Each line of the table, its total last."""
    for dimension in range(_dimensions(table)):
        lines: dict[Cell, list[Cell]] = {}
        for cell in table:
            lines.setdefault((*cell[:dimension], *cell[dimension + 1 :]), []).append(cell)
        yield from lines.values()


def _of_everyone(line: list[Cell], table: Mapping[Cell, int]) -> list[Cell]:
    """The cell of a small group that nearly all of it is in."""
    *parts, total = line
    return [cell for cell in parts if tells_of_everyone(table[cell], table[total])]


def _hide_more(hidden: set[Cell], table: Mapping[Cell, int]) -> None:
    """Hide the smallest number of a line that needs it, until no line does."""
    lines = list(_lines(table))
    while more := next(_needed(hidden, lines, table), None):
        hidden.add(more)


def _needed(
    hidden: Collection[Cell], lines: Iterable[list[Cell]], table: Mapping[Cell, int]
) -> Iterator[Cell]:
    for line in lines:
        shown = [cell for cell in line if cell not in hidden]
        secret = [cell for cell in line if cell in hidden]
        if shown and secret and _can_be_worked_out(secret, table):
            # The total goes last: it is what people look for, and other lines hang on it.
            yield min(shown, key=lambda cell: (cell == line[-1], table[cell], cell))


def _can_be_worked_out(hidden: Collection[Cell], table: Mapping[Cell, int]) -> bool:
    return len(hidden) == 1 or sum(table[cell] for cell in hidden) < LEAST_HIDDEN_TOGETHER


def _boxes(
    cell: Cell, axes: Iterable[Set[str]], table: Mapping[Cell, int]
) -> Iterator[frozenset[Cell]]:
    """Each box of cells around this one that can all change by one, with nothing else changed."""
    others = [[*axis - {own}] for axis, own in zip(axes, cell, strict=True)]
    for far in product(*others):
        corners = _corners(cell, far)
        if _can_change(corners, table):
            yield frozenset(corners)


def _corners(cell: Cell, far: Cell) -> Corners:
    """The corners of the box between two cells: one more here is one fewer beside it.

    But not beside a total: one more in a cell is one more in its total too.
    """
    sides = [
        {near: False, other: ALL not in (near, other)}
        for near, other in zip(cell, far, strict=True)
    ]
    return {
        corner: sum(side[category] for side, category in zip(sides, corner, strict=True)) % 2 == 1
        for corner in product(*sides)
    }


def _can_change(corners: Corners, table: Mapping[Cell, int]) -> bool:
    """Whether the corners can change one way or the other and still be at least 1.

    Staff see each 0, so who reads the table knows that what is hidden is 1 or more.
    """
    can_fall = all(table[cell] > 1 for cell, is_other in corners.items() if not is_other)
    can_rise = all(table[cell] > 1 for cell, is_other in corners.items() if is_other)
    return all(table[cell] for cell in corners) and (can_fall or can_rise)


def _loss(newly_hidden: Iterable[Cell], table: Mapping[Cell, int]) -> tuple[int, int, list[Cell]]:
    """What hiding them costs: totals first, then how much they count."""
    cells = sorted(newly_hidden)
    totals = sum(cell.count(ALL) for cell in cells)
    return totals, sum(table[cell] for cell in cells), cells
