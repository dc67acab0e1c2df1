"""The board of staff: every theme that is being answered, how it stands, and what is in the way."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from engage.analysis.models import Theme
from engage.loop import lifecycle, queries
from engage.loop.demands import REASONS
from engage.loop.lifecycle import Course, Light
from engage.loop.lifecycle_words import COLOURS, rule_words, state_words
from engage.loop.models import Action, LoopStep


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


def rows(survey_ids: Collection[int], today: date) -> list[Row]:
    """Every accepted theme of these surveys, what needs somebody first at the top."""
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
        )
    ]
    return sorted(found, key=_urgency)


def _rows_of(theme: Theme, answers: Sequence[Action], alone: Course, today: date) -> list[Row]:
    if not answers:
        return [Row(theme, None, alone, lifecycle.light(alone, today))]
    return [
        Row(theme, action, action.course, lifecycle.light(action.course, today))
        for action in answers
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
