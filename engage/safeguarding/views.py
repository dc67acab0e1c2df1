"""The safeguarding pages of staff: the plan, the inbox, and one alert."""

from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from engage.errors import InvalidInputError
from engage.people.access import Permission, current_staff, staff_may
from engage.people.audit import record
from engage.people.operations import set_help
from engage.safeguarding import operations, queries, states
from engage.safeguarding.forms import (
    DECISION_NAMES,
    ClosingForm,
    DecisionForm,
    PlanForm,
    starting_with,
)
from engage.safeguarding.models import Alert

bp = Blueprint("safeguarding", __name__, url_prefix="/staff/safeguarding")
safeguards = staff_may(Permission.SAFEGUARD)
plans = staff_may(Permission.MANAGE_STAFF, Permission.SAFEGUARD)
A_PAGE = 50
LAST_PAGE = 1_000_000  # a number no database refuses


# ---- the plan


@bp.route("/plan", methods=["GET", "POST"])
@plans
def plan() -> ResponseReturnValue:
    organisation = current_staff().organisation
    form = PlanForm(data=starting_with(organisation, queries.plan_of(organisation.id)))
    form.offer(queries.possible_readers(organisation))
    if form.validate_on_submit() and saved(form):
        flash(_("Saved."))
        return redirect(url_for("safeguarding.plan"), 303)
    now = datetime.now(UTC)
    page = render_template(
        "safeguarding/plan.html",
        form=form,
        plan=queries.plan_of(organisation.id),
        missing=queries.missing(organisation, now),
        test_is_waiting=any(a.kind == states.TEST for a in queries.open_alerts(organisation.id)),
        lasts=states.TEST_LASTS,
    )
    return page, 422 if form.errors else 200


def saved(form: PlanForm) -> bool:
    staff = current_staff()
    try:
        operations.set_plan(staff.organisation, form.plan())
    except InvalidInputError as error:
        form.form_errors.append(str(error))
        return False
    set_help(staff.organisation, **form.help())
    record(staff, "changed the safeguarding plan", staff.organisation.code)
    return True


@bp.post("/plan/test")
@plans
def test() -> ResponseReturnValue:
    staff = current_staff()
    operations.send_test_alert(staff.organisation)
    record(staff, "sent a test alert", staff.organisation.code)
    flash(_("The test alert is on its way to the lead and the deputy. One of them opens it."))
    return redirect(url_for("safeguarding.plan"), 303)


# ---- the inbox


@bp.get("")
@safeguards
def inbox() -> ResponseReturnValue:
    organisation = current_staff().organisation
    alerts = queries.open_alerts(organisation.id)
    return render_template(
        "safeguarding/inbox.html",
        rows=rows_of(alerts),
        missing=queries.missing(organisation),
    )


@bp.get("/closed")
@safeguards
def closed() -> ResponseReturnValue:
    number = min(max(1, request.args.get("page", 1, type=int)), LAST_PAGE)
    alerts = queries.closed_alerts(current_staff().organisation_id, page=number, size=A_PAGE)
    return render_template(
        "safeguarding/closed.html",
        rows=rows_of(alerts[:A_PAGE]),
        number=number,
        has_more=len(alerts) > A_PAGE,
    )


def rows_of(alerts: list[Alert]) -> list[dict[str, Any]]:
    now, unsent = datetime.now(UTC), queries.unsent_mails(alerts)
    return [
        {
            "alert": alert,
            "age": age(alert, now),
            "mail": mail_state(alert, unsent.get(alert.id, [])),
        }
        for alert in alerts
    ]


def age(alert: Alert, now: datetime) -> str:
    minutes = max(0, int((now - alert.raised_at).total_seconds() // 60))
    if minutes < 60:
        return str(ngettext("%(num)d minute ago", "%(num)d minutes ago", minutes))
    if minutes < 48 * 60:
        return str(ngettext("%(num)d hour ago", "%(num)d hours ago", minutes // 60))
    return str(ngettext("%(num)d day ago", "%(num)d days ago", minutes // (24 * 60)))


def mail_state(alert: Alert, unsent: list[queries.Unsent]) -> dict[str, Any]:
    """In words, and whether it is so bad that it is shown in red."""
    if any(mail.was_given_up for mail in unsent):
        text = _("Mail could not be sent. We try again every hour. Ring the lead or the deputy.")
        return {"text": text, "is_bad": True}
    if any(mail.was_tried for mail in unsent):
        return {"text": _("Mail could not be sent yet. We are trying again."), "is_bad": True}
    if unsent:
        return {"text": _("Mail is on its way"), "is_bad": False}
    return {"text": _("Mail sent") if alert.mails else _("No mail"), "is_bad": False}


# ---- one alert


@bp.get("/alerts/<int(max=2147483647):alert_id>")
@safeguards
def alert(alert_id: int) -> ResponseReturnValue:
    """What happened to it. What the person wrote is shown by `show`, which is recorded."""
    return alert_page(own(alert_id))


@bp.post("/alerts/<int(max=2147483647):alert_id>")
@safeguards
def show(alert_id: int) -> ResponseReturnValue:
    found = own(alert_id)
    operations.opened(found, current_staff())
    return alert_page(found, is_opened=True)


@bp.post("/alerts/<int(max=2147483647):alert_id>/acknowledge")
@safeguards
def acknowledge(alert_id: int) -> ResponseReturnValue:
    operations.acknowledge(own(alert_id), current_staff())
    flash(_("Acknowledged. Everyone here can see that you are dealing with it."))
    return back_to(alert_id)


@bp.post("/alerts/<int(max=2147483647):alert_id>/decide")
@safeguards
def decide(alert_id: int) -> ResponseReturnValue:
    found, form = own(alert_id), DecisionForm()
    if not form.validate():
        return alert_page(found, decision=form), 422
    operations.decide(found, current_staff(), form.decision.data, form.decision_reason.data)
    flash(_("Your decision is written down."))
    return back_to(alert_id)


@bp.post("/alerts/<int(max=2147483647):alert_id>/close")
@safeguards
def close(alert_id: int) -> ResponseReturnValue:
    found = own(alert_id)
    form = closing_form(found)
    if not form.validate():
        return alert_page(found, closing=form), 422
    released = "released" in form and form.released.data == "yes"
    operations.close(found, current_staff(), form.closing_reason.data, released=released)
    flash(_("The alert is closed. It stays in the list of closed alerts."))
    return back_to(alert_id)


def closing_form(alert: Alert, **usual: None) -> ClosingForm:
    """Only words from a survey can go back to those who read answers."""
    form = ClosingForm(**usual)
    if alert.kind != states.WORDS:
        del form.released
    return form


def alert_page(
    alert: Alert,
    *,
    is_opened: bool = False,
    decision: DecisionForm | None = None,
    closing: ClosingForm | None = None,
) -> str:
    decision = decision or DecisionForm(formdata=None)
    closing = closing or closing_form(alert, formdata=None)
    return render_template(
        "safeguarding/alert.html",
        row=rows_of([alert])[0],
        alert=alert,
        is_opened=is_opened,
        decision=decision,
        closing=closing,
        decision_names=DECISION_NAMES,
        can={state for state in states.STATES if states.may_follow(alert.state, state, alert.kind)},
    )


def own(alert_id: int) -> Alert:
    """The alert, if it is this organisation's; 404 otherwise. Locked while it is changed."""
    organisation_id = current_staff().organisation_id
    return queries.alert_of(organisation_id, alert_id, for_update=request.method == "POST")


def back_to(alert_id: int) -> ResponseReturnValue:
    return redirect(url_for("safeguarding.alert", alert_id=alert_id), 303)
