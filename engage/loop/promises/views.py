"""The promises of the strategy: what shows that they are kept, and what shows that they are not."""

from datetime import UTC, datetime

from flask import Blueprint, abort, flash, jsonify, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from engage.clock import today
from engage.framework.pack import Pledge
from engage.loop.promises import display, operations, queries
from engage.loop.promises.forms import EvidenceForm
from engage.people.access import Permission, current_staff, staff_may
from engage.people.forms import mistakes
from engage.surveys.the_pack import the_pack
from engage.web.access import public
from engage.web.i18n import follow_address, say_it_is_invented

bp = Blueprint("loop_promises", __name__)
staff_bp = Blueprint("loop_promises_staff", __name__, url_prefix="/staff/promises")
ROOT = "/promises"
RULE = (
    "Answers that everyone can read, of the last 12 months, on themes of the promise's ambitions."
    " For: done, and families say yes or a difference is shown. Against: cannot, overdue, families"
    " say not yet, or one of a survey's ten most spoken of themes without an answer 12 weeks after"
    " it closed. Between: everything else. Organisations may add evidence for or against. Sides"
    " are counted and never made into a score."
)


# ---- what everyone can read


@bp.get(ROOT)
@public
def index() -> ResponseReturnValue:
    page = follow_address()
    found = queries.evidence(the_pack().pledges, datetime.now(UTC))
    say_it_is_invented(any(each.is_invented for each in found))
    return render_template(
        "loop/promises/index.html",
        promises=[(each.pledge, display.counts(each)) for each in found],
        easy_read=page.easy_read,
    )


@bp.get(f"{ROOT}/<code>")
@public
def promise(code: str) -> ResponseReturnValue:
    page = follow_address()
    pledge = pledge_or_404(code)
    found = queries.evidence([pledge], datetime.now(UTC))
    say_it_is_invented(any(each.is_invented for each in found))
    pack = the_pack()
    return render_template(
        "loop/promises/promise.html",
        pledge=pledge,
        ambitions=[pack.ambition(each) for each in pledge.ambitions],
        sides=display.by_side(found[0], page.easy_read),
        counts=display.counts(found[0]),
        easy_read=page.easy_read,
    )


@bp.get(f"{ROOT}.json")
@public
def promises_json() -> ResponseReturnValue:
    found = queries.evidence(the_pack().pledges, datetime.now(UTC))
    return jsonify({"rule": RULE, "promises": [display.as_data(each) for each in found]})


# ---- what an organisation adds


@staff_bp.route("", methods=["GET", "POST"])
@staff_may(Permission.PUBLISH)
def ours() -> ResponseReturnValue:
    form = EvidenceForm()
    pledges = the_pack().pledges
    form.offer(pledges)
    if form.is_submitted() and form.validate() & form.has_a_shown_day(today()):
        operations.add(form.wish(), current_staff())
        flash(_("Added. Everyone can read it now."))
        return redirect(url_for("loop_promises_staff.ours"))
    page = render_template(
        "loop/promises/ours.html",
        form=form,
        promises=[(each.value, each.label) for each in form.promise.choices],
        names={each.code: each for each in pledges},
        given=queries.added_by(current_staff().organisation_id),
        sides=display.side_words(),
        page_errors=mistakes(form),
    )
    return page, 422 if form.is_submitted() else 200


@staff_bp.post("/<int(max=2147483647):id>/withdraw")
@staff_may(Permission.PUBLISH)
def withdraw(id: int) -> ResponseReturnValue:
    """Only what one's own organisation gave is found."""
    row = queries.one_added_by(current_staff().organisation_id, id)
    operations.withdraw(row, current_staff())
    flash(_("Withdrawn. Nobody outside can read it now."))
    return redirect(url_for("loop_promises_staff.ours"))


def pledge_or_404(code: str) -> Pledge:
    return next((each for each in the_pack().pledges if each.code == code), None) or abort(404)
