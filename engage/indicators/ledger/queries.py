"""Reading the engagement ledger."""

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from engage.extensions import db
from engage.indicators.ledger.sums import Count, Entry
from engage.indicators.others.models import Activity

SAME_NAMES = (
    *("code", "label", "date_from", "date_to", "in_area", "date_basis", "channel"),
    *("organisation", "overlap", "description", "description_easy", "source", "is_from_pack"),
)


def entries() -> list[Entry]:
    """Every activity, oldest first."""
    rows = db.session.scalars(
        select(Activity)
        .options(selectinload(Activity.counts))
        .order_by(Activity.date_from, Activity.date_to, Activity.id)
    )
    return [_entry(row) for row in rows]


def activity(code: str) -> Activity:
    """The row to be changed. Raises NoResultFound where there is none."""
    return db.session.scalars(select(Activity).where(Activity.code == code)).one()


def codes() -> set[str]:
    return set(db.session.scalars(select(Activity.code)))


def entry(code: str) -> Entry:
    return _entry(activity(code))


def _entry(row: Activity) -> Entry:
    return Entry(
        **{name: getattr(row, name) for name in SAME_NAMES},
        audiences=tuple(row.audiences),
        counts=tuple(
            Count(count.unit, count.value, count.qualifier, count.as_printed)
            for count in row.counts
        ),
    )
