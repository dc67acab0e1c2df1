"""The languages of a survey: files for translators out and in, and who has checked the words."""

from datetime import UTC, datetime
from typing import Any

from babel import Locale
from flask import (
    Blueprint,
    Response,
    abort,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _

from engage.errors import EngageError
from engage.people.access import Permission, current_staff, staff_may
from engage.people.audit import record
from engage.surveys import translating
from engage.surveys.models import Survey, SurveyVersion
from engage.surveys.the_pack import the_pack
from engage.surveys.translation_checks import Reading
from engage.surveys.translation_files import LARGEST, read_file
from engage.surveys.translation_forms import CheckedForm, UploadForm
from engage.surveys.views import own
from engage.surveys.wording import ENGLISH
from engage.web.i18n import LANGUAGES, direction_of
from engage.web.uploads import allow_large

bp = Blueprint("survey_languages", __name__, url_prefix="/staff/surveys/<slug>/languages")
edits = staff_may(Permission.EDIT_SURVEYS)
OTHERS = {code: name for code, name in LANGUAGES.items() if code != ENGLISH}
KINDS = {"xlf": "application/x-xliff+xml", "csv": "text/csv"}
UPLOAD = "survey_languages.upload"


allow_large(bp, {UPLOAD}, LARGEST + 64 * 1024)


@bp.get("")
@edits
def index(slug: str) -> ResponseReturnValue:
    version = chosen_version(own(slug))
    known = translating.known_languages(version, OTHERS)
    return render_template(
        "surveys/translations.html",
        version=version,
        others=others_to_translate(version),
        languages=[shown(language) for language in known],
    )


@bp.get("/<language>")
@edits
def language(slug: str, language: str) -> ResponseReturnValue:
    return language_page(chosen_version(own(slug)), language, UploadForm(), CheckedForm())


@bp.get("/<language>.<any(xlf, csv):kind>")
@edits
def download(slug: str, language: str, kind: str) -> ResponseReturnValue:
    version = chosen_version(own(slug))
    known_or_404(language)
    content = translating.file_for(version, language, kind, the_pack())
    # Spreadsheets take a file for another alphabet unless it begins with this mark.
    encoded = content.encode("utf-8-sig" if kind == "csv" else "utf-8")
    file = Response(encoded, content_type=f"{KINDS[kind]}; charset=utf-8")
    name = f"{slug}-{version.number}-{language}.{kind}"
    file.headers["Content-Disposition"] = f"attachment; filename={name}"
    return file


@bp.post("/<language>")
@edits
def upload(slug: str, language: str) -> ResponseReturnValue:
    version = chosen_version(own(slug))
    known_or_404(language)
    form = UploadForm()
    reading = taken(form, version, language) if form.validate_on_submit() else None
    if reading is None:
        return language_page(version, language, form, CheckedForm(formdata=None))
    return render_template(
        "surveys/translation_report.html",
        version=version,
        language=shown_name(language),
        code=language,
        reading=reading,
    )


def taken(form: UploadForm, version: SurveyVersion, language: str) -> Reading | None:
    """What the file brought; None, with the reason in the form, where it brought nothing."""
    how = translating.Taking(language, current_staff(), form.is_machine.data, form.fill_same.data)
    try:
        file = read_file(form.file.data.read())
        reading = translating.take(version, file, how, datetime.now(UTC))
    except EngageError as error:
        form.file.errors = [str(error)]
        return None
    note(
        "added words in a language",
        version,
        language,
        taken=len(reading.taken),
        not_taken=len(reading.problems),
        made_by_machine=how.is_machine,
    )
    return reading


@bp.post("/<language>/checked")
@edits
def checked(slug: str, language: str) -> ResponseReturnValue:
    version = chosen_version(own(slug))
    known_or_404(language)
    form = CheckedForm()
    if not form.validate_on_submit() or not was_marked(form, version, language):
        return language_page(version, language, UploadForm(formdata=None), form)
    flash(_("Marked as checked."))
    return redirect(url_for(".index", slug=slug, version=version.number))


def was_marked(form: CheckedForm, version: SurveyVersion, language: str) -> bool:
    how = translating.Taking(language, current_staff())
    try:
        translating.mark_checked(version, how, form.checked_by.data, datetime.now(UTC))
    except EngageError as error:
        form.checked_by.errors = [str(error)]
        return False
    who = form.checked_by.data.strip()
    note("marked a language as checked", version, language, checked_by=who)
    return True


def language_page(
    version: SurveyVersion, language: str, upload: UploadForm, checked: CheckedForm
) -> ResponseReturnValue:
    known_or_404(language)
    (known,) = translating.known_languages(version, [language])
    page = render_template(
        "surveys/translation.html",
        version=version,
        language=shown(known),
        upload=upload,
        checked=checked,
    )
    return page, 422 if upload.errors or checked.errors else 200


def note(what: str, version: SurveyVersion, language: str, **detail: Any) -> None:
    detail = {"version": version.number, "language": language, **detail}
    record(current_staff(), what, version.survey.slug, **detail)


def known_or_404(language: str) -> None:
    if language not in OTHERS:
        abort(404)


def others_to_translate(version: SurveyVersion) -> list[SurveyVersion]:
    """The other versions people answer, or will answer."""
    return [v for v in reversed(version.survey.versions) if v is not version and not v.closed_at]


def chosen_version(survey: Survey) -> SurveyVersion:
    """The one the address names, or the newest."""
    newest = survey.versions[-1]
    number = request.args.get("version", newest.number, type=int)
    found = (version for version in survey.versions if version.number == number)
    return next(found, None) or abort(404)


def shown_name(language: str) -> str:
    """The language as staff call it: "Polish"."""
    locale = get_locale() or Locale(ENGLISH)
    return str(Locale.parse(language).get_display_name(locale))


def shown(known: translating.KnownLanguage) -> dict[str, Any]:
    code = known.cover.language
    return {
        "code": code,
        "name": shown_name(code),
        "own_name": OTHERS[code],
        "direction": direction_of(code),
        "cover": known.cover,
        "status": known.status,
        "translation": known.translation,
    }
