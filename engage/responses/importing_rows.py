"""What a CSV file of answers holds, read by a mapping: its rows, and what is wrong with them.

What is wrong in the rows is noted, so that all of it can be said at once. A file that cannot be
read at all is refused here.
"""

import codecs
import csv
import json
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from engage.clock import HERE
from engage.errors import InvalidInputError
from engage.responses.cells import READERS, Given, Row, UnknownValueError
from engage.responses.mapping import FileMapping, QuestionMapping
from engage.responses.receipt import fingerprint
from engage.surveys.definition import QuestionDefinition, SurveyDefinition
from engage.surveys.parts import answers_of, statements_of
from engage.surveys.question_types import tidy

MOST_SHOWN = 20  # of what is wrong: nobody reads more at once

# Of a question, and of one of its statements where it has them, whose code stands second.
Asked = tuple[int, str]


class Problems:
    """What is wrong, each thing once, with the first row it was met in."""

    def __init__(self) -> None:
        self._first: dict[str, int | None] = {}
        self._times: Counter[str] = Counter()

    def add(self, words: str, row: int | None = None) -> None:
        self._first.setdefault(words, row)
        self._times[words] += 1

    def refuse(self, file: str) -> None:
        """Raises InvalidInputError if anything was wrong."""
        if not self._first:
            return
        lines = [self._line(words) for words in list(self._first)[:MOST_SHOWN]]
        if len(self._first) > MOST_SHOWN:
            lines.append(f"and {len(self._first) - MOST_SHOWN} more")
        raise InvalidInputError("\n- ".join([f"{file}: nothing was imported.", *lines]))

    def _line(self, words: str) -> str:
        row, times = self._first[words], self._times[words]
        if row is None:
            return words
        return f"{words} (row {row}{f', and {times - 1} more' if times > 1 else ''})"


# ---- the file


def read_rows(path: Path, mapping: FileMapping, problems: Problems) -> list[tuple[int, Row]]:
    """The rows with their numbers as a spreadsheet shows them. Notes columns that are not there."""
    try:
        codecs.lookup(mapping.encoding)
        with path.open(encoding=mapping.encoding, newline="") as file:
            headings = file.readline()
            if not headings.strip():
                raise InvalidInputError(f"{path.name} is empty: it has no row of headings.")
            delimiter = mapping.delimiter or _delimiter_of(headings)
            file.seek(0)
            return list(_rows(csv.reader(file, delimiter=delimiter), mapping, problems))
    except OSError as error:
        raise InvalidInputError(f"{path.name} cannot be read.") from error
    except LookupError as error:
        raise InvalidInputError(f"There is no encoding “{mapping.encoding}”.") from error
    except UnicodeError as error:
        raise InvalidInputError(
            f"{path.name} is not written in {mapping.encoding}. Say its encoding in the mapping; "
            "Excel in England often writes cp1252."
        ) from error
    except csv.Error as error:
        raise InvalidInputError(f"{path.name} is not a CSV file we can read: {error}.") from error


def _delimiter_of(headings: str) -> str:
    """Excel writes a semicolon where the comma is for decimals."""
    return ";" if headings.count(";") > headings.count(",") else ","


def _rows(reader: Any, mapping: FileMapping, problems: Problems) -> Iterator[tuple[int, Row]]:
    headings = [heading.strip() for heading in next(reader, [])]
    for column in mapping.columns():
        if column not in headings:
            problems.add(f"There is no column “{column}”")
        elif headings.count(column) > 1:
            problems.add(f"There are {headings.count(column)} columns “{column}”")
    for number, cells in enumerate(reader, start=2):
        if len(cells) > len(headings):
            problems.add("There are more cells than headings", number)
        if any(cell.strip() for cell in cells):
            padded = [*cells, *[""] * (len(headings) - len(cells))]
            yield number, dict(zip(headings, map(tidy, padded), strict=False))


