"""The board of staff: every theme that is being answered, how it stands, and what is in the way."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from flask_babel import format_decimal
from flask_babel import gettext as _

from engage.analysis.models import Theme
from engage.loop import lifecycle, queries
from engage.loop.demands import REASONS
from engage.loop.lifecycle import Course, Light
from engage.loop.lifecycle_words import COLOURS, rule_words, state_words
from engage.loop.models import Action, LoopStep
from engage.responses.disclosure import HIDDEN_FROM_STAFF, public_count


@dataclass(frozen=True, slots=True)
class Row:
    """One answer or, where a theme has none that everyone can read, the theme."""

    theme: Theme
    action: Action | None
    course: Course
    light: Light

    @property
    def owner(self) -> str:
        return lifecycle.owner_of(self.course)

    @property
    def due_on(self) -> date | None:
        return lifecycle.due_on(self.course)

    @property
    def state(self) -> str:
        return state_words(self.course)

    @property
    def colour(self) -> str:
        return str(COLOURS[self.light.colour])

    @property
    def rule(self) -> str:
        return rule_words(self.light)


def rows(survey_ids: Collection[int], today: date, are_ours: bool = True) -> list[Row]:
    """Every accepted theme of these surveys, what needs somebody first at the top.

    Where they are of others, new comments count for nothing: no snapshot counts them, and who
    looks every day would learn when somebody has written one.
    """
    themes = queries.themes_in(survey_ids)
    answers = _by_theme(queries.public_actions_in(survey_ids))
    steps = _of_themes(queries.steps_of(theme.id for theme in themes))
    heard = queries.first_accepted(survey_ids)
    found = [
        row
        for theme in themes
        for row in _rows_of(
            theme,
            answers[theme.id],
            Course(heard.get(theme.id, theme.decided_at), tuple(steps[theme.id])),
            today,
            are_ours,
        )
    ]
    return sorted(found, key=_urgency)


def _rows_of(
    theme: Theme, answers: Sequence[Action], alone: Course, today: date, are_ours: bool
) -> list[Row]:
    if not answers:
        return [Row(theme, None, alone, lifecycle.light(alone, today))]
    # A theme was heard when it was first accepted, whichever answer of it is looked at.
    courses = [replace(action.course, heard_at=alone.heard_at) for action in answers]
    if not are_ours:
        courses = [replace(course, new_comments=0) for course in courses]
    return [
        Row(theme, action, course, lifecycle.light(course, today))
        for action, course in zip(answers, courses, strict=True)
    ]


def _urgency(row: Row) -> tuple[int, date, str]:
    return lifecycle.LIGHTS.index(row.light.colour), row.due_on or date.max, row.theme.name


def barriers(shown: Iterable[Row]) -> list[tuple[str, list[Action]]]:
    """Every "we can't" of the board by its reason, in the order of the form."""
    by_reason: dict[str, list[Action]] = {reason: [] for reason in REASONS}
    for row in shown:
        if row.action is not None and row.action.kind == "cannot":
            by_reason[row.action.reason].append(row.action)
    return [(reason, actions) for reason, actions in by_reason.items() if actions]


def count_words(people: int, is_ours: bool) -> str:
    """How many, as staff may read it; as everyone does, where the survey is of others."""
    if is_ours:
        return str(_("fewer than 5") if people in HIDDEN_FROM_STAFF else format_decimal(people))
    safe = public_count(people)
    if safe is None:
        return str(_("fewer than 10"))
    return str(_("about %(count)s", count=format_decimal(safe)))


def _by_theme(actions: Iterable[Action]) -> dict[int, list[Action]]:
    found: dict[int, list[Action]] = defaultdict(list)
    for action in actions:
        found[action.theme_id].append(action)
    return found


def _of_themes(steps: Iterable[LoopStep]) -> dict[int, list[lifecycle.Step]]:
    """The steps before there was an answer."""
    found: dict[int, list[lifecycle.Step]] = defaultdict(list)
    for step in steps:
        if step.action_id is None:
            found[step.theme_id].append(step.as_step())
    return found
