"""Where somebody lives, by town or by the first half of a postcode. Only the area is kept.

What was typed helps to find the area and is then thrown away: it is in no answer, no address
and no log. A place that lies in several areas is never settled by guessing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext
from wtforms import Field, RadioField, StringField
from wtforms.form import BaseForm
from wtforms.validators import ValidationError

from engage.framework import Pack
from engage.framework.places import OUTSIDE, Found, find_place, without_second_half
from engage.surveys.definition import QuestionDefinition
from engage.surveys.question_types.base import FIELD, Choices, QuestionType
from engage.surveys.question_types.rules import Known, wanted
from engage.surveys.the_pack import the_pack
from engage.typed import tidy

PLACE = f"{FIELD}_place"
ASKED = f"{FIELD}_asked"  # the place the person was already asked about, sent along by the page
LONGEST_PLACE = 100
UNSETTLED = ""  # something was typed, and it is not an area yet; never kept


@dataclass(frozen=True, slots=True)
class Settled:
    """The answer; or what to ask next, and between which answers."""

    code: str | None = None
    asks: str = ""
    offered: frozenset[str] = frozenset()


class AreaField(RadioField):  # type: ignore[misc]
    """The areas. `offered`: those to choose from now, where the page must ask again."""

    offered: frozenset[str] = frozenset()

    @staticmethod
    def is_area(code: str) -> bool:
        return code in {area.code for area in the_pack().areas}


class Area(QuestionType):
    name = "area"
    template = "area"

    def fields(self, question: QuestionDefinition, choices: Choices) -> dict[str, Any]:
        return {
            PLACE: StringField(filters=[tidy_place], validators=[Said(question, choices)]),
            ASKED: StringField(filters=[tidy_place]),
            FIELD: AreaField(
                choices=list(choices),
                validators=[Known(question.options), Placed(question)],
                validate_choice=False,
            ),
        }

    def value(self, form: BaseForm) -> Any:
        if not form[PLACE].data:
            return form[FIELD].data or None
        settled = settle(the_pack(), form)
        return UNSETTLED if settled.asks else settled.code

    def how(self, question: QuestionDefinition, words: Mapping[str, str]) -> str:
        return str(gettext("By town or the first half of a postcode. Only the area is kept."))


def tidy_place(text: str | None) -> str:
    """The first filter of all, so that nothing ever sees the second half of a postcode."""
    return without_second_half(tidy(text))[:LONGEST_PLACE]


def settle(pack: Pack, form: BaseForm) -> Settled:
    """From what was typed and what was chosen to one answer, or to a question."""
    place, asked, chosen = form[PLACE].data, form[ASKED].data, form[FIELD].data or None
    if not place or (chosen and place == asked):
        return Settled(chosen)
    found = find_place(pack, place)
    if not found.must_ask and chosen in (None, *found.areas):
        return Settled(found.areas[0])
    if chosen in found.areas:
        return Settled(chosen)
    return _question(pack, found, chosen)


def _question(pack: Pack, found: Found, chosen: str | None) -> Settled:
    if not found.areas:
        every = frozenset(area.code for area in pack.areas)
        ask = gettext("We do not know that place. Choose your area from the list.")
        return Settled(asks=str(ask), offered=every)
    offered = frozenset(found.areas) | ({chosen} if chosen else set())
    return Settled(asks=_words(pack, found, chosen), offered=frozenset(offered))


def _words(pack: Pack, found: Found, chosen: str | None) -> str:
    if not found.must_ask:
        ask = gettext(
            "You wrote %(place)s and chose another answer. Choose the right one.", place=found.name
        )
    elif OUTSIDE in found.areas:
        ask = gettext(
            "Only a part of %(place)s lies in %(county)s. Choose yours.",
            place=found.name,
            county=pack.county,
        )
    elif len(found.areas) == 2:
        ask = gettext("%(place)s lies in two areas. Choose yours.", place=found.name)
    else:
        ask = gettext("%(place)s lies in more than one area. Choose yours.", place=found.name)
    return str(ask)


class Said:
    """A required question has a place or a choice."""

    def __init__(self, question: QuestionDefinition, choices: Choices) -> None:
        ask = str(gettext("Write your town, or choose an answer"))
        self.wanted = wanted(question, choices, ask) if question.is_required else ""

    def __call__(self, form: BaseForm, field: Field) -> None:
        if self.wanted and not field.data and not form[FIELD].data:
            raise ValidationError(self.wanted)


class Placed:
    """The place has led to one area; if not, the page asks between those it may lie in."""

    def __init__(self, question: QuestionDefinition) -> None:
        self.known = {option.code for option in question.options}

    def __call__(self, form: BaseForm, field: Field) -> None:
        settled = settle(the_pack(), form)
        if settled.code and settled.code not in self.known:
            field.offered = frozenset(self.known)
            raise ValidationError(gettext("Choose your area from the list."))
        if settled.asks:
            field.offered = settled.offered
            form[ASKED].data = form[PLACE].data
            raise ValidationError(settled.asks)