def question_readers(
    survey: SurveyDefinition, mapping: FileMapping, problems: Problems
) -> dict[Asked, Callable[[Row], Given]]:
    """For each question that is mapped, what reads its answer out of a row."""
    known = {question.code: question for question in survey.questions()}
    readers: dict[Asked, Callable[[Row], Given]] = {}
    for name, where in mapping.questions.items():
        code, _, statement = name.partition("~")
        question = known.get(code)
        if question is None or question.id is None:
            problems.add(f"The survey has no question “{code}”")
        elif question.type not in READERS:
            problems.add(f"The question “{code}” is of a kind that cannot be imported")
        elif statement not in _statements(question):
            problems.add(_no_such_statement(question, statement))
        else:
            _check_codes(question, where, problems)
            readers[question.id, statement] = READERS[question.type](question, where)
    return readers


def _statements(question: QuestionDefinition) -> list[str]:
    """The statements that have a column each; one without a name where there are none."""
    return [statement.code for statement in statements_of(question)] or [""]


def _no_such_statement(question: QuestionDefinition, statement: str) -> str:
    if statement:
        return f"The question “{question.code}” has no statement “{statement}”"
    first = f"{question.code}~{_statements(question)[0]}"
    return f"Map each statement of “{question.code}” by itself, as “{first}”"


def _check_codes(question: QuestionDefinition, where: QuestionMapping, problems: Problems) -> None:
    codes = [code for code in where.values.values() if code is not None]
    known = {option.code for option in answers_of(question)}
    for code in dict.fromkeys([*codes, *where.other_words]):
        if code not in known:
            problems.add(f"The question “{question.code}” has no answer “{code}”")


# ---- one row


class Keys:
    """What each row is known by, in whichever file it stands."""

    def __init__(self, mapping: FileMapping) -> None:
        self._mapped = tuple(mapping.columns())
        self._columns = mapping.row_id or self._mapped
        self._is_named = bool(mapping.row_id)
        self._met: Counter[str] = Counter()
        self._said: dict[str, list[str]] = {}

    def of(self, number: int, row: Row, problems: Problems) -> str:
        values = [row[column] for column in self._columns]
        name = json.dumps(values, ensure_ascii=False)
        if self._is_named:
            self._check_name(number, name, row, problems)
            return fingerprint(name)
        self._met[name] += 1
        # Two people may say the very same: the second of them is another row, here and next time.
        return fingerprint(name if self._met[name] == 1 else f"{name}/{self._met[name]}")

    def _check_name(self, number: int, name: str, row: Row, problems: Problems) -> None:
        """A row that stands there twice is one; two rows of one name that differ are a mistake."""
        said = [row[column] for column in self._mapped]
        values = [row[column] for column in self._columns]
        if not any(values):
            problems.add("There is no row id", number)
        elif self._said.setdefault(name, said) != said:
            problems.add(f"The row id “{' '.join(values)}” has other answers above", number)


def day_of(number: int, row: Row, mapping: FileMapping, today: date, problems: Problems) -> date:
    said = mapping.submitted
    if said.day is not None:
        day = said.day
    else:
        text = row[said.column or ""]
        try:
            day = datetime.strptime(text, said.format).replace(tzinfo=HERE).date()
        except ValueError:
            problems.add(f"“{said.column}” is not a day like {said.format}: “{text}”", number)
            return today
    if day > today:
        problems.add(f"The day {day.isoformat()} is still to come", number)
    return day


def language_of(number: int, row: Row, mapping: FileMapping, problems: Problems) -> str:
    said = mapping.language
    text = said.code if said.column is None else row[said.column]
    code = said.values.get(text, text)
    if not 2 <= len(code) <= 12:
        problems.add(f"“{said.column}” has the unknown language “{text}”", number)
    return code


def answers_in(
    number: int, row: Row, readers: dict[Asked, Callable[[Row], Given]], problems: Problems
) -> dict[int, Given]:
    found: dict[int, Given] = {}
    for (question_id, statement), read in readers.items():
        try:
            value, words = read(row)
        except UnknownValueError as error:
            problems.add(str(error), number)
            continue
        if value is not None and statement:
            before, _ = found.get(question_id, ({}, None))
            found[question_id] = {**before, statement: value}, words
        elif value is not None:
            found[question_id] = value, words
    return found
