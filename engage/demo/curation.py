"""What the invented officers decided: which themes stand, and what was done about them.

An action may tell its story: steps with how many days ago each was taken, and by a partner where
families checked it. Without one it is accepted and published today.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from engage.analysis import operations as analysis
from engage.analysis.models import FoundTheme, Theme
from engage.analysis.queries import decided_themes, latest_run
from engage.clock import day_of
from engage.demo import co_lead
from engage.demo.told import moment_of
from engage.extensions import db
from engage.loop import lifecycle, partners, steps
from engage.loop import operations as loop
from engage.loop.demands import Parts
from engage.loop.lifecycle import Step
from engage.loop.models import Action
from engage.people.models import Organisation, Staff, staff_role
from engage.surveys.models import Survey

# How much of a theme's words an action's keywords must be before the two belong together.
FEWEST_SHARED = 4.5
# Who checks what came of a survey: never the organisation that asks.
PARTNERS = {
    "parent-carers-2026": ("org-hpci", "org-voices"),
    "young-people-2026": ("org-hpci",),
    "professionals-2026": ("org-hpci", "org-voices"),
}
TODAY: list[dict[str, Any]] = [{"step": "heard", "days_ago": 0}, {"step": "decided", "days_ago": 0}]


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
        add_partners(survey, officer, now)
        ours = [action for action in actions if action["survey"] == slug]
        for found, action in best_pairs(run.themes, ours):
            answer_theme(found, action, officer, now)
            has_accepted = True
        co_lead.leave_something_waiting(survey, officer, now, first_of)
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
    return first_of(survey.organisation)


def first_of(organisation: Organisation) -> Staff:
    return db.session.scalars(
        select(Staff)
        .join(staff_role, staff_role.c.staff_id == Staff.id)
        .where(Staff.organisation_id == organisation.id)
        .order_by(Staff.id)
    ).first() or _no_staff(organisation)


def _no_staff(organisation: Organisation) -> Staff:
    raise LookupError(f"nobody works at {organisation.name}")


def shared(action: Mapping[str, Any], theme: FoundTheme) -> float:
    own = f"{theme.label} {' '.join(theme.keywords)}".lower()
    quoted = " ".join(quote["text"] for quote in theme.quotes).lower()
    # A word of the label or the keywords says more than one in a quotation.
    return sum(
        2.0 if word in own else 0.6 if word in quoted else 0.0 for word in action["keywords"]
    )


def add_partners(survey: Survey, officer: Staff, now: datetime) -> None:
    there = {partner.organisation.code for partner in partners.partners_of(survey.id)}
    for code in PARTNERS.get(survey.slug, ()):
        if code not in there:
            partners.add(survey, organisation(code), officer, now)


def organisation(code: str) -> Organisation:
    return db.session.scalars(select(Organisation).where(Organisation.code == code)).one()


def answer_theme(
    found: FoundTheme, action: Mapping[str, Any], officer: Staff, now: datetime
) -> None:
    heard, *story = action.get("story") or TODAY
    accepted_at = moment_of(heard, now)
    theme = analysis.accept(
        found, action["name"], officer, ambition=action["ambition"], now=accepted_at
    )
    co_lead.agree_to_theme(theme, accepted_at, first_of)
    written: Action | None = None
    for told in story:
        when = moment_of(told, now)
        if written is None and told["step"] == lifecycle.DECIDED:
            written = loop.add_action(theme, parts_of(action, now), officer, when)
        TAKEN[told["step"]](written or theme, told, officer, when)


def acknowledge(theme: Theme, told: Mapping[str, Any], officer: Staff, when: datetime) -> None:
    steps.acknowledge(theme, officer, when)


def assign(theme: Theme, told: Mapping[str, Any], officer: Staff, when: datetime) -> None:
    due = day_of(when + timedelta(days=told["in_days"]))
    steps.assign(theme, told["owner"], due, officer, when)


def decide(action: Action, told: Mapping[str, Any], officer: Staff, when: datetime) -> None:
    co_lead.agree_to_answer(action, officer, when, first_of)
    loop.publish(action, officer, when)


def check(action: Action, told: Mapping[str, Any], officer: Staff, when: datetime) -> None:
    """By the first of the partner's staff, whoever the officer is."""
    wish = Step(
        state=lifecycle.CHECKED,
        at=when,
        said=told["said"],
        asked=told["asked"],
        note=told.get("note", ""),
    )
    steps.record_check(action, wish, first_of(organisation(told["by"])))


def show_difference(
    action: Action, told: Mapping[str, Any], officer: Staff, when: datetime
) -> None:
    steps.show_difference(action, told["note"], told["evidence_level"], officer, when)


def close(action: Action, told: Mapping[str, Any], officer: Staff, when: datetime) -> None:
    steps.close(action, told["note"], officer, when)


TAKEN: dict[str, Callable[[Any, Mapping[str, Any], Staff, datetime], None]] = {
    lifecycle.ACKNOWLEDGED: acknowledge,
    lifecycle.ASSIGNED: assign,
    lifecycle.DECIDED: decide,
    lifecycle.CHECKED: check,
    lifecycle.SHOWN: show_difference,
    lifecycle.CLOSED: close,
}


def parts_of(action: Mapping[str, Any], now: datetime) -> Parts:
    names = {"place": "where"}
    given: dict[str, Any] = {
        field: action.get(names.get(field, field))
        for field in Parts.__dataclass_fields__
        if action.get(names.get(field, field)) is not None
    }
    # Days are so far from today whenever this is made: nothing here is late but what should be.
    if "due_in_days" in action:
        given["due_on"] = day_of(now + timedelta(days=action["due_in_days"]))
    if "done_days_ago" in action:
        given["done_on"] = day_of(now - timedelta(days=action["done_days_ago"]))
    return Parts(**given)
