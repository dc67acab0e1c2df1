"""How a survey feeds q now, and what people said of it before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from engage.extensions import db
from engage.indicators.q.feeds import GRADE, INVITED, ROLES, part_of, settings_by_survey
from engage.indicators.q.models import QSetting
from engage.indicators.q.series import PARTS
from engage.surveys.definition import SurveyDefinition
from engage.surveys.models import Survey
from engage.surveys.queries import definition_of
from engage.web.two_at_once import hold_number

NAMES = (*PARTS, *ROLES)
OPEN_LINK = "B"


@dataclass(frozen=True, slots=True)
class Said:
    """One thing somebody said of how the survey feeds q."""

    name: str
    value: str
    who: str
    at: datetime


def definitions_of(survey: Survey) -> Mapping[int, SurveyDefinition]:
    """What people were asked, by version, newest first; a draft where nobody was asked yet."""
    asked = [version for version in reversed(survey.versions) if version.published_at]
    return {version.id: definition_of(version.id) for version in asked or survey.versions[-1:]}


def settings_of(survey: Survey) -> Mapping[str, str]:
    """What people said last, by name."""
    return settings_by_survey(survey.id).get(survey.id, {})


def in_force(
    definitions: Sequence[SurveyDefinition], settings: Mapping[str, str]
) -> dict[str, str]:
    """What holds now: the question of each part and role, how people were found, how many.

    As somebody said, else as the survey's template says of its newest version.
    """
    found = {name: _playing(definitions, settings, name) for name in NAMES}
    ways = {GRADE: settings.get(GRADE, OPEN_LINK), INVITED: settings.get(INVITED, "")}
    return found | ways


def _playing(
    definitions: Sequence[SurveyDefinition], settings: Mapping[str, str], name: str
) -> str:
    if name in settings:
        return settings[name]
    question = part_of(definitions[0], settings, name)
    return question.code if question else ""


def history(survey: Survey) -> list[Said]:
    """Newest first."""
    rows = db.session.scalars(
        select(QSetting)
        .where(QSetting.survey_id == survey.id)
        .order_by(QSetting.id.desc())
        .options(joinedload(QSetting.said_by))
    )
    return [Said(row.name, row.value, row.said_by.name, row.said_at) for row in rows]


def hold(survey: Survey) -> None:
    """Until what is being kept is kept, nobody else keeps settings of this survey."""
    hold_number(Survey, Survey.id == survey.id)
