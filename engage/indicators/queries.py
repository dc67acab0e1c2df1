"""What indicator q reads: the surveys that feed it, their answers, and the figures published."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from engage.clock import day_of
from engage.extensions import db
from engage.indicators.figures import HEADLINE, PARTS, SERIES_OF_AUDIENCE, Reply, Source
from engage.responses.models import Answer, Response, Snapshot
from engage.surveys.definition import QuestionDefinition, SurveyDefinition, Words
from engage.surveys.models import SurveyVersion
from engage.surveys.queries import definition_of
from engage.surveys.wording import ENGLISH, pick

KIND = "q"
THREE_POINT = {"symbols3", "yes3"}
AREA_ROLE, WHO_ANSWERED_ROLE = "weight_area", "completion_mode"
SOMEONE_ELSE = "proxy_for"


@dataclass(frozen=True, slots=True)
class Feed:
    """A survey that feeds q, and the definitions its answers were given to, by version."""

    source: Source
    definitions: Mapping[int, SurveyDefinition]


@dataclass(frozen=True, slots=True)
class Issue:
    """A snapshot as the page reads it."""

    series: str
    data: Mapping[str, Any]
    made_at: datetime
    checksum: str
    is_invented: bool


def q_feeds() -> list[Feed]:
    """Surveys that were ever published to one audience of q and ask the headline question."""
    versions = db.session.scalars(
        select(SurveyVersion)
        .where(SurveyVersion.published_at.is_not(None))
        .order_by(SurveyVersion.survey_id, SurveyVersion.number.desc())
        .options(joinedload(SurveyVersion.survey))
    )
    feeds = (_feed(list(group)) for _, group in groupby(versions, lambda each: each.survey_id))
    return [feed for feed in feeds if feed]


def _feed(versions: Sequence[SurveyVersion]) -> Feed | None:
    """`versions` of one survey, newest first. A survey for several audiences is nobody's series."""
    newest = versions[0]
    series = SERIES_OF_AUDIENCE.get(newest.audiences[0]) if len(newest.audiences) == 1 else None
    if series is None:
        return None
    found = {
        version.id: definition_of(version.id)
        for version in versions
        if version.audiences == newest.audiences
    }
    asking = {id: each for id, each in found.items() if each.feeding_q(HEADLINE)}
    return Feed(_source(versions, list(asking.values()), series), asking) if asking else None


def _source(
    versions: Sequence[SurveyVersion], definitions: Sequence[SurveyDefinition], series: str
) -> Source:
    newest, latest = versions[0], definitions[0]
    headlines = [_both(each.feeding_q(HEADLINE)) for each in definitions]
    headline = latest.feeding_q(HEADLINE)
    return Source(
        survey_id=newest.survey_id,
        slug=newest.survey.slug,
        series=series,
        title=pick(latest.titles, ENGLISH, easy_read=False).text,
        title_easy=pick(latest.titles, ENGLISH, easy_read=True).text,
        is_invented=newest.survey.is_invented,
        scale=headline.scale if headline else None,
        wordings={part: words for part in PARTS if (words := _both(latest.feeding_q(part)))},
        earlier_headlines=_distinct(words for words in headlines if words != headlines[0]),
        opened_on=min(filter(None, map(_opened_on, versions)), default=None),
        closes_on=_day(newest.closed_at or newest.closes_at),
    )


def _both(question: QuestionDefinition | None) -> dict[str, str]:
    """A question's words in both forms, {} for no question."""
    if question is None:
        return {}
    return {
        "standard": _words(question.wordings, easy_read=False),
        "easy_read": _words(question.wordings, easy_read=True),
    }


def _words(wordings: Iterable[Words], *, easy_read: bool) -> str:
    return pick(wordings, ENGLISH, easy_read).text


def _distinct(words: Iterable[dict[str, str]]) -> list[dict[str, str]]:
    return list({each["standard"]: each for each in words}.values())


def _opened_on(version: SurveyVersion) -> date | None:
    return _day(version.opens_at or version.published_at)


