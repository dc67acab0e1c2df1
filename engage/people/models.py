"""Organisations, the staff who work in them, and what staff did."""

from datetime import datetime
from typing import Any

from flask_security import AsaList, RoleMixin, UserMixin
from sqlalchemy import JSON, Column, ForeignKey, String, Table
from sqlalchemy.ext.mutable import MutableList
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engage.extensions import Model


class Organisation(Model):
    """A council, a forum or a youth service. Its surveys and staff are its own."""

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(200), unique=True)
    short_name: Mapped[str] = mapped_column(String(60))
    help_phone: Mapped[str] = mapped_column(String(40), default="")
    help_hours: Mapped[str] = mapped_column(String(120), default="")
    out_of_hours_phone: Mapped[str] = mapped_column(String(40), default="")
    leave_url: Mapped[str] = mapped_column(String(300), default="https://www.bbc.co.uk/weather")


staff_role = Table(
    "staff_role",
    Model.metadata,
    Column("staff_id", ForeignKey("staff.id", ondelete="CASCADE"), primary_key=True),
    Column("role_id", ForeignKey("role.id"), primary_key=True),
)


class Role(Model, RoleMixin):
    """What a member of staff does here. What a role may do is in people.access."""

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(40), unique=True)


class Staff(Model, UserMixin):
    """Someone who signs in. The column names are the ones Flask-Security reads."""

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    name: Mapped[str] = mapped_column(String(120))
    email: Mapped[str] = mapped_column(String(255), unique=True)
    password: Mapped[str | None] = mapped_column(String(255))
    active: Mapped[bool] = mapped_column(default=True)
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True)
    tf_primary_method: Mapped[str | None] = mapped_column(String(64))
    tf_totp_secret: Mapped[str | None] = mapped_column(String(255))
    # The last code that was accepted, counted in half minutes: a code works once.
    tf_last_counter: Mapped[int | None]
    mf_recovery_codes: Mapped[list[str] | None] = mapped_column(MutableList.as_mutable(AsaList()))

    organisation: Mapped[Organisation] = relationship(lazy="joined")
    roles: Mapped[list[Role]] = relationship(  # type: ignore[assignment]
        secondary=staff_role, lazy="selectin"
    )


class WrongTry(Model):
    """A password or code that was wrong. Kept for ten minutes, and for no one to read."""

    id: Mapped[int] = mapped_column(primary_key=True)
    # A digest: people type passwords into the wrong box.
    who: Mapped[str] = mapped_column(String(64), index=True)
    at: Mapped[datetime] = mapped_column(index=True)


class AuditEvent(Model):
    """Who did what, when. Added to, never changed."""

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    at: Mapped[datetime]
    what: Mapped[str] = mapped_column(String(80))
    subject: Mapped[str] = mapped_column(String(200))
    detail: Mapped[dict[str, Any]] = mapped_column(JSON)

    staff: Mapped[Staff | None] = relationship()
