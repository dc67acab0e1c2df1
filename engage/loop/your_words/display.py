"""Where somebody's words went, as their page says it: under which theme, and what was answered."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from engage.analysis.models import Theme
from engage.loop import lifecycle
from engage.loop import queries as loop
from engage.loop.co_lead.public import public_name, public_names
from engage.loop.lifecycle import Course
from engage.loop.models import Action, LoopStep
from engage.loop.pairs import Pair, Reading, pair, people_words
from engage.loop.your_words import queries
from engage.loop.your_words.queries import Written
from engage.loop.your_words.tracing import Part, parts_of
from engage.responses.question_page import Reader
from engage.responses.sitting import Sitting
from engage.surveys.definition import SurveyDefinition, Words
from engage.web.i18n import long_day


@dataclass(frozen=True, slots=True)
class Under:
    """A theme that words are under, and what everyone can read about it. Seen again: its name."""

    id: int
    name: str
    since: str
    people: str  # as the public page has it; empty where none does
    answers: Sequence[Pair]
    promise: str  # where there is no answer yet
    is_again: bool = False


@dataclass(frozen=True, slots=True)
class ShownPart:
    text: str
    themes: Sequence[Under]


@dataclass(frozen=True, slots=True)
class Traced:
    """One question as it was asked, and what became of each part of the answer."""

    question: Words
    parts: Sequence[ShownPart]


def traced(sitting: Sitting, reading: Reading) -> list[Traced]:
    """Everything this one person wrote, in the order of the survey."""
    written = queries.written_in(sitting.draft.id)
    mentions = queries.mentions_in([each.answer_id for each in written])
    parts = [parts_of(each.text, mentions.get(each.answer_id, ())) for each in written]
    themes = {theme for some in parts for part in some for theme in part.theme_ids}
    under = _under(sitting.draft.survey_id, themes, reading)
    shown = _each_told_once([part for some in parts for part in some], under)
    reader = Reader(sitting.draft.language, reading.easy_read, sitting.draft.seed)
    return [
        Traced(_question(each, sitting.survey, reader), [next(shown) for _part in some])
        for each, some in zip(written, parts, strict=True)
    ]


def _question(written: Written, survey: SurveyDefinition, reader: Reader) -> Words:
    asked = next(each for each in survey.questions() if each.id == written.question_id)
    return reader.words(asked.wordings)


def _each_told_once(parts: Iterable[Part], under: Mapping[int, Under]) -> Any:
    """What there is to say of a theme is said where it first comes; after that, its name."""
    told: set[int] = set()
    for part in parts:
        shown = [replace(under[id], is_again=id in told) for id in part.theme_ids if id in under]
        told.update(part.theme_ids)
        yield ShownPart(part.text, shown)


def _under(survey_id: int, theme_ids: Collection[int], reading: Reading) -> dict[int, Under]:
    if not theme_ids:
        return {}
    known = _Known(survey_id, theme_ids)
    themes = queries.themes(theme_ids).values()
    # Where a co-lead has to agree to a theme first, nobody outside hears of it before.
    names = public_names(themes) | {each.theme_id: public_name(each) for each in known.actions}
    return {
        theme.id: _as_shown(theme, names[theme.id], known, reading)
        for theme in themes
        if theme.id in names
    }


class _Known:
    """What is known of some themes of a survey, read once."""

    def __init__(self, survey_id: int, theme_ids: Collection[int]) -> None:
        self.accepted = loop.first_accepted([survey_id])
        self.actions = loop.published_actions(survey_id)
        self.steps = loop.steps_of(theme_ids)
        snapshot = loop.loop_snapshots([survey_id]).get(survey_id)
        self.counts: Mapping[str, Any] = snapshot.data if snapshot else {}

    def since(self, theme: Theme) -> datetime:
        return self.accepted.get(theme.id, theme.decided_at)

    def answers(self, theme: Theme) -> list[Action]:
        return [each for each in self.actions if each.theme_id == theme.id]

    def due_on(self, theme: Theme) -> date | None:
        """The day by which an answer was promised, while there is none."""
        rows: list[LoopStep] = [row for row in self.steps if row.theme_id == theme.id]
        taken = tuple(row.as_step() for row in rows if row.action_id is None)
        return lifecycle.due_on(Course(self.since(theme), taken))


def _as_shown(theme: Theme, name: str, known: _Known, reading: Reading) -> Under:
    answers = [_answer(each, known.counts, reading) for each in known.answers(theme)]
    return Under(
        id=theme.id,
        name=name,
        since=long_day(known.since(theme)),
        # Public pages count people only beside an answer.
        people=people_words(known.counts, theme.id, reading) if answers else "",
        answers=answers,
        promise="" if answers else promise_words(known.due_on(theme), reading.today),
    )


def _answer(action: Action, counts: Mapping[str, Any], reading: Reading) -> Pair:
    read = "easy" if reading.easy_read else None
    url = url_for("loop_public.answer", id=action.id, read=read)
    return replace(pair(action, counts, reading), url=url)


def promise_words(due: date | None, today: date) -> str:
    none_yet = _("There is no answer yet.")
    if due is None:
        return str(none_yet)
    by = _("We said we would answer by %(day)s.", day=long_day(due))
    late = _("That day has passed. We are late.") if due < today else ""
    return " ".join(filter(None, (none_yet, by, late)))
