"""What staff type about the plan and about an alert, and what somebody in need may tell us."""

import hashlib
import re
import secrets
from collections.abc import Sequence
from urllib.parse import urlsplit

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import (
    Form,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
    SubmitField,
    TextAreaField,
)
from wtforms.validators import Email, InputRequired, Length, Optional, ValidationError

from engage.people.models import Organisation, Staff
from engage.people.operations import HELP
from engage.safeguarding.models import SafeguardingPlan
from engage.safeguarding.operations import PlanParts
from engage.typed import tidy

NUMBER = re.compile(r"\+?[0-9][0-9 ()-]{1,38}")
FORM_KEY = re.compile(r"[A-Za-z0-9_-]{16,64}")
# Back to the survey and nowhere else. A browser reads ".." and "%2e" as a step up.
BACK = re.compile(r"/(answer|have-your-say)/[A-Za-z0-9_~:.,=&?/-]+")
NOBODY = ""


def on_one_line(typed: str | None) -> str:
    return " ".join(tidy(typed).split())


def is_number(form: FlaskForm, field: StringField) -> None:
    if not NUMBER.fullmatch(field.data):
        raise ValidationError(_("Type a telephone number, like 01632 960118"))


def is_web_address(form: FlaskForm, field: StringField) -> None:
    """It becomes a link that families press: http or https, and nothing that runs."""
    try:
        parts = urlsplit(field.data)
        good = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        good = False
    if not good or " " in field.data or not field.data.isprintable():
        raise ValidationError(_("Type a whole web address, like https://www.bbc.co.uk/weather"))


def person(label: str, description: str) -> SelectField:
    return SelectField(label, description=description, validate_choice=True, choices=[])


def line(label: str, description: str, *rules: object, longest: int = 200) -> StringField:
    return StringField(
        label,
        description=description,
        filters=[on_one_line],
        validators=[*rules, Length(max=longest)],
    )


class PlanForm(FlaskForm):  # type: ignore[misc]
    """May be saved half done: what is missing is said, and no survey opens before it is there."""

    lead = person(_("Safeguarding lead"), _("Gets every alert at once, by mail."))
    deputy = person(_("Deputy"), _("Is told when nobody has acknowledged an alert after 1 hour."))
    service_head_email = line(
        _("E-mail address of the head of service"),
        _("Is told when nobody has acknowledged an alert after 4 hours."),
        Optional(),
        Email(_("Type an e-mail address like name@example.org")),
        longest=255,
    )
    hours = line(
        _("When alerts are read"),
        _("Families read this. For example: 9am to 5pm, Monday to Friday, not on bank holidays."),
    )
    help_phone = line(
        _("Help number for the day"),
        _("Children’s services or your own line, for people who do not feel safe."),
        Optional(),
        is_number,
        longest=40,
    )
    help_hours = line(
        _("When the day number is answered"),
        _("For example: 9am to 5pm, Monday to Friday."),
        longest=120,
    )
    out_of_hours_phone = line(
        _("Help number for nights and weekends"),
        _("The out-of-hours team of children’s services."),
        Optional(),
        is_number,
        longest=40,
    )
    leave_url = line(
        _("Where “Leave this page” leads"),
        _("An everyday page that does not name this survey. It starts with https:// or http://"),
        InputRequired(_("Type a whole web address, like https://www.bbc.co.uk/weather")),
        is_web_address,
        longest=300,
    )
    submit = SubmitField(_("Save"))

    def offer(self, staff: Sequence[Staff]) -> None:
        """Who there is to choose from."""
        nobody = SelectChoice(NOBODY, _("Nobody yet"))
        people = [SelectChoice(str(each.id), each.name) for each in staff]
        self.lead.choices = [nobody, *people]
        self.deputy.choices = [nobody, *people]

    def validate_deputy(self, field: SelectField) -> None:
        if field.data and field.data == self.lead.data:
            raise ValidationError(_("Choose a deputy who is not the lead"))

    def plan(self) -> PlanParts:
        return PlanParts(
            lead_id=int(self.lead.data) if self.lead.data else None,
            deputy_id=int(self.deputy.data) if self.deputy.data else None,
            service_head_email=self.service_head_email.data,
            hours=self.hours.data,
        )

    def help(self) -> dict[str, str]:
        return {name: self[name].data for name in HELP}


def starting_with(organisation: Organisation, plan: SafeguardingPlan | None) -> dict[str, str]:
    """What the form shows at first."""
    shown = {name: getattr(organisation, name) for name in HELP}
    if plan is not None:
        shown |= {"service_head_email": plan.service_head_email, "hours": plan.hours}
        shown |= {"lead": str(plan.lead_id or ""), "deputy": str(plan.deputy_id or "")}
    return shown


DECISION_NAMES = {
    "999": _("Called 999"),
    "referral": _("Made a referral to children’s services"),
    "advice": _("Asked for advice"),
    "none": _("No further action"),
}


def why(label: str) -> TextAreaField:
    return TextAreaField(
        label,
        description=_("Say what you did and why, so that somebody else can follow it later."),
        validators=[InputRequired(_("Write down why")), Length(max=4000)],
    )


class DecisionForm(FlaskForm):  # type: ignore[misc]
    decision = RadioField(
        _("What did you decide?"),
        choices=[SelectChoice(code, name) for code, name in DECISION_NAMES.items()],
        validators=[InputRequired(_("Choose what you decided"))],
    )
    decision_reason = why(_("Why?"))


class ClosingForm(FlaskForm):  # type: ignore[misc]
    released = RadioField(
        _("May others who read answers see these words again?"),
        choices=[SelectChoice("yes", _("Yes")), SelectChoice("no", _("No, keep them apart"))],
        validators=[InputRequired(_("Choose yes or no"))],
    )
    closing_reason = why(_("Why is nothing left to do?"))


class HelpForm(Form):  # type: ignore[misc]
    """Somebody asks for help. Every box may stay empty, and none is too short or too long."""

    words = TextAreaField(filters=[tidy])
    reach = TextAreaField(filters=[tidy])
    when = StringField(filters=[tidy])

    @property
    def is_empty(self) -> bool:
        return not (self.words.data or self.reach.data or self.when.data)

    def contact(self) -> dict[str, str]:
        """Only what the person gave."""
        given = {"reach": self.reach.data, "when": self.when.data}
        return {name: words for name, words in given.items() if words}

    def reference(self, key: str) -> str:
        """The same words sent twice are one alert. Changed ones are another: none are lost."""
        said = "\0".join([self.words.data, self.reach.data, self.when.data])
        return f"{key}.{hashlib.sha256(said.encode()).hexdigest()[:16]}"


def form_key(sent: str | None) -> str:
    """The page's own key, by which pressing twice is one alert; a new one where it is unusable."""
    return sent if sent and FORM_KEY.fullmatch(sent) else secrets.token_urlsafe(24)


def way_back(asked: str | None) -> str:
    """The page of the survey to go back to; nothing where it is not one of ours."""
    if not asked or not BACK.fullmatch(asked) or "//" in asked or ".." in asked:
        return ""
    return asked
