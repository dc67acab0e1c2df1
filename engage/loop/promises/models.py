"""What organisations put forward for or against a promise, and what they withdrew.

Both are only added to: nobody changes what another organisation said, and nobody their own
words. To withdraw is a row of its own. The session refuses anything else, and so does the
database itself, whoever asks. The migration sets the same guards.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import DDL, CheckConstraint, ForeignKey, String
from sqlalchemy import event as sqlalchemy_event
from sqlalchemy.orm import Mapped, mapped_column, object_session, relationship

from engage.errors import FrozenError
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


# ---- what nobody may do to either


def _refuse_change(mapper: Any, connection: Any, row: Model) -> None:
    session = object_session(row)
    # A row that was only looked at may stand here too.
    if session is None or session.is_modified(row, include_collections=False):
        raise FrozenError("Evidence is never changed. Withdraw it, and add it anew.")


def _refuse_deletion(mapper: Any, connection: Any, row: Model) -> None:
    raise FrozenError("Evidence is never deleted. Withdraw it.")


SQLITE_GUARD = """CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, 'evidence is never changed or deleted'); END"""
POSTGRESQL_FUNCTION = """CREATE OR REPLACE FUNCTION refuse_change_of_evidence()
RETURNS trigger AS $$
BEGIN RAISE EXCEPTION 'evidence is never changed or deleted'; END $$ LANGUAGE plpgsql"""
POSTGRESQL_GUARD = """CREATE TRIGGER {table}_no_change
BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_evidence()"""
for _model in (PromiseEvidence, PromiseWithdrawal):
    sqlalchemy_event.listen(_model, "before_update", _refuse_change)
    sqlalchemy_event.listen(_model, "before_delete", _refuse_deletion)
    _name = _model.__tablename__
    for _dialect, _statement in (
        ("sqlite", SQLITE_GUARD.format(table=_name, verb="update")),
        ("sqlite", SQLITE_GUARD.format(table=_name, verb="delete")),
        ("postgresql", POSTGRESQL_FUNCTION),
        ("postgresql", POSTGRESQL_GUARD.format(table=_name)),
    ):
        # DDL takes a per cent sign for its own; there is none here.
        _create = DDL(_statement).execute_if(dialect=_dialect)  # type: ignore[no-untyped-call]
        sqlalchemy_event.listen(_model.__table__, "after_create", _create)
