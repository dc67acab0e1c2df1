"""The surveys of an organisation: make one from a template, check it, open it, close it."""

from datetime import UTC, datetime

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from engage.errors import EngageError
from engage.people.access import Permission, current_staff, staff_may
from engage.people.audit import record
from engage.surveys import catalogue, operations, queries
from engage.surveys.forms import ClosingForm, ConfirmForm, DetailsForm, NewSurveyForm
from engage.surveys.gate import missing_to_read_words
from engage.surveys.models import Survey, SurveyVersion
from engage.surveys.preview import preview as preview_of
from engage.surveys.shown import ShownVersion
from engage.surveys.the_pack import the_pack

bp = Blueprint("surveys", __name__, url_prefix="/staff/surveys")
reads = staff_may(Permission.VIEW_RESULTS)
edits = staff_may(Permission.EDIT_SURVEYS)


@bp.get("")
@reads
def index() -> ResponseReturnValue:
    now = datetime.now(UTC)
    surveys = queries.surveys_of(current_staff().organisation_id)
    shown = [ShownVersion(queries.latest_version(survey), now) for survey in surveys]
    return render_template("surveys/index.html", surveys=shown)


@bp.get("/new")
@edits
def choose() -> ResponseReturnValue:
    return render_template("surveys/choose.html", templates=catalogue.templates(), pack=the_pack())


@bp.route("/new/<template>", methods=["GET", "POST"])
@edits
def make(template: str) -> ResponseReturnValue:
    summary = template_of(template)
    form = NewSurveyForm(**suggested(summary))
    form.offer(catalogue.read_template(summary.code, the_pack()), the_pack())
    if form.validate_on_submit() and made(form, summary):
        flash(_("The survey is made. It is a draft: nobody can answer it yet."))
        return redirect(url_for("surveys.survey", slug=form.slug.data))
    status = 422 if form.errors else 200
    return render_template("surveys/make.html", form=form, template=summary), status


def suggested(summary: catalogue.TemplateSummary) -> dict[str, object]:
    year = datetime.now(UTC).year
    return {
        "title": summary.title,
        "title_easy": summary.title_easy,
        "audiences": list(summary.audiences),
        "slug": queries.free_address(f"{summary.code}-{year}"),
    }


def made(form: NewSurveyForm, summary: catalogue.TemplateSummary) -> bool:
    staff = current_staff()
    chosen = frozenset(form.questions.data or ())
    definition = catalogue.read_template(summary.code, the_pack(), chosen)
    try:
        operations.create_survey(staff.organisation, definition, form.slug.data, **form.details())
    except EngageError as error:
        form.slug.errors = [str(error)]
        return False
    record(staff, "made a survey", form.slug.data, template=summary.code)
    return True


