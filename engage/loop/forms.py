"""What staff type when they answer a theme, and the words when a part is missing."""

from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import RadioField, SelectField, SelectMultipleField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from engage.loop.demands import Parts, missing
from engage.loop.public.areas import name_of
from engage.surveys.the_pack import the_pack
from engage.web.fields import day, how_many, line, words

LONGEST_ROLE = 120  # the columns' own length
KIND_WORDS = {
    "did": _("We did"),
    "doing": _("We are doing"),
    "will": _("We will do"),
    "cannot": _("We can’t, because"),
    "already": _("It is already there"),
    "passed_on": _("We passed it on"),
    "ask_more": _("We need to ask more"),
}
KIND_HINTS = {
    "did": _("It is finished, and you can show it."),
    "doing": _("It has begun, and has a date."),
    "will": _("It is decided, and has a date."),
    "cannot": _("Say why, what there is instead, and how to challenge it."),
    "already": _("People can use it today. Say where it is, and how to get it."),
    "passed_on": _("Someone else decides. You asked them, and for a date."),
    "ask_more": _("You cannot decide yet. Say what you will ask, and by when."),
}
REASON_WORDS = {
    "law": _("The law does not let us"),
    "money": _("We do not have the money"),
    "not_ours": _("It is not ours to decide"),
    "safety": _("It would not be safe"),
    "opposite": _("Other people asked for the opposite"),
    "not_now": _("We cannot do it now"),
    "exists": _("It is already there"),
}
LEVEL_WORDS = {
    0: _("Nothing yet"),
    1: _("Something was made or done"),
    2: _("It reached the people it is for"),
    3: _("Families report a difference"),
    4: _("A figure we watch has moved"),
    5: _("Somebody independent confirms it"),
}
LEVEL_CHOICES = [SelectChoice(*each) for each in LEVEL_WORDS.items()]
REASON_CHOICES = [SelectChoice(*each) for each in REASON_WORDS.items()]
MISSING = {
    "you_said": _("Write what people said"),
    "we_did": _("Write your answer"),
    "owner": _("Write the role that answers for this"),
    "place": _("Write where it happened"),
    "reached": _("Write how many people it reached"),
    "evidence": _("Write how you know it happened"),
    "evidence_level": _("Choose what your proof shows. “Nothing yet” is not done yet"),
    "how_to_get": _("Write how people can get it"),
    "will_ask": _("Write what you will ask"),
    "done_on": _("Give the date it was done"),
    "due_on": _("Give the date it will be done by"),
    "reason": _("Choose why you cannot do it"),
    "decided_by": _("Write who decided this"),
    "instead": _("Write what there is instead"),
    "challenge": _("Write how people can challenge this"),
}


class ActionForm(FlaskForm):  # type: ignore[misc]
    """Everything about one answer. Only its kind is always needed: a draft may have gaps."""

    kind = RadioField(
        _("What is your answer?"),
        choices=[SelectChoice(*each) for each in KIND_WORDS.items()],
        validators=[InputRequired(_("Choose what kind of answer this is"))],
    )
    you_said = words(
        _("You said"),
        _("What people told you, in their words. Short sentences. No names, schools or towns."),
    )
    you_said_easy = words(
        _("You said, in easy read"),
        _("One idea in each sentence. About 8 words. For example: You wait a long time for help."),
    )
    we_did = words(
        _("Your answer"),
        _(
            "Say who does what, and when. Write “by 26 February 2027”, not “soon”. "
            "Write “We do not have the money”, not “out of scope”."
        ),
    )
    we_did_easy = words(
        _("Your answer, in easy read"),
        _("One idea in each sentence. For example: We will send a text each month."),
    )
    owner = line(
        _("Who answers for this"),
        _("A role, not a name. For example: Lead for children’s therapies"),
        LONGEST_ROLE,
    )
    areas = SelectMultipleField(
        _("Which areas is this about?"),
        description=_("Leave all empty for the whole county."),
        validate_choice=False,  # its words are not ours
    )
    due_on = day(
        _("Done by"),
        _(
            "For things you are doing, will do, passed on or need to ask more about, "
            "and for “we cannot do it now”."
        ),
    )
    place = line(
        _("Where it happened, or where it is"), _("For example: In all nine areas"), LONGEST_ROLE
    )
    reached = how_many(
        _("How many people it reached"),
        _("A number. Fewer than 10 is not shown to the public."),
    )
    evidence = words(
        _("How you know"),
        _("What shows that it happened. For example: Letters sent from 1 September, counted."),
    )
    evidence_level = SelectField(
        _("What your proof shows"),
        default=0,
        coerce=lambda typed: int(typed or 0),
        choices=LEVEL_CHOICES,
        description=_("The most that it shows. Counting what was sent is not a difference."),
    )
    how_to_get = words(
        _("How to get it"),
        _("Who to ask, and how to reach them. For example: Ask the SENCO of your school."),
    )
    will_ask = words(
        _("What you will ask"),
        _("What you do not know yet, and who you will ask. For example: Families in the east."),
    )
    done_on = day(_("Date it was done or decided"), _("The real date, not today’s."))
    reason = SelectField(
        _("Why you cannot do it"),
        default="",
        choices=[SelectChoice("", _("Choose a reason")), *REASON_CHOICES],
        description=_("The main reason. Explain it in your answer above."),
    )
    decided_by = line(
        _("Who decided"), _("A role or a meeting. For example: The SEND board"), LONGEST_ROLE
    )
    instead = words(
        _("What there is instead"),
        _("Something people can use today, and how to get it. If there is nothing, say so."),
    )
    instead_easy = words(
        _("What there is instead, in easy read"), _("For example: You can get travel training.")
    )
    challenge = words(
        _("How to challenge it"),
        _("Who to ask, and how to reach them. For example: You can ask for a review. Ring 0300 …"),
    )

    def validate_areas(self, field: SelectMultipleField) -> None:
        known = {each.value for each in field.choices}
        if not known.issuperset(field.data or ()):
            raise ValidationError(_("Choose only areas that are on this list"))

    def parts(self) -> Parts:
        """What was typed, as plain values."""
        typed = {name: self[name].data for name in Parts.__dataclass_fields__}
        return Parts(**{**typed, "kind": self.kind.data or ""})

    def has_all_parts(self) -> bool:
        """Puts plain words beside every part that this kind of answer must have and has not."""
        names = missing(self.parts())
        for name in names:
            self[name].errors = [*self[name].errors, MISSING[name]]
        return not names


def filled(action: Any = None) -> ActionForm:
    """The form with what was sent or, on opening it, what the answer says now."""
    form = ActionForm(obj=action)
    form.areas.choices = [SelectChoice(each.code, name_of(each)) for each in the_pack().areas]
    return form
