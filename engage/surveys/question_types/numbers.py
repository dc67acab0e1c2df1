"""A whole number, typed as people type it."""

import re
from collections.abc import Mapping
from typing import Any

from flask_babel import gettext
from wtforms import Field, StringField
from wtforms.form import BaseForm
from wtforms.validators import ValidationError

from engage.surveys.definition import QuestionDefinition
from engage.surveys.parts import unit_of
from engage.surveys.question_types.base import FIELD, Choices, QuestionType
from engage.surveys.question_types.instead import NotBoth, instead_data, instead_field, ticked
from engage.surveys.question_types.rules import wanted
from engage.typed import plain_digits, tidy

LARGEST = 999_999_999  # where the question sets no limit
KEPT = re.compile(r"-?[0-9]+")
# 1000, 1,000 or 1 000; also 1,00,000, as numbers are written in India and Pakistan.
WHOLE = re.compile(r"([+-]?)([0-9]+|[0-9]{1,3}([,' ])(?:[0-9]{2,3}\3)*[0-9]{3})")
BROKEN = re.compile(r"[+-]?[0-9]*[.,\u066b][0-9]+")
SAME_SIGN = str.maketrans({"−": "-", "–": "-", "’": "'", "،": ",", "٬": ",", "，": ","})


class Number(QuestionType):
    """Kept in plain digits, "1000", so that 0 is an answer like any other; or a ticked code."""

    name = "number"
    template = "number"

    def fields(self, question: QuestionDefinition, choices: Choices) -> dict[str, Any]:
        unit = unit_of(question)
        words = {choice.value: str(choice.label) for choice in choices}
        rules = [NotBoth([FIELD]), InRange(question, choices)]
        return {
            FIELD: StringField(
                description=words.get(unit.code, "") if unit else "",
                filters=[tidy],
                validators=rules,
            )
        } | instead_field(question, choices)

    def value(self, form: BaseForm) -> Any:
        number = read_number(form[FIELD].data or "")
        if number is not None:
            return str(number)
        return form[FIELD].data or ticked(form)

    def form_data(self, value: Any) -> dict[str, Any]:
        return instead_data(value, {FIELD: value}, is_number(value))

    def read_back(self, value: Any, words: Mapping[str, str]) -> list[str]:
        if not is_number(value):
            return [words.get(value, str(value))]
        unit = words.get("unit")
        return [f"{int(value):,} ({unit})" if unit else f"{int(value):,}"]

    def how(self, question: QuestionDefinition, words: Mapping[str, str]) -> str:
        least, most = limits(question)
        unit = words.get("unit") or gettext("no unit")
        if most is None:
            return str(
                gettext("A number that is %(least)s or more (%(unit)s).", least=least, unit=unit)
            )
        return str(
            gettext(
                "A number from %(least)s to %(most)s (%(unit)s).", least=least, most=most, unit=unit
            )
        )


class InRange:
    """A whole number between the limits of the question."""

    def __init__(self, question: QuestionDefinition, choices: Choices) -> None:
        self.least, self.most = limits(question)
        ask = str(gettext("Write a number"))
        self.wanted = wanted(question, choices, ask) if question.is_required else ""

    def __call__(self, form: BaseForm, field: Field) -> None:
        if not field.data:
            if self.wanted and not ticked(form):
                raise ValidationError(self.wanted)
            return
        number = read_number(field.data)
        if number is None and BROKEN.fullmatch(plainly(field.data)):
            raise ValidationError(gettext("Write a whole number, with no point or comma in it"))
        most = LARGEST if self.most is None else self.most
        if number is None or not self.least <= number <= most:
            raise ValidationError(self._range(number))

    def _range(self, number: int | None) -> str:
        if self.most is not None:
            return str(
                gettext(
                    "Write a number from %(least)s to %(most)s",
                    least=f"{self.least:,}",
                    most=f"{self.most:,}",
                )
            )
        if number is None:
            return str(gettext("Write a number in digits, like 12"))
        if number > LARGEST:
            return str(gettext("Write a smaller number"))
        return str(gettext("Write a number that is %(least)s or more", least=f"{self.least:,}"))


def limits(question: QuestionDefinition) -> tuple[int, int | None]:
    """The smallest number, 0 where the question does not say, and the largest, if it does."""
    return int(question.settings.get("min", 0)), question.settings.get("max")


def read_number(text: str) -> int | None:
    """The whole number that was typed, in the digits of any script; None where there is none."""
    found = WHOLE.fullmatch(plainly(text))
    if found is None:
        return None
    # Python reads no endless numbers, be they zeros, and nobody means one.
    digits = re.sub(r"[^0-9]", "", found[2]).lstrip("0") or "0"
    if len(digits) > 12:
        return None
    return -int(digits) if found[1] == "-" else int(digits)


def plainly(text: str) -> str:
    """In plain digits, with one sign for each sign and one space for each gap."""
    return " ".join(plain_digits(text).translate(SAME_SIGN).split()).strip()


def is_number(value: Any) -> bool:
    return isinstance(value, str) and KEPT.fullmatch(value) is not None