@bp.get("/<slug>")
@reads
def survey(slug: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    versions = [ShownVersion(version, now) for version in own(slug).versions]
    return render_template(
        "surveys/survey.html",
        latest=versions[-1],
        earlier=versions[-2::-1],
        draft=next((version for version in versions if version.is_draft), None),
        live=next((version for version in reversed(versions) if version.is_live), None),
        before_publishing=to_do_before_publishing(versions[-1].template),
        missing=missing_in(own(slug), now),
        pack=the_pack(),
    )


@bp.route("/<slug>/edit", methods=["GET", "POST"])
@edits
def edit(slug: str) -> ResponseReturnValue:
    version = draft_of(own(slug))
    definition = queries.definition_of(version.id)
    form = DetailsForm(**ShownVersion(version, datetime.now(UTC)).details(definition))
    form.offer(definition, the_pack())
    if form.validate_on_submit():
        operations.set_details(version, **form.details())
        operations.switch_questions(version, form.questions.data or ())
        record(current_staff(), "changed a survey", slug, version=version.number)
        flash(_("Saved."))
        return redirect(url_for("surveys.survey", slug=slug))
    status = 422 if form.errors else 200
    return render_template("surveys/edit.html", form=form, slug=slug), status


@bp.route("/<slug>/last-day", methods=["GET", "POST"])
@edits
def last_day(slug: str) -> ResponseReturnValue:
    version = live_of(own(slug))
    form = ClosingForm(closes_on=ShownVersion(version, datetime.now(UTC)).last_day)
    if form.validate_on_submit() and moved(form, version):
        record(current_staff(), "moved the last day", slug, closes_at=str(version.closes_at))
        flash(_("The last day is changed."))
        return redirect(url_for("surveys.survey", slug=slug))
    status = 422 if form.errors else 200
    return render_template("surveys/last_day.html", form=form, version=version), status


def moved(form: ClosingForm, version: SurveyVersion) -> bool:
    try:
        operations.set_details(version, **form.details())
    except EngageError as error:
        form.closes_on.errors = [str(error)]
        return False
    return True


@bp.route("/<slug>/open", methods=["GET", "POST"], endpoint="open")
@edits
def open_survey(slug: str) -> ResponseReturnValue:
    version = draft_of(own(slug))
    form = ConfirmForm()
    if form.validate_on_submit() and opened(form, version):
        record(current_staff(), "opened a survey", slug, version=version.number)
        flash(_("The survey is published. Its questions can no longer change."))
        return redirect(url_for("surveys.survey", slug=slug))
    now = datetime.now(UTC)
    page = render_template(
        "surveys/open.html",
        form=form,
        version=ShownVersion(version, now),
        missing=missing_to_read_words(version, queries.definition_of(version.id), now),
        pack=the_pack(),
    )
    return page, 409 if form.form_errors else 200


def opened(form: ConfirmForm, version: SurveyVersion) -> bool:
    try:
        operations.publish(version, datetime.now(UTC))
    except EngageError as error:
        form.form_errors.append(str(error))
        return False
    return True


@bp.route("/<slug>/close", methods=["GET", "POST"])
@edits
def close(slug: str) -> ResponseReturnValue:
    version = live_of(own(slug))
    form = ConfirmForm()
    if form.validate_on_submit():
        operations.close(version, datetime.now(UTC))
        record(current_staff(), "closed a survey", slug, version=version.number)
        flash(_("The survey is closed. It takes no more answers."))
        return redirect(url_for("surveys.survey", slug=slug))
    return render_template("surveys/close.html", form=form, version=version)


@bp.post("/<slug>/new-version")
@edits
def new_version(slug: str) -> ResponseReturnValue:
    version = operations.new_version(own(slug))
    record(current_staff(), "began a new version", slug, version=version.number)
    flash(_("The next version is a draft with the same questions."))
    return redirect(url_for("surveys.survey", slug=slug))


@bp.get("/<slug>/preview")
@reads
def preview(slug: str) -> ResponseReturnValue:
    """As the people who answer read it, with what they do not see: when each question is asked."""
    version = queries.latest_version(own(slug))
    easy_read = request.args.get("read") == "easy"
    definition = queries.definition_of(version.id)
    return render_template(
        "surveys/preview.html",
        version=version,
        title=version.title(easy_read=easy_read),
        sections=preview_of(definition, easy_read=easy_read),
        easy_read=easy_read,
        pack=the_pack(),
    )


def own(slug: str) -> Survey:
    """The survey, if it belongs to the organisation of whoever is signed in; 404 otherwise."""
    return queries.survey_of(current_staff().organisation_id, slug)


def draft_of(survey: Survey) -> SurveyVersion:
    version = queries.latest_version(survey)
    if version.published_at is not None:
        abort(404)
    return version


def live_of(survey: Survey) -> SurveyVersion:
    live = (v for v in reversed(survey.versions) if v.published_at and not v.closed_at)
    return next(live, None) or abort(404)


def template_of(code: str) -> catalogue.TemplateSummary:
    try:
        return catalogue.template(code)
    except LookupError:
        abort(404)


def missing_in(survey: Survey, now: datetime) -> list[str]:
    """What the safeguarding plan lacks for a draft; nothing once people have been asked."""
    version = queries.latest_version(survey)
    if version.published_at:
        return []
    return missing_to_read_words(version, queries.definition_of(version.id), now)


def to_do_before_publishing(code: str) -> tuple[str, ...]:
    """What the template asks its owner to see to first; nothing where we do not know it."""
    known = {summary.code: summary.before_publishing for summary in catalogue.templates()}
    return known.get(code, ())
