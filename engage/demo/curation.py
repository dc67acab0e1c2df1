"""What the invented officers decided: which themes stand, and what was done about them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from engage.analysis import operations as analysis
from engage.analysis.models import FoundTheme
from engage.analysis.queries import decided_themes, latest_run
from engage.extensions import db
from engage.loop import operations as loop
from engage.loop.demands import Parts
from engage.people.models import Staff, staff_role
from engage.surveys.models import Survey

# How much of a theme's words an action's keywords must be before the two belong together.
FEWEST_SHARED = 4.5


def curate(actions: Sequence[Mapping[str, Any]], now: datetime) -> bool:
    """Accept the themes that the actions answer, and publish the actions. Once for each survey.

    Whether there was anything to do.
    """
    has_accepted = False
    for slug in dict.fromkeys(action["survey"] for action in actions):
        survey = db.session.scalars(select(Survey).where(Survey.slug == slug)).one()
        run = latest_run(survey.id)
        if run is None or decided_themes(survey.id):
            continue
        officer = officer_of(survey)
        ours = [action for action in actions if action["survey"] == slug]
        for found, action in best_pairs(run.themes, ours):
            answer_theme(found, action, officer, now)
            has_accepted = True
    return has_accepted


def best_pairs(
    themes: Sequence[FoundTheme], actions: Sequence[Mapping[str, Any]]
) -> list[tuple[FoundTheme, Mapping[str, Any]]]:
    """Which action answers which theme: the pairs that share most words first, each used once."""
    scored = sorted(
        (
            (shared(action, theme), theme.number, at)
            for theme in themes
            for at, action in enumerate(actions)
        ),
        key=lambda pair: (-pair[0], pair[1], pair[2]),
    )
    by_number = {theme.number: theme for theme in themes}
    pairs: dict[int, int] = {}
    for score, number, at in scored:
        if score >= FEWEST_SHARED and number not in pairs and at not in pairs.values():
            pairs[number] = at
    return [(by_number[number], actions[at]) for number, at in pairs.items()]


def officer_of(survey: Survey) -> Staff:
    """The first of the organisation's staff, who has every role that is needed."""
    return db.session.scalars(
        select(Staff)
        .join(staff_role, staff_role.c.staff_id == Staff.id)
        .where(Staff.organisation_id == survey.organisation_id)
        .order_by(Staff.id)
    ).first() or _no_staff(survey)


def _no_staff(survey: Survey) -> Staff:
    raise LookupError(f"nobody works at {survey.organisation.name}")


def shared(action: Mapping[str, Any], theme: FoundTheme) -> float:
    own = f"{theme.label} {' '.join(theme.keywords)}".lower()
    quoted = " ".join(quote["text"] for quote in theme.quotes).lower()
    # A word of the label or the keywords says more than one in a quotation.
    return sum(
        2.0 if word in own else 0.6 if word in quoted else 0.0 for word in action["keywords"]
    )


def answer_theme(
    found: FoundTheme, action: Mapping[str, Any], officer: Staff, now: datetime
) -> None:
    theme = analysis.accept(found, action["name"], officer, ambition=action["ambition"], now=now)
    written = loop.add_action(theme, parts_of(action), officer, now)
    loop.publish(written, officer, now)


def parts_of(action: Mapping[str, Any]) -> Parts:
    names = {"place": "where", "due_on": "due", "done_on": "done_on"}
    given: dict[str, Any] = {
        field: action.get(names.get(field, field))
        for field in Parts.__dataclass_fields__
        if action.get(names.get(field, field)) is not None
    }
    return Parts(**given)
