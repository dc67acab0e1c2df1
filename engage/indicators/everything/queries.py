"""Reading all that is public, for the one file that holds everything."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from engage.extensions import db
from engage.indicators.others.models import MarginSet
from engage.responses.models import Snapshot

KINDS = ("q", "pulse", "county", "coded")


def all_snapshots() -> list[Snapshot]:
    """Every one that pages of the indicators show, in the order they were made.

    Those of the loop also count themes that have no public answer yet, so they are left out.
    """
    wanted = select(Snapshot).where(Snapshot.kind.in_(KINDS)).order_by(Snapshot.id)
    return list(db.session.scalars(wanted.options(joinedload(Snapshot.survey))))


def margin_sets_in_force() -> list[MarginSet]:
    """Those that nobody took out, the oldest first."""
    wanted = (
        select(MarginSet)
        .where(MarginSet.retired_at.is_(None))
        .order_by(MarginSet.as_of, MarginSet.id)
        .options(selectinload(MarginSet.margins))
    )
    return list(db.session.scalars(wanted))
