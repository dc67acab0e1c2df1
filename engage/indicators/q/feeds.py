"""The surveys that feed indicator q, and which of their questions plays which part."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from typing import cast

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from engage.clock import day_of
from engage.extensions import db
from engage.indicators.q.calculations import Grade
from engage.indicators.q.models import QSetting
from engage.indicators.q.series import HEADLINE, PARTS, SERIES_OF_AUDIENCE, VARIABLES, Source
from engage.surveys.definition import OptionDefinition, QuestionDefinition, SurveyDefinition, Words
from engage.surveys.models import SurveyVersion
from engage.surveys.queries import definition_of
from engage.surveys.wording import ENGLISH, pick

WHO_ANSWERED = "completion_mode"
ROLES = (*VARIABLES.values(), WHO_ANSWERED)
GRADE, INVITED = "grade", "invited"

Settings = Mapping[str, str]  # what people said of a survey, see QSetting


@dataclass(frozen=True, slots=True)
class Asking:
    """The definitions a survey's answers were given to, by version, and what people said of it."""

    definitions: Mapping[int, SurveyDefinition]
    settings: Settings = field(default_factory=dict)

    def asked(self, definition: SurveyDefinition) -> dict[str, QuestionDefinition]:
        """The question of each part and role: as people said, else as the questions say."""
        found = {name: part_of(definition, self.settings, name) for name in (*PARTS, *ROLES)}
        return {name: question for name, question in found.items() if question}


@dataclass(frozen=True, slots=True)
class Feed:
    """A survey that feeds q."""

    source: Source
    asking: Asking


def part_of(
    definition: SurveyDefinition, settings: Settings, name: str
) -> QuestionDefinition | None:
    if name in settings:
        codes = {question.code: question for question in definition.questions()}
        return codes.get(settings[name])
    return definition.by_role(name) if name in ROLES else definition.feeding_q(name)


def settings_by_survey(survey_id: int | None = None) -> Mapping[int, Settings]:
    """What people said last under each name, by survey."""
    wanted = select(QSetting.survey_id, QSetting.name, QSetting.value).order_by(QSetting.id)
    if survey_id is not None:
        wanted = wanted.where(QSetting.survey_id == survey_id)
    found: dict[int, dict[str, str]] = defaultdict(dict)
    for survey, name, value in db.session.execute(wanted):
        found[survey][name] = value
    return found


def q_feeds() -> list[Feed]:
    """Surveys that were ever published to one audience of q and ask the headline question."""
    versions = db.session.scalars(
        select(SurveyVersion)
        .where(SurveyVersion.published_at.is_not(None))
        .order_by(SurveyVersion.survey_id, SurveyVersion.number.desc())
        .options(joinedload(SurveyVersion.survey))
    )
    said = settings_by_survey()
    groups = groupby(versions, lambda each: each.survey_id)
    feeds = (_feed(list(group), said.get(survey_id, {})) for survey_id, group in groups)
    return [feed for feed in feeds if feed]


def _feed(versions: Sequence[SurveyVersion], settings: Settings) -> Feed | None:
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
    definitions = {id: each for id, each in found.items() if part_of(each, settings, HEADLINE)}
    if not definitions:
        return None
    source = _source(versions, list(definitions.values()), series, settings)
    return Feed(source, Asking(definitions, settings))


def _source(
    versions: Sequence[SurveyVersion],
    definitions: Sequence[SurveyDefinition],
    series: str,
    settings: Settings,
) -> Source:
    newest, latest = versions[0], definitions[0]
    headlines = [both_forms(part_of(each, settings, HEADLINE)) for each in definitions]
    headline = part_of(latest, settings, HEADLINE)
    return Source(
        survey_id=newest.survey_id,
        slug=newest.survey.slug,
        series=series,
        title=pick(latest.titles, ENGLISH, easy_read=False).text,
        title_easy=pick(latest.titles, ENGLISH, easy_read=True).text,
        is_invented=newest.survey.is_invented,
        scale=headline.scale if headline else None,
        wordings={
            part: words for part in PARTS if (words := both_forms(part_of(latest, settings, part)))
        },
        earlier_headlines=_distinct(words for words in headlines if words != headlines[0]),
        opened_on=min(filter(None, map(_opened_on, versions)), default=None),
        closes_on=_day(newest.closed_at or newest.closes_at),
        grade=cast(Grade, settings.get(GRADE, "B")),
        invited=int(settings[INVITED]) if settings.get(INVITED) else None,
        asked={part: codes for part in PARTS if (codes := _codes(definitions, settings, part))},
        organisation=newest.survey.organisation.code,
        settings_named=_answers_named(part_of(latest, settings, VARIABLES["setting"])),
    )


def _codes(definitions: Iterable[SurveyDefinition], settings: Settings, part: str) -> str:
    """The questions that played a part in any version, since the answers of all are counted."""
    found = (part_of(each, settings, part) for each in definitions)
    return " ".join(sorted({question.code for question in found if question}))


def _answers_named(question: QuestionDefinition | None) -> dict[str, str]:
    """The words of each answer, by its code."""
    options = question.options if question else ()
    return {option.code: _words(option.wordings, easy_read=False) for option in options}


def both_forms(said: QuestionDefinition | OptionDefinition | None) -> dict[str, str]:
    """The words of a question or an answer in both forms, {} for none."""
    if said is None:
        return {}
    return {
        "standard": _words(said.wordings, easy_read=False),
        "easy_read": _words(said.wordings, easy_read=True),
    }


def _words(wordings: Iterable[Words], *, easy_read: bool) -> str:
    return pick(wordings, ENGLISH, easy_read).text


def _distinct(words: Iterable[dict[str, str]]) -> list[dict[str, str]]:
    return list({each["standard"]: each for each in words}.values())


def _opened_on(version: SurveyVersion) -> date | None:
    return _day(version.opens_at or version.published_at)


def _day(moment: datetime | None) -> date | None:
    return day_of(moment) if moment else None
