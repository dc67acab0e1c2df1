"""What everyone reads of how far an answer has come: what families say, what is different."""

from datetime import datetime
from typing import Any

from flask_babel import format_date, format_decimal
from flask_babel import gettext as _

from engage.clock import day_of
from engage.loop import lifecycle
from engage.loop.lifecycle import Course
from engage.loop.models import Action, LoopStep
from engage.responses.disclosure import HIDDEN_FROM_PUBLIC
from engage.web.i18n import long_day


def families_words(action: Action) -> list[str]:
    """What families said when they checked it, each organisation in its turn."""
    checks = _checks(action)
    several = len(checks) > 1
    return [line for check in checks for line in _check_words(check, several)]


def _check_words(check: LoopStep, is_one_of_several: bool) -> list[str]:
    who, said = check.organisation.short_name, verdict_words()[check.said]
    lines = [
        _("Families checked this with %(who)s: %(said)s.", who=who, said=said)
        if is_one_of_several
        else _("Families checked this: %(said)s.", said=said),
        asked_words(who, check.asked or 0, check.at),
    ]
    return (
        [*lines, _("%(who)s adds: “%(note)s”", who=who, note=check.note)] if check.note else lines
    )


def asked_words(who: str, asked: int, at: datetime) -> str:
    """How many were asked says how sure the check is, and nothing about any of them."""
    when = format_date(day_of(at), "MMMM yyyy", rebase=False)
    if asked in HIDDEN_FROM_PUBLIC:
        return str(_("%(who)s asked fewer than 10 people in %(when)s.", who=who, when=when))
    count = format_decimal(asked)
    return str(_("%(who)s asked %(count)s people in %(when)s.", who=who, count=count, when=when))


def verdict_words() -> dict[str, str]:
    return {
        lifecycle.YES: _("yes, it is done"),
        lifecycle.PARTLY: _("partly"),
        lifecycle.NOT_YET: _("not yet"),
    }


def level_words() -> dict[int, str]:
    """What the proof shows, as the public reads it. Level 0 is never public as done."""
    return {
        1: _("What this shows: something was made or done."),
        2: _("What this shows: it reached people."),
        3: _("What this shows: families report a difference."),
        4: _("What this shows: a figure we watch has moved."),
        5: _("What this shows: somebody independent confirms it."),
    }


def difference_words(action: Action) -> list[str]:
    shown = lifecycle.difference_of(action.course)
    if shown is None:
        return []
    return [_("What is different: %(note)s", note=shown.note), level_words()[shown.evidence_level]]


def notes(action: Action) -> list[str]:
    """Where it stands, in words, where the sign of its kind does not say it."""
    if again := again_words(action):
        return again
    course = action.course
    state = lifecycle.state_of(course)
    if state == lifecycle.DONE:
        return [_("Families have not checked this yet.")]
    if state == lifecycle.CLOSED:
        at = next(step.at for step in reversed(course.steps) if step.state == state)
        return [_("Closed on %(day)s.", day=long_day(at))]
    return []


def again_words(action: Action) -> list[str]:
    return [_("We are looking at this again.")] if _is_looked_at_again(action.course) else []


def _is_looked_at_again(course: Course) -> bool:
    """Because families say so, which is public. New comments open it again for staff alone: no
    snapshot counts them, and who looks every day would learn when somebody has written one."""
    return lifecycle.verdict_of(course) == lifecycle.NOT_YET


def has_notes_of_families(action: Action) -> bool:
    return any(check.note for check in _checks(action))


def as_data(action: Action) -> dict[str, Any]:
    """The same as published data."""
    course = action.course
    shown = lifecycle.difference_of(course)
    return {
        "state": lifecycle.state_of(course),
        "is_looked_at_again": _is_looked_at_again(course),
        "families": [
            {
                "organisation": check.organisation.short_name,
                "said": check.said,
                "asked": None if (check.asked or 0) in HIDDEN_FROM_PUBLIC else check.asked,
                "month": day_of(check.at).strftime("%Y-%m"),
                "note": check.note,
            }
            for check in _checks(action)
        ],
        "difference": {"note": shown.note, "evidence_level": shown.evidence_level}
        if shown
        else None,
    }


def _checks(action: Action) -> list[LoopStep]:
    """The rows behind the checks that count now."""
    counted = lifecycle.checks_of(action.course)
    return [
        row for row in action.steps if row.state == lifecycle.CHECKED and row.as_step() in counted
    ]
