"""The surveys that feed the monthly pulse, what people said there, and what was published."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import and_, func, select
from sqlalchemy.orm import aliased, joinedload

from engage.extensions import db
from engage.indicators.pulse.months import EVERYBODY, PulseSource, View, month_of
from engage.indicators.q.feeds import both_forms
from engage.indicators.q.queries import Issue, newest_issues
from engage.responses.models import Answer, Response
from engage.surveys.definition import OptionDefinition, QuestionDefinition, SurveyDefinition
from engage.surveys.models import Question, SurveyVersion
from engage.surveys.queries import definition_of
from engage.surveys.wording import ENGLISH, pick

KIND = PULSE = "pulse"
WHO = "audience"


@dataclass(frozen=True, slots=True)
class PulseFeed:
    """A survey that feeds the pulse, and the definitions its answers were given to, by version."""

    source: PulseSource
    definitions: Mapping[int, SurveyDefinition]


def pulse_feeds() -> list[PulseFeed]:
    """Surveys of which a version that asks the pulse question was ever published."""
    versions = db.session.scalars(
        select(SurveyVersion)
        .join(Question, Question.version_id == SurveyVersion.id)
        .where(
            SurveyVersion.published_at.is_not(None),
            Question.feeds_q == PULSE,
            Question.is_switched_on,
        )
        .order_by(SurveyVersion.survey_id, SurveyVersion.number.desc())
        .options(joinedload(SurveyVersion.survey))
    )
    groups = groupby(versions.unique(), lambda each: each.survey_id)
    return [_feed(list(group)) for _, group in groups]


def _feed(versions: Sequence[SurveyVersion]) -> PulseFeed:
    """`versions` of one survey, newest first. One for other audiences is another series."""
    newest = versions[0]
    definitions = {
        version.id: definition_of(version.id)
        for version in versions
        if version.audiences == newest.audiences
    }
    return PulseFeed(_source(newest, definitions[newest.id]), definitions)


def _source(newest: SurveyVersion, latest: SurveyDefinition) -> PulseSource:
    asked, who = latest.feeding_q(PULSE), who_answers(latest)
    lines = {option.code: both_forms(option) for option in _sayings(who)} if who else {}
    return PulseSource(
        survey_id=newest.survey_id,
        slug=newest.survey.slug,
        title=pick(latest.titles, ENGLISH, easy_read=False).text,
        title_easy=pick(latest.titles, ENGLISH, easy_read=True).text,
        is_invented=newest.survey.is_invented,
        scale=asked.scale if asked else None,
        wording=both_forms(asked),
        lines=lines or {EVERYBODY: {}},
    )


def who_answers(definition: SurveyDefinition) -> QuestionDefinition | None:
    """The question that tells the audiences of this survey apart, where it has several."""
    return definition.by_role(WHO) if len(definition.audiences) > 1 else None


def _sayings(question: QuestionDefinition) -> Iterator[OptionDefinition]:
    return (option for option in question.options if not option.is_missing)


def sent_to(feed: PulseFeed, before: datetime) -> int:
    """How many have answered by then, without reading what they said."""
    sent = select(func.count(Response.id)).where(
        Response.version_id.in_(feed.definitions), Response.submitted_at < before
    )
    return db.session.execute(sent).scalar_one()


def views(feed: PulseFeed, before: datetime) -> list[View]:
    """What everybody said who had sent it by then; those without a view are left out."""
    asked = {id: each.feeding_q(PULSE) for id, each in feed.definitions.items()}
    who = {id: who_answers(each) for id, each in feed.definitions.items()}
    said, they = aliased(Answer), aliased(Answer)
    rows = db.session.execute(
        select(Response.version_id, Response.submitted_at, said.value, they.value)
        .join(said, and_(said.response_id == Response.id, said.question_id.in_(_ids(asked))))
        .outerjoin(they, and_(they.response_id == Response.id, they.question_id.in_(_ids(who))))
        .where(Response.version_id.in_(feed.definitions), Response.submitted_at < before)
    )
    found = (
        _view(sent, _chosen(asked[id], value), _line(who[id], person))
        for id, sent, value, person in rows
    )
    return [view for view in found if view]


def _ids(questions: Mapping[int, QuestionDefinition | None]) -> list[int]:
    return [each.id for each in questions.values() if each and each.id is not None]


def _view(sent: datetime, option: OptionDefinition | None, line: str | None) -> View | None:
    if option is None or option.value is None or option.is_missing or line is None:
        return None
    return View(month_of(sent), option.value, line)


def _line(question: QuestionDefinition | None, person: Any) -> str | None:
    """Whose line it belongs to; nobody's, where the survey asks and they did not say."""
    if question is None:
        return EVERYBODY
    option = _chosen(question, person)
    return None if option is None or option.is_missing else option.code


def _chosen(question: QuestionDefinition | None, code: Any) -> OptionDefinition | None:
    return question.option(code) if question and isinstance(code, str) else None


def published_pulse() -> list[Issue]:
    """The newest publication of each survey; made-up answers only where there are no real ones."""
    issues = newest_issues(KIND)
    return [issue for issue in issues if not issue.is_invented] or issues
