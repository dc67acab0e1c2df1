"""Reading the few answers that q needs, as plain replies. Streamed: there may be many."""

import json
from collections import defaultdict
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import closing
from functools import partial
from operator import attrgetter
from typing import Any

from sqlalchemy import String, cast, func, select

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
NOBODY: tuple[int | None, str] = (None, "")


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
    sent = db.session.execute(
        select(Response.id, Response.version_id, Response.easy_read, Response.submitted_at)
        .where(Response.version_id.in_(asked), Response.submitted_at.is_not(None))
        .order_by(Response.id)
    )
    with closing(_answers({each.id for some in asked.values() for each in some.values()})) as said:
        found = [
            readers[row.version_id].reply(row, theirs) for row, theirs in _together(sent, said)
        ]
    return sorted(found, key=attrgetter("sent_at"))


def _together(sent: Iterable[Any], answers: Iterator[tuple[int, str]]) -> Iterator[tuple[Any, str]]:
    """Each response with what it said. Both come by its number, so one is held at a time."""
    id, said = next(answers, NOBODY)
    for row in sent:
        while id is not None and id < row.id:
            id, said = next(answers, NOBODY)
        yield row, said if id == row.id else ""


def _answers(questions: set[int | None]) -> Generator[tuple[int, str]]:
    """What was chosen, one response at a time, as one text of all its answers.

    The database puts them together: a million rows of one answer each would take longer to bring
    here than to read. Drafts have no answers.
    """
    answer = cast(Answer.question_id, String) + "=" + cast(Answer.value, String)
    # On the connection: rows as they are, and no objects.
    found = db.session.connection().execute(
        select(Answer.response_id, func.aggregate_strings(answer, SEPARATOR))
        .where(Answer.question_id.in_(questions))
        .group_by(Answer.response_id)
        .order_by(Answer.response_id)
        .execution_options(yield_per=AT_A_TIME)
    )
    with found as rows:  # some may be left unread: the cursor is closed whatever comes
        for response_id, said in rows:  # noqa: UP028  rows are no tuples to it
            yield response_id, said


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

    def reply(self, row: Any, said: str) -> Reply:
        told: dict[str, Any] = {}
        for answer in said.split(SEPARATOR):
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
