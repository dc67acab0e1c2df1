"""People who answered, made straight in the database."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import count
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import insert, select

from engage.extensions import db
from engage.framework import Area
from engage.indicators.q.operations import q_ready
from engage.people.models import Organisation
from engage.responses.models import Answer, Response, Snapshot
from engage.responses.snapshots import keep_all
from engage.surveys.models import SurveyVersion
from engage.surveys.queries import definition_of
from tests.survey_factories import make_survey

NOW = datetime(2026, 4, 1, 12, tzinfo=UTC)
PARENTS = "parent-carer-satisfaction"
YOUNG_PEOPLE = "young-people-how-is-it-going"

_numbers = count(1)


@pytest.fixture
def parents(session: Any) -> SurveyVersion:
    return make_survey(PARENTS, slug="parents", title="Parents <2026>")


@pytest.fixture
def young_people(session: Any) -> SurveyVersion:
    return make_survey(YOUNG_PEOPLE, slug="young-people")


def take_q_snapshots(now: datetime, areas: Sequence[Area]) -> list[Snapshot]:
    return keep_all(q_ready(now, areas), now)


@pytest.fixture
def publish(app: Flask) -> Callable[..., Any]:
    def at(now: datetime = NOW) -> Any:
        taken = take_q_snapshots(now, app.extensions["pack"].areas)
        db.session.commit()  # a page that is read undoes what is not
        return taken

    return at


def answer(
    version: SurveyVersion,
    said: Mapping[str, str | None],
    people: int = 1,
    sent_at: datetime | None = NOW,
    easy_read: bool = False,
) -> None:
    """So many people say the same, by the part of q, or the role, of each question.

    Written as rows: there are hundreds of people, and objects of them take long.
    """
    if not people:
        return
    codes = dict(_codes(version, said))
    responses = db.session.scalars(
        insert(Response).returning(Response.id),
        [_sent(version, next(_numbers), sent_at, easy_read) for _ in range(people)],
    ).all()
    answers = [
        {"response_id": response, "question_id": question, "value": code}
        for response in responses
        for question, code in codes.items()
    ]
    if answers:
        db.session.execute(insert(Answer), answers)
    db.session.commit()


def _sent(
    version: SurveyVersion, number: int, sent_at: datetime | None, easy_read: bool
) -> dict[str, Any]:
    return {
        "token_hash": f"token-{number}",
        "receipt_hash": f"receipt-{number}",
        "version_id": version.id,
        "channel": "demo",
        "easy_read": easy_read,
        "started_on": NOW.date(),
        "submitted_at": sent_at,
    }


def _codes(
    version: SurveyVersion, said: Mapping[str, str | None]
) -> Iterator[tuple[int | None, str]]:
    definition = definition_of(version.id)
    for name, code in said.items():
        question = definition.feeding_q(name) or definition.by_role(name)
        assert question is not None, name
        if code is not None:
            yield question.id, code


def same_organisation() -> Organisation | None:
    """Whose the first survey is, so that a wave is of the organisation of the one before."""
    return db.session.scalars(select(Organisation).order_by(Organisation.id)).first()
