"""Which surveys feed indicator q at this moment, and which series, without reading their words.

A survey can stop: somebody says that no question is its headline, or its newest version is for
others. Its figures are then no part of q any more, and nothing public shows them. The rule is that
of `feeds.q_feeds`, which reads all that a figure needs and takes far longer.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

from sqlalchemy import and_, or_, select

from engage.extensions import db
from engage.indicators.q.feeds import settings_by_survey
from engage.indicators.q.series import HEADLINE, SERIES_OF_AUDIENCE
from engage.surveys.models import Question, SurveyVersion


def series_now() -> dict[int, str]:
    """The series of each survey that feeds q now, by the number of the survey."""
    said = {
        survey_id: settings[HEADLINE]
        for survey_id, settings in settings_by_survey().items()
        if HEADLINE in settings
    }
    series = {
        survey_id: _series(said.get(survey_id), rows)
        for survey_id, rows in _versions(set(said.values())).items()
    }
    return {survey_id: name for survey_id, name in series.items() if name}


def _versions(codes: Iterable[str]) -> Mapping[int, list[Any]]:
    """Each published version with a question that may be the headline, the newest first."""
    may_be = and_(
        Question.version_id == SurveyVersion.id,
        Question.is_switched_on,
        or_(Question.feeds_q == HEADLINE, Question.code.in_({*codes})),
    )
    rows = db.session.execute(
        select(SurveyVersion.survey_id, SurveyVersion.audiences, Question.code, Question.feeds_q)
        .outerjoin(Question, may_be)
        .where(SurveyVersion.published_at.is_not(None))
        .order_by(SurveyVersion.survey_id, SurveyVersion.number.desc())
    )
    return {survey_id: list(group) for survey_id, group in groupby(rows, lambda row: row[0])}


def _series(said: str | None, rows: Iterable[Any]) -> str | None:
    """None where it feeds nothing. `said` is the code somebody chose, "" for no question."""
    by_audience = defaultdict(list)
    newest: list[str] | None = None
    for row in rows:
        newest = row.audiences if newest is None else newest
        by_audience[tuple(row.audiences)].append(row)
    if newest is None or len(newest) != 1:
        return None
    asks = any(_is_headline(row, said) for row in by_audience[tuple(newest)])
    return SERIES_OF_AUDIENCE.get(newest[0]) if asks else None


def _is_headline(row: Any, said: str | None) -> bool:
    if row.code is None:
        return False
    return bool(row.feeds_q == HEADLINE if said is None else row.code == said)
