"""What every kind of question can do, and the names its form fields share."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from wtforms.fields.choices import SelectChoice
from wtforms.form import BaseForm

from engage.surveys.definition import QuestionDefinition

Choices = Sequence[SelectChoice]  # value: the code; label: the words
FIELD = "answer"


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
        """What to keep of a valid form; None where nothing was answered.

        Of a form that is not valid, it says only whether something was given.
        """
        return form[FIELD].data or None

    def form_data(self, value: Any) -> dict[str, Any]:
        """The other way: what the form shows for a kept value."""
        return {FIELD: value}

    def read_back(self, value: Any, words: Mapping[str, str]) -> list[str]:
        """The answer as lines a person reads. `words` by option code."""
        return [words.get(value, str(value))]

    def is_whole(self, question: QuestionDefinition, value: Any) -> bool:
        """Whether a kept answer is all that a required question asks for."""
        return value is not None

    def how(self, question: QuestionDefinition, words: Mapping[str, str]) -> str:
        """For someone who checks the survey: how this is answered, beyond choosing or writing."""
        return ""
