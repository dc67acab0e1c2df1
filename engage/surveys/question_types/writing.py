"""Words of one's own, and words that are only read."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _
from flask_babel import ngettext
from wtforms import TextAreaField
from wtforms.form import BaseForm
from wtforms.validators import InputRequired, Length, Optional

from engage.surveys.definition import QuestionDefinition
from engage.surveys.question_types.base import FIELD, Choices, QuestionType
from engage.typed import tidy

LONGEST_TEXT = 4000  # characters, where the template sets no limit


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
