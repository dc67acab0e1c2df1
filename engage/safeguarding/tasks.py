"""Mails about alerts, and the looks that make sure that one went out and somebody answered.

A mail says that there is something to read and where. It holds no words, no name and no survey.
"""

from datetime import UTC, datetime

from flask_babel import gettext as _

from engage import mail
from engage.errors import NotReadyError
from engage.extensions import db
from engage.jobs.queue import Finish, every_day, handles
from engage.safeguarding import operations, queries, states
from engage.safeguarding.models import Alert

INBOX = "/staff/safeguarding"


@handles(queries.MAIL_JOB)
def send_mail(alert_id: int, to: str, why: str) -> Finish:
    """Sent first, noted after: a worker killed between the two sends a second copy, never none."""
    if queries.was_mailed(alert_id, to, why):
        return nothing_to_do
    alert = db.session.get_one(Alert, alert_id)
    address = queries.address_of(alert.organisation_id, to)
    if address is None and to == states.SERVICE_HEAD:
        return nothing_to_do  # an organisation may have none
    if address is None:
        raise NotReadyError("Nobody in this organisation may read alerts.")
    # No transaction stays open while the mail server thinks.
    db.session.rollback()
    subject, lines = letter_about(why)
    purpose = f"alert-{alert_id}-{why}-{to}"
    mail.send(mail.letter(address, subject, "\n\n".join(lines) + "\n", purpose))
    return lambda: operations.note_mail(alert_id, to, why, address, datetime.now(UTC))


@handles(operations.LOOK_JOB)
def look_again(alert_id: int, why: str) -> Finish:
    return lambda: operations.remind(db.session.get_one(Alert, alert_id), why)


@handles(operations.TRY_AGAIN_JOB)
def try_mail_again() -> Finish:
    return lambda: operations.try_mails_again(queries.all_open_alerts())


@every_day("safeguarding.every_day")
def every_day_too() -> Finish:
    """A name of its own: the hourly one may be waiting, and this one must not wait for it."""
    return try_mail_again()


def nothing_to_do() -> None:
    """It is done already."""


def letter_about(why: str) -> tuple[str, list[str]]:
    """The subject, and the paragraphs."""
    address = mail.public_address(INBOX)
    where = _("Sign in and open the inbox: %(address)s", address=address)
    safe = _("This mail says nothing about who or what. Please do not forward it.")
    if why == states.DRILL:
        return _("Engage: this is a test alert"), [
            _("This is a test. It shows that alerts reach you."),
            _("Sign in, open the inbox and acknowledge the test: %(address)s", address=address),
        ]
    if why == states.RAISED:
        return _("Engage: something needs you to read it first"), [
            _("Somebody may not be safe."),
            where,
            safe,
        ]
    return _("Engage: nobody has acknowledged an alert yet"), [
        _("Somebody may not be safe, and nobody has said that they are dealing with it."),
        where,
        safe,
    ]
