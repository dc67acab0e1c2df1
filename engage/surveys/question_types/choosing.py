"""Kinds that are answered by choosing from a list."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext
from wtforms import RadioField, SelectField, SelectMultipleField
from wtforms.form import BaseForm

from engage.surveys.definition import QuestionDefinition
from engage.surveys.question_types.base import FIELD, Choices, QuestionType
from engage.surveys.question_types.rules import Alone, AtMost, Distinct, Known, needed, wanted


class Single(QuestionType):
    name = "single"
    template = "choice"

    def fields(self, question: QuestionDefinition, choices: Choices) -> dict[str, Any]:
        return {
            FIELD: RadioField(
                choices=list(choices),
                validators=[*needed(question, choices), Known(question.options)],
                validate_choice=False,
            )
        }


class Scale(Single):
    """Asked like any single choice; a kind of its own because its options have an order."""

    name = "scale"


class ZeroToTen(Single):
    """Eleven numbers, with words at both ends. The same eleven whatever words are read."""

    name = "zero_to_ten"
    template = "zero_to_ten"

    def how(self, question: QuestionDefinition, words: Mapping[str, str]) -> str:
        return str(gettext("The same eleven numbers in standard words and in easy read."))


class Loop(Single):
    """A scale asked once for each thing chosen before; branching makes the rounds."""

    name = "loop"


class Multi(QuestionType):
    name = "multi"
    template = "choices"

    def fields(self, question: QuestionDefinition, choices: Choices) -> dict[str, Any]:
        rules = [
            *needed(question, choices),
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
        ask = wanted(question, choices) if question.is_required else ""
        rules = [Distinct(question.options, ask)]
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


def places(question: QuestionDefinition) -> int:
    """How many places a ranking has."""
    return int(question.settings.get("max_choices") or 3)


def rank_label(place: int) -> str:
    known = {1: gettext("First"), 2: gettext("Second"), 3: gettext("Third")}
    return str(known.get(place) or gettext("Number %(place)d", place=place))
