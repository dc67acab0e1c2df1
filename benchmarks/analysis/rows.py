"""One line of the table: what was measured, what it was before, what it is now, what it should be.

A part of the benchmark returns a list of these:

    Row("sentiment, NHS: r", 0.843, at_least(0.84), "VADER 0.39; trained 0.83", again="VADER 0.40")
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

MET, NOT_MET, NO_AIM, UNKNOWN = "met", "not met", "", "not measured"


@dataclass(frozen=True)
class Aim:
    """`least` says whether more is better; an aim can have one or several figures."""

    figures: tuple[float, ...]
    least: bool

    def __str__(self) -> str:
        sign = "≥" if self.least else "≤"
        return f"{sign} {shown(self.figures)}"

    def reached(self, now: Sequence[float]) -> bool:
        pairs = list(zip(now, self.figures, strict=True))
        return all(a >= b for a, b in pairs) if self.least else all(a <= b for a, b in pairs)


def at_least(*figures: float) -> Aim:
    return Aim(figures, least=True)


def at_most(*figures: float) -> Aim:
    return Aim(figures, least=False)


@dataclass(frozen=True)
class Row:
    """`now` is a figure, several, or None where it could not be measured.

    `baseline` is what was measured before this work began; `again` is the same taken in this run,
    by the peers or by the simple method named in it.
    """

    measure: str
    now: float | tuple[float, ...] | None
    aim: Aim | None = None
    baseline: str = ""
    again: str = ""
    note: str = ""

    @property
    def figures(self) -> tuple[float, ...]:
        if self.now is None:
            return ()
        return self.now if isinstance(self.now, tuple) else (float(self.now),)

    @property
    def met(self) -> str:
        if self.now is None:
            return UNKNOWN
        if self.aim is None:
            return NO_AIM
        return MET if self.aim.reached(self.figures) else NOT_MET

    def plain(self) -> dict[str, Any]:
        """The row as table.json holds it."""
        return {
            "measure": self.measure,
            "baseline": self.baseline,
            "again": self.again,
            "now": list(self.figures),
            "aim": list(self.aim.figures) if self.aim else [],
            "aim_is": ("at least" if self.aim.least else "at most") if self.aim else "",
            "met": self.met,
            "note": self.note,
        }


HEADINGS = ("measure", "baseline", "again in this run", "now", "aim", "met", "note")


def cells(row: Row) -> tuple[str, ...]:
    aim = str(row.aim) if row.aim else ""
    return (
        row.measure,
        row.baseline,
        row.again,
        shown(row.figures),
        aim,
        row.met,
        row.note,
    )


def shown(figures: Sequence[float]) -> str:
    return " / ".join(_shown(figure) for figure in figures)


def _shown(figure: float) -> str:
    if figure == int(figure) and abs(figure) >= 2:
        return f"{int(figure):,}"
    if abs(figure) >= 10:
        return f"{figure:,.1f}"
    return f"{figure:.3f}" if abs(figure) < 2 else f"{figure:.2f}"


def markdown(rows: Sequence[Row]) -> str:
    """The table for reading; a column nobody filled is left out."""
    lines = [cells(row) for row in rows]
    wanted = [n for n in range(len(HEADINGS)) if n < 1 or any(line[n] for line in lines)]
    table = [
        [HEADINGS[n] for n in wanted],
        ["---"] * len(wanted),
        *([line[n].replace("|", "/") for n in wanted] for line in lines),
    ]
    return "\n".join(f"| {' | '.join(line)} |" for line in table) + "\n"
