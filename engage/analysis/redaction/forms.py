"""What a person may say about a comment that may name somebody."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import RadioField, StringField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from engage.analysis.redaction.applying import PERSON, Decided, find_words
from engage.analysis.redaction.lists import instead, rules
from engage.analysis.redaction.queries import LEFT_IN, TAKEN_OUT
from engage.surveys.question_types import tidy

LONGEST_REASON = 500
MOST_LETTERS = 2000


@dataclass(frozen=True)
class Mark:
    """Some letters of the comment to decide on: suggested now, or decided before."""

    number: int
    start: int
    end: int
    words: str
    rule: str
    why: str
    decision: str = ""
    reason: str = ""

    @property
    def what(self) -> str:
        return f"what-{self.start}-{self.end}"

    @property
    def because(self) -> str:
        return f"why-{self.start}-{self.end}"

    @property
    def instead(self) -> str:
        return instead().get(self.rule, "[taken out]")


class RedactionForm(FlaskForm):  # type: ignore[misc]
    """Grows two fields for each mark: what to do, and why."""

    text = ""  # the comment
    more = TextAreaField(
        _("Other words to take out"),
        validators=[Optional(), Length(max=MOST_LETTERS, message=_("Write less here"))],
    )
    more_why = StringField(
        _("Why these words"),
        filters=[tidy],
        validators=[Optional(), Length(max=LONGEST_REASON, message=_("Make it shorter"))],
    )

    def validate_more(self, field: TextAreaField) -> None:
        for words in self.typed():
            if not find_words(self.text, words):
                missing = gettext("“%(words)s” does not stand in the comment", words=words)
                raise ValidationError(missing)

    def typed(self) -> list[str]:
        lines = (self.more.data or "").splitlines()
        return [line.strip() for line in lines if line.strip()]


def redaction_form(text: str, marks: Sequence[Mark]) -> RedactionForm:
    fields: dict[str, Any] = {"text": text}
    for mark in marks:
        fields[mark.what] = RadioField(
            gettext("“%(words)s”", words=mark.words),
            choices=_choices(mark),
            default=mark.decision or None,
            validators=[
                InputRequired(gettext("Choose what to do with “%(words)s”", words=mark.words))
            ],
        )
        fields[mark.because] = StringField(
            gettext("Why (you can leave this blank)"),
            default=mark.reason,
            filters=[tidy],
            validators=[Optional(), Length(max=LONGEST_REASON, message=_("Make it shorter"))],
        )
    filled: type[RedactionForm] = type("FilledForm", (RedactionForm,), fields)
    return filled()


def decided_in(form: RedactionForm, marks: Sequence[Mark]) -> list[Decided]:
    """What was said of each mark; where no reason was typed, the rule's own stands."""
    said = [_decided(form, mark) for mark in marks]
    known = {(mark.start, mark.end) for mark in marks}
    reason = form.more_why.data or rules()[PERSON].why
    typed = {place for words in form.typed() for place in find_words(form.text, words)}
    more = [Decided(a, b, PERSON, is_out=True, reason=reason) for a, b in sorted(typed - known)]
    return [*said, *more]


def _decided(form: RedactionForm, mark: Mark) -> Decided:
    is_out = form[mark.what].data == TAKEN_OUT
    typed = form[mark.because].data or ""
    return Decided(
        mark.start, mark.end, mark.rule, is_out, reason=typed or (mark.why if is_out else "")
    )


def _choices(mark: Mark) -> list[SelectChoice]:
    out = gettext("Take it out: %(kind)s stands in its place", kind=mark.instead)
    return [SelectChoice(TAKEN_OUT, out), SelectChoice(LEFT_IN, gettext("Leave it in"))]
