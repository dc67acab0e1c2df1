"""The kinds of question we can ask, named as in the survey templates.

Everything that differs between kinds is here: the form field that asks, what is kept, and how
it reads back. To add a kind, add a class and a partial in templates/responses/kinds/.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _
from wtforms import Field, RadioField, SelectField, SelectMultipleField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.form import BaseForm
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from engage.surveys.definition import OptionDefinition, QuestionDefinition

Choices = Sequence[SelectChoice]  # value: the code; label: the words
LONGEST_TEXT = 4000  # characters, where the template sets no limit
FIELD = "answer"
# Marks that make text read backwards, and so something other than what it says; and the BOM.
TURNS_TEXT_ROUND = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")


class QuestionType:
    """One kind of question. `fields` asks it, `value` keeps it, `read_back` shows it again."""

    name: ClassVar[str]
    template: ClassVar[str]  # the partial that draws it
    is_open_text: ClassVar[bool] = False
    is_answered: ClassVar[bool] = True  # False: there is nothing to answer
    has_options: ClassVar[bool] = True

    def fields(self, question: QuestionDefinition, choices: Choices) -> dict[str, Any]:
        """Unbound form fields by name."""
        raise NotImplementedError

    def value(self, form: BaseForm) -> Any:
        """What to keep of a valid form; None where nothing was answered."""
        return form[FIELD].data or None

    def form_data(self, value: Any) -> dict[str, Any]:
        """The other way: what the form shows for a kept value."""
        return {FIELD: value}

    def read_back(self, value: Any, words: Mapping[str, str]) -> list[str]:
        """The answer as lines a person reads. `words` by option code."""
        return [words.get(value, str(value))]


class Single(QuestionType):
    name = "single"
    template = "choice"

    def fields(self, question: QuestionDefinition, choices: Choices) -> dict[str, Any]:
        return {
            FIELD: RadioField(
                choices=list(choices),
                validators=[*_needed(question, choices), Known(question.options)],
                validate_choice=False,
            )
        }


class Scale(Single):
    """Asked like any single choice; a kind of its own because its options have an order."""

    name = "scale"


class Loop(Single):
    """A scale asked once for each thing chosen before; branching makes the rounds."""

    name = "loop"


class Multi(QuestionType):
    name = "multi"
    template = "choices"

    def fields(self, question: QuestionDefinition, choices: Choices) -> dict[str, Any]:
        rules = [
            *_needed(question, choices),
            Known(question.options),
            AtMost(question.settings.get("max_choices")),
            Alone(question.options),
        ]
        return {
            FIELD: SelectMultipleField(
                choices=list(choices), validators=rules, validate_choice=False
            )
        }

    def value(self, form: BaseForm) -> Any:
        return [code for code in form[FIELD].data or () if code] or None

    def read_back(self, value: Any, words: Mapping[str, str]) -> list[str]:
        return [words.get(code, code) for code in value]


class Rank(QuestionType):
    """First, second and third choice, each from a list: no dragging."""

    name = "rank"
    template = "rank"

    def fields(self, question: QuestionDefinition, choices: Choices) -> dict[str, Any]:
        # Any place will do, so the first place alone cannot say that one is needed.
        wanted = _wanted(question, choices) if question.is_required else ""
        rules = [Distinct(question.options, wanted)]
        return {
            f"{FIELD}_{place}": SelectField(
                rank_label(place),
                choices=list(choices),
                validators=[*(rules if place == 1 else ()), Known(question.options)],
                validate_choice=False,
            )
            for place in range(1, places(question) + 1)
        }

    def value(self, form: BaseForm) -> Any:
        places = (field for field in form if field.name.startswith(f"{FIELD}_"))
        return [place.data for place in places if place.data] or None

    def form_data(self, value: Any) -> dict[str, Any]:
        return {f"{FIELD}_{place}": code for place, code in enumerate(value or (), start=1)}

    def read_back(self, value: Any, words: Mapping[str, str]) -> list[str]:
        return [f"{place}. {words.get(code, code)}" for place, code in enumerate(value, start=1)]


class Text(QuestionType):
    name = "text"
    template = "text"
    is_open_text = True
    has_options = False

    def fields(self, question: QuestionDefinition, choices: Choices) -> dict[str, Any]:
        longest = question.settings.get("max_chars") or LONGEST_TEXT
        too_long = ngettext(
            "Make it shorter. There is room for %(num)d letter.",
            "Make it shorter. There is room for %(num)d letters and spaces.",
            longest,
        )
        needed = InputRequired(_("Write an answer")) if question.is_required else Optional()
        return {
            FIELD: TextAreaField(
                filters=[tidy], validators=[needed, Length(max=longest, message=too_long)]
            )
        }

    def read_back(self, value: Any, words: Mapping[str, str]) -> list[str]:
        return [str(value)]


class Info(QuestionType):
    """Something to read; nothing to answer."""

    name = "info"
    template = "info"
    is_answered = False
    has_options = False

    def fields(self, question: QuestionDefinition, choices: Choices) -> dict[str, Any]:
        return {}

    def value(self, form: BaseForm) -> Any:
        return None

    def form_data(self, value: Any) -> dict[str, Any]:
        return {}


TYPES: dict[str, QuestionType] = {
    kind.name: kind for kind in (Single(), Scale(), Loop(), Multi(), Rank(), Text(), Info())
}


def places(question: QuestionDefinition) -> int:
    """How many places a ranking has."""
    return int(question.settings.get("max_choices") or 3)


def rank_label(place: int) -> str:
    known = {1: gettext("First"), 2: gettext("Second"), 3: gettext("Third")}
    return str(known.get(place) or gettext("Number %(place)d", place=place))


def tidy(text: str | None) -> str:
    """Control characters go, since no database and no spreadsheet takes them all.

    The invisible joiners stay: Urdu and Persian words, and many pictures, are made with them.
    """
    lines = (text or "").replace("\r\n", "\n").replace("\r", "\n")
    return "".join(_tidy_letter(letter) for letter in lines).strip()


def _tidy_letter(letter: str) -> str:
    kind = unicodedata.category(letter)
    if kind in ("Zl", "Zp"):
        return "\n"
    if kind == "Zs":
        return " "
    is_kept = kind not in ("Cc", "Cs") or letter in "\n\t"
    return letter if is_kept and letter not in TURNS_TEXT_ROUND else ""


def _needed(question: QuestionDefinition, choices: Choices) -> list[Any]:
    if not question.is_required:
        return [Optional()]
    return [InputRequired(_wanted(question, choices))]


def _wanted(question: QuestionDefinition, choices: Choices) -> str:
    """A required question names, in the words on the page, the way out that it always has."""
    missing = {option.code for option in question.options if option.is_missing}
    way_out = next((choice.label for choice in choices if choice.value in missing), None)
    if way_out is None:
        return str(gettext("Choose an answer."))
    return str(gettext("Choose an answer. You can choose “%(words)s”.", words=way_out))


class Known:
    """Only answers that the question has, on whichever screen they stand."""

    def __init__(self, options: Sequence[OptionDefinition]) -> None:
        self.known = {option.code for option in options}

    def __call__(self, form: BaseForm, field: Field) -> None:
        chosen = field.data if isinstance(field.data, list) else [field.data]
        if not {code for code in chosen if code} <= self.known:
            raise ValidationError(gettext("Choose one of the answers on this page"))


class AtMost:
    """No more than so many choices."""

    def __init__(self, most: int | None) -> None:
        self.most = most

    def __call__(self, form: BaseForm, field: Field) -> None:
        if self.most and len(field.data or ()) > self.most:
            raise ValidationError(
                ngettext("Choose %(num)d answer", "Choose up to %(num)d answers", self.most)
            )


class Alone:
    """ "Prefer not to say" and its like cannot stand beside another answer."""

    def __init__(self, options: Sequence[OptionDefinition]) -> None:
        self.alone = {o.code for o in options if o.is_missing or o.is_exclusive}

    def __call__(self, form: BaseForm, field: Field) -> None:
        chosen = set(field.data or ())
        if len(chosen) > 1 and chosen & self.alone:
            raise ValidationError(
                gettext("You chose an answer that stands alone. Untick it, or untick the others.")
            )


class Distinct(Alone):
    """Each place holds a different answer, and where one is needed, one does."""

    def __init__(self, options: Sequence[OptionDefinition], wanted: str) -> None:
        super().__init__(options)
        self.wanted = wanted  # what to say where no place is filled; empty where none need be

    def __call__(self, form: BaseForm, field: Field) -> None:
        places = [place for place in form if place.name.startswith(f"{FIELD}_")]
        chosen = [place.data for place in places if place.data]
        if self.wanted and not chosen:
            raise ValidationError(self.wanted)
        if len(chosen) > len(set(chosen)):
            raise ValidationError(gettext("Choose a different answer for each place"))
        if len(chosen) > 1 and set(chosen) & self.alone:
            raise ValidationError(
                gettext("You chose an answer that stands alone. Clear it, or clear the others.")
            )
