"""Figures that others measured, as a CSV file holds them, checked. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from engage.indicators.others.csv_lines import Cells, Mistakes, read_lines

NEEDED = ("series", "period_from", "period_to", "value", "unit", "source", "source_date")
ALSO = ("label", "numerator", "denominator", "respondents", "place", "area", "note")
INDEPENDENT = re.compile(r"independent:[a-z0-9][a-z0-9-]{0,59}")
PERCENT = "percent"
# What may lie under zero: a gap, a change, a score such as Progress 8.
MAY_BE_NEGATIVE = ("percentage points", "percent change", "score")
SCALE = re.compile(r"score (\d+)-(\d+)")
MOST_OFF = Decimal("0.51")  # per cent: what rounding to a whole one can do

Key = tuple[str, str, str, date, date]


@dataclass(frozen=True, slots=True)
class Series:
    """What figures may be about. `refusal`: why this one takes none."""

    code: str
    label: str
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class NewFigure:
    line: int
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
    source_date: date
    note: str

    @property
    def key(self) -> Key:
        return self.series, self.label, self.place, self.period_from, self.period_to


@dataclass(frozen=True, slots=True)
class Known:
    """What a line may name, and the day it is read."""

    series: Mapping[str, Series]
    areas: Mapping[str, str]  # names by code
    county: str
    today: date


def read_figures(content: bytes, known: Known) -> list[NewFigure]:
    """The figures in a file. Raises FileRefusedError with everything that is wrong."""
    mistakes = Mistakes()
    lines = read_lines(content, NEEDED, ALSO)
    found = [_figure(Cells(line, mistakes), line.number, known) for line in lines]
    first: dict[Key, int] = {}
    for figure in filter(None, found):
        before = first.setdefault(figure.key, figure.line)
        if before != figure.line:
            mistakes.add(f"The same figure stands in line {before} already.", figure.line)
    mistakes.refuse()
    return [figure for figure in found if figure]


def _figure(cells: Cells, line: int, known: Known) -> NewFigure | None:
    series = _series(cells, known)
    label = cells.words("label", 200, needed=False) or (series.label if series else "")
    place, area = _place(cells, known)
    period_from, period_to, source_date = _days(cells, known.today)
    unit = cells.words("unit", 40)
    unit = PERCENT if unit == "%" else unit.lower()
    value = _value(cells, unit)
    part, whole, asked = map(cells.count, ("numerator", "denominator", "respondents"))
    source, note = cells.words("source", 300), cells.words("note", 1000, needed=False)
    if not cells.is_good or not (series and period_from and period_to and source_date):
        return None
    made = NewFigure(
        line=line,
        series=series.code,
        label=label,
        period_from=period_from,
        period_to=period_to,
        value=value,
        unit=unit,
        numerator=part,
        denominator=whole,
        respondents=asked,
        place=place,
        area=area,
        source=source,
        source_date=source_date,
        note=note,
    )
    _check_together(made, cells)
    return made


def _series(cells: Cells, known: Known) -> Series | None:
    code = cells.words("series", 80)
    if INDEPENDENT.fullmatch(code):
        name = code.removeprefix("independent:").replace("-", " ")
        return known.series.get(code) or Series(code, name.capitalize())
    series = known.series.get(code)
    if series is None:
        if code:
            cells.wrong(f"“{code}” is no indicator we know.")
    elif series.refusal:
        cells.wrong(series.refusal)
    return series


def _place(cells: Cells, known: Known) -> tuple[str, str | None]:
    area = cells.words("area", 40, needed=False)
    place = cells.words("place", 120, needed=False)
    if not area:
        return place or known.county, None
    if area not in known.areas:
        cells.wrong(f"“{area}” is no area we know.")
    return known.areas.get(area, place), area


def _days(cells: Cells, today: date) -> tuple[date | None, date | None, date | None]:
    begins, ends = cells.day("period_from"), cells.day("period_to")
    if begins and ends and begins > ends:
        cells.wrong("The period ends before it begins.")
    printed = cells.day("source_date")
    if printed and printed > today:
        cells.wrong("“source_date” is still to come.")
    return begins, ends, printed


def _value(cells: Cells, unit: str) -> Decimal | None:
    value = cells.number("value")
    if value is None:
        return None
    if value < 0 and not unit.startswith(MAY_BE_NEGATIVE):
        cells.wrong("“value” is less than nothing.")
    if unit == PERCENT and value > 100:
        cells.wrong("“value” is more than 100 percent.")
    scale = SCALE.fullmatch(unit)
    if scale and not int(scale[1]) <= value <= int(scale[2]):
        cells.wrong(f"“value” is not on the scale of {scale[1]} to {scale[2]}.")
    return value


def _check_together(figure: NewFigure, cells: Cells) -> None:
    """What cannot be true of the numbers of one line side by side."""
    if figure.value is None and figure.respondents is None:
        cells.wrong("“value” is empty. Leave it empty only where you say how many answered.")
    if figure.denominator == 0:
        cells.wrong("“denominator” is zero.")
    elif figure.unit == PERCENT and figure.denominator and figure.numerator is not None:
        share = Decimal(100) * figure.numerator / figure.denominator
        if figure.numerator > figure.denominator:
            cells.wrong("“numerator” is larger than “denominator”.")
        elif figure.value is not None and abs(share - figure.value) > MOST_OFF:
            cells.wrong(
                f"{figure.numerator} of {figure.denominator} is {share:.1f} percent, "
                f"not {figure.value}."
            )
