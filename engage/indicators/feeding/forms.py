"""What an officer says of how a survey feeds q, and the words when it is wrong."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice

from engage.indicators import names
from engage.indicators.feeding.playing_parts import Ways, mistakes, whole_number
from engage.indicators.feeding.queries import NAMES
from engage.indicators.q.feeds import GRADE, INVITED, WHO_ANSWERED
from engage.indicators.q.series import VARIABLES
from engage.surveys.definition import QuestionDefinition
from engage.surveys.wording import ENGLISH, pick

NAMES_IN_WORDS = {
    **names.PARTS,
    **{role: names.VARIABLES[variable] for variable, role in VARIABLES.items()},
    WHO_ANSWERED: _("Who answered (alone, with help, or somebody for them)"),
    GRADE: _("How people were found"),
    INVITED: _("People invited"),
}
WRONG = {
    "not_there": _("That question is not in this survey, or cannot play this part"),
    "twice": _("This question plays another part already. Choose a different one for one of them"),
    "no_way": _("Choose how people were found"),
    "no_number": _("Write how many people were sent a link, like 1200"),
    "too_many": _("That is more people than live in the county"),
    "too_few": _("%(replied)d people replied, so at least that many were invited"),
}

Able = Mapping[str, Mapping[str, QuestionDefinition]]  # questions by name of the part, and code


class SettingsForm(FlaskForm):  # type: ignore[misc]
    """Selects are added for each part and role."""

    grade = RadioField(
        NAMES_IN_WORDS[GRADE],
        choices=[SelectChoice(*each) for each in names.GRADES.items()],
        validate_choice=False,
    )
    invited = StringField(_("How many people were sent a link of their own?"))

    def chosen(self) -> dict[str, str]:
        """By name, as it is kept: how many were invited stands for a list only."""
        parts = {name: self[name].data or "" for name in NAMES}
        many = whole_number(self.invited.data or "") if self.grade.data == "A" else None
        return parts | {GRADE: self.grade.data or "", INVITED: str(many) if many else ""}

    def check(self, able: Able, replied: int) -> bool:
        """Whether all of it can be. What cannot is said beside its field."""
        ways = Ways(self.grade.data or "", self.invited.data or "", replied)
        found = mistakes({name: self[name].data or "" for name in NAMES}, able, ways)
        for name, code in found.items():
            self[name].errors = [str(WRONG[code]) % {"replied": replied}]
        return not found


def settings_form(able: Able, holds: Mapping[str, str]) -> SettingsForm:
    """The form with the questions that can play each part, filled with what holds now."""
    form: SettingsForm = _class_for(able)(data=dict(holds))
    return form


def _class_for(able: Able) -> Any:
    selects = {
        name: SelectField(
            NAMES_IN_WORDS[name],
            choices=[SelectChoice(code, question_words(each)) for code, each in questions.items()],
            validate_choice=False,  # it is checked with the others, in plain words
        )
        for name, questions in able.items()
    }
    return type("SettingsFormOfASurvey", (SettingsForm,), selects)


def question_words(question: QuestionDefinition) -> str:
    """ "PC10. Thinking about all the services …" """
    return f"{question.code}. {pick(question.wordings, ENGLISH, easy_read=False).text}"


def value_words(name: str, value: str, able: Able) -> str:
    """What somebody said, in words."""
    if name == GRADE:
        return str(names.GRADES.get(value, value))
    if name == INVITED:
        return value or str(gettext("not said"))
    if not value:
        return str(gettext("No question"))
    question = able[name].get(value) if name in able else None
    return question_words(question) if question else value
