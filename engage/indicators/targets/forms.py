"""What somebody types of a target, and the words when it is wrong."""

from datetime import date
from typing import Any

from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, StringField
from wtforms.validators import DataRequired, InputRequired

from engage.indicators.feeding.playing_parts import whole_number
from engage.indicators.targets.operations import Wish, can_be_told
from engage.indicators.targets.queries import Standing
from engage.web.fields import LONGEST, day, line, words


def without_sign(typed: str | None) -> str:
    """ "40 %" is 40: the sign stands beside the box."""
    return (typed or "").strip().removesuffix("%").strip()


class TargetForm(FlaskForm):  # type: ignore[misc]
    """`seen` is the figure and the smallest change that stood on the page."""

    percent = StringField(_("What percentage should be satisfied?"), filters=[without_sign])
    by = day(_("By which day?"), _("For example 2027-12-31"), InputRequired(_("Give a day")))
    reason = words(_("Why this target?"), _("It is kept with the target."))
    knows = BooleanField(_("I know this cannot be measured"))
    seen = HiddenField()

    def check(self, standing: Standing, today: date) -> bool:
        """Whether it may be set, apart from what chance would hide."""
        if (wrong := _wrong_percent(self.percent.data or "", standing)) is not None:
            self.percent.errors = [wrong]
        if self.by.data and self.by.data <= today:
            self.by.errors = [gettext("Give a day that is still to come")]
        if not self.reason.data:
            self.reason.errors = [gettext("Write why")]
        if self.seen.data != seen(standing):
            self.percent.errors = [
                gettext("The figure has changed since you opened this page. Look again.")
            ]
        return not self.errors

    def wish(self) -> Wish:
        return Wish(
            percent=whole_number(self.percent.data or "") or 0,
            by=self.by.data,
            reason=self.reason.data or "",
            knows=bool(self.knows.data),
        )

    def must_know(self, standing: Standing) -> bool:
        """Whether the rise would not show, and nobody has said that they know."""
        wish = self.wish()
        if can_be_told(wish, standing) or wish.knows:
            return False
        self.knows.errors = [gettext("Tick this, or set a higher target")]
        return True


class WithdrawForm(FlaskForm):  # type: ignore[misc]
    why = line(
        _("Why it is withdrawn"),
        _("It is kept with the target."),
        LONGEST,
        DataRequired(_("Write why")),
    )


def seen(standing: Standing) -> str:
    return f"{standing.percent}-{standing.smallest}"


def _wrong_percent(typed: str, standing: Standing) -> str | None:
    number = whole_number(typed)
    if number is None or not 1 <= number <= 100:
        return str(gettext("Write a whole number from 1 to 100"))
    if standing.percent is not None and number <= standing.percent:
        return str(
            gettext("Write a higher percentage: it stands at %(now)s%%", now=standing.percent)
        )
    return None


def cannot_be_told(wish: Wish, standing: Standing) -> list[str]:
    """Why the target could not be measured, in two sentences."""
    rise, smallest = wish.percent - (standing.percent or 0), standing.smallest or 0
    return [
        str(
            ngettext(
                "A rise of %(num)d point could not be told from chance.",
                "A rise of %(num)d points could not be told from chance.",
                rise,
            )
        ),
        shows(smallest),
    ]


def shows(points: int) -> str:
    said: Any = ngettext(
        "With replies like these the smallest rise that shows is %(num)d point.",
        "With replies like these the smallest rise that shows is %(num)d points.",
        points,
    )
    return str(said)
