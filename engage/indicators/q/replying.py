"""Reading the few answers that q needs, as plain replies. Streamed: there may be many."""

import json
from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from sqlalchemy import Label, String, cast, func, select

from engage.extensions import db
from engage.indicators.q.feeds import WHO_ANSWERED, Asking
from engage.indicators.q.series import HEADLINE, PARTS, SOMEONE_ELSE, VARIABLES, Reply, category_of
from engage.responses.models import Answer, Response
from engage.surveys.definition import OptionDefinition, QuestionDefinition

THREE_POINT = {"symbols3", "yes3"}
AREA_ROLE = VARIABLES["area"]
AT_A_TIME = 5_000

Meaning = Callable[[OptionDefinition], Any]

Asked = Mapping[str, QuestionDefinition]  # by part and role
# Between one answer and the next. JSON writes no such letter, whatever people say.
SEPARATOR = "\x1e"


def sent_to(asking: Asking) -> int:
    """How many have answered, without reading what they said."""
    sent = select(func.count(Response.id)).where(
        Response.version_id.in_(asking.definitions), Response.submitted_at.is_not(None)
    )
    return db.session.execute(sent).scalar_one()


def replies(asking: Asking) -> list[Reply]:
    """Every answer that was sent to any published version of the survey, oldest first."""
    asked = {id: asking.asked(definition) for id, definition in asking.definitions.items()}
    readers = {id: _Reader(each) for id, each in asked.items()}
    questions = {each.id for some in asked.values() for each in some.values()}
    # On the connection: rows as they are, and no objects.
    rows = db.session.connection().execute(
        select(Response.version_id, Response.easy_read, Response.submitted_at, _said(questions))
        .where(Response.version_id.in_(asked), Response.submitted_at.is_not(None))
        .order_by(Response.submitted_at, Response.id)
        .execution_options(yield_per=AT_A_TIME)
    )
    with rows:
        return [readers[row.version_id].reply(row) for row in rows]


def _said(questions: set[int | None]) -> Label[str]:
    """What one response chose, as one text of all its answers; null where there are none.

    The database puts them together: a million rows of one answer each would take longer to bring
    here than to read. Drafts have no answers.
    """
    answer = cast(Answer.question_id, String) + "=" + cast(Answer.value, String)
    return (
        select(func.aggregate_strings(answer, SEPARATOR))
        .where(Answer.response_id == Response.id, Answer.question_id.in_(questions))
        .scalar_subquery()
        .label("said")
    )


class _Reader:
    """How one version's answers are read: what each of them stands for.

    By the text it is brought in, so that nothing is taken apart for each person.
    """

    def __init__(self, asked: Asked) -> None:
        self.parts = [part for part in PARTS if part in asked]
        self.variables = [name for name, role in VARIABLES.items() if role in asked]
        self.is_three_point = HEADLINE in asked and asked[HEADLINE].scale in THREE_POINT
        self.meanings: dict[str, dict[str, Any]] = defaultdict(dict)
        for part in self.parts:
            self._learn(part, asked[part], _value)
        for name in self.variables:
            self._learn(name, asked[VARIABLES[name]], partial(category_of, name))
        for role in (AREA_ROLE, WHO_ANSWERED):
            if role in asked:
                self._learn(role, asked[role], _code)
        # Few kinds of people, many of each: one of a kind is kept for all of them.
        self.kinds: dict[tuple[str | None, ...], Mapping[str, str | None]] = {}

    def _learn(self, name: str, question: QuestionDefinition, meaning: Meaning) -> None:
        for each in question.options:
            self.meanings[f"{question.id}={json.dumps(each.code)}"][name] = meaning(each)

    def reply(self, row: Any) -> Reply:
        told: dict[str, Any] = {}
        for answer in (row.said or "").split(SEPARATOR):
            told |= self.meanings.get(answer, {})
        kind = tuple([told.get(name) for name in self.variables])
        return Reply(
            values={part: told.get(part) for part in self.parts},
            area=told.get(AREA_ROLE),
            sent_at=row.submitted_at,
            is_easy_read=row.easy_read,
            is_three_point=self.is_three_point,
            said_for_them=told.get(WHO_ANSWERED) == SOMEONE_ELSE,
            is_like=self.kinds.get(kind) or self._new_kind(kind),
        )

    def _new_kind(self, kind: tuple[str | None, ...]) -> Mapping[str, str | None]:
        return self.kinds.setdefault(kind, dict(zip(self.variables, kind, strict=True)))


def _value(option: OptionDefinition) -> int | None:
    return None if option.is_missing else option.value


def _code(option: OptionDefinition) -> str:
    return option.code
