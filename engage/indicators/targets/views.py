"""Where staff set what q should reach, once they have seen what a next wave could show."""

from datetime import UTC, datetime

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from engage.clock import day_of
from engage.errors import NotReadyError
from engage.indicators.q import display
from engage.indicators.targets import operations as target_operations
from engage.indicators.targets import queries as target_queries
from engage.indicators.targets.forms import TargetForm, WithdrawForm, cannot_be_told, seen, shows
from engage.indicators.targets.queries import Standing
from engage.people.access import Permission, current_staff, staff_may
from engage.people.forms import mistakes

bp = Blueprint("targets", __name__, url_prefix="/staff/indicators/targets")
sees = staff_may(Permission.VIEW_RESULTS)
sets = staff_may(Permission.PUBLISH)

WHY_NOT = {
    "no_figure": _l("No figure has been published yet, so there is nothing to start from."),
    "not_shown": _l("The figure is not shown, so a target would have nothing to start from."),
    "not_a_number": _l(
        "The figure is too near 0 or 100 to be shown exactly, so no rise can be planned from it."
    ),
    "too_few": _l("So few have answered that no rise at all would show."),
}


@bp.get("")
@sees
def index() -> ResponseReturnValue:
    return render_template(
        "indicators/staff_targets.html",
        standings=target_queries.standings(),
        targets=target_queries.every_target(),
        in_force=target_queries.targets_in_force(),
        why_not=WHY_NOT,
        who=display.WHO,
        shows=shows,
        day=display.day,
        day_of=day_of,
    )


@bp.get("/<series>/new")
@sets
def new(series: str) -> ResponseReturnValue:
    standing = _that_can_have_one(series)
    return _form_page(TargetForm(formdata=None, data={"seen": seen(standing)}), standing)


@bp.post("/<series>/new")
@sets
def keep(series: str) -> ResponseReturnValue:
    standing, form, now = _to_start_from(series), TargetForm(), datetime.now(UTC)
    if not (form.validate() and form.check(standing, day_of(now))):
        return _form_page(form, standing)
    if form.must_know(standing):
        return _form_page(form, standing, warns=True)
    try:
        target_operations.set_target(form.wish(), standing, current_staff(), now)
    except NotReadyError as error:
        form.form_errors.append(str(error))
        return _form_page(form, standing)
    flash(_("The target is set."))
    return redirect(url_for("targets.index"))


@bp.route("/<int(max=2147483647):id>/withdraw", methods=["GET", "POST"])
@sets
def withdraw(id: int) -> ResponseReturnValue:
    target, form = target_queries.target(id), WithdrawForm()
    if target.set_by.organisation_id != current_staff().organisation_id:
        abort(403)  # all see it, and who set it may withdraw it
    if form.validate_on_submit():
        target_operations.withdraw(target, form.why.data, current_staff(), datetime.now(UTC))
        flash(_("The target is withdrawn. It is kept here with your reason."))
        return redirect(url_for("targets.index"))
    page = render_template(
        "indicators/staff_target_withdraw.html",
        target=target,
        form=form,
        who=display.WHO,
        day=display.day,
        page_errors=mistakes(form),
    )
    return page, 422 if form.is_submitted() else 200


def _that_can_have_one(series: str) -> Standing:
    """404 where a target stands already: the page of targets says so, and offers no other."""
    if series in target_queries.targets_in_force():
        abort(404)
    return _to_start_from(series)


def _to_start_from(series: str) -> Standing:
    """404 for what is no series, or has no figure to start from."""
    standing = target_queries.standing_of(series)
    if standing is None or standing.why_not:
        abort(404)
    return standing


def _form_page(form: TargetForm, standing: Standing, warns: bool = False) -> ResponseReturnValue:
    form.seen.data = seen(standing)
    page = render_template(
        "indicators/staff_target_new.html",
        form=form,
        standing=standing,
        warning=cannot_be_told(form.wish(), standing) if warns else [],
        who=display.WHO,
        shows=shows,
        day=display.day,
        page_errors=mistakes(form),
    )
    return page, 422 if form.errors else 200
