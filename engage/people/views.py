"""The people page: who works here, what they may do, and what was done."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from engage.errors import InvalidInputError
from engage.people import operations, queries
from engage.people.access import Permission, any_staff, current_staff, staff_may
from engage.people.forms import ROLE_NAMES, ColleagueForm, ConfirmForm

bp = Blueprint("people", __name__, url_prefix="/staff")
manages_staff = staff_may(Permission.MANAGE_STAFF)
A_PAGE = 50


@bp.get("/people")
@manages_staff
def index() -> ResponseReturnValue:
    me = current_staff()
    staff = queries.staff_of(me.organisation)
    return render_template("people/index.html", me=me, staff=staff, role_names=ROLE_NAMES)


@bp.route("/people/add", methods=["GET", "POST"])
@manages_staff
def add() -> ResponseReturnValue:
    form = ColleagueForm()
    if form.validate_on_submit() and added(form):
        flash(_("They can sign in now. Tell them the first password in person or by telephone."))
        return redirect(url_for("people.index"))
    status = 422 if form.errors else 200
    return render_template("people/add.html", form=form, role_names=ROLE_NAMES), status


def added(form: ColleagueForm) -> bool:
    try:
        operations.add_colleague(
            current_staff(),
            name=form.name.data,
            email=form.email.data,
            password=form.password.data,
            roles=form.roles.data,
        )
    except InvalidInputError as error:
        form.email.errors = [str(error)]
        return False
    return True


@bp.route("/people/<int(max=2147483647):staff_id>/stop", methods=["GET", "POST"])
@manages_staff
def stop(staff_id: int) -> ResponseReturnValue:
    me = current_staff()
    colleague = queries.colleague(me.organisation, staff_id)
    form = ConfirmForm()
    if form.validate_on_submit():
        operations.deactivate(me, colleague)
        flash(_("%(name)s can no longer sign in.", name=colleague.name))
        return redirect(url_for("people.index"))
    return render_template("people/stop.html", form=form, colleague=colleague)


@bp.get("/people/history")
@manages_staff
def history() -> ResponseReturnValue:
    page = max(1, request.args.get("page", 1, type=int))
    events = queries.history(current_staff().organisation, page=page, size=A_PAGE)
    return render_template(
        "people/history.html",
        events=events[:A_PAGE],
        number=page,
        has_more=len(events) > A_PAGE,
    )


@bp.get("/account")
@any_staff
def account() -> ResponseReturnValue:
    return render_template("people/account.html", staff=current_staff(), role_names=ROLE_NAMES)
