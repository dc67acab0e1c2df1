"""Reading what others measured. Everything comes out as plain values, oldest first."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from engage.extensions import db
from engage.indicators.others.measured import Figure
from engage.indicators.others.models import MarginSet, Measurement

OLDEST_FIRST = (Measurement.period_to, Measurement.period_from, Measurement.id)


def measurements(series: str) -> list[Figure]:
    """Every figure of a series that stands, oldest first; of all its places and parts."""
    found = select(Measurement).where(
        Measurement.series == series, Measurement.retired_at.is_(None)
    )
    return [figure_from(row) for row in db.session.scalars(found.order_by(*OLDEST_FIRST))]


def all_measurements() -> dict[str, list[Figure]]:
    """The same of every series, by its code."""
    rows = db.session.scalars(
        select(Measurement).where(Measurement.retired_at.is_(None)).order_by(*OLDEST_FIRST)
    )
    found: dict[str, list[Figure]] = {}
    for row in rows:
        found.setdefault(row.series, []).append(figure_from(row))
    return found


def figure_from(row: Measurement) -> Figure:
    names = [name for name in Figure.__dataclass_fields__ if name != "is_hidden"]
    return Figure(**{name: getattr(row, name) for name in names})


def imported_figures() -> list[Measurement]:
    """Every figure with who added it, the last one first; those taken out too."""
    rows = select(Measurement).options(
        joinedload(Measurement.added_by), joinedload(Measurement.retired_by)
    )
    return list(db.session.scalars(rows.order_by(Measurement.id.desc())))


def imported_margins() -> list[MarginSet]:
    rows = select(MarginSet).options(
        selectinload(MarginSet.margins),
        joinedload(MarginSet.added_by),
        joinedload(MarginSet.retired_by),
    )
    return list(db.session.scalars(rows.order_by(MarginSet.id.desc())))


def measurement(id: int) -> Measurement:
    """The row to be taken out. Raises NoResultFound where there is none."""
    return db.session.scalars(select(Measurement).where(Measurement.id == id)).one()


def margin_set(code: str) -> MarginSet:
    return db.session.scalars(select(MarginSet).where(MarginSet.code == code)).one()
