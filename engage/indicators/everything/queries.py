"""Reading all that is public, for the one file that holds everything."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from engage.extensions import db
from engage.indicators.others.models import MarginSet
from engage.responses.models import Snapshot


def all_snapshots() -> list[Snapshot]:
    """Every one of every kind, in the order they were made."""
    wanted = select(Snapshot).order_by(Snapshot.id).options(joinedload(Snapshot.survey))
    return list(db.session.scalars(wanted))


def margin_sets_in_force() -> list[MarginSet]:
    """Those that nobody took out, the oldest first."""
    wanted = (
        select(MarginSet)
        .where(MarginSet.retired_at.is_(None))
        .order_by(MarginSet.as_of, MarginSet.id)
        .options(selectinload(MarginSet.margins))
    )
    return list(db.session.scalars(wanted))
