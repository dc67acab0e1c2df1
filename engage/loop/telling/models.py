"""Who wants to hear what becomes of a survey: a locked address, and nothing of any answer."""

from datetime import date

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engage.extensions import Model
from engage.surveys.models import Survey


class Follower(Model):
    """Deleted for good when they leave, after a week without a yes, and after a year.

    Days and no times, and a number drawn by chance: the order in which people asked would say
    who of those that answered just before them they are. SQLite is told not to count its rows.
    """

    __table_args__ = (
        UniqueConstraint("survey_id", "address_hash"),
        {"sqlite_with_rowid": False},
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id", ondelete="CASCADE"))
    address_locked: Mapped[str]  # see addresses.Keeper
    address_hash: Mapped[str] = mapped_column(String(64))
    yes_hash: Mapped[str] = mapped_column(String(64), unique=True)
    leave_hash: Mapped[str] = mapped_column(String(64), unique=True)
    language: Mapped[str] = mapped_column(String(12))
    easy_read: Mapped[bool]
    # The first time. Who types it again makes nobody stay longer.
    asked_on: Mapped[date] = mapped_column(index=True)
    mailed_on: Mapped[date | None]  # the mail that asks for a yes was taken; None: one is wanted
    confirmed_on: Mapped[date | None]

    survey: Mapped[Survey] = relationship()


class Told(Model):
    """The steps that one follower has had a mail about, and the day of the last mail."""

    __table_args__ = ({"sqlite_with_rowid": False},)

    follower_id: Mapped[str] = mapped_column(
        ForeignKey("follower.id", ondelete="CASCADE"), primary_key=True
    )
    steps: Mapped[list[int]] = mapped_column(JSON)
    last_on: Mapped[date]
