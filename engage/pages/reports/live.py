"""What is asked anew each time a report is shown: what was taken down, and quotes.

A report is frozen when it is published. But an answer or a quote that was taken down since is gone
from every form of every edition at once, for it may have been taken down to protect somebody.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from engage.analysis.models import Theme
from engage.extensions import db
from engage.loop import queries
from engage.loop.pairs import Reading
from engage.loop.quotes.queries import shown
from engage.loop.quotes.showing import quotes_of
from engage.pages.reports.report import Quote, Quotes

Data = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Live:
    """The answers of the report that everyone can read now, and its themes' quotes."""

    answers: frozenset[int]
    quotes: Quotes


def live_for(data: Data, reading: Reading) -> Live:
    themes = [each["id"] for each in data["themes"]]
    wanted = select(Theme.survey_id).where(Theme.id.in_(themes)).distinct()
    actions = queries.public_actions_in(db.session.scalars(wanted))
    public = frozenset(each.id for each in actions)
    standing = {each.theme_id for each in actions}
    return Live(public, _quotes(standing & {*themes}, reading))


def _quotes(themes: Collection[int], reading: Reading) -> Quotes:
    return {
        theme: [
            Quote(each.words, each.by, each.language, each.is_own)
            for each in quotes_of(found, reading)
        ]
        for theme, found in shown(themes).items()
    }


def without_what_was_taken_down(data: Data, live: Live) -> Data:
    """The same data with less in it. `taken_down` says how much, for nobody should wonder."""
    themes = [
        {**each, "answers": [one for one in each["answers"] if one["id"] in live.answers]}
        for each in data["themes"]
    ]
    down = _answers(data["themes"]) - _answers(themes)
    return {**data, "themes": [each for each in themes if each["answers"]], "taken_down": down}


def _answers(themes: Sequence[Data]) -> int:
    return sum(len(each["answers"]) for each in themes)
