"""What is asked about alerts, their mails, and whether somebody is there to read them."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, Select, exists, or_, select
from sqlalchemy.orm import joinedload

from engage.extensions import db
from engage.jobs.models import Job
from engage.people.access import Permission, permissions_of
from engage.people.models import Organisation, Staff
from engage.people.queries import staff_of
from engage.safeguarding import states
from engage.safeguarding.models import Alert, AlertMail, AlertStep, SafeguardingPlan

ONE_PRESS = timedelta(hours=1)
MAIL_JOB = "safeguarding.mail"


# ---- who is there


def plan_of(organisation_id: int) -> SafeguardingPlan | None:
    return db.session.scalars(
        select(SafeguardingPlan)
        .where(SafeguardingPlan.organisation_id == organisation_id)
        .options(joinedload(SafeguardingPlan.lead), joinedload(SafeguardingPlan.deputy))
    ).one_or_none()


def may_read_alerts(staff: Staff | None) -> bool:
    return staff is not None and staff.active and Permission.SAFEGUARD in permissions_of(staff)


def possible_readers(organisation: Organisation) -> list[Staff]:
    """Who can be the lead or the deputy."""
    return [staff for staff in staff_of(organisation) if may_read_alerts(staff)]


def somebody_reads(organisation: Organisation) -> bool:
    """Words sent today would reach a person, so people may be asked for them.

    Less than nothing `missing`: a test alert that has grown old closes no door to somebody in need.
    """
    plan = plan_of(organisation.id)
    if plan is None or not plan.hours:
        return False
    return may_read_alerts(plan.lead) or may_read_alerts(plan.deputy)


def missing(organisation: Organisation, now: datetime | None = None) -> list[str]:
    """What has to be set before people may be asked to write. Nothing when all is there."""
    plan = plan_of(organisation.id) or SafeguardingPlan(hours="")
    lacks = [
        (not may_read_alerts(plan.lead), _("a safeguarding lead who can sign in")),
        (not may_read_alerts(plan.deputy), _("a deputy who can sign in")),
        (
            plan.lead_id is not None and plan.lead_id == plan.deputy_id,
            _("a deputy who is not the lead"),
        ),
        (not plan.hours, _("the hours when alerts are read")),
        (not organisation.help_phone, _("a help number for the day")),
        (not organisation.help_hours, _("when the day number is answered")),
        (not organisation.out_of_hours_phone, _("a help number for nights and weekends")),
    ]
    return [what for is_missing, what in lacks if is_missing] + _test_missing(plan, now)


def _test_missing(plan: SafeguardingPlan, now: datetime | None) -> list[str]:
    if plan.tested_at is None:
        return [_("a test alert that somebody has acknowledged")]
    if (now or datetime.now(UTC)) - plan.tested_at > states.TEST_LASTS:
        return [_("a new test alert: the last one is more than 120 days old")]
    return []


def address_of(organisation_id: int, recipient: str) -> str | None:
    """Where mail for them goes today. For whoever has left, somebody who may read stands in."""
    plan = plan_of(organisation_id)
    if recipient == states.SERVICE_HEAD:
        return plan.service_head_email or None if plan else None
    named = [plan.lead, plan.deputy] if plan else []
    if recipient == states.DEPUTY:
        named.reverse()
    organisation = db.session.get_one(Organisation, organisation_id)
    there = [staff for staff in named if staff and may_read_alerts(staff)]
    there = there or possible_readers(organisation)
    return there[0].email if there else None


# ---- alerts


def help_reference(organisation_id: int, said: str, now: datetime) -> str:
    """By what an alert from "Please help me" is known.

    Pressing twice is one alert. The same words again, an hour later or once somebody has closed
    the alert, are somebody who asks again: that is another one, and never nothing.
    """
    before = db.session.scalars(
        select(Alert)
        .where(
            Alert.organisation_id == organisation_id,
            Alert.kind == states.HELP,
            or_(Alert.reference == said, Alert.reference.startswith(f"{said}/")),
        )
        .order_by(Alert.id)
    ).all()
    if not before:
        return said
    last = before[-1]
    is_pressed_twice = last.state == states.NEW and now - last.raised_at < ONE_PRESS
    return str(last.reference) if is_pressed_twice else f"{said}/{len(before) + 1}"


def is_known(organisation_id: int, kind: str, reference: str) -> bool:
    same = exists().where(
        Alert.organisation_id == organisation_id,
        Alert.kind == kind,
        Alert.reference == reference,
    )
    return bool(db.session.scalar(select(same)))


def alert_of(organisation_id: int, alert_id: int, *, for_update: bool = False) -> Alert:
    """Only ever one of this organisation: another's number is as good as no number."""
    found = select(Alert).where(Alert.organisation_id == organisation_id, Alert.id == alert_id)
    if for_update:
        found = found.with_for_update()
    return db.session.scalars(found).one()


