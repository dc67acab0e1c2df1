"""Who is told when a person may not be safe, what they were told, and what they did.

Alerts, their steps and their mails are added to and never changed: the database itself refuses,
whoever asks. The migration sets the same guards.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engage.append_only import guarded_by_the_database
from engage.extensions import Model
from engage.people.models import Organisation, Staff
from engage.safeguarding.states import DECISIONS, KINDS, NEW, STATES, is_over


class SafeguardingPlan(Model):
    """Who reads alerts in one organisation, and when. Help numbers are the organisation's own."""

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), unique=True)
    lead_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    deputy_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    service_head_email: Mapped[str] = mapped_column(String(255), default="")
    hours: Mapped[str] = mapped_column(String(200), default="")
    # When the last test alert was acknowledged; empty again when the lead or the deputy changes.
    tested_at: Mapped[datetime | None]

    organisation: Mapped[Organisation] = relationship()
    lead: Mapped[Staff | None] = relationship(foreign_keys=[lead_id])
    deputy: Mapped[Staff | None] = relationship(foreign_keys=[deputy_id])


def _one_of(column: str, allowed: tuple[str, ...], name: str) -> CheckConstraint:
    return CheckConstraint(f"{column} IN ({', '.join(map(repr, allowed))})", name=name)


class Alert(Model):
    """Words that somebody has to read first, as they stood: kept whatever becomes of the answer."""

    __table_args__ = (
        UniqueConstraint("organisation_id", "kind", "reference"),
        _one_of("kind", KINDS, "kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    kind: Mapped[str] = mapped_column(String(10))
    level: Mapped[int]
    # What the caller knows it by. No foreign key: the alert outlives what it was raised about.
    reference: Mapped[str | None] = mapped_column(String(100))
    about: Mapped[str] = mapped_column(String(200))
    words: Mapped[list[list[str]]] = mapped_column(JSON)
    hits: Mapped[list[list[str]]] = mapped_column(JSON)
    rules_version: Mapped[str] = mapped_column(String(40))
    contact: Mapped[dict[str, Any]] = mapped_column(JSON)
    raised_at: Mapped[datetime]

    steps: Mapped[list["AlertStep"]] = relationship(
        back_populates="alert", order_by="AlertStep.id", lazy="selectin"
    )
    mails: Mapped[list["AlertMail"]] = relationship(
        back_populates="alert", order_by="AlertMail.id", lazy="selectin"
    )

    @property
    def state(self) -> str:
        return self.steps[-1].state if self.steps else NEW

    @property
    def is_open(self) -> bool:
        return not is_over(self.state, self.kind)


class AlertStep(Model):
    """One thing a person did about an alert."""

    __table_args__ = (
        _one_of("state", STATES, "state"),
        _one_of("decision", DECISIONS, "decision"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    alert_id: Mapped[int] = mapped_column(ForeignKey("alert.id"), index=True)
    state: Mapped[str] = mapped_column(String(20))
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    at: Mapped[datetime]
    decision: Mapped[str | None] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(default="")
    # Said when it is closed: others who read answers may see these words again.
    released: Mapped[bool | None]

    alert: Mapped[Alert] = relationship(back_populates="steps")
    staff: Mapped[Staff] = relationship(lazy="joined")


class AlertMail(Model):
    """A mail that went out. Written after it was taken, so at worst one mail comes twice."""

    __table_args__ = (UniqueConstraint("alert_id", "why", "recipient"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    alert_id: Mapped[int] = mapped_column(ForeignKey("alert.id"), index=True)
    why: Mapped[str] = mapped_column(String(20))
    recipient: Mapped[str] = mapped_column(String(20))
    address: Mapped[str] = mapped_column(String(255))
    sent_at: Mapped[datetime]

    alert: Mapped[Alert] = relationship(back_populates="mails")


guarded_by_the_database(Alert, AlertStep, AlertMail, things="alerts")
