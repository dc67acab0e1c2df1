"""Where staff read a report as it stands now, publish it, and take an edition down."""

from datetime import UTC, datetime

from flask import Blueprint, abort, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from engage.clock import day_of
from engage.errors import NotReadyError
from engage.loop.pairs import Reading
from engage.pages.reports import operations, queries
from engage.pages.reports.collecting import KINDS, Source, Wanted, collect, first_asked, source_of
from engage.pages.reports.forms import PublishForm, TakeDownForm
from engage.pages.reports.public_views import kind_name
from engage.pages.reports.showing import report_now
from engage.pages.reports.years import year_called, years_until
from engage.people.access import Permission, current_staff, may, staff_may
from engage.responses.snapshots import checksum
from engage.surveys.the_pack import the_pack
from engage.web.i18n import say_it_is_invented

bp = Blueprint("reports_staff", __name__, url_prefix="/staff/reports")
ONE = f"/<any({', '.join(KINDS)}):kind>/<year>"
MAY_READ = (Permission.VIEW_RESULTS, Permission.PUBLISH)


@bp.get("")
@staff_may(*MAY_READ)
def index() -> ResponseReturnValue:
    now = datetime.now(UTC)
    first, editions = first_asked(), queries.editions()
    return render_template(
        "reports/staff_index.html",
        years=list(years_until(day_of(now), first)) if first else [],
        kinds={kind: kind_name(kind) for kind in KINDS},
        newest={of: queries.newest_of(each) for of, each in editions.items()},
    )


@bp.get(ONE)
@staff_may(*MAY_READ)
def preview(kind: str, year: str) -> ResponseReturnValue:
    """Always as it stands now, and kept nowhere."""
    wanted = wanted_or_404(kind, year)
    return page_of(wanted, source_of(wanted.year, wanted.now), PublishForm())


@bp.post(ONE)
@staff_may(Permission.PUBLISH)
def publish(kind: str, year: str) -> ResponseReturnValue:
    wanted, source = ours_or_404(kind, year)
    form = PublishForm()
    if not form.validate_on_submit():
        return page_of(wanted, source, form), 422
    try:
        operations.publish(wanted, current_staff(), form.seen.data, source)
    except NotReadyError as error:
        form.form_errors.append(str(error))
        return page_of(wanted, source, form), 422
    flash(_("Published. Everyone can read it now."))
    return redirect(url_for("reports_staff.preview", kind=kind, year=year))


@bp.post(f"{ONE}/editions/<int(max=9999):number>/take-down")
@staff_may(Permission.PUBLISH)
def take_down(kind: str, year: str, number: int) -> ResponseReturnValue:
    wanted, _source = ours_or_404(kind, year)
    try:
        found = queries.edition_of(kind, wanted.year, number)
    except LookupError:
        abort(404)
    if TakeDownForm().validate_on_submit():
        operations.take_down(found, current_staff())
        flash(_("Taken down. Its address says so."))
    return redirect(url_for("reports_staff.preview", kind=kind, year=year))


# ---- what the address asks for


def wanted_or_404(kind: str, year: str) -> Wanted:
    try:
        found = year_called(year)
    except LookupError:
        abort(404)
    now = datetime.now(UTC)
    if day_of(now) < found.begins:
        abort(404)
    place, asks = current_app.config["PLACE"], current_staff().organisation_id
    return Wanted(kind, found, now, place, asks)


def ours_or_404(kind: str, year: str) -> tuple[Wanted, Source]:
    """A report with a survey of ours in it: what is not ours is not found."""
    wanted = wanted_or_404(kind, year)
    source = source_of(wanted.year, wanted.now)
    return (wanted, source) if is_ours(source) else abort(404)


def is_ours(source: Source) -> bool:
    return queries.may_publish(current_staff().organisation_id, source)


def page_of(wanted: Wanted, source: Source, form: PublishForm) -> str:
    data = collect(wanted, source)
    form.seen.data = checksum(data)
    say_it_is_invented(data["is_invented"])
    reading = Reading(the_pack(), wanted.today)
    return render_template(
        "reports/preview.html",
        kind=wanted.kind,
        year=wanted.year,
        title=kind_name(wanted.kind),
        report=report_now(data, wanted.now, reading),
        editions=queries.editions_of(wanted.kind, wanted.year),
        form=form,
        may_publish=may(Permission.PUBLISH) and is_ours(source),
        page_errors=[("#publish", error) for error in form.form_errors],
    )
