"""What is done about people who may not be safe: plan, raise, tell, acknowledge, decide, close."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError

from engage.errors import InvalidInputError, NotReadyError
from engage.extensions import db
from engage.jobs import queue
from engage.people.audit import record
from engage.people.models import Organisation, Staff
from engage.safeguarding import queries, states
from engage.safeguarding.models import Alert, AlertMail, AlertStep, SafeguardingPlan

LOOK_JOB = "safeguarding.look_again"
TRY_AGAIN_JOB = "safeguarding.try_mail_again"
# A package that comes after this one registers it, so that flagged answers come back to those
# who read answers. Asked for by name, and only where it is there: nothing here imports it.
CLOSED_JOB = "responses.alert_closed"


# ---- the plan


@dataclass(frozen=True)
class PlanParts:
    """What is set on the page of the plan, beside the help numbers."""

    lead_id: int | None = None
    deputy_id: int | None = None
    service_head_email: str = ""
    hours: str = ""


def set_plan(organisation: Organisation, parts: PlanParts) -> SafeguardingPlan:
    """Another lead or deputy has not been tested, so the next survey waits for a test again."""
    readers = {staff.id for staff in queries.possible_readers(organisation)}
    if unknown := {parts.lead_id, parts.deputy_id} - readers - {None}:
        raise InvalidInputError(f"Staff {sorted(map(str, unknown))} cannot read alerts here.")
    if parts.lead_id is not None and parts.lead_id == parts.deputy_id:
        raise InvalidInputError(_("Choose a deputy who is not the lead."))
    plan = queries.plan_of(organisation.id)
    if plan is None:
        plan = SafeguardingPlan(organisation_id=organisation.id)
        db.session.add(plan)
    if (plan.lead_id, plan.deputy_id) != (parts.lead_id, parts.deputy_id):
        plan.tested_at = None
    for name, value in asdict(parts).items():
        setattr(plan, name, value)
    db.session.flush()
    db.session.refresh(plan)
    return plan


def send_test_alert(organisation: Organisation, now: datetime | None = None) -> None:
    """An alert like any other, marked as a test, to the lead and the deputy."""
    plan = queries.plan_of(organisation.id)
    if plan is None or plan.lead_id is None or plan.deputy_id is None:
        raise NotReadyError(_("Choose a lead and a deputy first. The test alert goes to both."))
    raise_alert(organisation.id, states.TEST, "", level=0, now=now)


# ---- raising


def raise_alert(  # noqa: PLR0913 what an alert is made of, each part named by the caller
    organisation_id: int,
    kind: str,
    about: str,
    *,
    level: int = 2,
    reference: str | None = None,
    words: Sequence[tuple[str, str]] = (),
    hits: Sequence[tuple[str, str]] = (),
    rules_version: str = "",
    contact: Mapping[str, str] | None = None,
    now: datetime | None = None,
) -> None:
    """Keep the alert and ask for its mails, in the caller's transaction: all of it or none.

    Raising the same reference again changes nothing.
    """
    if reference is not None and queries.is_known(organisation_id, kind, reference):
        return
    alert = Alert(
        organisation_id=organisation_id,
        kind=kind,
        level=level,
        reference=reference,
        about=about[:200],
        words=[list(pair) for pair in words],
        hits=[list(pair) for pair in hits],
        rules_version=rules_version,
        contact=dict(contact or {}),
        raised_at=now or datetime.now(UTC),
    )
    if _keep(alert):
        ask_for_mails(alert.id, states.DRILL if kind == states.TEST else states.RAISED)
        ask_for_looks(alert)


def _keep(alert: Alert) -> bool:
    """False where somebody pressed twice, and the other press was first by a moment."""
    organisation_id, kind, reference = alert.organisation_id, alert.kind, alert.reference
    try:
        with db.session.begin_nested():
            db.session.add(alert)
    except IntegrityError:
        if reference is None or not queries.is_known(organisation_id, kind, reference):
            raise
        return False
    return True


def ask_for_mails(alert_id: int, why: str) -> None:
    for recipient in states.WHO_IS_TOLD[why]:
        queue.enqueue(queries.MAIL_JOB, alert_id=alert_id, to=recipient, why=why)


def ask_for_looks(alert: Alert) -> None:
    """Later, somebody looks whether the mail went out, and whether anybody has answered it."""
    queue.enqueue(LOOK_JOB, delay=states.FIRST_LOOK, alert_id=alert.id, why=states.RAISED)
    if alert.kind == states.TEST:
        return
    for why, delay in states.REMINDERS.items():
        queue.enqueue(LOOK_JOB, delay=delay, alert_id=alert.id, why=why)


# ---- telling


def note_mail(alert_id: int, recipient: str, why: str, address: str, now: datetime) -> None:
    """The mail was taken. A second worker that sent it too has nothing to add."""
    if queries.was_mailed(alert_id, recipient, why):
        return
    db.session.add(
        AlertMail(alert_id=alert_id, recipient=recipient, why=why, address=address, sent_at=now)
    )
    db.session.flush()


def remind(alert: Alert, why: str) -> None:
    """Tell those who are next, if nobody has said that they are dealing with it."""
    if why in states.REMINDERS and alert.state == states.NEW:
        ask_for_mails(alert.id, why)
    try_mails_again([alert])


def try_mails_again(alerts: Iterable[Alert]) -> None:
    """Ask again for every mail that was given up, or that a killed worker still holds."""
    unsent = [mail for mails in queries.unsent_mails(alerts).values() for mail in mails]
    for mail in unsent:
        queue.enqueue(queries.MAIL_JOB, alert_id=mail.alert_id, to=mail.recipient, why=mail.why)
    if any(mail.was_given_up for mail in unsent):
        queue.enqueue(TRY_AGAIN_JOB, delay=states.TRY_AGAIN_AFTER)


# ---- dealing with it


def opened(alert: Alert, staff: Staff) -> None:
    """They read the words: the record says so."""
    record(staff, "read the words of an alert", name_of(alert))


def acknowledge(alert: Alert, staff: Staff, now: datetime | None = None) -> None:
    """Somebody says: I am dealing with this."""
    if alert.kind == states.TEST and (not alert.mails or queries.unsent_mails([alert])):
        raise NotReadyError(
            _("The test mail has not gone out yet. The test is passed when the mail has come.")
        )
    step = _step(alert, states.ACKNOWLEDGED, staff, now)
    if alert.kind == states.TEST:
        _pass_test(alert, step.at)
    db.session.flush()


def _pass_test(alert: Alert, at: datetime) -> None:
    """The plan is tested where the mails reached those who are lead and deputy today."""
    plan = queries.plan_of(alert.organisation_id)
    if plan is None or plan.lead is None or plan.deputy is None:
        return
    if {plan.lead.email, plan.deputy.email} <= {mail.address for mail in alert.mails}:
        plan.tested_at = at


def decide(
    alert: Alert, staff: Staff, decision: str, reason: str, now: datetime | None = None
) -> None:
    """What is done about it, and why."""
    if decision not in states.DECISIONS:
        raise InvalidInputError(_("Choose what you decided."))
    _needs(reason)
    _step(alert, states.DECIDED, staff, now, decision=decision, reason=reason.strip())
    db.session.flush()


def close(
    alert: Alert, staff: Staff, reason: str, *, released: bool, now: datetime | None = None
) -> None:
    """Nothing is left to do. `released`: others who read answers may see the words again."""
    _needs(reason)
    _step(alert, states.CLOSED, staff, now, reason=reason.strip(), released=released)
    if alert.kind == states.WORDS and alert.reference and CLOSED_JOB in queue.HANDLERS:
        queue.enqueue(CLOSED_JOB, reference=alert.reference, released=released)
    db.session.flush()


def name_of(alert: Alert) -> str:
    return f"alert {alert.id}"


def _needs(reason: str) -> None:
    if not reason.strip():
        raise InvalidInputError(_("Write down why. Somebody may have to explain it later."))


def _step(
    alert: Alert, state: str, staff: Staff, now: datetime | None, **said: str | bool
) -> AlertStep:
    if not states.may_follow(alert.state, state, alert.kind):
        raise NotReadyError(_why_not(alert, state))
    step = AlertStep(state=state, staff=staff, at=now or datetime.now(UTC), **said)
    alert.steps.append(step)
    record(staff, f"alert: {state}", name_of(alert))
    return step


def _why_not(alert: Alert, wanted: str) -> str:
    why = _("Write down what you decided first. Then the alert can be closed.")
    if wanted == states.DECIDED:
        why = _("Acknowledge the alert first. Then write down what you decided.")
    if wanted == states.ACKNOWLEDGED and alert.steps:
        name = alert.steps[0].staff.name
        why = _("%(name)s has acknowledged this alert already.", name=name)
    if alert.state == states.CLOSED:
        why = _("This alert is closed. Nothing more can be added to it.")
    return str(why)
