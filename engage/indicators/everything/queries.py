"""Reading all that is public, for the one file that holds everything."""

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from engage.extensions import db
from engage.indicators.others.models import MarginSet
from engage.indicators.q import queries as q_queries
from engage.responses.models import Snapshot

KINDS = ("q", "pulse", "county", "coded", "loop_rate")


def all_snapshots() -> list[Snapshot]:
    """Those that pages of the indicators show, in the order they were made.

    Of a survey every one, of q as long as it feeds q; of the whole county the newest, since an
    earlier one may hold a figure that was taken out. Those of the loop count themes without a
    public answer, and are left out.
    """
    newest = select(func.max(Snapshot.id)).where(Snapshot.survey_id.is_(None))
    shown = Snapshot.survey_id.is_not(None) | Snapshot.id.in_(newest.group_by(Snapshot.kind))
    wanted = select(Snapshot).where(Snapshot.kind.in_(KINDS), shown).order_by(Snapshot.id)
    return q_queries.that_hold(db.session.scalars(wanted.options(joinedload(Snapshot.survey))))


def margin_sets_in_force() -> list[MarginSet]:
    """Those that nobody took out, the oldest first."""
    wanted = (
        select(MarginSet)
        .where(MarginSet.retired_at.is_(None))
        .order_by(MarginSet.as_of, MarginSet.id)
        .options(selectinload(MarginSet.margins))
    )
    return list(db.session.scalars(wanted))
