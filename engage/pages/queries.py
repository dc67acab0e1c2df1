"""What the staff home reads from several packages: one question for all surveys, never one each."""

from collections.abc import Collection, Mapping
from datetime import date, datetime

from sqlalchemy import Select, func, or_, select

from engage.analysis.models import AnalysisRun, FoundTheme, Theme
from engage.extensions import db
from engage.jobs.models import Job
from engage.loop import lifecycle
from engage.loop.models import Action
from engage.loop.queries import public_actions_in
from engage.responses.models import Response
from engage.surveys.models import SurveyVersion

REFRESH = "analysis.refresh"
Ids = Collection[int]


def sent_by_survey(surveys: Ids) -> dict[int, int]:
    """How many have sent their answers, to any version. Exact: for staff only."""
    return _counts(
        select(SurveyVersion.survey_id, func.count(Response.id))
        .join(Response, Response.version_id == SurveyVersion.id)
        .where(SurveyVersion.survey_id.in_(surveys), Response.submitted_at.is_not(None))
        .group_by(SurveyVersion.survey_id)
    )


def themes_to_read(surveys: Ids) -> dict[int, int]:
    """Found in the latest reading, and neither accepted nor set aside."""
    return _counts(
        select(AnalysisRun.survey_id, func.count(FoundTheme.id))
        .join(FoundTheme, FoundTheme.run_id == AnalysisRun.id)
        .outerjoin(Theme, Theme.found_theme_id == FoundTheme.id)
        .where(AnalysisRun.id.in_(_latest_runs(surveys)))
        .where(or_(Theme.id.is_(None), Theme.state == "named"))
        .group_by(AnalysisRun.survey_id)
    )


def themes_to_answer(surveys: Ids) -> dict[int, int]:
    """Accepted, and nobody has written what was done about them."""
    return _counts(
        select(Theme.survey_id, func.count(Theme.id))
        .outerjoin(Action, Action.theme_id == Theme.id)
        .where(Theme.survey_id.in_(surveys), Theme.state == "accepted", Action.id.is_(None))
        .group_by(Theme.survey_id)
    )


def themes_to_publish(surveys: Ids) -> dict[int, int]:
    """Accepted, and what was done about them is written but nobody outside can read it."""
    anybody_reads = Action.published_at.is_not(None) & Action.withdrawn_at.is_(None)
    public = select(Action.theme_id).where(anybody_reads)
    return _counts(
        select(Theme.survey_id, func.count(Theme.id.distinct()))
        .join(Action, Action.theme_id == Theme.id)
        .where(Theme.survey_id.in_(surveys), Theme.state == "accepted", Theme.id.not_in(public))
        .group_by(Theme.survey_id)
    )


def owed_answers(surveys: Ids) -> list[tuple[date, Action]]:
    """Answers everyone can read whose day is waited for, each with it, the earliest first.

    The lifecycle says which: what was passed on and is closed promises nothing more.
    """
    waited = [(lifecycle.due_on(each.course), each) for each in public_actions_in(surveys)]
    owed = [
        (day, each)
        for day, each in waited
        if day is not None and not lifecycle.is_finished(each.course)
    ]
    return sorted(owed, key=lambda found: (found[0], found[1].id))


def readings(surveys: Ids) -> tuple[dict[int, datetime], set[int]]:
    """Surveys whose comments wait for the machine, and since when; those where it gave up."""
    last_read = _last_read(surveys)
    waiting: dict[int, datetime] = {}
    failed: set[int] = set()
    unfinished = select(Job).where(Job.name == REFRESH, Job.finished_at.is_(None))
    for job in db.session.scalars(unfinished.order_by(Job.queued_at)):
        survey_id = int(job.arguments["survey_id"])
        if survey_id not in surveys:
            continue
        if job.failed_at is None:
            waiting.setdefault(survey_id, job.queued_at)
        elif survey_id not in last_read or last_read[survey_id] < job.failed_at:
            failed.add(survey_id)
    # What is being tried again has not failed yet.
    return waiting, failed - waiting.keys()


def _last_read(surveys: Ids) -> Mapping[int, datetime]:
    rows = db.session.execute(
        select(AnalysisRun.survey_id, AnalysisRun.finished_at).where(
            AnalysisRun.id.in_(_latest_runs(surveys))
        )
    )
    return {row.survey_id: row.finished_at for row in rows}


def _latest_runs(surveys: Ids) -> Select[int]:
    return (
        select(func.max(AnalysisRun.id))
        .where(AnalysisRun.survey_id.in_(surveys))
        .group_by(AnalysisRun.survey_id)
    )


def _counts(query: Select[int, int]) -> dict[int, int]:
    return dict(db.session.execute(query).all())
