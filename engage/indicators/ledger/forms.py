"""What staff type about an activity of the ledger: one row of boxes for each unit."""

import re
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectField, SelectMultipleField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired

from engage.framework import Pack
from engage.indicators.ledger.sums import EXACT, Count, Entry
from engage.indicators.others.words import QUALIFIERS, UNITS
from engage.web.fields import how_many, line, words

PRINTED_DATE = re.compile(r"\d{4}(-\d{2}){0,2}", re.ASCII)
EMPTY = SelectChoice("", _("Not stated"))


def a_printed_date(form: Any, field: Any) -> None:
    """A year, a month or a day: as exact as it is known, and no more."""
    typed = field.data or ""
    try:
        if not PRINTED_DATE.fullmatch(typed):
            raise ValueError
        date(*[int(part) for part in [*typed.split("-"), "1", "1"][:3]])
    except ValueError as error:
        raise ValidationError(
            _("Write a year, a month or a day: 2025, 2025-06 or 2025-06-14")
        ) from error


class ActivityForm(FlaskForm):  # type: ignore[misc]
    """Everything about one activity. Count boxes are added for the units of the pack."""

    units: tuple[str, ...] = ()
    label = line(
        _("What was it?"),
        _("For example: Listening event in Stevenage library"),
        200,
        DataRequired(_("Write what it was")),
    )
    date_from = line(_("It began"), _("2025, 2025-06 or 2025-06-14"), 10, a_printed_date)
    date_to = line(_("It ended"), _("The same date for a single day"), 10, a_printed_date)
    date_basis = line(_("How you know the dates"), _("For example: printed on the poster"))
    channel = SelectField(_("What kind"), default="")
    organisation = SelectField(_("Who held it"), default="")
    audiences = SelectMultipleField(_("Who took part"))
    in_area = BooleanField(_("It counts for this county"), default=True)
    overlap = words(
        _("Who may be counted twice"),
        _("For example: Many will have answered the survey too. Everybody can read this."),
    )
    description = words(
        _("What happened"),
        _("One or two sentences that everybody can read. Leave out numbers under 10."),
    )
    description_easy = words(_("What happened, in easy read"), _("Short sentences."))
    source = line(_("Where it is written down"), _("For example: notes of the Local Offer team"))

    def validate_date_to(self, field: Any) -> None:
        begins = self.date_from.data or ""
        # As far as both are known: 2025-06 to 2025 is not the wrong way round.
        shorter = min(len(begins), len(field.data or ""))
        if (field.data or "")[:shorter] < begins[:shorter]:
            raise ValidationError(_("It ends before it begins"))

    def rows(self) -> list[dict[str, Any]]:
        """The three boxes of each unit."""
        return [
            {"unit": unit, "value": self[f"n_{unit}"], "how": self[f"q_{unit}"]}
            | {"printed": self[f"p_{unit}"]}
            for unit in self.units
        ]

    def entry(self) -> Entry:
        """What was typed, as the ledger holds it. The code is given when it is kept."""
        names = ("label", "date_from", "date_to", "date_basis", "channel", "organisation")
        more = ("in_area", "overlap", "description", "description_easy", "source")
        return Entry(
            code="",
            **{name: self[name].data for name in (*names, *more)},
            audiences=tuple(self.audiences.data or ()),
            counts=tuple(
                Count(row["unit"], row["value"].data, row["how"].data, row["printed"].data)
                for row in self.rows()
                if row["value"].data is not None
            ),
        )


def activity_form(pack: Pack, entry: Entry | None = None) -> ActivityForm:
    """The form for the units, channels and audiences of a pack, filled with an activity."""
    form = _class_for(pack.units)(data=_typed(entry) if entry else None)
    form.channel.choices = [EMPTY, *_choices(pack.channels, "label")]
    form.organisation.choices = [EMPTY, *_choices(pack.organisations, "name")]
    form.audiences.choices = _choices(pack.audiences, "label")
    return form


def _choices(things: Any, name: str) -> list[SelectChoice]:
    return [SelectChoice(each.code, getattr(each, name)) for each in things]


def _class_for(units: tuple[str, ...]) -> type[ActivityForm]:
    boxes: dict[str, Any] = {"units": units}
    for unit in units:
        name = UNITS.get(unit, unit)
        boxes[f"n_{unit}"] = how_many(name)
        boxes[f"q_{unit}"] = SelectField(
            _("How sure"),
            choices=[SelectChoice(*each) for each in QUALIFIERS.items()],
            default=EXACT,
        )
        boxes[f"p_{unit}"] = line(_("In the very words"), "")
    return type("ActivityFormOfAPack", (ActivityForm,), boxes)


def _typed(entry: Entry) -> dict[str, Any]:
    typed = {name: getattr(entry, name) for name in Entry.__dataclass_fields__}
    for count in entry.counts:
        typed |= {
            f"n_{count.unit}": count.value,
            f"q_{count.unit}": count.qualifier,
            f"p_{count.unit}": count.as_printed,
        }
    return typed


class WhyForm(FlaskForm):  # type: ignore[misc]
    """Why something is taken out. It is in the record for good."""

    why = line(
        _("Why it is taken out"),
        _("For example: The source has corrected its figure"),
        300,
        DataRequired(_("Write why")),
    )
