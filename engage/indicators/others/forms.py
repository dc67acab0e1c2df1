"""The files of figures that staff send."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField
from wtforms.validators import DataRequired, InputRequired

from engage.web.fields import day, line


class FiguresForm(FlaskForm):  # type: ignore[misc]
    figures = FileField(_("A CSV file of figures"), validators=[FileRequired(_("Choose a file"))])


class MarginsForm(FlaskForm):  # type: ignore[misc]
    margins = FileField(_("A CSV file of margins"), validators=[FileRequired(_("Choose a file"))])
    title = line(
        _("What it is called"),
        _("For example: School census"),
        200,
        DataRequired(_("Write what it is called")),
    )
    source = line(
        _("Where it is from"),
        _("For example: Hertfordshire County Council, table of 16 January"),
        300,
        DataRequired(_("Write where it is from")),
    )
    as_of = day(
        _("The day it is of"),
        _("For example 2025-01-16"),
        InputRequired(_("Give the day it is of")),
    )
    is_synthetic = BooleanField(_("The shares are made up, for a demonstration"))
