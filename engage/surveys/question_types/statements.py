"""Several statements that share one list of answers, one beneath the other and never a grid."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext
from wtforms import Field, RadioField, StringField
from wtforms.form import BaseForm
from wtforms.validators import ValidationError

from engage.surveys.definition import QuestionDefinition
from engage.surveys.parts import answers_of, statements_of
from engage.surveys.question_types.base import FIELD, Choices, QuestionType
from engage.surveys.question_types.rules import Known

PREFIX = f"{FIELD}_"
# The buttons that lead elsewhere than to the next question, as the page sends them.
TURNING_AWAY = ("switch", "go")


class Statements(QuestionType):
    """Kept as the answer to each statement by its code; one left blank is not in it."""

    name = "statements"
    template = "statements"

    def fields(self, question: QuestionDefinition, choices: Choices) -> dict[str, Any]:
        words = {choice.value: str(choice.label) for choice in choices}
        answers = [choice for choice in choices if choice.value in _codes(answers_of(question))]
        known = Known(answers_of(question))
        asked = {
            PREFIX + code: RadioField(
                words.get(code, code),
                choices=answers,
                validators=[*([Answered()] if question.is_required else []), known],
                validate_choice=False,
            )
            for code in _codes(statements_of(question))
        }
        return asked | {button: StringField() for button in TURNING_AWAY}

    def value(self, form: BaseForm) -> Any:
        statements = (field for field in form if field.name.startswith(PREFIX))
        given = {field.name.removeprefix(PREFIX): field.data for field in statements if field.data}
        return given or None

    def form_data(self, value: Any) -> dict[str, Any]:
        return {PREFIX + statement: code for statement, code in (value or {}).items()}

    def read_back(self, value: Any, words: Mapping[str, str]) -> list[str]:
        # In the order of the question: `words` has that order, the kept answer need not.
        in_order = [code for code in words if code in value]
        rest = [code for code in value if code not in words]
        return [_line(words.get(s, s), words.get(value[s], value[s])) for s in in_order + rest]

    def is_whole(self, question: QuestionDefinition, value: Any) -> bool:
        return set(_codes(statements_of(question))) <= set(value or ())

    def how(self, question: QuestionDefinition, words: Mapping[str, str]) -> str:
        said = "” “".join(words[code] for code in _codes(statements_of(question)))
        return str(gettext("For each of these: “%(statements)s”", statements=said))


class Answered:
    """Each statement is answered, unless the person turns to other words or stops for now."""

    def __call__(self, form: BaseForm, field: Field) -> None:
        if not field.data and not any(form[button].data for button in TURNING_AWAY):
            statement = str(field.label.text)
            raise ValidationError(gettext("Choose an answer for “%(words)s”", words=statement))


def _codes(options: Sequence[Any]) -> list[str]:
    return [option.code for option in options]


def _line(statement: str, answer: str) -> str:
    return str(gettext("%(statement)s: %(answer)s", statement=statement, answer=answer))
