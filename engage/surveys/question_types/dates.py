"""A date in boxes of its own: day, month and year, or fewer."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from engage.clock import HERE
from engage.typed import plain_digits

PARTS = {
    "day": ("day", "month", "year"),
    "month": ("month", "year"),
    "year": ("year",),
}
LENGTH = {"day": 10, "month": 7, "year": 4}  # of the date as it is kept
TODAY = "today"
MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
KEPT = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}")
FIRST_YEAR, LAST_YEAR = 1900, 2100


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one part: "missing", "unclear", "impossible" or "out of range"."""

    part: str
    kind: str


@dataclass(frozen=True, slots=True)
class Limits:
    """The first and the last date there may be, both at the precision of the question."""

    first: str | None = None
    last: str | None = None

    def hold(self, day: str) -> bool:
        return (self.first or day) <= day <= (self.last or day)


def precision_of(settings: Mapping[str, Any]) -> str:
    return str(settings.get("precision", "day"))


def limits_of(settings: Mapping[str, Any]) -> Limits:
    length = LENGTH[precision_of(settings)]
    ends = (settings.get("earliest"), settings.get("latest"))
    return Limits(*(end and _as_day(end)[:length] for end in ends))


def _as_day(end: str) -> str:
    return datetime.now(HERE).date().isoformat() if end == TODAY else end


def read_date(typed: Mapping[str, str], precision: str) -> tuple[str | None, list[Problem]]:
    """The date as it is kept, "2026-03" at the precision "month"; or what is wrong with it."""
    parts = PARTS[precision]
    numbers = {part: read_part(part, typed.get(part, "")) for part in parts}
    problems = [Problem(part, _wrong(typed, part)) for part in parts if numbers[part] is None]
    if problems:
        return None, problems
    year, month, day = (numbers.get(part) or 1 for part in ("year", "month", "day"))
    try:
        found = date(year, month, day)
    except ValueError:
        return None, [Problem("day", "impossible")]
    return found.isoformat()[: LENGTH[precision]], []


def _wrong(typed: Mapping[str, str], part: str) -> str:
    return "unclear" if typed.get(part) else "missing"


def read_part(part: str, text: str) -> int | None:
    """The number of a day, a month or a year. Months have English names too."""
    plain = plain_digits(text).strip().rstrip(".").casefold()
    if part == "month" and len(plain) >= 3:
        named = [number for number, name in enumerate(MONTHS, 1) if name.startswith(plain)]
        return named[0] if len(named) == 1 else None
    if not re.fullmatch(r"[0-9]{1,4}", plain):
        return None
    number = int(plain)
    least, most = {"day": (1, 31), "month": (1, 12), "year": (FIRST_YEAR, LAST_YEAR)}[part]
    return number if least <= number <= most else None


def is_date(value: Any) -> bool:
    return isinstance(value, str) and KEPT.fullmatch(value) is not None


def parts_of(kept: str) -> Iterator[tuple[str, str]]:
    """Each part of a kept date, without the leading zeros nobody writes."""
    for part, number in zip(("year", "month", "day"), kept.split("-"), strict=False):
        yield part, str(int(number))
