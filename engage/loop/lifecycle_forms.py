"""What staff and partners type at a step of the lifecycle, and the words when a part is missing."""

from datetime import datetime

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, NumberRange

from engage.loop import lifecycle
from engage.loop.forms import LEVEL_CHOICES, LONGEST_ROLE
from engage.loop.lifecycle import Step
from engage.loop.lifecycle_words import VERDICTS
from engage.people.models import Organisation
from engage.web.fields import MOST, Number, day, line, words


class AssignForm(FlaskForm):  # type: ignore[misc]
    owner = line(
        _("Who will answer"),
        _("A role, not a name. For example: Lead for children’s therapies"),
        LONGEST_ROLE,
        InputRequired(_("Write the role that will answer")),
    )
    due_on = day(
        _("By when there is an answer"),
        _("A real date. Families read it once the answer is public."),
        InputRequired(_("Give the date by which there is an answer")),
    )


class CheckForm(FlaskForm):  # type: ignore[misc]
    """What families said. Only a partner of the survey sees it."""

    about = HiddenField()  # which answer was read: see lifecycle_views.held_as_read
    said = RadioField(
        _("Is it done, as families see it?"),
        choices=[SelectChoice(*each) for each in VERDICTS.items()],
        validators=[InputRequired(_("Choose what families say"))],
    )
    asked = Number(
        _("How many people you asked"),
        [
            InputRequired(_("Write how many people you asked")),
            NumberRange(1, MOST, _("Write a whole number, like 24")),
        ],
        description=_("A number. Fewer than 10 is shown to the public as “fewer than 10”."),
    )
    note = words(
        _("Your note"),
        _(
            "What is missing, or what is better. Everyone can read it, and nobody else can change "
            "it. No names, schools or towns."
        ),
    )

    def wish(self, now: datetime) -> Step:
        return Step(
            state=lifecycle.CHECKED,
            at=now,
            said=self.said.data,
            asked=self.asked.data,
            note=self.note.data,
        )

    def has_all_parts(self, now: datetime) -> bool:
        """Puts plain words beside a note that is owed."""
        if "note" not in lifecycle.missing(self.wish(now)):
            return True
        self.note.errors = [_("Write what is missing")]
        return False


class DifferenceForm(FlaskForm):  # type: ignore[misc]
    about = HiddenField()
    note = words(
        _("What is different for families"),
        _("Not what was done: what is different now. For example: Half the wait there was."),
        InputRequired(_("Write what is different")),
    )
    evidence_level = SelectField(
        _("What your proof shows"),
        coerce=int,
        choices=LEVEL_CHOICES[lifecycle.LEAST_OF_DIFFERENCE :],
        description=_("A difference is at least what families report."),
    )


class CloseForm(FlaskForm):  # type: ignore[misc]
    about = HiddenField()
    note = words(
        _("Why it can be closed"),
        _("It opens again by itself if 3 new comments come, or families say “not yet”."),
        InputRequired(_("Write why it can be closed")),
    )


class PartnerForm(FlaskForm):  # type: ignore[misc]
    organisation = SelectField(
        _("Organisation"),
        coerce=lambda typed: int(typed or 0),
        validators=[InputRequired(_("Choose an organisation"))],
        description=_("It must be independent of yours. The forum of parents, for example."),
    )

    def offer(self, organisations: list[Organisation]) -> None:
        self.organisation.choices = [SelectChoice(each.id, each.name) for each in organisations]
