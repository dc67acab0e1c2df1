"""What staff send about the sound and the sign-language video of a question."""

from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileSize
from wtforms import HiddenField, SelectChoice, SelectField, SubmitField, TextAreaField
from wtforms.validators import DataRequired, Length, ValidationError

from engage.surveys.media_checks import (
    LARGEST_CAPTIONS,
    LARGEST_SOUND,
    LARGEST_VIDEO,
    LONGEST_TRANSCRIPT,
)
from engage.surveys.wording import ENGLISH
from engage.typed import tidy
from engage.web.i18n import LANGUAGES

WORDS_TOO_LONG = _("Use 20,000 letters or fewer")


def needed(form: Any, field: FileField) -> None:
    """The words can be put right without sending the file again."""
    if not field.data and not form.is_kept:
        raise ValidationError(_("Choose a file"))


def needed_without_others(form: Any, field: TextAreaField) -> None:
    """Whoever cannot hear must be able to read the same, in the same language."""
    if form.needs_words and not field.data:
        raise ValidationError(_("Write the words: the question has none in this language"))


class SoundForm(FlaskForm):  # type: ignore[misc]
    """`is_kept` is set where there is a sound in that language already, and `needs_words` where
    the question has no words in it."""

    is_kept = False
    needs_words = False
    language = SelectField(
        _("Language of the sound"),
        choices=[SelectChoice(code, name) for code, name in LANGUAGES.items()],
        default=ENGLISH,
    )
    sound = FileField(
        _("The recorded sound"),
        validators=[needed, FileSize(LARGEST_SOUND, message=_("The sound is larger than 1 MB"))],
    )
    sound_words = TextAreaField(
        _("The words of the sound"),
        filters=[tidy],
        validators=[
            needed_without_others,
            Length(max=LONGEST_TRANSCRIPT, message=WORDS_TOO_LONG),
        ],
    )
    submit = SubmitField(_("Keep this sound"))


class SignsForm(FlaskForm):  # type: ignore[misc]
    """`is_kept` is set where there is a video already."""

    is_kept = False
    video = FileField(
        _("The video in British Sign Language"),
        validators=[needed, FileSize(LARGEST_VIDEO, message=_("The video is larger than 30 MB"))],
    )
    captions = FileField(
        _("Captions in English"),
        validators=[
            needed,
            FileSize(LARGEST_CAPTIONS, message=_("The captions are larger than 200 KB")),
        ],
    )
    signs_words = TextAreaField(
        _("The words of the video in English"),
        filters=[tidy],
        validators=[
            DataRequired(_("Write the words of the video")),
            Length(max=LONGEST_TRANSCRIPT, message=WORDS_TOO_LONG),
        ],
    )
    submit = SubmitField(_("Keep this video"))


class TakeAwayForm(FlaskForm):  # type: ignore[misc]
    kind = HiddenField()
    language = HiddenField()
