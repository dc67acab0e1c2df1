"""What is asked anew each time a report is shown: what was taken down, names, notes and quotes.

A report is frozen when it is published. But an answer or a quote that was taken down since is gone
from every form of every edition at once, for it may have been taken down to protect somebody. Its
frozen words stay away when a corrected answer is published: nobody can tell which words were wrong.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from engage.analysis.models import Theme
from engage.extensions import db
from engage.loop import queries
from engage.loop.co_lead import public as co_lead
from engage.loop.models import Action
from engage.loop.pairs import Reading
from engage.loop.quotes.queries import shown
from engage.loop.quotes.showing import quotes_of
from engage.pages.reports.report import Notes, Quote, Quotes

Data = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Live:
    """The answers of the report that may still be read, and what each theme is called today."""

    answers: Mapping[int, Action]
    names: Mapping[int, str]


def live_for(data: Data, made_at: datetime) -> Live:
    """`made_at`: when the data was frozen. What was off the pages since is not of it any more."""
    wanted = select(Theme.survey_id).where(Theme.id.in_([each["id"] for each in data["themes"]]))
    found = queries.public_actions_in(db.session.scalars(wanted.distinct()))
    actions = queries.with_words_of_co_leads(found)
    return Live(
        {each.id: each for each in actions if _was_never_off(each, made_at)},
        {each.theme_id: co_lead.public_name(each) for each in actions},
    )


def _was_never_off(action: Action, made_at: datetime) -> bool:
    """Each publication after a take-down has a day of its own."""
    return action.published_at is not None and action.published_at <= made_at


def without_what_was_taken_down(data: Data, live: Live) -> Data:
    """The same data with less in it, and each theme called what it is called today."""
    themes = [_standing(each, live) for each in data["themes"]]
    return {**data, "themes": [each for each in themes if each["answers"]]}


def _standing(theme: Data, live: Live) -> Data:
    # A name may have been changed to protect somebody too.
    name = live.names.get(theme["id"], theme["name"])
    return {**theme, "name": name, "answers": _answers([theme], live.answers)}


def taken_down(data: Data, live: Live) -> int:
    """How many answers are not shown any more: nobody should wonder."""
    every = _answers(data["themes"])
    return len(every) - len(_answers(data["themes"], live.answers))


def _answers(themes: Iterable[Data], among: Collection[int] | None = None) -> list[Data]:
    every = [each for theme in themes for each in theme["answers"]]
    return [each for each in every if among is None or each["id"] in among]


# ---- what is never kept in a report


def quotes_in(data: Data, reading: Reading) -> Quotes:
    """By theme, those that may be shown now."""
    return {
        theme: [
            Quote(each.words, each.by, each.language, each.is_own)
            for each in quotes_of(found, reading)
        ]
        for theme, found in shown({each["id"] for each in data["themes"]}).items()
    }


def notes_in(data: Data, live: Live, reading: Reading) -> Notes:
    """By answer, what those who lead the survey together say of it now."""
    return {
        each["id"]: co_lead.note_words(live.answers[each["id"]], reading.easy_read)
        for each in _answers(data["themes"])
    }


def notes_as_data(data: Data, live: Live) -> Sequence[Data]:
    """The same for programs."""
    every = (
        {"answer": each["id"], "notes": co_lead.as_data(live.answers[each["id"]])["co_lead_notes"]}
        for each in _answers(data["themes"])
    )
    return [each for each in every if each["notes"]]
