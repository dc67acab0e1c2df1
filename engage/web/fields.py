"""Boxes that several forms of staff have: a line, a few sentences, a day, a whole number."""

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import DateField, IntegerField, StringField, TextAreaField
from wtforms.validators import Length, NumberRange, Optional

from engage import typed
from engage.typed import tidy

LONGEST = typed.LONGEST
DAYS = ["%Y-%m-%d", "%d/%m/%Y", "%d %m %Y", "%d %B %Y"]
MOST = 10_000_000


def line(label: Any, hint: Any, longest: int = 200, *also: Any) -> StringField:
    return StringField(label, [*also, up_to(longest)], filters=[tidy], description=hint)


def words(label: Any, hint: Any, *also: Any) -> TextAreaField:
    return TextAreaField(label, [*also, up_to(LONGEST)], filters=[tidy], description=hint)


def up_to(longest: int) -> Length:
    too_long = _("Make this shorter: up to %(most)s letters", most=f"{longest:,}")
    return Length(max=longest, message=too_long)


class Day(DateField):  # type: ignore[misc]
    """A day as a date box sends it, or as people write it where there is no box."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata([typed.strip() for typed in valuelist])
        except ValueError as error:
            raise ValueError(str(_("Write a date like 2027-02-26"))) from error


def day(label: Any, hint: Any, *also: Any) -> Day:
    """One that may stay empty, unless `also` says otherwise."""
    return Day(label, [*also] or [Optional()], format=DAYS, description=hint)


class Number(IntegerField):  # type: ignore[misc]
    """A whole number, or nothing. Commas between thousands are as good as none."""

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = "".join(valuelist).replace(",", "").strip()
        self.data = None
        if not typed:
            return
        try:
            super().process_formdata([typed])
        except ValueError as error:
            raise ValueError(str(_("Write a whole number, like 340"))) from error


def how_many(label: Any, hint: Any = "") -> Number:
    in_range = NumberRange(0, MOST, _("Write a whole number, like 340"))
    return Number(label, [Optional(), in_range], description=hint)
