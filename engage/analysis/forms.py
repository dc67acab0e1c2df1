"""What an officer may type about a theme."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, Optional

from engage.analysis.operations import LONGEST_NAME
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


def ambition_choices(pack: Pack) -> list[SelectChoice]:
    named = [
        SelectChoice(ambition.code, f"{ambition.number}. {ambition.short_name}")
        for ambition in pack.ambitions
    ]
    return [SelectChoice("", str(_("No ambition fits"))), *named]
