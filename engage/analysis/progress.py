"""How far the reading of a survey has come, written between shards for those who wait for it."""

from datetime import UTC, datetime

from flask_babel import gettext as _
from sqlalchemy import delete, update

from engage.analysis import steps
from engage.analysis.models import AnalysisProgress
from engage.extensions import db, write_transaction


def progress_of(survey_id: int) -> AnalysisProgress | None:
    """How far the machine is, or None when it is not reading."""
    return db.session.get(AnalysisProgress, survey_id)


def in_words(progress: AnalysisProgress) -> str:
    """For a page: "Reading the sentences: 12,000 of 50,000"."""
    step = _step(progress.step)
    if progress.total <= 1:
        return step
    return str(
        _(
            "%(step)s: %(done)s of %(total)s",
            step=step,
            done=f"{progress.done:,}",
            total=f"{progress.total:,}",
        )
    )


def _step(step: str) -> str:
    said = {
        steps.CLEANING: _("Cleaning the comments"),
        steps.LANGUAGES: _("Telling the languages apart"),
        steps.EMBEDDING: _("Reading the sentences"),
        steps.FINDING: _("Finding themes"),
        steps.NAMING: _("Naming the themes"),
        steps.FEELING: _("Reading how people feel"),
        steps.TAGGING: _("Matching the ambitions"),
    }
    return str(said.get(step, step))


def note(survey_id: int, step: str, done: int, total: int) -> None:
    """Say how far it is, in the transaction of whoever calls."""
    db.session.merge(
        AnalysisProgress(
            survey_id=survey_id, step=step, done=done, total=total, at=datetime.now(UTC)
        )
    )
    db.session.flush()


def add(survey_id: int, done: int) -> None:
    """One more shard is done. Two workers may say so at once, so the database adds."""
    db.session.execute(
        update(AnalysisProgress)
        .where(AnalysisProgress.survey_id == survey_id)
        .values(done=AnalysisProgress.done + done, at=datetime.now(UTC))
    )


def ended(survey_id: int) -> None:
    db.session.execute(delete(AnalysisProgress).where(AnalysisProgress.survey_id == survey_id))


class Told:
    """For the pipeline: each step is written when it begins, in a transaction of its own."""

    def __init__(self, survey_id: int) -> None:
        self._survey_id = survey_id
        self._last = ""

    def __call__(self, step: str, done: int, total: int) -> None:
        if step == self._last:
            return
        self._last = step
        with write_transaction():
            note(self._survey_id, step, done, total)
