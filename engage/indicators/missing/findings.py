"""All that may be said to staff of who is missing, from exact counts to safe tables. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engage.indicators.missing import balance as missing
from engage.indicators.missing.balance import Counts, Group, Large, Variable
from engage.responses.disclosure_tables import ALL, staff_table

# Of these, one that gives most replies is worth a word.
MAY_DOMINATE = ("setting", "area")
# Cells of every table: those who did not say, and those whose answers do not count.
NOT_SAID, LEFT_OUT = "not_said", "left_out"


@dataclass(frozen=True, slots=True)
class Table:
    """How many replied, by category, as staff may see it; None is hidden."""

    shown: Counts
    total: int | None


@dataclass(frozen=True, slots=True)
class Findings:
    """`variables` has those with margins. `large`: what gave most of the replies, by its kind."""

    total: int | None
    tables: Mapping[str, Table]
    variables: Sequence[Variable]
    balance: float | None
    large: Sequence[tuple[str, Large]]
    next: Sequence[tuple[str, Group]]

    def variable(self, name: str) -> Variable | None:
        return next((each for each in self.variables if each.name == name), None)


def find(
    by_variable: Mapping[str, Mapping[str, int]],
    by_channel: Mapping[str, int],
    by_day: Mapping[str, int],
    margins: Mapping[str, Mapping[str, float]],
) -> Findings:
    """`margins`: by variable, the share of each category. What nobody was asked is left out."""
    tables = {
        name: safe_table(dict.fromkeys(margins.get(name, {}), 0) | dict(counts))
        for name, counts in by_variable.items()
    }
    variables = [
        missing.variable(name, margins[name], table.shown, table.total)
        for name, table in tables.items()
        if name in margins
    ]
    return Findings(
        total=_total([safe_table(by_channel), *tables.values()]),
        tables=tables,
        variables=variables,
        balance=missing.overall(variables),
        large=_large(tables, margins, by_channel, by_day),
        next=missing.where_next(variables),
    )


def _total(tables: Sequence[Table]) -> int | None:
    """All are of the same people: where one table hides its total, none may show it."""
    totals = [table.total for table in tables]
    return None if None in totals else totals[0]


def safe_table(counts: Mapping[str, int]) -> Table:
    if not counts:
        return Table({}, 0)
    safe = staff_table({(name,): count for name, count in counts.items()})
    return Table({name: safe[(name,)] for name in counts}, safe[(ALL,)])


def _large(
    tables: Mapping[str, Table],
    margins: Mapping[str, Mapping[str, float]],
    by_channel: Mapping[str, int],
    by_day: Mapping[str, int],
) -> list[tuple[str, Large]]:
    found = [
        (name, each)
        for name in MAY_DOMINATE
        if name in tables
        for each in _dominant(tables[name], margins.get(name, {}))
    ]
    found += [("channel", each) for each in _named(by_channel, missing.DOMINANT)]
    return found + [("day", each) for each in _named(by_day, missing.DOMINANT_DAY)]


def _named(counts: Mapping[str, int], least: float) -> list[Large]:
    """Only the large ones are shown, so the table to be safe is these and all others as one."""
    total = sum(counts.values())
    found = missing.dominant(counts, total, least)
    cells = {each.category: counts[each.category] for each in found}
    safe = safe_table(cells | {"": total - sum(cells.values())}).shown
    return [
        each if safe[each.category] is not None else Large(each.category, None) for each in found
    ]


def _dominant(table: Table, expected: Mapping[str, float]) -> list[Large]:
    """Of the answers themselves: having said nothing is no setting."""
    no_answer = (NOT_SAID, LEFT_OUT)
    answers = {each: count for each, count in table.shown.items() if each not in no_answer}
    return missing.dominant(answers, table.total, expected=expected)
