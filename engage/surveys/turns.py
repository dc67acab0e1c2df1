"""Who changes the words or the sounds of a published version takes turns with the others."""

from datetime import datetime, timedelta

from sqlalchemy import func, select

from engage.extensions import db
from engage.surveys.models import QuestionMedia, SurveyVersion, Translation

NEWER = timedelta(microseconds=1)


def next_moment(
    version_id: int, kind: type[Translation] | type[QuestionMedia], now: datetime
) -> datetime:
    """Now, and later than any change before: a version kept in memory is known by that moment."""
    version = select(SurveyVersion.id).where(SurveyVersion.id == version_id)
    db.session.execute(version.with_for_update(key_share=True))
    newest = select(func.max(kind.changed_at)).where(kind.version_id == version_id)
    before = db.session.scalar(newest)
    return now if before is None else max(now, before + NEWER)
