"""What organisations put forward for or against a promise, and what they withdrew.

Both are only added to: nobody changes what another organisation said, and nobody their own
words. To withdraw is a row of its own. The session refuses anything else, and so does the
database itself, whoever asks. The migration sets the same guards.
"""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engage.append_only import only_added_to
from engage.extensions import Model
from engage.people.models import Organisation, Staff


class PromiseEvidence(Model):
    """One piece of evidence that an organisation gives, in its own words."""

    __table_args__ = (CheckConstraint("side IN ('for', 'against')", name="side"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    promise: Mapped[str] = mapped_column(String(40), index=True)  # its code in the pack
    side: Mapped[str] = mapped_column(String(10))
    words: Mapped[str]
    source: Mapped[str] = mapped_column(String(200))
    link: Mapped[str] = mapped_column(String(500), default="")
    seen_on: Mapped[date]  # the day that the evidence is of
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    added_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    added_at: Mapped[datetime]
    is_invented: Mapped[bool] = mapped_column(default=False)  # of the demonstration

    organisation: Mapped[Organisation] = relationship(lazy="joined")
    added_by: Mapped[Staff] = relationship()
    withdrawal: Mapped["PromiseWithdrawal | None"] = relationship(
        back_populates="evidence", lazy="joined"
    )


class PromiseWithdrawal(Model):
    """The organisation that gave a piece of evidence no longer gives it. Once is enough."""

    id: Mapped[int] = mapped_column(primary_key=True)
    evidence_id: Mapped[int] = mapped_column(ForeignKey("promise_evidence.id"), unique=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    at: Mapped[datetime]

    evidence: Mapped[PromiseEvidence] = relationship(back_populates="withdrawal")
    by: Mapped[Staff] = relationship()


only_added_to(PromiseEvidence, PromiseWithdrawal, things="pieces of evidence", function="evidence")
