"""What staff send and type about a translation."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired, FileSize
from wtforms import BooleanField, StringField, SubmitField
from wtforms.validators import InputRequired, Length

from engage.surveys.translating import LONGEST_NAME
from engage.surveys.translation_files import LARGEST


class UploadForm(FlaskForm):  # type: ignore[misc]
    file = FileField(
        _("The file with the words"),
        validators=[
            FileRequired(_("Choose a file")),
            FileSize(LARGEST, message=_("The file is larger than 2 MB")),
        ],
    )
    is_machine = BooleanField(_("The words were made by a machine"))
    fill_same = BooleanField(_("Use a translation for every text with the same English"))
    submit = SubmitField(_("Add these words"))


class CheckedForm(FlaskForm):  # type: ignore[misc]
    checked_by = StringField(
        _("Who checked the words?"),
        validators=[
            InputRequired(_("Write who checked the words")),
            Length(max=LONGEST_NAME, message=_("Use 200 letters or fewer")),
        ],
    )
    submit = SubmitField(_("Mark as checked"))
