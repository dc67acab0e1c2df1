"""The sound and the sign-language video of each question, as staff put them in."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf.file import FileField

from engage.errors import EngageError
from engage.extensions import long_reading
from engage.people.access import Permission, current_staff, staff_may
from engage.people.audit import record
from engage.surveys import media, queries
from engage.surveys.definition import QuestionDefinition
from engage.surveys.media import Piece, Slot
from engage.surveys.media_checks import (
    BSL,
    CAPTIONS,
    CONTENT_TYPES,
    ENDINGS,
    LARGEST_CAPTIONS,
    LARGEST_VIDEO,
    SIGNS,
    SOUND,
    ending_of_captions,
    ending_of_sound,
    ending_of_video,
)
from engage.surveys.media_forms import SignsForm, SoundForm, TakeAwayForm
from engage.surveys.media_serving import sent
from engage.surveys.media_store import media_files
from engage.surveys.models import QuestionMedia, SurveyVersion
from engage.surveys.translation_views import chosen_version, others_to_translate, shown_name
from engage.surveys.views import own
from engage.surveys.wording import ENGLISH, pick
from engage.web.i18n import LANGUAGES
from engage.web.uploads import allow_large

bp = Blueprint("survey_media", __name__, url_prefix="/staff/surveys/<slug>/sound-and-signs")
edits = staff_may(Permission.EDIT_SURVEYS)
UPLOADS = {"survey_media.add_sound", "survey_media.add_signs"}
WORDS_AND_THE_REST = 192 * 1024  # bytes of a form beside its files

# The digest and the content type of a kept file.
Kept = tuple[str, str]
MakePiece = Callable[[Any, QuestionMedia | None], Piece | None]


allow_large(bp, UPLOADS, LARGEST_VIDEO + LARGEST_CAPTIONS + WORDS_AND_THE_REST)


@bp.get("")
@edits
def index(slug: str) -> ResponseReturnValue:
    version = chosen_version(own(slug))
    return render_template(
        "surveys/media.html",
        version=version,
        others=others_to_translate(version),
        questions=list(queries.definition_of(version.id).questions()),
        pieces=media.media_of(version.id),
        words=english,
        language_name=shown_name,
    )


@bp.get("/<code>")
@edits
def question(slug: str, code: str) -> ResponseReturnValue:
    version = chosen_version(own(slug))
    language = request.args.get("language", ENGLISH)
    return question_page(
        version, code, sound_form(version, code, language), signs_form(version, code)
    )


@bp.post("/<code>/sound")
@edits
def add_sound(slug: str, code: str) -> ResponseReturnValue:
    version = chosen_version(own(slug))
    asked = asked_or_404(version, code)
    form = SoundForm()
    slot = Slot(version.id, code, SOUND, form.language.data)
    form.needs_words = slot.language not in {words.language for words in asked.wordings}
    if not was_kept(form, slot, sound_in):
        return question_page(version, code, form, signs_form(version, code))
    note("put a sound on a question", version, slot)
    flash(_("The sound is kept. Play it once to be sure."))
    return back_to(version, code)


@bp.post("/<code>/signs")
@edits
def add_signs(slug: str, code: str) -> ResponseReturnValue:
    version = chosen_version(own(slug))
    asked_or_404(version, code)
    form = SignsForm()
    slot = Slot(version.id, code, SIGNS, BSL)
    if not was_kept(form, slot, signs_in):
        return question_page(version, code, sound_form(version, code), form)
    note("put a sign-language video on a question", version, slot)
    flash(_("The video is kept. Play it once to be sure."))
    return back_to(version, code)


@bp.post("/<code>/take-away")
@edits
def take_away(slug: str, code: str) -> ResponseReturnValue:
    version = chosen_version(own(slug))
    form = TakeAwayForm()
    slot = Slot(version.id, code, form.kind.data or "", form.language.data or "")
    if not media.take_away(slot, current_staff(), datetime.now(UTC)):
        abort(404)
    is_sound = slot.kind == SOUND
    what = "took a sound away" if is_sound else "took a sign-language video away"
    note(what, version, slot)
    flash(_("The sound is gone.") if is_sound else _("The video is gone."))
    return back_to(version, code)


@bp.get("/files/<name>")
@edits
def file(slug: str, name: str) -> ResponseReturnValue:
    """To play it before the survey is published."""
    if not media.is_of_survey(name, own(slug).id):
        abort(404)
    return sent(name)


# ---- forms as they stand, and from a form to a piece


def sound_form(version: SurveyVersion, code: str, language: str = ENGLISH) -> SoundForm:
    kept = media.in_slot(Slot(version.id, code, SOUND, language))
    words = kept.transcript if kept else ""
    return SoundForm(formdata=None, language=language, sound_words=words)


def signs_form(version: SurveyVersion, code: str) -> SignsForm:
    kept = media.in_slot(Slot(version.id, code, SIGNS, BSL))
    return SignsForm(formdata=None, signs_words=kept.transcript if kept else "")


def was_kept(form: SoundForm | SignsForm, slot: Slot, piece_in: MakePiece) -> bool:
    """What the form brought is in its slot; False, with the reason in the form."""
    before = media.in_slot(slot)
    form.is_kept = before is not None
    if not form.validate_on_submit():
        return False
    # Large files take their time to reach the disk. Others may write meanwhile.
    with long_reading():
        piece = piece_in(form, before)
    if piece is None:
        return False
    media.put(slot, piece, current_staff(), datetime.now(UTC))
    return True


def sound_in(form: SoundForm, before: QuestionMedia | None) -> Piece | None:
    file = stored(form.sound, ending_of_sound, kept_file(before))
    return Piece(*file, transcript=form.sound_words.data) if file else None


def signs_in(form: SignsForm, before: QuestionMedia | None) -> Piece | None:
    video = stored(form.video, ending_of_video, kept_file(before))
    captions = stored(form.captions, ending_of_captions, kept_captions(before))
    if video is None or captions is None:
        return None
    return Piece(*video, captions_digest=captions[0], transcript=form.signs_words.data)


def stored(field: FileField, ending_of: Callable[[bytes], str], before: Kept | None) -> Kept | None:
    """The file that was sent, or else the one from before; None, with the reason in the form."""
    if not field.data:
        return before
    content = field.data.read()
    try:
        ending = ending_of(content)
    except EngageError as error:
        field.errors = [str(error)]
        return None
    return media_files().save(content, ending), CONTENT_TYPES[ending]


def kept_file(before: QuestionMedia | None) -> Kept | None:
    return (before.file_digest, before.content_type) if before else None


def kept_captions(before: QuestionMedia | None) -> Kept | None:
    return (before.captions_digest, CONTENT_TYPES[CAPTIONS]) if before else None


# ---- pages


def question_page(
    version: SurveyVersion, code: str, sound: SoundForm, signs: SignsForm
) -> ResponseReturnValue:
    asked = asked_or_404(version, code)
    pieces = [piece for piece in media.media_of(version.id) if piece.code == code]
    page = render_template(
        "surveys/media_question.html",
        version=version,
        question=asked,
        words=english(asked),
        words_in=lambda language: pick(asked.wordings, language, easy_read=False).text,
        sounds=[piece for piece in pieces if piece.kind == SOUND],
        video=next((piece for piece in pieces if piece.kind == SIGNS), None),
        sound_form=sound,
        signs_form=signs,
        endings=ENDINGS,
        languages=[(code, shown_name(code)) for code in LANGUAGES],
        language_name=shown_name,
    )
    return page, 422 if sound.errors or signs.errors else 200


def asked_or_404(version: SurveyVersion, code: str) -> QuestionDefinition:
    try:
        return queries.definition_of(version.id).question(code)
    except LookupError:
        abort(404)


def english(question: QuestionDefinition) -> str:
    return pick(question.wordings, ENGLISH, easy_read=False).text


def back_to(version: SurveyVersion, code: str) -> ResponseReturnValue:
    slug = version.survey.slug
    return redirect(url_for(".question", slug=slug, code=code, version=version.number))


def note(what: str, version: SurveyVersion, slot: Slot) -> None:
    detail = {"version": version.number, "question": slot.code, "language": slot.language}
    record(current_staff(), what, version.survey.slug, **detail)
