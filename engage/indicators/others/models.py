"""What others measured, what the population is like, and the ledger of who was listened to."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Dialect,
    Double,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship
from sqlalchemy.types import TypeDecorator

from engage.extensions import Model
from engage.people.models import Staff

IN_FORCE = text("retired_at IS NULL")


class Printed(TypeDecorator[Decimal]):
    """A number with the very digits it was printed with: SQLite would turn 3.70 into a float."""

    impl = String(30)
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:
        return None if value is None else format(value, "f")

    def process_result_value(self, value: str | None, dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(value)


class MarginSet(Model):
    """What a population is made of, from one source on one day. Answers are weighted to it."""

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(60), unique=True)
    title: Mapped[str] = mapped_column(String(200))
    source: Mapped[str] = mapped_column(String(300))
    as_of: Mapped[date]
    is_synthetic: Mapped[bool] = mapped_column(default=False)
    added_at: Mapped[datetime]
    # Nobody where it came by the command line or with the demonstration.
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    # A wrong one is kept, and no longer used.
    retired_at: Mapped[datetime | None]
    retired_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    retired_because: Mapped[str] = mapped_column(String(300), default="")

    margins: Mapped[list["Margin"]] = relationship(
        cascade="all, delete-orphan", order_by="Margin.id", passive_deletes=True
    )
    added_by: Mapped[Staff | None] = relationship(foreign_keys=added_by_id)
    retired_by: Mapped[Staff | None] = relationship(foreign_keys=retired_by_id)


class Margin(Model):
    """The share of one category. The shares of a variable for an audience add up to one."""

    __table_args__ = (
        UniqueConstraint("set_id", "audience", "variable", "category"),
        CheckConstraint("share > 0 AND share <= 1", name="share"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    set_id: Mapped[int] = mapped_column(ForeignKey("margin_set.id", ondelete="CASCADE"))
    audience: Mapped[str] = mapped_column(String(40))
    variable: Mapped[str] = mapped_column(String(20))  # area, support, phase or setting
    category: Mapped[str] = mapped_column(String(60))
    share: Mapped[float] = mapped_column(Double)


class Measurement(Model):
    """One figure that others counted, with its period, its source and the source's date."""

    __table_args__ = (
        CheckConstraint("period_from <= period_to", name="period"),
        # A wrong figure that was retired makes room for the right one.
        Index(
            "uq_measurement_in_force",
            *("series", "label", "place", "period_from", "period_to"),
            unique=True,
            sqlite_where=IN_FORCE,
            postgresql_where=IN_FORCE,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    # The code of an indicator, "complaints", "compliments", or "independent:" and a name.
    series: Mapped[str] = mapped_column(String(80), index=True)
    # Of whom or what, where an indicator has several parts: "Pupils with SEND".
    label: Mapped[str] = mapped_column(String(200))
    period_from: Mapped[date]
    period_to: Mapped[date]
    value: Mapped[Decimal | None] = mapped_column(Printed)
    unit: Mapped[str] = mapped_column(String(40))
    numerator: Mapped[int | None]
    denominator: Mapped[int | None]
    respondents: Mapped[int | None]
    place: Mapped[str] = mapped_column(String(120))  # the name of the area where there is one
    area: Mapped[str | None] = mapped_column(String(40))
    source: Mapped[str] = mapped_column(String(300))
    source_date: Mapped[date | None]
    note: Mapped[str] = mapped_column(default="")
    is_synthetic: Mapped[bool] = mapped_column(default=False)
    added_at: Mapped[datetime]
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    retired_at: Mapped[datetime | None]
    retired_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    retired_because: Mapped[str] = mapped_column(String(300), default="")

    added_by: Mapped[Staff | None] = relationship(foreign_keys=added_by_id)
    retired_by: Mapped[Staff | None] = relationship(foreign_keys=retired_by_id)


class Activity(Model):
    """One way in which people were listened to: a survey, an event, sessions in schools."""

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(60), unique=True)
    label: Mapped[str] = mapped_column(String(200))
    # As the source has it: "2025", "2025-02" or "2025-02-14".
    date_from: Mapped[str] = mapped_column(String(10))
    date_to: Mapped[str] = mapped_column(String(10))
    date_basis: Mapped[str] = mapped_column(String(200), default="")
    channel: Mapped[str] = mapped_column(String(60), default="")
    organisation: Mapped[str] = mapped_column(String(60), default="")
    audiences: Mapped[list[str]] = mapped_column(JSON, default=list)
    in_area: Mapped[bool] = mapped_column(default=True)
    overlap: Mapped[str] = mapped_column(default="")
    description: Mapped[str] = mapped_column(default="")
    description_easy: Mapped[str] = mapped_column(default="")
    source: Mapped[str] = mapped_column(String(200), default="")
    is_from_pack: Mapped[bool] = mapped_column(default=False)

    counts: Mapped[list["ActivityCount"]] = relationship(
        cascade="all, delete-orphan", order_by="ActivityCount.id", passive_deletes=True
    )


class ActivityCount(Model):
    """How many of one unit. Units are never added to each other."""

    __table_args__ = (
        UniqueConstraint("activity_id", "unit"),
        CheckConstraint("qualifier IN ('exact', 'over', 'at_least')", name="qualifier"),
        CheckConstraint("value >= 0", name="value"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    activity_id: Mapped[int] = mapped_column(ForeignKey("activity.id", ondelete="CASCADE"))
    unit: Mapped[str] = mapped_column(String(40))
    value: Mapped[int]
    qualifier: Mapped[str] = mapped_column(String(20), default="exact")
    as_printed: Mapped[str] = mapped_column(String(200), default="")
