"""Margins of the population as a CSV file holds them, checked. Pure."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal

from engage.indicators.others.csv_lines import Cells, Mistakes, read_lines

NEEDED = ("audience", "variable", "category")
ALSO = ("count", "share")
AUDIENCES = ("parent_carer", "young_person")
# Shares are printed with a few digits, so their sum may be a little off.
NEAR_ENOUGH = Decimal("0.001")

Key = tuple[str, str]  # audience and variable


@dataclass(frozen=True, slots=True)
class Share:
    audience: str
    variable: str
    category: str
    share: float


@dataclass(frozen=True, slots=True)
class _Part:
    line: int
    category: str
    amount: Decimal
    is_count: bool


def read_margins(content: bytes, known: Mapping[str, Collection[str]]) -> list[Share]:
    """The shares in a file. `known`: the categories of each variable.

    Raises FileRefusedError with everything that is wrong.
    """
    mistakes = Mistakes()
    groups: dict[Key, list[_Part]] = defaultdict(list)
    for line in read_lines(content, NEEDED, ALSO):
        cells = Cells(line, mistakes)
        key, part = _key(cells, known), _part(cells, line.number)
        if part and cells.is_good:
            groups[key].append(part)
    mistakes.refuse()
    for key, parts in groups.items():
        _check_group(key, parts, mistakes)
    mistakes.refuse()
    return [share for key, parts in groups.items() for share in _shares(key, parts)]


def _key(cells: Cells, known: Mapping[str, Collection[str]]) -> Key:
    audience, variable = cells.words("audience", 40), cells.words("variable", 20)
    category = cells.words("category", 60)
    if audience and audience not in AUDIENCES:
        cells.wrong(f"“{audience}” is no audience here. Write {_either(AUDIENCES)}.")
    if variable and variable not in known:
        cells.wrong(f"“{variable}” is no variable here. Write {_either(known)}.")
    elif category and variable and category not in known[variable]:
        cells.wrong(f"“{category}” is no category of {variable}. Write {_either(known[variable])}.")
    return audience, variable


def _part(cells: Cells, line: int) -> _Part | None:
    is_count = bool(cells.given("count"))
    if is_count == bool(cells.given("share")):
        cells.wrong("Give a count or a share: one of the two.")
        return None
    typed = cells.count("count") if is_count else cells.number("share")
    if typed is None:
        return None
    amount = Decimal(typed)
    if amount == 0:
        cells.wrong("Nothing can be weighted to zero. Leave the category out.")
    elif amount < 0:
        cells.wrong("A share cannot be less than nothing.")
    elif amount > 1 and not is_count:
        cells.wrong("A share cannot be more than one. Write 23.5% as 0.235.")
    return _Part(line, cells.given("category"), amount, is_count)


def _check_group(key: Key, parts: list[_Part], mistakes: Mistakes) -> None:
    name = f"{key[1]} of {key[0]}"
    first: dict[str, int] = {}
    for part in parts:
        before = first.setdefault(part.category, part.line)
        if before != part.line:
            mistakes.add(f"“{part.category}” stands in line {before} already.", part.line)
    if len({part.is_count for part in parts}) > 1:
        mistakes.add(f"{name}: some lines give a count and some a share. Give one kind.")
    elif len(parts) == 1:
        mistakes.add(f"{name}: there is only one category, so there is nothing to weight to.")
    elif not parts[0].is_count:
        total = sum((part.amount for part in parts), Decimal())
        if abs(total - 1) > NEAR_ENOUGH:
            mistakes.add(f"{name}: the shares add up to {total}, not to 1.")


def _shares(key: Key, parts: list[_Part]) -> list[Share]:
    total = sum(part.amount for part in parts)
    return [Share(*key, part.category, float(part.amount / total)) for part in parts]


def _either(codes: Collection[str]) -> str:
    """ "a, b or c"."""
    *most, last = codes
    return f"{', '.join(most)} or {last}" if most else last
