"""What a co-lead types when it agrees or does not, and what it says in public."""

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from engage.surveys.co_lead.operations import Said
from engage.surveys.co_lead.signing import AGREED, NOT_AGREED, Thing
from engage.web.fields import words

SAID = {AGREED: _("We agree"), NOT_AGREED: _("We do not agree")}


class AboutForm(FlaskForm):  # type: ignore[misc]
    """A form that holds what was read, so that nobody agrees to what they did not see."""

    about = HiddenField()

    def is_about(self, checksum: str) -> bool:
        """Whether it still is what it was when the page was opened. Puts words where it is not."""
        read, self.about.data = self.about.data, checksum
        if self.is_submitted() and read != checksum:
            self.form_errors.append(gettext("It was changed while you read. Read it again first."))
            return False
        return True


class WordForm(AboutForm):
    said = RadioField(
        _("Do you agree to this?"),
        choices=[SelectChoice(*each) for each in SAID.items()],
        validators=[InputRequired(_("Choose whether you agree"))],
    )
    note = words(
        _("Your note"),
        _(
            "The other organisation reads it, and cannot change it. If you do not agree, "
            "say what would have to be different."
        ),
    )

    def has_all_parts(self) -> bool:
        """Puts plain words beside a note that is owed."""
        if self.said.data != NOT_AGREED or self.note.data:
            return True
        self.note.errors = [gettext("Say what would have to be different")]
        return False

    def wish(self) -> Said:
        return Said(self.said.data, self.note.data or "")

    def is_complete_about(self, thing: Thing) -> bool:
        """Everything is typed, and it is the very thing that was read."""
        same = self.is_about(thing.checksum)
        return bool(self.validate_on_submit() and self.has_all_parts() and same)


class NoteForm(FlaskForm):  # type: ignore[misc]
    note = words(
        _("Your note"),
        _(
            "Everyone can read it at once, with the name of your organisation. Nobody else can "
            "change it or take it away. No names, schools or towns. Leave it empty to take it back."
        ),
    )
    note_easy = words(
        _("Your note, in easy read"),
        _("One idea in each sentence. For example: Taxis cost money. We want buses."),
    )
