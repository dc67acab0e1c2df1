"""What an officer may ask for when looking through comments."""

from collections.abc import Mapping

from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, Optional

from engage.analysis.exploring.heard import Wanted
from engage.typed import tidy

LONGEST_SEARCH = 200
TO_CHOOSE_FROM = 2  # "all", and the only one there is
BY_WORDS, BY_MEANING = "words", "meaning"


class SearchForm(FlaskForm):  # type: ignore[misc]
    """Filters and words; all may stay empty."""

    audience = SelectField(lazy_gettext("Who said it"), default="")
    area = SelectField(lazy_gettext("Area"), default="")
    mode = SelectField(lazy_gettext("How they answered"), default="")
    wave = SelectField(lazy_gettext("Version of the survey"), default="")
    sentiment = SelectField(lazy_gettext("How it feels"), default="")
    ambition = SelectField(lazy_gettext("Ambition"), default="")
    theme = SelectField(lazy_gettext("Theme"), default="")
    words = StringField(
        lazy_gettext("Words to look for"),
        filters=[tidy],
        validators=[
            Optional(),
            Length(max=LONGEST_SEARCH, message=lazy_gettext("Make it shorter: up to 200 letters")),
        ],
    )
    how = RadioField(
        lazy_gettext("How to look"),
        choices=[
            SelectChoice(BY_WORDS, lazy_gettext("Comments with these words")),
            SelectChoice(BY_MEANING, lazy_gettext("Comments that mean something like it")),
        ],
        default=BY_WORDS,
        validators=[Optional()],
    )

    def offer(self, choices: Mapping[str, list[SelectChoice]]) -> None:
        for name, some in choices.items():
            self[name].choices = [SelectChoice("", _("All")), *some]

    @property
    def filters(self) -> list[tuple[SelectField, list[tuple[str, str]]]]:
        """Each filter with its choices; one that could choose nothing is left out."""
        every = [self[name] for name in Wanted.__dataclass_fields__]
        return [
            (field, [(choice.value, choice.label) for choice in field.choices])
            for field in every
            if len(field.choices) > TO_CHOOSE_FROM
        ]

    @property
    def wanted(self) -> Wanted:
        return Wanted(**{name: self[name].data or "" for name in Wanted.__dataclass_fields__})


class TagForm(FlaskForm):  # type: ignore[misc]
    """Which ambition a comment is about, as a person says."""

    ambition = SelectField(lazy_gettext("Ambition"), default="")
