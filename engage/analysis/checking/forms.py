"""What somebody who codes may say of a comment."""

from collections.abc import Iterable

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from engage.analysis.models import Theme

NO_THEME = "none"


class CodingForm(FlaskForm):  # type: ignore[misc]
    """The themes of one comment, or that it fits none."""

    themes = SelectMultipleField(_("Which themes is it about?"), validate_choice=True)

    def validate_themes(self, field: SelectMultipleField) -> None:
        if not field.data:
            raise ValidationError(gettext("Choose one theme or more, or “It fits no theme”"))
        if NO_THEME in field.data and len(field.data) > 1:
            raise ValidationError(gettext("Choose themes, or “It fits no theme”, not both"))

    @property
    def chosen(self) -> list[int]:
        return [int(code) for code in self.themes.data if code != NO_THEME]


def coding_form(themes: Iterable[Theme]) -> CodingForm:
    form = CodingForm()
    form.themes.choices = [
        *(SelectChoice(str(theme.id), theme.name) for theme in themes),
        SelectChoice(NO_THEME, gettext("It fits no theme")),
    ]
    return form


def as_chosen(kept: list[int] | None) -> list[str]:
    """What somebody said before as the form holds it; nothing where they have not said."""
    if kept is None:
        return []
    return [str(theme) for theme in kept] or [NO_THEME]
