"""The years that reports are of: from 1 September to 31 August. Pure.

Families live by the school year, surveys are asked in one, and young people are told in the same
one. "2025-26" is the year that begins in September 2025.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from engage.clock import day_of

BEGINS = 9  # September
CODE = re.compile(r"(20\d\d)-(\d\d)")


@dataclass(frozen=True, slots=True)
class Year:
    begins: date
    ends: date

    @property
    def code(self) -> str:
        return f"{self.begins.year}-{self.ends.year % 100:02}"

    def has(self, moment: date) -> bool:
        return self.begins <= day_of(moment) <= self.ends

    def is_over(self, today: date) -> bool:
        return today > self.ends

    def overlaps(self, start: date | None, end: date | None) -> bool:
        """Whether anything of that time was in the year. None: not yet."""
        if start is None or day_of(start) > self.ends:
            return False
        return end is None or day_of(end) >= self.begins


def year_from(begins: int) -> Year:
    return Year(date(begins, BEGINS, 1), date(begins + 1, BEGINS - 1, 31))


def year_of(moment: date | datetime) -> Year:
    day = day_of(moment)
    return year_from(day.year if day.month >= BEGINS else day.year - 1)


def year_called(code: str) -> Year:
    """The year of that code. Raises LookupError where it is no year."""
    found = CODE.fullmatch(code)
    year = year_from(int(found[1])) if found else None
    if year is None or year.code != code:
        raise LookupError(f"no year {code!r}")
    return year


def years_until(today: date, first: date) -> Iterator[Year]:
    """The years since that day, this year first."""
    for begins in range(year_of(today).begins.year, year_of(first).begins.year - 1, -1):
        yield year_from(begins)
