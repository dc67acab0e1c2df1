"""Where the frame is kept as versions, taken out as a file, and brought in from another wave."""

from flask import (
    Response,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.exceptions import RequestEntityTooLarge

from engage.analysis.forms import FrameFileForm, VersionForm
from engage.analysis.frame import queries as frame
from engage.analysis.frame.blueprint import bp
from engage.analysis.frame.file import LONGEST_FILE, Frame, read_frame, to_yaml
from engage.analysis.frame.framing import bring_in, frame_of, keep_version, version_now
from engage.errors import EngageError, InvalidInputError
from engage.people.access import Permission, current_staff, staff_may
from engage.surveys.asked import our_survey
from engage.surveys.models import Survey
from engage.surveys.the_pack import the_pack
from engage.web.errors import error_page, words
from engage.web.uploads import allow_large

UPLOAD = "frame.bring"
THE_REST_OF_THE_FORM = 64 * 1024  # bytes


allow_large(bp, {UPLOAD}, LONGEST_FILE + THE_REST_OF_THE_FORM)


@bp.errorhandler(RequestEntityTooLarge)
def too_large(error: RequestEntityTooLarge) -> ResponseReturnValue:
    if request.endpoint != UPLOAD:
        return error_page(*words(413), 413)
    heading, what_to_do = _("That file is too large"), _("Go back and choose a smaller one.")
    return error_page(heading, f"{larger_than_allowed()} {what_to_do}", 413)


def larger_than_allowed() -> str:
    return str(_("A file with themes can have up to 5 MB."))


@bp.get("/versions")
@staff_may(Permission.VIEW_RESULTS)
def versions(slug: str) -> ResponseReturnValue:
    return versions_page(our_survey(slug))


@bp.post("/versions")
@staff_may(Permission.CURATE)
def keep_as_version(slug: str) -> ResponseReturnValue:
    survey = our_survey(slug)
    form = VersionForm()
    if not form.validate_on_submit():
        return versions_page(survey, keeping=form), 422
    try:
        kept = keep_version(survey, form.note.data or "", current_staff())
    except EngageError as error:
        form.note.errors = [str(error)]
        return versions_page(survey, keeping=form), 422
    flash(_("Kept as version %(number)s.", number=kept.number))
    return redirect(url_for(".versions", slug=slug), 303)


@bp.post("/versions/import")
@staff_may(Permission.CURATE)
def bring(slug: str) -> ResponseReturnValue:
    """The themes of another wave, or of another survey."""
    survey = our_survey(slug)
    form = FrameFileForm()
    if not form.validate_on_submit():
        return versions_page(survey, bringing=form), 422
    ambitions = [ambition.code for ambition in the_pack().ambitions]
    try:
        made, known = bring_in(survey, _frame_in(form), ambitions, current_staff())
    except EngageError as error:
        form.file.errors = [str(error)]
        return versions_page(survey, bringing=form), 422
    flash(
        ngettext("%(num)d theme came in.", "%(num)d themes came in.", len(made))
        + " "
        + ngettext(
            "%(num)d was here already and stays as it is.",
            "%(num)d were here already and stay as they are.",
            len(known),
        )
    )
    return redirect(url_for("analysis.themes", slug=slug), 303)


def _frame_in(form: FrameFileForm) -> Frame:
    content = form.file.data.read(LONGEST_FILE + 1)
    if len(content) > LONGEST_FILE:
        raise InvalidInputError(larger_than_allowed())
    try:
        return read_frame(content.decode("utf-8"), _("The file"))
    except UnicodeDecodeError:
        raise InvalidInputError(_("The file is not text in UTF-8.")) from None


@bp.get("/versions/<int(max=2147483647):number>.yaml")
@staff_may(Permission.CURATE, Permission.EXPORT)
def version_file(slug: str, number: int) -> ResponseReturnValue:
    survey = our_survey(slug)
    return _file(version_now(survey, number), f"{survey.slug}-themes-{number}.yaml")


@bp.get("/themes.yaml")
@staff_may(Permission.CURATE, Permission.EXPORT)
def current_file(slug: str) -> ResponseReturnValue:
    survey = our_survey(slug)
    return _file(frame_of(survey), f"{survey.slug}-themes.yaml")


def _file(kept: Frame, name: str) -> Response:
    return Response(
        to_yaml(kept),
        mimetype="application/yaml",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def versions_page(
    survey: Survey, keeping: VersionForm | None = None, bringing: FrameFileForm | None = None
) -> str:
    keeping, bringing = keeping or VersionForm(), bringing or FrameFileForm()
    errors = {**keeping.errors, **bringing.errors}
    return render_template(
        "frame/versions.html",
        survey=survey,
        title=survey.versions[-1].title(),
        versions=frame.versions(survey.id),
        keeping=keeping,
        bringing=bringing,
        page_errors=[(f"#{name}", texts[0]) for name, texts in errors.items() if name],
    )
