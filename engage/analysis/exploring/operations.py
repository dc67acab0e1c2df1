"""What a person says about single comments."""

from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.exc import NoResultFound

from engage.analysis.models import AnalysisRun, CommentFinding, ConfirmedTag
from engage.extensions import db
from engage.people.audit import record
from engage.people.models import Staff


def confirm_ambition(
    run: AnalysisRun,
    answer_id: int,
    ambition: str | None,
    by: Staff,
    now: datetime | None = None,
) -> ConfirmedTag:
    """This comment is about that ambition, or about none. Raises NoResultFound for another's."""
    known = select(CommentFinding.id).where(
        CommentFinding.run_id == run.id, CommentFinding.answer_id == answer_id
    )
    if db.session.scalar(known) is None:
        raise NoResultFound
    tag = db.session.scalars(
        select(ConfirmedTag).where(ConfirmedTag.answer_id == answer_id)
    ).one_or_none() or ConfirmedTag(answer_id=answer_id)
    before = tag.ambition
    tag.ambition, tag.confirmed_by = ambition, by
    tag.confirmed_at = now or datetime.now(UTC)
    db.session.add(tag)
    record(
        by,
        "said which ambition a comment is about",
        f"answer/{answer_id}",
        ambition=ambition,
        before=before,
    )
    db.session.flush()
    return tag
