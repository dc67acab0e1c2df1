"""Answers that were given elsewhere, taken in from a CSV file.

First everything is read and checked, and all that is wrong is said at once; only then is anything
written. Each row is known by a key of its own, so the same file, or a longer one, adds what is new.
"""

import codecs
import csv
import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select

from engage.clock import HERE
from engage.errors import InvalidInputError
from engage.extensions import db, write_transaction
from engage.responses.cells import READERS, Given, Row, UnknownValueError
from engage.responses.concerns import urgency_of
from engage.responses.mapping import FileMapping, QuestionMapping, read_mapping
from engage.responses.models import Answer, Response
from engage.responses.operations import ask_for_what_follows
from engage.responses.receipt import fingerprint, new_token
from engage.surveys.definition import QuestionDefinition, SurveyDefinition
from engage.surveys.models import Survey, SurveyVersion
from engage.surveys.parts import answers_of, statements_of
from engage.surveys.queries import definition_of
from engage.surveys.question_types import tidy
from engage.surveys.timing import first_day, start_of

CHANNEL = "import"
MOST_SHOWN = 20  # of what is wrong: nobody reads more at once

# Of a question, and of one of its statements where it has them, whose code stands second.
Asked = tuple[int, str]


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did. The last three are rows that were not added, and why."""

    rows: int
    added: int
    already_there: int
    without_answers: int

    def __str__(self) -> str:
        return (
            f"{self.rows} rows read: {self.added} added, {self.already_there} already there, "
            f"{self.without_answers} without an answer."
        )


@dataclass(frozen=True, slots=True)
class Taken:
    """One row of the file as a response."""

    key: str
    day: date
    language: str
    answers: dict[int, Given]  # by question id


@dataclass(frozen=True, slots=True)
class Plan:
    survey_id: int
    version_id: int
    taken: tuple[Taken, ...]


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


def import_file(
    survey: Survey, file_path: Path, mapping_path: Path, now: datetime | None = None
) -> ImportReport:
    """Add what the file holds and the survey has not. Raises InvalidInputError, having written
    nothing, where any of it cannot be used.
    """
    now = now or datetime.now(UTC)
    plan = read_plan(survey, file_path, read_mapping(mapping_path), now)
    with write_transaction():
        return store(plan)


# ---- read


def read_plan(survey: Survey, file_path: Path, mapping: FileMapping, now: datetime) -> Plan:
    """Everything the file would add, checked. Writes nothing."""
    version = latest_published(survey)
    survey_definition = definition_of(version.id)
    problems = Problems()
    rows = read_rows(file_path, mapping, problems)
    readers = question_readers(survey_definition, mapping, problems)
    problems.refuse(file_path.name)

    keys = Keys(mapping)
    taken = tuple(
        Taken(
            key=keys.of(number, row, problems),
            day=day_of(number, row, mapping, first_day(now), problems),
            language=language_of(number, row, mapping, problems),
            answers=answers_in(number, row, readers, problems),
        )
        for number, row in rows
    )
    problems.refuse(file_path.name)
    return Plan(survey.id, version.id, taken)


def latest_published(survey: Survey) -> SurveyVersion:
    for version in reversed(survey.versions):
        if version.published_at is not None:
            return version
    raise InvalidInputError(f"The survey “{survey.slug}” is a draft. Open it first, then import.")


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


# ---- write


def store(plan: Plan) -> ImportReport:
    """Add the rows that are not there yet, and ask for what follows new answers."""
    known = set(
        db.session.scalars(
            select(Response.import_key)
            .join(Response.version)
            .where(SurveyVersion.survey_id == plan.survey_id, Response.import_key.is_not(None))
        )
    )
    answered = [taken for taken in plan.taken if taken.answers]
    # By its key: a row that stands twice in the file is added once.
    new = {taken.key: taken for taken in answered if taken.key not in known}
    if new:
        _add(plan.version_id, list(new.values()))
        ask_for_what_follows(plan.survey_id)
    return ImportReport(
        rows=len(plan.taken),
        added=len(new),
        already_there=len(answered) - len(new),
        without_answers=len(plan.taken) - len(answered),
    )


def _add(version_id: int, new: Sequence[Taken]) -> None:
    ids = db.session.scalars(
        insert(Response).returning(Response.id, sort_by_parameter_order=True),
        [_response(version_id, taken) for taken in new],
    ).all()
    rows = [
        {
            "response_id": response_id,
            "question_id": question_id,
            "value": value,
            "other_words": words,
        }
        for response_id, taken in zip(ids, new, strict=True)
        for question_id, (value, words) in taken.answers.items()
    ]
    db.session.execute(insert(Answer), rows)


def words_of(taken: Taken) -> Iterator[str]:
    """What the row holds that may be somebody's own words; codes say nothing to the rules."""
    for value, other_words in taken.answers.values():
        yield from (value,) if isinstance(value, str) else ()
        yield from (other_words or {}).values()


def _response(version_id: int, taken: Taken) -> dict[str, Any]:
    # Nobody holds this token or its receipt: there is nobody here to give them to.
    return {
        "token_hash": fingerprint(new_token()),
        "receipt_hash": fingerprint(new_token()),
        "version_id": version_id,
        "channel": CHANNEL,
        "language": taken.language,
        "easy_read": False,
        "started_on": taken.day,
        "submitted_at": start_of(taken.day),
        "import_key": taken.key,
        "urgency": urgency_of(words_of(taken)),
    }
