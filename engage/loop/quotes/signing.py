"""How quotes are signed, from those whom the last snapshot counted. Who came later adds none."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    Subquery,
    and_,
    case,
    cast,
    func,
    literal,
    or_,
    select,
)

from engage.clock import day_of
from engage.extensions import db
from engage.loop.queries import loop_snapshots
from engage.loop.quotes import rules
from engage.loop.quotes.models import Quote
from engage.loop.quotes.rules import Signed
from engage.responses.models import Answer, Response, Snapshot
from engage.responses.queries import audience_by_response, audience_said
from engage.surveys.models import Question, SurveyVersion

ANOTHER = -1  # a season that no quote is of
Person = tuple[int, str, datetime]  # the response, its channel, and when it was sent
Window = tuple[datetime, datetime]


def signatures(quotes: Iterable[Quote]) -> dict[int, Signed]:
    """Role, channel and season of each quote, by its id; only what at least 10 people share.

    None of one whose words were taken back this moment.
    """
    by_survey: dict[int, list[Quote]] = defaultdict(list)
    for quote in quotes:
        by_survey[quote.theme.survey_id].append(quote)
    if not by_survey:
        return {}
    counted = loop_snapshots(by_survey)
    people = _people({quote.answer_id for ours in by_survey.values() for quote in ours})
    groups = _groups(counted.values(), {sent_at for _, _, sent_at in people.values()})
    found: dict[int, Signed] = {}
    for survey_id, ours in by_survey.items():
        told = counted[survey_id].data["audiences"] if survey_id in counted else {}
        whole = _whole(survey_id, ours, people)
        for id, each in whole.items():
            is_told = told.get(each.audience) is not None
            found[id] = rules.signed(each, is_told, groups.get(survey_id, {}))
    return found


def _whole(
    survey_id: int, quotes: Sequence[Quote], people: Mapping[int, Person]
) -> dict[int, Signed]:
    """All that could be told of who said it, by the id of the quote."""
    ours = {quote.id: people[quote.answer_id] for quote in quotes if quote.answer_id in people}
    ids = {person for person, _, _ in ours.values()}
    audiences = audience_by_response(survey_id, Response.id.in_(ids))
    return {
        quote: Signed(audiences.get(person, ""), channel, *rules.season_of(day_of(sent_at)))
        for quote, (person, channel, sent_at) in ours.items()
    }


def _people(answer_ids: Collection[int]) -> dict[int, Person]:
    rows = db.session.execute(
        select(Answer.id, Response.id, Response.channel, Response.submitted_at)
        .join(Answer.response)
        .where(Answer.id.in_(answer_ids), Response.submitted_at.is_not(None))
    )
    return {answer: (person, channel, sent) for answer, person, channel, sent in rows if sent}


# ---- how many they share it with


def _groups(
    snapshots: Collection[Snapshot], sent: Iterable[datetime]
) -> dict[int, dict[Signed, int]]:
    """By survey, those whom its snapshot counted. Seasons that no quote is of are one: none."""
    if not snapshots:
        return {}
    windows = sorted({rules.season_bounds(each) for each in sent})
    audiences = _audiences_of([each.survey_id for each in snapshots])
    found: dict[int, dict[Signed, int]] = defaultdict(lambda: defaultdict(int))
    for survey, version, said, channel, season, people in db.session.execute(
        _counted(snapshots, windows)
    ):
        when = ("", "") if season == ANOTHER else rules.season_of(day_of(windows[season][0]))
        code = json.loads(said) if said else ""
        group = Signed(audience_said(audiences[version], code), channel, *when)
        found[survey][group] += people
    return found


def _counted(
    snapshots: Iterable[Snapshot], windows: Sequence[Window]
) -> Select[int, int, str | None, str, int, int]:
    """Each survey's versions with what was said, the channel, the season and how many people."""
    each = _each_person(snapshots, windows)
    group = (each.c.survey_id, each.c.version_id, each.c.said, each.c.channel, each.c.season)
    return select(*group, func.count(each.c.person.distinct())).group_by(*group)


def _each_person(snapshots: Iterable[Snapshot], windows: Sequence[Window]) -> Subquery:
    said = (
        select(Answer.response_id, cast(Answer.value, String).label("said"))
        .join(Answer.question)
        .where(Question.role == "audience")
        .subquery()
    )
    return (
        select(
            Response.id.label("person"),
            SurveyVersion.survey_id,
            Response.version_id,
            said.c.said,
            Response.channel,
            _season(windows).label("season"),
        )
        .join(Response.version)
        .outerjoin(said, said.c.response_id == Response.id)
        .where(or_(*map(_is_counted, snapshots)))
        .subquery()
    )


def _is_counted(snapshot: Snapshot) -> ColumnElement[bool]:
    return and_(
        SurveyVersion.survey_id == snapshot.survey_id, Response.submitted_at <= snapshot.made_at
    )


def _season(windows: Sequence[Window]) -> ColumnElement[int]:
    """The number of its window."""
    at = Response.submitted_at
    known = [(and_(at >= begin, at < end), n) for n, (begin, end) in enumerate(windows)]
    return case(*known, else_=ANOTHER) if known else literal(ANOTHER)


def _audiences_of(survey_ids: Collection[int | None]) -> dict[int, Sequence[str]]:
    """By version, whom it is for."""
    rows = db.session.execute(
        select(SurveyVersion.id, SurveyVersion.audiences).where(
            SurveyVersion.survey_id.in_(survey_ids)
        )
    )
    return {row[0]: row[1] for row in rows}
