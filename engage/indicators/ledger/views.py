"""Where staff keep the engagement ledger."""

from dataclasses import asdict

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from engage.errors import NotReadyError
from engage.indicators.ledger import operations as ledger_operations
from engage.indicators.ledger import queries as ledger_queries
from engage.indicators.ledger import sums as ledger
from engage.indicators.ledger.forms import ActivityForm, WhyForm, activity_form
from engage.indicators.ledger.sums import Entry
from engage.indicators.others import words
from engage.indicators.others.models import Activity
from engage.indicators.others.staff_views import changes, sees
from engage.people.access import current_staff
from engage.people.forms import mistakes
from engage.responses.snapshots import checksum
from engage.surveys.the_pack import the_pack
from engage.web.two_at_once import hold

bp = Blueprint("ledger", __name__, url_prefix="/staff/indicators/ledger")


@bp.get("")
@sees
def index() -> ResponseReturnValue:
    entries = ledger_queries.entries()
    known = {entry.code for entry in entries}
    return render_template(
        "indicators/staff_ledger.html",
        entries=entries,
        totals=ledger.totals(entries, the_pack().units),
        to_load=[each for each in the_pack().activities if each.code not in known],
        words=words,
    )


@bp.post("/load")
@changes
def load() -> ResponseReturnValue:
    number = ledger_operations.load(the_pack().activities, current_staff())
    flash(ngettext("%(num)d activity was added.", "%(num)d activities were added.", number))
    return redirect(url_for("ledger.index"))


@bp.route("/new", methods=["GET", "POST"])
@changes
def new() -> ResponseReturnValue:
    form = activity_form(the_pack())
    if form.validate_on_submit():
        try:
            ledger_operations.add(form.entry(), current_staff())
        except NotReadyError as error:
            form.form_errors.append(str(error))
            return form_page(form, None)
        flash(_("The activity is in the ledger."))
        return redirect(url_for("ledger.index"))
    return form_page(form, None)


@bp.route("/<code>", methods=["GET", "POST"])
@changes
def edit(code: str) -> ResponseReturnValue:
    activity = activity_to_change(code)
    entry = ledger_queries.entry(code)
    form = activity_form(the_pack(), entry)
    if form.validate_on_submit():
        if request.form.get("seen") == seen(entry):
            ledger_operations.change(activity, form.entry(), current_staff())
            flash(_("The change is kept."))
            return redirect(url_for("ledger.index"))
        form.form_errors.append(
            _("Somebody changed this since you opened the page. Keep yours, or go back and look.")
        )
    return form_page(form, code, seen(entry))


def activity_to_change(code: str) -> Activity:
    """Of two who send at the same moment, the second sees what the first has kept."""
    activity = ledger_queries.activity(code)
    if request.method == "POST":
        hold(activity)
    return activity


def seen(entry: Entry) -> str:
    """What stood there when somebody opened the page, so that nobody undoes another's change."""
    return checksum(asdict(entry))


@bp.route("/<code>/remove", methods=["GET", "POST"])
@changes
def remove(code: str) -> ResponseReturnValue:
    activity = activity_to_change(code)
    form = WhyForm()
    if form.validate_on_submit():
        ledger_operations.remove(activity, form.why.data, current_staff())
        flash(_("The activity is gone from the ledger."))
        return redirect(url_for("ledger.index"))
    page = render_template(
        "indicators/take_out.html",
        form=form,
        name=activity.label,
        back=url_for("ledger.edit", code=code),
        warning=_("It goes from the ledger. The record keeps what stood there, and your reason."),
        page_errors=mistakes(form),
    )
    return page, 422 if form.is_submitted() else 200


def form_page(form: ActivityForm, code: str | None, seen: str = "") -> ResponseReturnValue:
    page = render_template(
        "indicators/activity.html",
        form=form,
        code=code,
        seen=seen,
        page_errors=mistakes(form),
        words=words,
    )
    return page, 422 if form.is_submitted() else 200
