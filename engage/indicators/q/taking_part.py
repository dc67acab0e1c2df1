"""How people took part in a survey, as counts: the database counts, and nobody's answers come here.

What is read once for all figures (`replying.replies`) does not say by which way somebody came, nor
a blank from "don't know". Counting those costs little: indexes alone answer most of it.
"""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import String, cast, func, select
from sqlalchemy.orm import aliased

from engage.extensions import db
from engage.indicators.q.feeds import WHO_ANSWERED, Asking
from engage.indicators.q.series import OUTSIDE, PARTS, SOMEONE_ELSE, VARIABLES, Ways
from engage.indicators.q.who_replied import NOT_SAID
from engage.responses.models import Answer, Response
from engage.surveys.definition import QuestionDefinition
from engage.surveys.wording import ENGLISH, pick

# The answer that leaves somebody out of a series, and the role of the question that asks.
LEAVES_OUT = {"q-PC": (VARIABLES["area"], OUTSIDE), "q-YP": (WHO_ANSWERED, SOMEONE_ELSE)}
# Where people may choose several, no share says who answered.
ONE_ANSWER = frozenset({"single", "scale"})

Asked = Mapping[str, QuestionDefinition]


def ways_of(asking: Asking, series: str) -> Ways:
    """Of everybody who sent an answer to any published version of the survey, newest first."""
    asked = {id: asking.asked(definition) for id, definition in asking.definitions.items()}
    helpers = {id: each[WHO_ANSWERED] for id, each in asked.items() if _asks_who(each)}
    sent = _sent(asked)
    return Ways(
        channels=_channels(sent),
        # A form that does not ask leaves nobody silent.
        who_answered=_who_answered(
            helpers.values(), sum(people for id, _channel, people in sent if id in helpers)
        ),
        who_named=_named(helpers.values()),
        given=_given(asked.values(), series),
    )


def _asks_who(asked: Asked) -> bool:
    return WHO_ANSWERED in asked and asked[WHO_ANSWERED].type in ONE_ANSWER


def _sent(versions: Iterable[int]) -> list[tuple[int, str, int]]:
    """How many sent an answer, by version and by the way it came."""
    rows = db.session.execute(
        select(Response.version_id, Response.channel, func.count())
        .where(Response.version_id.in_(versions), Response.submitted_at.is_not(None))
        .group_by(Response.version_id, Response.channel)
        .order_by(Response.channel)
    )
    return [(row[0], row[1], row[2]) for row in rows]


def _channels(sent: Iterable[tuple[int, str, int]]) -> dict[str, int]:
    found: Counter[str] = Counter()
    for _version, channel, people in sent:
        found[channel] += people
    return dict(found)


def _who_answered(helpers: Collection[QuestionDefinition], everybody: int) -> dict[str, int]:
    """Each way, also one that nobody chose; {} where the survey does not ask."""
    if not helpers:
        return {}
    text = cast(Answer.value, String)
    rows = db.session.execute(
        select(text, func.count())
        .where(Answer.question_id.in_([question.id for question in helpers]))
        .group_by(text)
    )
    # Held against each code as the database writes it. What is stored is taken apart by nobody:
    # whatever else is there is no way of answering, and stops no figures.
    people = {row[0]: row[1] for row in rows}
    known = {code: people.get(json.dumps(code), 0) for code in _named(helpers)}
    return known | {NOT_SAID: max(0, everybody - sum(known.values()))}


def _named(helpers: Iterable[QuestionDefinition]) -> dict[str, str]:
    """The words of each answer that is no missing answer, as the newest version says them."""
    named: dict[str, str] = {}
    for option in (option for question in helpers for option in question.options):
        if not option.is_missing:
            named.setdefault(option.code, pick(option.wordings, ENGLISH, easy_read=False).text)
    return named


def _given(asked: Iterable[Asked], series: str) -> dict[str, int]:
    """How many answered each part, if only with "don't know", among those counted in q."""
    parts = {each[part].id: part for each in asked for part in PARTS if part in each}
    role, code = LEAVES_OUT[series]
    asks = [each[role].id for each in asked if role in each]
    given = Counter(dict.fromkeys(parts.values(), 0))
    for question, people in _answers(parts):
        given[parts[question]] += people
    for question, people in _answers_of_others(asks, code) if asks else ():
        if question in parts:
            given[parts[question]] -= people
    return dict(given)


def _answers(questions: Collection[int | None]) -> Iterable[Any]:
    """How many answers each question has. Drafts have none."""
    return db.session.execute(
        select(Answer.question_id, func.count())
        .where(Answer.question_id.in_(questions))
        .group_by(Answer.question_id)
    )


def _answers_of_others(asks: Collection[int | None], code: str) -> Iterable[Any]:
    """The same of those who are left out, since they chose that answer to one of `asks`.

    Few are. Of all their questions: with some named, SQLite goes through everybody's answers.
    """
    left_out = aliased(Answer)
    return db.session.execute(
        select(Answer.question_id, func.count())
        .select_from(left_out)
        .join(Answer, Answer.response_id == left_out.response_id)
        .where(
            left_out.question_id.in_(asks),
            cast(left_out.value, String) == json.dumps(code),
        )
        .group_by(Answer.question_id)
    )
