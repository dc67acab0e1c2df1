"""What two organisations that lead a survey together asked of each other, and what they said.

Rows are only added. What stands follows from the last word on the very same thing.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engage.append_only import only_added_to
from engage.extensions import Model
from engage.people.models import Organisation, Staff

WHAT = "what IN ('launch', 'themes', 'publication')"


class SignOff(Model):
    """One word of a co-lead on one thing: exactly which, who said it, for whom they work, when."""

    __table_args__ = (
        CheckConstraint(WHAT, name="what"),
        CheckConstraint("said IN ('agreed', 'not_agreed')", name="said"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"), index=True)
    what: Mapped[str] = mapped_column(String(20))
    # Of a version, a theme or an answer. No foreign key: a theme may go, what was said of it stays.
    about_id: Mapped[int]
    checksum: Mapped[str] = mapped_column(String(64))
    thing: Mapped[dict[str, Any]] = mapped_column(JSON)  # as a person can read it
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    at: Mapped[datetime]
    said: Mapped[str] = mapped_column(String(12))
    note: Mapped[str] = mapped_column(default="")

    organisation: Mapped[Organisation] = relationship(lazy="joined")
    by: Mapped[Staff] = relationship(lazy="joined")


class SignOffAsk(Model):
    """The survey's own organisation asks its co-leads to agree to this very thing."""

    __table_args__ = (CheckConstraint(WHAT, name="what"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"), index=True)
    what: Mapped[str] = mapped_column(String(20))
    about_id: Mapped[int]
    checksum: Mapped[str] = mapped_column(String(64))
    thing: Mapped[dict[str, Any]] = mapped_column(JSON)
    by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    at: Mapped[datetime]

    by: Mapped[Staff] = relationship(lazy="joined")


only_added_to(SignOff, SignOffAsk, things="words of a co-lead", function="what_was_said")
