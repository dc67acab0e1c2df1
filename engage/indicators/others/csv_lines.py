"""Reading a CSV file of figures: line by line, and every mistake with its line. Pure.

All or nothing: what is wrong is gathered first, and said all at once.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from engage.errors import InvalidInputError
from engage.responses.export import harmless
from engage.typed import tidy

LARGEST = 1_000_000  # bytes
MOST_LINES = 5_000
MOST_SHOWN = 50  # of what is wrong: nobody reads more at once
LARGEST_COUNT = 2_000_000_000  # what a column of the database holds
NUMBER = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,8})?")
DAYS = ("%Y-%m-%d", "%d/%m/%Y")
UTF_16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Line:
    """One line under the headings. `number` counts as a spreadsheet does, headings first."""

    number: int
    cells: Mapping[str, str]


class FileRefusedError(InvalidInputError):
    """Nothing was taken. `lines` are the sentences that say why."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        super().__init__("\n- ".join(["Nothing was imported.", *lines]))


class Mistakes:
    """What is wrong with a file, in the order it was met."""

    def __init__(self) -> None:
        self._found: list[str] = []

    def add(self, words: str, line: int | None = None) -> None:
        self._found.append(words if line is None else f"Line {line}: {words}")

    def refuse(self) -> None:
        """Raises FileRefusedError if anything was wrong."""
        if not self._found:
            return
        more = len(self._found) - MOST_SHOWN
        rest = [f"And {more} more."] if more > 0 else []
        raise FileRefusedError(self._found[:MOST_SHOWN] + rest)


def read_lines(content: bytes, needed: tuple[str, ...], also: tuple[str, ...]) -> list[Line]:
    """The lines of a file with these columns; those in `also` may be left out."""
    text = _text(content)
    headings = text.split("\n", 1)[0]
    delimiter = ";" if headings.count(";") > headings.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        names = [tidy(name).lower() for name in next(reader, [])]
        _check_headings(names, needed, also)
        lines = list(_lines(reader, names))
    except csv.Error as error:
        raise FileRefusedError(
            [f"Line {reader.line_num}: this is not written as CSV ({error})."]
        ) from error
    if not lines:
        raise FileRefusedError(["The file has headings and nothing under them."])
    return lines


def _text(content: bytes) -> str:
    if len(content) > LARGEST:
        raise FileRefusedError(["The file is larger than 1 MB. Split it, and import each part."])
    if content.startswith(UTF_16):
        raise FileRefusedError([NOT_UTF_8])
    if b"\x00" in content:
        raise FileRefusedError(["The file holds a NUL sign, so it is not a CSV file."])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise FileRefusedError([f"Line {line}: {NOT_UTF_8}"]) from error
    if not text.strip():
        raise FileRefusedError(["The file is empty."])
    return text


NOT_UTF_8 = "The file is not written in UTF-8. Save it as “CSV UTF-8” and try again."


def _check_headings(names: list[str], needed: tuple[str, ...], also: tuple[str, ...]) -> None:
    mistakes = Mistakes()
    for name in needed:
        if name not in names:
            mistakes.add(f"There is no column “{name}”.", 1)
    for name in dict.fromkeys(names):
        if name and name not in (*needed, *also):
            mistakes.add(f"The column “{_shown(name)}” is not one we know.", 1)
        elif name and names.count(name) > 1:
            mistakes.add(f"The column “{name}” stands there {names.count(name)} times.", 1)
    mistakes.refuse()


def _lines(reader: Iterator[list[str]], names: list[str]) -> Iterator[Line]:
    mistakes = Mistakes()
    begins = 2
    for count, cells in enumerate(reader):
        number, begins = begins, getattr(reader, "line_num", begins) + 1
        if count >= MOST_LINES:
            raise FileRefusedError([f"The file has more than {MOST_LINES:,} lines."])
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) > len(names):
            mistakes.add("There are more cells than headings.", number)
        padded = [*map(tidy, cells), *[""] * (len(names) - len(cells))]
        yield Line(number, dict(zip(names, padded, strict=False)))
    mistakes.refuse()


class Cells:
    """The cells of one line, read one by one. A cell that cannot be used is noted and None."""

    def __init__(self, line: Line, mistakes: Mistakes) -> None:
        self._line, self._mistakes = line, mistakes
        self.is_good = True

    def wrong(self, words: str) -> None:
        self.is_good = False
        self._mistakes.add(words, self._line.number)

    def given(self, name: str) -> str:
        return self._line.cells.get(name, "")

    def words(self, name: str, longest: int, *, needed: bool = True) -> str:
        typed = self.given(name)
        if not typed and needed:
            self.wrong(f"“{name}” is empty.")
        if len(typed) > longest:
            self.wrong(f"“{name}” is longer than {longest} letters.")
        if harmless(typed) != typed:
            self.wrong(f"“{_shown(typed)}” begins like a formula. Begin it with a letter.")
            return ""
        return typed

    def number(self, name: str) -> Decimal | None:
        """None where the cell is empty, or holds no number."""
        typed = self.given(name)
        if not typed:
            return None
        if not NUMBER.fullmatch(typed):
            self.wrong(f"“{_shown(typed)}” in “{name}” is not a number. Write it like 1234 or 6.7.")
            return None
        return Decimal(typed)

    def count(self, name: str) -> int | None:
        found = self.number(name)
        if found is None:
            return None
        if found < 0:
            self.wrong(f"“{name}” is less than nothing.")
        elif found != found.to_integral_value():
            self.wrong(f"“{name}” is not a whole number.")
        elif found > LARGEST_COUNT:
            self.wrong(f"“{name}” is too large.")
        else:
            return int(found)
        return None

    def day(self, name: str) -> date | None:
        typed = self.given(name)
        for form in DAYS:
            try:
                # A day has no clock, so no time zone.
                return datetime.strptime(typed, form).date()  # noqa: DTZ007
            except ValueError:
                continue
        self.wrong(f"“{_shown(typed)}” in “{name}” is not a date. Write it like 2025-04-30.")
        return None


def _shown(typed: str) -> str:
    return typed if len(typed) <= 40 else f"{typed[:40]}…"
