"""Setting and withdrawing targets of q. A target is never changed."""

from dataclasses import dataclass
from datetime import date, datetime

from engage.errors import NotReadyError
from engage.extensions import db
from engage.indicators.q.models import Target
from engage.indicators.targets.queries import Standing, targets_in_force
from engage.people.audit import record
from engage.people.models import Staff
from engage.web.two_at_once import hold, or_else

STANDS = "A target stands already. Withdraw it first."
SET_AT_ONCE = "Somebody else set a target at the same moment. Withdraw it first, or keep theirs."


@dataclass(frozen=True, slots=True)
class Wish:
    """What a series should reach, as typed. `knows`: that its rise could not be told."""

    percent: int
    by: date
    reason: str
    knows: bool = False


def can_be_told(wish: Wish, standing: Standing) -> bool:
    """Whether a next wave like the last would show the rise."""
    if standing.percent is None or standing.smallest is None:
        return False
    return wish.percent - standing.percent >= standing.smallest


def set_target(wish: Wish, standing: Standing, staff: Staff, now: datetime) -> Target:
    """Raises NotReadyError where it cannot be set, or not without knowing."""
    if standing.percent is None or standing.smallest is None:
        raise NotReadyError("There is no figure yet that a target could start from.")
    if standing.series in targets_in_force():
        raise NotReadyError(STANDS)
    is_told = can_be_told(wish, standing)
    if not is_told and not wish.knows:
        raise NotReadyError("The rise could not be told from chance.")
    row = Target(
        series=standing.series,
        percent=wish.percent,
        by=wish.by,
        from_percent=standing.percent,
        smallest_change=standing.smallest,
        reason=wish.reason,
        set_by=staff,
        set_at=now,
        is_invented=standing.is_invented,
    )
    with or_else(NotReadyError(SET_AT_ONCE)):
        db.session.add(row)
    record(
        staff,
        "set a target",
        row.series,
        percent=row.percent,
        by=row.by.isoformat(),
        from_percent=row.from_percent,
        smallest_change=row.smallest_change,
        can_be_measured=is_told,
        reason=row.reason,
    )
    return row


def withdraw(row: Target, why: str, staff: Staff, now: datetime) -> None:
    """Raises NotReadyError where somebody has just withdrawn it."""
    hold(row)
    if row.withdrawn_at is not None:
        raise NotReadyError("It was withdrawn already.")
    row.withdrawn_by, row.withdrawn_at, row.withdrawn_because = staff, now, why
    db.session.flush()
    record(staff, "withdrew a target", row.series, percent=row.percent, why=why)