def open_alerts(organisation_id: int) -> list[Alert]:
    """What is still to be dealt with: the new ones first, the gravest of them at the top."""
    found = db.session.scalars(
        select(Alert)
        .where(Alert.organisation_id == organisation_id, _is_open())
        .order_by(Alert.level.desc(), Alert.raised_at, Alert.id)
    )
    return sorted(found, key=lambda alert: states.STATES.index(alert.state))


def closed_alerts(organisation_id: int, *, page: int, size: int = 50) -> list[Alert]:
    """Newest first, and one more than fits, which says whether there is another page."""
    return list(
        db.session.scalars(
            select(Alert)
            .where(Alert.organisation_id == organisation_id, ~_is_open())
            .order_by(Alert.raised_at.desc(), Alert.id.desc())
            .offset((page - 1) * size)
            .limit(size + 1)
        )
    )


def _is_open() -> ColumnElement[bool]:
    steps = exists().where(AlertStep.alert_id == Alert.id)
    closed = steps.where(AlertStep.state == states.CLOSED)
    return ((Alert.kind == states.TEST) & ~steps) | ((Alert.kind != states.TEST) & ~closed)


# ---- mails


@dataclass(frozen=True, slots=True)
class Unsent:
    """A mail that was asked for and has not gone out."""

    alert_id: int
    recipient: str
    why: str
    was_given_up: bool = False
    was_tried: bool = False


def was_mailed(alert_id: int, recipient: str, why: str) -> bool:
    sent = exists().where(
        AlertMail.alert_id == alert_id, AlertMail.recipient == recipient, AlertMail.why == why
    )
    return bool(db.session.scalar(select(sent)))


def unsent_mails(alerts: Iterable[Alert]) -> dict[int, list[Unsent]]:
    """By alert: mails whose jobs are not done, each once, however often it was asked for."""
    by_id = {alert.id: alert for alert in alerts}
    found: dict[tuple[int, str, str], Unsent] = {}
    for job in db.session.scalars(_unfinished_mail_jobs()) if by_id else ():
        key = (job.arguments["alert_id"], job.arguments["to"], job.arguments["why"])
        if key[0] not in by_id or key in _sent(by_id[key[0]]):
            continue
        before = found.get(key, Unsent(*key))
        found[key] = Unsent(
            *key,
            was_given_up=before.was_given_up or job.failed_at is not None,
            was_tried=before.was_tried or job.error is not None,
        )
    grouped: dict[int, list[Unsent]] = defaultdict(list)
    for unsent in found.values():
        grouped[unsent.alert_id].append(unsent)
    return grouped


def _sent(alert: Alert) -> Collection[tuple[int, str, str]]:
    return {(alert.id, mail.recipient, mail.why) for mail in alert.mails}


def _unfinished_mail_jobs() -> Select[Job]:
    return select(Job).where(Job.name == MAIL_JOB, Job.finished_at.is_(None)).order_by(Job.id)


def all_open_alerts() -> list[Alert]:
    """Of every organisation, for the worker."""
    return list(db.session.scalars(select(Alert).where(_is_open()).order_by(Alert.id)))
