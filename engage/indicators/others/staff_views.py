"""Where staff bring in the figures of others and the margins of the population."""

from datetime import UTC, datetime
from typing import Any

from flask import (
    Blueprint,
    abort,
    flash,
    redirect,
    render_template,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.datastructures import FileStorage

from engage.errors import InvalidInputError
from engage.indicators.ledger.forms import WhyForm
from engage.indicators.others import importing, words
from engage.indicators.others import queries as figure_queries
from engage.indicators.others.csv_lines import FileRefusedError
from engage.indicators.others.forms import FiguresForm, MarginsForm
from engage.indicators.others.importing import About
from engage.indicators.others.models import MarginSet, Measurement
from engage.people.access import Permission, current_staff, staff_may
from engage.people.forms import mistakes
from engage.surveys.the_pack import the_pack
from engage.web.uploads import allow_large

bp = Blueprint("indicators_staff", __name__, url_prefix="/staff/indicators")
sees = staff_may(Permission.VIEW_RESULTS)
changes = staff_may(Permission.PUBLISH)
UPLOADS = {"indicators_staff.import_figures", "indicators_staff.import_margins"}
# Larger than what is taken, so that a file too large is told so in a sentence.
LARGEST_SENT = 12 * 1024 * 1024


allow_large(bp, UPLOADS, LARGEST_SENT)


@bp.get("")
@sees
def figures() -> ResponseReturnValue:
    return figures_page(FiguresForm(formdata=None), MarginsForm(formdata=None))


@bp.post("/figures")
@changes
def import_figures() -> ResponseReturnValue:
    form = FiguresForm()
    if form.validate_on_submit():
        try:
            content = content_of(form.figures.data)
            number = importing.add_figures(content, the_pack(), datetime.now(UTC), current_staff())
        except InvalidInputError as error:
            return figures_page(form, MarginsForm(formdata=None), refused("figures", error))
        flash(ngettext("%(num)d figure is kept.", "%(num)d figures are kept.", number))
        return redirect(url_for("indicators_staff.figures"))
    return figures_page(form, MarginsForm(formdata=None), mistakes(form))


@bp.post("/margins")
@changes
def import_margins() -> ResponseReturnValue:
    form = MarginsForm()
    if form.validate_on_submit():
        about = About(form.title.data, form.source.data, form.as_of.data, form.is_synthetic.data)
        try:
            content = content_of(form.margins.data)
            importing.add_margins(content, about, the_pack(), datetime.now(UTC), current_staff())
        except InvalidInputError as error:
            return figures_page(FiguresForm(formdata=None), form, refused("margins", error))
        flash(_("The margins are kept."))
        return redirect(url_for("indicators_staff.figures"))
    return figures_page(FiguresForm(formdata=None), form, mistakes(form))


@bp.route("/figures/<int(max=2147483647):id>/take-out", methods=["GET", "POST"])
@changes
def take_figure_out(id: int) -> ResponseReturnValue:
    row = figure_queries.measurement(id)
    return take_out(row, f"{row.label}, {words.period(row.period_from, row.period_to)}")


@bp.route("/margins/<code>/take-out", methods=["GET", "POST"])
@changes
def take_margins_out(code: str) -> ResponseReturnValue:
    row = figure_queries.margin_set(code)
    return take_out(row, row.title)


def take_out(row: MarginSet | Measurement, name: str) -> ResponseReturnValue:
    form = WhyForm()
    if row.added_by and row.added_by.organisation_id != current_staff().organisation_id:
        abort(403)  # all see them, and who brought them in may take them out
    if form.validate_on_submit():
        importing.retire(row, form.why.data, datetime.now(UTC), current_staff())
        flash(_("Taken out. It is kept here, and no longer used."))
        return redirect(url_for("indicators_staff.figures"))
    page = render_template(
        "indicators/take_out.html",
        form=form,
        name=name,
        back=url_for("indicators_staff.figures"),
        warning=_("It is kept here with your reason. Pages no longer use it."),
        page_errors=mistakes(form),
    )
    return page, 422 if form.is_submitted() else 200


def figures_page(
    figures_form: FiguresForm, margins_form: MarginsForm, wrong: Any = ()
) -> ResponseReturnValue:
    page = render_template(
        "indicators/staff_figures.html",
        figures_form=figures_form,
        margins_form=margins_form,
        figures=figure_queries.imported_figures(),
        margins=figure_queries.imported_margins(),
        words=words,
        page_errors=list(wrong),
    )
    return page, 422 if wrong else 200


def content_of(upload: FileStorage) -> bytes:
    """What was sent. A large file lies on the disk meanwhile, and is gone after this."""
    with upload.stream as sent:
        return sent.read()


def refused(field: str, error: InvalidInputError) -> list[tuple[str, str]]:
    """Every sentence about the file, each leading to where a better one is chosen."""
    lines = error.lines if isinstance(error, FileRefusedError) else [str(error)]
    return [(f"#{field}", words_of_it) for words_of_it in lines]
