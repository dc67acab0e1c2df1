"""What an officer may type about a theme."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, Optional

from engage.analysis.frame.operations import LONGEST_DEFINITION
from engage.analysis.frame.recording import LONGEST_NAME
from engage.framework import Pack
from engage.surveys.question_types import tidy


class ThemeForm(FlaskForm):  # type: ignore[misc]
    """A person's name for a theme, and the ambition it belongs to."""

    name = StringField(
        _("Name of the theme"),
        filters=[tidy],
        validators=[
            DataRequired(_("Write a name for the theme")),
            Length(max=LONGEST_NAME, message=_("Make the name shorter")),
        ],
    )
    ambition = SelectField(_("Ambition"), validate_choice=True)


class SetAsideForm(FlaskForm):  # type: ignore[misc]
    """Why a finding is no theme. May be left empty."""

    reason = StringField(
        _("Why you set it aside"),
        filters=[tidy],
        validators=[Optional(), Length(max=500, message=_("Make it shorter"))],
    )


class DefinitionForm(FlaskForm):  # type: ignore[misc]
    """What belongs in a theme. May be left empty."""

    definition = TextAreaField(
        _("What belongs in this theme"),
        filters=[tidy],
        validators=[Optional(), Length(max=LONGEST_DEFINITION, message=_("Make it shorter"))],
    )


class MergeForm(FlaskForm):  # type: ignore[misc]
    """The theme that this one is merged into."""

    into = SelectField(_("Merge into"), validate_choice=True)


class NestForm(FlaskForm):  # type: ignore[misc]
    """The theme that this one stands under, or none."""

    parent = SelectField(_("Put under"), validate_choice=True)


class VersionForm(FlaskForm):  # type: ignore[misc]
    """A word about why the themes are kept as they are now."""

    note = StringField(
        _("Why you keep it"),
        filters=[tidy],
        validators=[Optional(), Length(max=500, message=_("Make it shorter"))],
    )


class FrameFileForm(FlaskForm):  # type: ignore[misc]
    """A file with the themes of another wave."""

    file = FileField(_("File with themes"), validators=[FileRequired(_("Choose a file"))])


def theme_choices(pairs: Iterable[tuple[str, str]]) -> list[SelectChoice]:
    return [SelectChoice(key, name) for key, name in pairs]


def ambition_choices(pack: Pack) -> list[SelectChoice]:
    named = [
        SelectChoice(ambition.code, f"{ambition.number}. {ambition.short_name}")
        for ambition in pack.ambitions
    ]
    return [SelectChoice("", str(_("No ambition fits"))), *named]
