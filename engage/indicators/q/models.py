"""What people decide about indicator q: its targets, and how a survey feeds it."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engage.extensions import Model
from engage.people.models import Staff
from engage.surveys.models import Survey

IN_FORCE = text("withdrawn_at IS NULL")


class Target(Model):
    """What a series should reach by a day. Set only once the smallest visible change was shown."""

    __table_args__ = (
        Index(
            "uq_target_in_force",
            "series",
            unique=True,
            sqlite_where=IN_FORCE,
            postgresql_where=IN_FORCE,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    series: Mapped[str] = mapped_column(String(20), index=True)  # q-PC or q-YP
    percent: Mapped[int]
    by: Mapped[date]
    # As they stood on the page when the target was set, in whole per cent and points.
    from_percent: Mapped[int]
    smallest_change: Mapped[int]
    reason: Mapped[str]
    # Set from made-up answers, and never shown beside a real figure.
    is_invented: Mapped[bool] = mapped_column(default=False)
    set_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    set_at: Mapped[datetime]
    # A target is never changed: it is withdrawn, with a reason, and a new one is set.
    withdrawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    withdrawn_at: Mapped[datetime | None]
    withdrawn_because: Mapped[str] = mapped_column(default="")

    set_by: Mapped[Staff] = relationship(foreign_keys=set_by_id)
    withdrawn_by: Mapped[Staff | None] = relationship(foreign_keys=withdrawn_by_id)


class QSetting(Model):
    """What a person said of how a survey feeds q; the newest for a name counts.

    It stands beside the survey, whose questions never change once people have answered. Names
    and values: a part such as "headline" or "weight_area" and the code of its question ("" for
    none); "grade" and A, B or C; "invited" and how many people were sent a link of their own.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(40))
    value: Mapped[str] = mapped_column(String(40))
    said_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    said_at: Mapped[datetime]

    survey: Mapped[Survey] = relationship()
    said_by: Mapped[Staff] = relationship()
