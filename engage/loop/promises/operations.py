"""What staff do with evidence: give it, and withdraw what their own organisation gave."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from flask_babel import gettext as _

from engage.clock import day_of
from engage.errors import InvalidInputError, NotReadyError
from engage.extensions import db
from engage.loop.promises.models import PromiseEvidence, PromiseWithdrawal
from engage.loop.promises.sides import AGAINST, FOR, is_shown_day
from engage.people.audit import record
from engage.people.models import Staff
from engage.web.two_at_once import or_else

LONGEST_WORDS = 500


@dataclass(frozen=True, slots=True)
class Wish:
    """A piece of evidence as it was typed."""

    promise: str
    side: str
    words: str
    source: str
    seen_on: date
    link: str = ""


def add(
    wish: Wish, by: Staff, now: datetime | None = None, *, is_invented: bool = False
) -> PromiseEvidence:
    """Everyone can read it from now on, with the name of the organisation.

    Raises InvalidInputError where it lacks a part, or is of no day that is shown.
    """
    now = now or datetime.now(UTC)
    _refuse_unless_whole(wish, day_of(now))
    row = PromiseEvidence(
        promise=wish.promise,
        side=wish.side,
        words=wish.words,
        source=wish.source,
        link=wish.link,
        seen_on=wish.seen_on,
        organisation=by.organisation,
        added_by=by,
        added_at=now,
        is_invented=is_invented,
    )
    db.session.add(row)
    db.session.flush()
    record(by, "added evidence to a promise", row.promise, evidence=row.id, side=row.side)
    return row


def _refuse_unless_whole(wish: Wish, today: date) -> None:
    if wish.side not in (FOR, AGAINST) or not wish.words or not wish.source:
        raise InvalidInputError(_("Evidence needs a side, words and a source."))
    if len(wish.words) > LONGEST_WORDS:
        raise InvalidInputError(_("Make the words shorter: up to 500 letters."))
    if not is_shown_day(wish.seen_on, today):
        raise InvalidInputError(_("The day has to be one of the last 12 months."))


def withdraw(row: PromiseEvidence, by: Staff, now: datetime | None = None) -> None:
    """It leaves the public pages. What was said, and that it was withdrawn, is kept.

    Raises NotReadyError where it is another organisation's, or was withdrawn already.
    """
    if row.organisation_id != by.organisation_id:
        raise NotReadyError(_("Only the organisation that gave this can withdraw it."))
    told = NotReadyError(_("This was withdrawn already."))
    if row.withdrawal is not None:
        raise told
    with or_else(told):
        withdrawal = PromiseWithdrawal(evidence_id=row.id, by=by, at=now or datetime.now(UTC))
        db.session.add(withdrawal)
    db.session.expire(row, ["withdrawal"])
    record(by, "withdrew evidence of a promise", row.promise, evidence=row.id)
