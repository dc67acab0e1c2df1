"""The evidence of a promise in the words a reader meets, side by side, and as data."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from engage.loop.clocks.words import days_late
from engage.loop.co_lead.public import public_name
from engage.loop.promises.models import PromiseEvidence
from engage.loop.promises.queries import Answered, Evidence, Unanswered
from engage.loop.promises.sides import AGAINST, BETWEEN, FOR, SIDES, Placed
from engage.mail import public_address

RULES: dict[str, Callable[[Placed], str]] = {
    "difference": lambda found: _("We did it, and we show what is different."),
    "yes": lambda found: _("We say that we did it. Families say yes."),
    "partly": lambda found: _("We say that we did it. Families say partly."),
    "unchecked": lambda found: _("We say that we did it. Families have not checked it yet."),
    "not_yet": lambda found: _("Families say that it is not done yet."),
    "overdue": lambda found: _("It is %(late)s.", late=days_late(found.days)),
    "cannot": lambda found: _("We cannot do it, and we say why."),
    "doing": lambda found: _("We are doing it."),
    "will": lambda found: _("We will do it."),
    "already": lambda found: _("It is already there, we say."),
    "passed_on": lambda found: _("We passed it on."),
    "ask_more": lambda found: _("We need to ask more."),
}


@dataclass(frozen=True, slots=True)
class Item:
    """One piece of evidence on a page, and the rule that put it on its side.

    `who` gave it, where an organisation did.
    """

    rule: str
    text: str
    why: str = ""
    day: date | None = None
    url: str = ""
    who: str = ""
    source: str = ""
    link: str = ""
    is_invented: bool = False


def by_side(found: Evidence, easy_read: bool = False) -> dict[str, list[Item]]:
    """What stands on each side: what organisations added, what waits, then the answers."""
    read = "easy" if easy_read else None
    sides: dict[str, list[Item]] = {side: [] for side in SIDES}
    for given in found.added:
        sides[given.side].append(of_added(given))
    sides[AGAINST] += [of_unanswered(each, easy_read) for each in found.unanswered]
    for answer in found.answers:
        sides[answer.placed.side].append(of_answer(answer, read))
    return sides


def of_added(given: PromiseEvidence) -> Item:
    return Item(
        rule="added",
        text=given.words,
        day=given.seen_on,
        who=given.organisation.name,
        source=given.source,
        link=given.link,
        is_invented=given.is_invented,
    )


def of_unanswered(late: Unanswered, easy_read: bool) -> Item:
    survey = late.line.survey
    return Item(
        rule="unanswered",
        text=late.line.version.title(easy_read),
        why=ngettext(
            "%(num)d of the ten most spoken of themes has no answer. It is %(late)s.",
            "%(num)d of the ten most spoken of themes have no answer. They are %(late)s.",
            late.themes,
            late=days_late(late.days),
        ),
        url=url_for("loop_clocks.on_time", read="easy" if easy_read else None),
        is_invented=survey.is_invented,
    )


def of_answer(answer: Answered, read: str | None) -> Item:
    action = answer.action
    return Item(
        rule=answer.placed.rule,
        text=public_name(action),
        why=RULES[answer.placed.rule](answer.placed),
        day=answer.day,
        url=url_for("loop_public.answer", id=action.id, read=read),
        is_invented=action.theme.survey.is_invented,
    )


def counts(found: Evidence) -> list[tuple[str, int]]:
    """Each side by its name, in an order that never depends on how many there are."""
    words = side_words()
    return [(words[side], found.count(side)) for side in SIDES]


def side_words() -> dict[str, str]:
    return {FOR: _("Speaks for it"), AGAINST: _("Speaks against it"), BETWEEN: _("In between")}


def as_data(found: Evidence) -> dict[str, Any]:
    pledge = found.pledge
    return {
        "code": pledge.code,
        "number": pledge.number,
        "name": pledge.name,
        "ambitions": list(pledge.ambitions),
        "url": public_address(
            url_for("loop_promises.promise", code=pledge.code, look=None, lang=None)
        ),
        "counts": {side: found.count(side) for side in SIDES},
        "evidence": {
            side: [item_as_data(item) for item in items] for side, items in by_side(found).items()
        },
    }


def item_as_data(item: Item) -> dict[str, Any]:
    data = asdict(item)
    return {
        **data,
        "day": item.day.isoformat() if item.day else None,
        "url": public_address(item.url) if item.url else "",
    }
