"""Answers that were given elsewhere, taken in from a CSV file.

First everything is read and checked, and all that is wrong is said at once; only then is anything
written. Each row is known by a key of its own, so the same file, or a longer one, adds what is new.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select

from engage.errors import InvalidInputError
from engage.extensions import db, write_transaction
from engage.responses.cells import Given
from engage.responses.concerns import urgency_of
from engage.responses.importing_rows import (
    Keys,
    Problems,
    answers_in,
    day_of,
    language_of,
    question_readers,
    read_rows,
)
from engage.responses.mapping import FileMapping, read_mapping
from engage.responses.models import Answer, Response
from engage.responses.operations import ask_for_what_follows
from engage.responses.receipt import fingerprint, new_token
from engage.surveys.models import Survey, SurveyVersion
from engage.surveys.queries import definition_of
from engage.surveys.timing import first_day, start_of

CHANNEL = "import"


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