def _day(moment: datetime | None) -> date | None:
    return day_of(moment) if moment else None


def sent_count(feed: Feed) -> int:
    """How many have answered, without reading what they said."""
    sent = select(func.count(Response.id)).where(
        Response.version_id.in_(feed.definitions), Response.submitted_at.is_not(None)
    )
    return db.session.execute(sent).scalar_one()


def replies(feed: Feed) -> list[Reply]:
    """Every answer that was sent to any published version of the survey, oldest first."""
    asked = {id: _asked(definition) for id, definition in feed.definitions.items()}
    sent = db.session.execute(
        select(Response.id, Response.version_id, Response.easy_read, Response.submitted_at)
        .where(Response.version_id.in_(asked), Response.submitted_at.is_not(None))
        .order_by(Response.submitted_at, Response.id)
    )
    said = _answers(asked)
    return [_reply(row, asked[row.version_id], said.get(row.id, {})) for row in sent]


@dataclass(frozen=True, slots=True)
class Asked:
    """The few questions of a version that q needs."""

    parts: Mapping[str, QuestionDefinition]
    area: QuestionDefinition | None
    who_answered: QuestionDefinition | None

    def questions(self) -> Iterator[QuestionDefinition]:
        yield from self.parts.values()
        yield from (each for each in (self.area, self.who_answered) if each)


def _asked(definition: SurveyDefinition) -> Asked:
    return Asked(
        parts={part: question for part in PARTS if (question := definition.feeding_q(part))},
        area=definition.by_role(AREA_ROLE),
        who_answered=definition.by_role(WHO_ANSWERED_ROLE),
    )


def _answers(asked: Mapping[int, Asked]) -> Mapping[int, Mapping[str, Any]]:
    """Codes chosen, by response and question code: of those few questions."""
    codes = {each.id: each.code for version in asked.values() for each in version.questions()}
    rows = db.session.execute(
        select(Answer.response_id, Answer.question_id, Answer.value)
        .join(Response)
        .where(
            Response.version_id.in_(asked),
            Response.submitted_at.is_not(None),
            Answer.question_id.in_(codes),
        )
    )
    said: dict[int, dict[str, Any]] = defaultdict(dict)
    for response_id, question_id, value in rows:
        said[response_id][codes[question_id]] = value
    return said


def _reply(row: Any, asked: Asked, said: Mapping[str, Any]) -> Reply:
    helper = asked.who_answered
    return Reply(
        values={part: _value(question, said) for part, question in asked.parts.items()},
        area=said.get(asked.area.code) if asked.area else None,
        sent_at=row.submitted_at,
        is_easy_read=row.easy_read,
        is_three_point=asked.parts[HEADLINE].scale in THREE_POINT,
        said_for_them=helper is not None and said.get(helper.code) == SOMEONE_ELSE,
    )


def _value(question: QuestionDefinition, said: Mapping[str, Any]) -> int | None:
    chosen = said.get(question.code)
    option = question.option(chosen) if isinstance(chosen, str) else None
    return None if option is None or option.is_missing else option.value


def published_q() -> dict[str, list[Issue]]:
    """The newest issue of every survey by series, "q-PC" and "q-YP".

    The one made last comes first, but made-up answers never before real ones.
    """
    newest = select(func.max(Snapshot.id)).where(Snapshot.kind == KIND).group_by(Snapshot.survey_id)
    snapshots = db.session.scalars(
        select(Snapshot)
        .where(Snapshot.id.in_(newest))
        .order_by(Snapshot.made_at.desc(), Snapshot.id.desc())
        .options(joinedload(Snapshot.survey))
    )
    issues: dict[str, list[Issue]] = {series: [] for series in SERIES_OF_AUDIENCE.values()}
    for each in snapshots:
        issues[each.data["series"]].append(
            Issue(
                series=each.data["series"],
                data=each.data,
                made_at=each.made_at,
                checksum=each.checksum,
                is_invented=each.survey.is_invented,
            )
        )
    for each_series in issues.values():
        each_series.sort(key=lambda each: each.is_invented)
    return issues
