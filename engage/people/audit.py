"""The record of what staff did. Rows are added here and nowhere else, and never changed."""

from datetime import UTC, datetime
from typing import Any

from engage.extensions import db
from engage.people.models import AuditEvent, Staff


def record(staff: Staff, what: str, subject: str, **detail: Any) -> AuditEvent:
    """Note that this person did this, in words a person can read.

    It is kept only if the transaction is, so the note and the deed cannot part.
    """
    event = AuditEvent(
        organisation_id=staff.organisation_id,
        staff_id=staff.id,
        at=datetime.now(UTC),
        what=what,
        subject=subject[:200],
        detail=detail,
    )
    db.session.add(event)
    return event
