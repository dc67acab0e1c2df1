"""Reading the few answers that q needs, as plain replies. Streamed: there may be many."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import String, cast, func, select

from engage.extensions import db
from engage.indicators.feeds import WHO_ANSWERED, Feed
from engage.indicators.series import HEADLINE, PARTS, VARIABLES, Reply
from engage.responses.models import Answer, Response
from engage.surveys.definition import OptionDefinition, QuestionDefinition

THREE_POINT = {"symbols3", "yes3"}
AREA_ROLE = VARIABLES["area"]
SOMEONE_ELSE = "proxy_for"
CALLED_AS_ANSWERED = frozenset({"area", "setting"})
AT_A_TIME = 5_000
NOBODY: tuple[int | None, Mapping[int, Any]] = (None, {})

Asked = Mapping[str, QuestionDefinition]  # by part and role
Codes = Mapping[int, Any]  # what somebody chose, by the row of the question


def sent_count(feed: Feed) -> int:
    """How many have answered, without reading what they said."""
    sent = select(func.count(Response.id)).where(
        Response.version_id.in_(feed.definitions), Response.submitted_at.is_not(None)
    )
    return db.session.execute(sent).scalar_one()


def replies(feed: Feed) -> list[Reply]:
    """Every answer that was sent to any published version of the survey, oldest first."""
    asked = {id: feed.asked(definition) for id, definition in feed.definitions.items()}
    readers = {id: _Reader(each) for id, each in asked.items()}
    sent = db.session.execute(
        select(Response.id, Response.version_id, Response.easy_read, Response.submitted_at)
        .where(Response.version_id.in_(asked), Response.submitted_at.is_not(None))
        .order_by(Response.id)
    )
    answers = _answers({each.id for version in asked.values() for each in version.values()})
    found = [readers[row.version_id].reply(row, said) for row, said in _together(sent, answers)]
    return sorted(found, key=attrgetter("sent_at"))


def _together(
    sent: Iterable[Any], answers: Iterator[tuple[int, Codes]]
) -> Iterator[tuple[Any, Codes]]:
    """Each response with what it said. Both come by its number, so one is held at a time."""
    id, codes = next(answers, NOBODY)
    for row in sent:
        while id is not None and id < row.id:
            id, codes = next(answers, NOBODY)
        yield row, codes if id == row.id else {}


def _answers(question_ids: set[int | None]) -> Iterator[tuple[int, Codes]]:
    """Codes chosen, one response at a time: of those few questions. Drafts have no answers."""
    rows = db.session.execute(
        # As text: taking a million small JSON values apart would be half of the time.
        select(Answer.response_id, Answer.question_id, cast(Answer.value, String))
        .where(Answer.question_id.in_(question_ids))
        .order_by(Answer.response_id)
        .execution_options(yield_per=AT_A_TIME)
    )
    for response_id, group in groupby(rows, lambda row: row[0]):
        yield response_id, {question_id: _decoded(text) for _, question_id, text in group}


@lru_cache(maxsize=4096)
def _decoded(text: str) -> Any:
    return json.loads(text)


class _Reader:
    """How one version's answers are read: for each of its questions, what each code stands for."""

    def __init__(self, asked: Asked) -> None:
        self.parts = {part: _each(asked[part], _value) for part in PARTS if part in asked}
        self.variables = {
            name: _each(asked[role], _category_of(name))
            for name, role in VARIABLES.items()
            if role in asked
        }
        self.rows = {name: question.id for name, question in asked.items()}
        self.is_three_point = HEADLINE in asked and asked[HEADLINE].scale in THREE_POINT
        # Few kinds of people, many of each: one of a kind is kept for all of them.
        self.kinds: dict[tuple[str | None, ...], Mapping[str, str | None]] = {}

    def reply(self, row: Any, said: Codes) -> Reply:
        chosen = {name: self._code(id, said) for name, id in self.rows.items()}
        kind = tuple(meant.get(chosen[VARIABLES[name]]) for name, meant in self.variables.items())
        is_like = self.kinds.setdefault(kind, dict(zip(self.variables, kind, strict=True)))
        return Reply(
            values={part: meant.get(chosen[part]) for part, meant in self.parts.items()},
            area=chosen.get(AREA_ROLE),
            sent_at=row.submitted_at,
            is_easy_read=row.easy_read,
            is_three_point=self.is_three_point,
            said_for_them=chosen.get(WHO_ANSWERED) == SOMEONE_ELSE,
            is_like=is_like,
        )

    def _code(self, question_id: int | None, said: Codes) -> str | None:
        code = said.get(question_id) if question_id is not None else None
        return code if isinstance(code, str) else None


Meaning = Callable[[OptionDefinition], Any]


def _each(question: QuestionDefinition, meaning: Meaning) -> dict[str | None, Any]:
    return {each.code: None if each.is_missing else meaning(each) for each in question.options}


def _value(option: OptionDefinition) -> int | None:
    return option.value


def _category_of(name: str) -> Meaning:
    """What the census would call them, which for some is the very answer."""
    own = name in CALLED_AS_ANSWERED
    return lambda option: option.weight_margin or (option.code if own else None)
