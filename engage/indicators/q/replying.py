"""Reading the few answers that q needs, as plain replies. Streamed: there may be many."""

import json
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from functools import partial
from operator import attrgetter
from typing import Any

from sqlalchemy import String, case, cast, func, select

from engage.extensions import db
from engage.indicators.q.feeds import WHO_ANSWERED, Asking
from engage.indicators.q.series import HEADLINE, PARTS, SOMEONE_ELSE, VARIABLES, Reply, category_of
from engage.responses.models import Answer, Response
from engage.surveys.definition import OptionDefinition, QuestionDefinition

THREE_POINT = {"symbols3", "yes3"}
AREA_ROLE = VARIABLES["area"]
AT_A_TIME = 5_000

Asked = Mapping[str, QuestionDefinition]  # by part and role
# One person's answers as the JSON they are kept as, one for each of the names that are read.
Texts = Sequence[str | None]
NOBODY: tuple[int | None, Texts] = (None, ())


def sent_to(asking: Asking) -> int:
    """How many have answered, without reading what they said."""
    sent = select(func.count(Response.id)).where(
        Response.version_id.in_(asking.definitions), Response.submitted_at.is_not(None)
    )
    return db.session.execute(sent).scalar_one()


def replies(asking: Asking) -> list[Reply]:
    """Every answer that was sent to any published version of the survey, oldest first."""
    asked = {id: asking.asked(definition) for id, definition in asking.definitions.items()}
    names = sorted({name for each in asked.values() for name in each})
    readers = {id: _Reader(each, names) for id, each in asked.items()}
    sent = db.session.execute(
        select(Response.id, Response.version_id, Response.easy_read, Response.submitted_at)
        .where(Response.version_id.in_(asked), Response.submitted_at.is_not(None))
        .order_by(Response.id)
    )
    rows = [{each[name].id for each in asked.values() if name in each} for name in names]
    with closing(_answers(rows)) as answers:
        told = _together(sent, answers, (None,) * len(names))
        found = [readers[row.version_id].reply(row, said) for row, said in told]
    return sorted(found, key=attrgetter("sent_at"))


def _together(
    sent: Iterable[Any], answers: Iterator[tuple[int, Texts]], nothing: Texts
) -> Iterator[tuple[Any, Texts]]:
    """Each response with what it said. Both come by its number, so one is held at a time."""
    id, texts = next(answers, NOBODY)
    for row in sent:
        while id is not None and id < row.id:
            id, texts = next(answers, NOBODY)
        yield row, texts if id == row.id else nothing


def _answers(questions: Sequence[set[int | None]]) -> Generator[tuple[int, Texts]]:
    """What was chosen, one response at a time, a column for each set of questions.

    The database puts the columns side by side: a million rows of one answer each would take
    longer to bring here than to read. Drafts have no answers.
    """
    text = cast(Answer.value, String)
    columns = [func.max(case((Answer.question_id.in_(ids), text))) for ids in questions]
    # On the connection: rows as they are, and no objects.
    found = db.session.connection().execute(
        select(Answer.response_id, *columns)
        .where(Answer.question_id.in_(set().union(*questions)))
        .group_by(Answer.response_id)
        .order_by(Answer.response_id)
        .execution_options(yield_per=AT_A_TIME)
    )
    with found as rows:  # some may be left unread: the cursor is closed whatever comes
        for response_id, *texts in rows:
            yield response_id, texts


class _Reader:
    """How one version's answers are read: in which column, and what each answer stands for.

    By the answer's JSON as it is kept, so that nothing is taken apart for each person.
    """

    def __init__(self, asked: Asked, names: Sequence[str]) -> None:
        at = {name: column for column, name in enumerate(names)}
        self.parts = [
            (part, at[part], _each(asked[part], _value)) for part in PARTS if part in asked
        ]
        self.variables = [
            (name, at[role], _each(asked[role], partial(category_of, name)))
            for name, role in VARIABLES.items()
            if role in asked
        ]
        self.area = at.get(AREA_ROLE, 0), _codes(asked.get(AREA_ROLE))
        self.who_answered = at.get(WHO_ANSWERED, 0), _codes(asked.get(WHO_ANSWERED))
        self.is_three_point = HEADLINE in asked and asked[HEADLINE].scale in THREE_POINT
        # Few kinds of people, many of each: one of a kind is kept for all of them.
        self.kinds: dict[tuple[str | None, ...], Mapping[str, str | None]] = {}

    def reply(self, row: Any, said: Texts) -> Reply:
        kind = tuple([meant.get(said[at]) for _, at, meant in self.variables])
        area, areas = self.area
        helper, ways = self.who_answered
        return Reply(
            values={part: meant.get(said[at]) for part, at, meant in self.parts},
            area=areas.get(said[area]),
            sent_at=row.submitted_at,
            is_easy_read=row.easy_read,
            is_three_point=self.is_three_point,
            said_for_them=ways.get(said[helper]) == SOMEONE_ELSE,
            is_like=self.kinds.get(kind) or self._new_kind(kind),
        )

    def _new_kind(self, kind: tuple[str | None, ...]) -> Mapping[str, str | None]:
        names = (name for name, _, _ in self.variables)
        return self.kinds.setdefault(kind, dict(zip(names, kind, strict=True)))


Meaning = Callable[[OptionDefinition], Any]


def _each(question: QuestionDefinition, meaning: Meaning) -> dict[str | None, Any]:
    return {
        json.dumps(each.code): None if each.is_missing else meaning(each)
        for each in question.options
    }


def _codes(question: QuestionDefinition | None) -> dict[str | None, str]:
    """Its answers by their JSON, those that are missing answers too."""
    return {json.dumps(each.code): each.code for each in question.options} if question else {}


def _value(option: OptionDefinition) -> int | None:
    return option.value
