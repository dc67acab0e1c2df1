"""What is asked of the database about organisations, staff and their history."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from engage.extensions import db
from engage.people.models import AuditEvent, Organisation, Role, Staff


def organisation(code: str) -> Organisation:
    return db.session.scalars(select(Organisation).where(Organisation.code == code)).one()


def staff_by_email(email: str) -> Staff | None:
    """An e-mail address is one person's however its letters are written."""
    same = func.lower(Staff.email) == email.strip().lower()
    return db.session.scalars(select(Staff).where(same)).one_or_none()


def roles(names: Sequence[str]) -> list[Role]:
    return list(db.session.scalars(select(Role).where(Role.name.in_(names)).order_by(Role.name)))


def staff_of(organisation: Organisation) -> Sequence[Staff]:
    return db.session.scalars(
        select(Staff).where(Staff.organisation_id == organisation.id).order_by(Staff.name, Staff.id)
    ).all()


def colleague(organisation: Organisation, staff_id: int) -> Staff:
    """Only ever somebody of this organisation: another's number is as good as no number."""
    return db.session.scalars(
        select(Staff).where(Staff.organisation_id == organisation.id, Staff.id == staff_id)
    ).one()


def history(organisation: Organisation, *, page: int, size: int = 50) -> Sequence[AuditEvent]:
    """Newest first, and one more than fits, which says whether there is another page."""
    return db.session.scalars(
        select(AuditEvent)
        .where(AuditEvent.organisation_id == organisation.id)
        .options(joinedload(AuditEvent.staff))
        .order_by(AuditEvent.at.desc(), AuditEvent.id.desc())
        .offset((page - 1) * size)
        .limit(size + 1)
    ).all()


def is_known_organisation(code: str, name: str) -> bool:
    same = (Organisation.code == code) | (Organisation.name == name)
    return db.session.scalar(select(Organisation.id).where(same)) is not None
