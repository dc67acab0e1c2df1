"""The files of figures that staff send."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, DateField
from wtforms.validators import DataRequired, InputRequired

from engage.indicators.ledger.forms import line

DAYS = ["%Y-%m-%d", "%d/%m/%Y"]


class Day(DateField):  # type: ignore[misc]
    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata([typed.strip() for typed in valuelist])
        except ValueError as error:
            raise ValueError(str(_("Write a date like 2025-01-16"))) from error


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
    as_of = Day(
        _("The day it is of"),
        [InputRequired(_("Give the day it is of"))],
        format=DAYS,
        description=_("For example 2025-01-16"),
    )
    is_synthetic = BooleanField(_("The shares are made up, for a demonstration"))
