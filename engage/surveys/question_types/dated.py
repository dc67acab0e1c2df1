"""The kind of question that asks for a date."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_babel import format_date, gettext
from flask_babel import lazy_gettext as _
from wtforms import Field, StringField
from wtforms.form import BaseForm
from wtforms.validators import ValidationError

from engage.surveys.definition import QuestionDefinition
from engage.surveys.question_types.base import FIELD, Choices, QuestionType
from engage.surveys.question_types.dates import (
    PARTS,
    TODAY,
    Limits,
    Problem,
    is_date,
    limits_of,
    parts_of,
    precision_of,
    read_date,
)
from engage.surveys.question_types.instead import NotBoth, instead_data, instead_field, ticked
from engage.surveys.question_types.rules import wanted
from engage.typed import tidy

NAMES = {part: f"{FIELD}-{part}" for part in PARTS["day"]}
SHOWN = {10: "d MMMM y", 7: "MMMM y", 4: "y"}  # by the length of the kept date
LABELS = {"day": _("Day"), "month": _("Month"), "year": _("Year")}
MISSING = {"day": _("Add the day"), "month": _("Add the month"), "year": _("Add the year")}
UNCLEAR = {
    "day": _("Write the day as a number from 1 to 31"),
    "month": _("Write the month as a number from 1 to 12"),
    "year": _("Write the year with four numbers, like 2026"),
}


class Date(QuestionType):
    """Kept as "2026-03-27", "2026-03" or "2026", as precise as it is asked; or a ticked code."""

    name = "date"
    template = "date"

    def fields(self, question: QuestionDefinition, choices: Choices) -> dict[str, Any]:
        parts = PARTS[precision_of(question.settings)]
        rule = DateRule(question, choices)
        boxes = {
            NAMES[part]: StringField(LABELS[part], filters=[tidy], validators=[rule])
            for part in parts
        }
        return boxes | instead_field(question, choices)

    def value(self, form: BaseForm) -> Any:
        typed = typed_in(form)
        if not any(typed.values()):
            return ticked(form)
        precision = {len(parts): name for name, parts in PARTS.items()}[len(typed)]
        found, _problems = read_date(typed, precision)
        return found or " ".join(typed.values())

    def form_data(self, value: Any) -> dict[str, Any]:
        written = {NAMES[part]: text for part, text in parts_of(value)} if is_date(value) else {}
        return instead_data(value, written, is_date(value))

    def read_back(self, value: Any, words: Mapping[str, str]) -> list[str]:
        return [in_words(value) if is_date(value) else words.get(value, str(value))]

    def how(self, question: QuestionDefinition, words: Mapping[str, str]) -> str:
        known = {
            "day": gettext("A date: day, month and year."),
            "month": gettext("A date: month and year."),
            "year": gettext("A date: the year."),
        }
        return str(known[precision_of(question.settings)])


def typed_in(form: BaseForm) -> dict[str, str]:
    return {part: form[name].data or "" for part, name in NAMES.items() if name in form}


def in_words(kept: str) -> str:
    """As people say it: "27 March 2026", "March 2026", "2026"."""
    whole = date.fromisoformat((kept + "-01-01")[:10])
    return str(format_date(whole, SHOWN[len(kept)]))


class DateRule:
    """On every part: the whole date is read, and each part says what is wrong with itself."""

    def __init__(self, question: QuestionDefinition, choices: Choices) -> None:
        self.precision = precision_of(question.settings)
        self.settings = question.settings
        self.names = [NAMES[part] for part in PARTS[self.precision]]
        ask = str(gettext("Write the date"))
        self.wanted = wanted(question, choices, ask) if question.is_required else ""

    def __call__(self, form: BaseForm, field: Field) -> None:
        is_first = field.name == self.names[0]
        typed = typed_in(form)
        if not any(typed.values()):
            if is_first and self.wanted and not ticked(form):
                raise ValidationError(self.wanted)
            return
        if is_first:
            NotBoth(self.names)(form, field)
        for problem in self._problems(typed):
            if NAMES[problem.part] == field.name:
                raise ValidationError(self._words(problem, typed))

    def _problems(self, typed: Mapping[str, str]) -> list[Problem]:
        found, problems = read_date(typed, self.precision)
        if found and not limits_of(self.settings).hold(found):
            return [Problem(PARTS[self.precision][0], "out of range")]
        return problems

    def _words(self, problem: Problem, typed: Mapping[str, str]) -> str:
        if problem.kind == "missing":
            return str(MISSING[problem.part])
        if problem.kind == "unclear":
            return str(UNCLEAR[problem.part])
        if problem.kind == "impossible":
            return str(gettext("There is no such day in that month. Check the day."))
        return _range(limits_of(self.settings), self.settings.get("latest") == TODAY)


def _range(limits: Limits, is_to_today: bool) -> str:
    first = in_words(limits.first) if limits.first else ""
    last = in_words(limits.last) if limits.last else ""
    if first and last:
        return str(gettext("Write a date from %(first)s to %(last)s", first=first, last=last))
    if first:
        return str(gettext("Write a date that is %(first)s or later", first=first))
    if is_to_today:
        return str(gettext("Write a date that is not in the future"))
    return str(gettext("Write a date that is %(last)s or earlier", last=last))
