"""What staff type when they add a piece of evidence, and the words when it is wrong."""

from collections.abc import Iterable
from datetime import date

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import RadioField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Optional

from engage.framework.pack import Pledge
from engage.loop.promises.operations import LONGEST_WORDS, Wish
from engage.loop.promises.sides import AGAINST, FOR, is_shown_day
from engage.safeguarding.forms import is_web_address
from engage.typed import tidy
from engage.web.fields import day, line, up_to

LONGEST_LINK = 500


class EvidenceForm(FlaskForm):  # type: ignore[misc]
    promise = SelectField(
        _("Which promise?"), validators=[InputRequired(_("Choose a promise"))], choices=[]
    )
    side = RadioField(
        _("What does it show?"),
        choices=[
            SelectChoice(FOR, _("For: the promise is kept")),
            SelectChoice(AGAINST, _("Against: the promise is not kept")),
        ],
        validators=[InputRequired(_("Choose for or against"))],
    )
    words = TextAreaField(
        _("What shows it"),
        [DataRequired(_("Write what shows it")), up_to(LONGEST_WORDS)],
        filters=[tidy],
        description=_("Plain words. No names of people, and nothing that somebody could be by."),
    )
    source = line(
        _("Where it is from"),
        _("For example: Minutes of the SEND board, 3 June 2026"),
        200,
        DataRequired(_("Write where it is from")),
    )
    link = line(
        _("A link to it"),
        _("If everyone can read it on the web. It starts with https:// or http://"),
        LONGEST_LINK,
        Optional(),
        is_web_address,
    )
    seen_on = day(
        _("The day it is of"),
        _("A day of the last 12 months. Evidence is shown for 12 months from its day."),
        InputRequired(_("Give the day it is of")),
    )

    def offer(self, pledges: Iterable[Pledge]) -> None:
        self.promise.choices = [
            SelectChoice(each.code, f"{each.number}. {each.name}") for each in pledges
        ]

    def has_a_shown_day(self, today: date) -> bool:
        """Puts plain words beside a day that is to come, or too long ago to be shown."""
        if self.seen_on.data is None or is_shown_day(self.seen_on.data, today):
            return True
        self.seen_on.errors = [gettext("Give a day of the last 12 months")]
        return False

    def wish(self) -> Wish:
        return Wish(
            promise=self.promise.data,
            side=self.side.data,
            words=self.words.data,
            source=self.source.data,
            seen_on=self.seen_on.data,
            link=self.link.data or "",
        )
