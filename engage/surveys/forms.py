"""What staff type about a survey, and the words when it is wrong."""

import re
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import DateField, SelectChoice, SelectMultipleField, StringField, SubmitField
from wtforms.validators import InputRequired, Length, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from engage.framework import Pack
from engage.surveys.definition import (
    SurveyDefinition,
    optional_questions,
    possible_audiences,
)
from engage.surveys.operations import Details
from engage.surveys.timing import end_of, start_of
from engage.surveys.wording import ENGLISH, pick

ADDRESS = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
RESERVED = {"new"}


class DayField(DateField):  # type: ignore[misc]
    """A day. What cannot be read as one is said in our words and stays in the box."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError(_("Type a real date, like 2026-11-22")) from error

    def typed(self) -> str:
        return str(self._value())


class TickBoxes(SelectMultipleField):  # type: ignore[misc]
    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


def is_address(form: FlaskForm, field: StringField) -> None:
    if not ADDRESS.fullmatch(field.data):
        raise ValidationError(_("Use small letters, numbers and single dashes, like parks-2026"))
    if field.data in RESERVED:
        raise ValidationError(_("Choose another address: this one has a meaning of its own"))


class DetailsForm(FlaskForm):  # type: ignore[misc]
    """What is said of a draft beside its questions."""

    title = StringField(
        _("Name of the survey"),
        validators=[InputRequired(_("Write the name of the survey")), Length(max=200)],
    )
    title_easy = StringField(_("Name in easy read"), validators=[Length(max=200)])
    audiences = TickBoxes(
        _("Who is it for?"), validators=[InputRequired(_("Choose who the survey is for"))]
    )
    opens_on = DayField(_("First day"), validators=[Optional()])
    closes_on = DayField(_("Last day"), validators=[Optional()])
    questions = TickBoxes(_("Questions you may add"))
    submit = SubmitField(_("Save"))

    def offer(self, definition: SurveyDefinition, pack: Pack) -> None:
        """Fill in what there is to choose from."""
        possible = possible_audiences(definition)
        self.audiences.choices = [
            SelectChoice(audience.code, audience.label)
            for audience in pack.audiences
            if audience.code in possible
        ]
        self.questions.choices = [
            SelectChoice(question.code, pick(question.wordings, ENGLISH, easy_read=False).text)
            for question in optional_questions(definition)
        ]

    def validate_closes_on(self, field: DayField) -> None:
        opens_on = self.opens_on.data
        if isinstance(opens_on, date) and field.data and field.data < opens_on:
            raise ValidationError(_("The last day must not be before the first day"))

    def details(self) -> Details:
        """As the operations take it."""
        opens_on, closes_on = self.opens_on.data, self.closes_on.data
        return {
            "title": self.title.data,
            "title_easy": self.title_easy.data or self.title.data,
            "audiences": self.audiences.data,
            "opens_at": start_of(opens_on) if opens_on else None,
            "closes_at": end_of(closes_on) if closes_on else None,
        }


class NewSurveyForm(DetailsForm):
    slug = StringField(
        _("Address on the web"),
        validators=[InputRequired(_("Write an address")), Length(max=80), is_address],
        description=_("The end of the link people open. It cannot change later."),
    )
    submit = SubmitField(_("Make this survey"))


class ClosingForm(FlaskForm):  # type: ignore[misc]
    """The one thing that may change after people have begun to answer."""

    closes_on = DayField(_("Last day"), validators=[Optional()])
    submit = SubmitField(_("Save the last day"))

    def details(self) -> Details:
        closes_on: Any = self.closes_on.data
        return {"closes_at": end_of(closes_on) if closes_on else None}


class ConfirmForm(FlaskForm):  # type: ignore[misc]
    """A button and its token, nothing to type."""
