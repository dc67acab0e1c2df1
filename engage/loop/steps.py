"""What people do to take an answer on its way: each deed adds one step, and changes none."""

from dataclasses import asdict, fields, replace
from datetime import UTC, date, datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from engage.analysis.models import Theme
from engage.errors import NotReadyError
from engage.extensions import db
from engage.loop import lifecycle, queries
from engage.loop.demands import Parts
from engage.loop.lifecycle import Course, Step
from engage.loop.models import Action, LoopStep
from engage.loop.partners import may_check
from engage.loop.telling.news import NEWS
from engage.loop.telling.operations import tell_of
from engage.people.audit import record
from engage.people.models import Staff
from engage.web.two_at_once import hold

# How it is said may be mended. What is said is another answer, which is checked anew.
WORDING = {"you_said", "you_said_easy", "we_did_easy", "instead_easy"}


def acknowledge(theme: Theme, by: Staff, now: datetime | None = None) -> LoopStep:
    """Say that the theme has been heard and will be answered."""
    return _take_for_theme(theme, Step(state=lifecycle.ACKNOWLEDGED, at=now or _now()), by)


def assign(
    theme: Theme, owner: str, due_on: date | None, by: Staff, now: datetime | None = None
) -> LoopStep:
    """Who will answer, and by when. It may be assigned again: both stay in the history."""
    step = Step(state=lifecycle.ASSIGNED, at=now or _now(), owner=owner, due_on=due_on)
    return _take_for_theme(theme, step, by)


def hold_answer(action: Action) -> None:
    """Nobody else writes to the answer or its history meanwhile. What was not saved is dropped."""
    # The theme first, always: two who began at either end would wait for each other.
    hold(action.theme)
    hold(action)
    db.session.expire(action, ["steps"])


def last_decided(action: Action) -> LoopStep | None:
    """The answer as it was last put to everyone, which is what a check speaks of."""
    return next((row for row in reversed(action.steps) if row.state == lifecycle.DECIDED), None)


def decide(action: Action, by: Staff, now: datetime) -> None:
    """The steps that publishing is: decided and, for "we did", said to be done."""
    parts = Parts(**{each.name: getattr(action, each.name) for each in fields(Parts)})
    before = last_decided(action)
    if before and _facts(_as_json(parts)) == _facts(before.parts):
        return
    step = Step(
        state=lifecycle.DECIDED,
        at=now,
        kind=parts.kind,
        reason=parts.reason,
        owner=parts.owner,
        due_on=parts.due_on if lifecycle.is_dated(parts.kind, parts.reason) else None,
        evidence_level=parts.evidence_level,
        parts=parts,
    )
    _add(action.theme, action, action.course, step, by)
    if parts.kind == "did":
        done = replace(step, state=lifecycle.DONE)
        _add(action.theme, action, action.course, done, by)


def record_check(action: Action, check: Step, by: Staff) -> LoopStep:
    """What families say of it. Never by the organisation that says it is done."""
    hold_answer(action)
    if not may_check(by.organisation_id, action.theme.survey):
        raise NotReadyError(_("Only a partner of this survey can record what families say."))
    _refuse_unless_public(action)
    taken = _add(action.theme, action, action.course, check, by)
    _note(by, "recorded what families say", taken, said=check.said, asked=check.asked)
    return taken


def show_difference(
    action: Action, note: str, level: int, by: Staff, now: datetime | None = None
) -> LoopStep:
    """What is different for families, and how surely."""
    step = Step(state=lifecycle.SHOWN, at=now or _now(), note=note, evidence_level=level)
    return _take_for_answer(action, step, by)


def close(action: Action, note: str, by: Staff, now: datetime | None = None) -> LoopStep:
    """Nothing more is to come, and why. New comments or families may open it again."""
    return _take_for_answer(action, Step(state=lifecycle.CLOSED, at=now or _now(), note=note), by)


def _take_for_theme(theme: Theme, step: Step, by: Staff) -> LoopStep:
    hold(theme)
    if theme.state != "accepted":
        raise NotReadyError(_("Accept the theme first. Then you can answer it."))
    _refuse_strangers(theme, by)
    if _has_public_answer(theme):
        raise NotReadyError(_("This theme has an answer that everyone can read. Change that."))
    # The steps of an answer that was taken down are its own, and go on if it is published again.
    found = queries.steps_of([theme.id])
    rows = tuple(row.as_step() for row in found if row.action_id is None)
    taken = _add(theme, None, Course(theme.decided_at, rows), step, by)
    _note(by, DEEDS[step.state], taken)
    return taken


def _take_for_answer(action: Action, step: Step, by: Staff) -> LoopStep:
    hold_answer(action)
    _refuse_strangers(action.theme, by)
    _refuse_unless_public(action)
    taken = _add(action.theme, action, action.course, step, by)
    _note(by, DEEDS[step.state], taken)
    return taken


DEEDS = {
    lifecycle.ACKNOWLEDGED: "acknowledged a theme",
    lifecycle.ASSIGNED: "assigned a theme",
    lifecycle.SHOWN: "showed a difference",
    lifecycle.CLOSED: "closed an answer",
}


def _add(theme: Theme, action: Action | None, course: Course, step: Step, by: Staff) -> LoopStep:
    why = lifecycle.refusal(course, step)
    if "turn" in why:
        raise NotReadyError(_("That step cannot come now. Look at the history, then try again."))
    if why:
        raise NotReadyError(_("This step is not ready. Missing: %(parts)s", parts=", ".join(why)))
    row = LoopStep(
        theme=theme,
        action=action,
        state=step.state,
        at=step.at,
        by=by,
        organisation=by.organisation,
        kind=step.kind,
        owner=step.owner,
        due_on=step.due_on,
        said=step.said,
        asked=step.asked,
        note=step.note,
        evidence_level=step.evidence_level,
        parts=_as_json(step.parts) if step.parts else {},
    )
    db.session.add(row)
    db.session.flush()
    if step.state in NEWS:
        tell_of(theme.survey_id)
    return row


def _facts(parts: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in parts.items() if name not in WORDING}


def _as_json(parts: Parts) -> dict[str, Any]:
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in asdict(parts).items()
    }


def _refuse_strangers(theme: Theme, by: Staff) -> None:
    if theme.survey.organisation_id != by.organisation_id:
        raise NotReadyError(_("Only the organisation of this survey can take this step."))


def _refuse_unless_public(action: Action) -> None:
    if not action.is_public or action.theme.state != "accepted":
        raise NotReadyError(_("Nobody outside can read this answer. Publish it first."))


def _has_public_answer(theme: Theme) -> bool:
    answers = db.session.scalars(select(Action).where(Action.theme_id == theme.id))
    return any(answer.is_public for answer in answers)


def _note(by: Staff, what: str, step: LoopStep, **detail: Any) -> None:
    subject = f"action {step.action_id}" if step.action_id else f"theme {step.theme_id}"
    record(by, what, subject, theme=step.theme_id, step=step.id, **detail)


def _now() -> datetime:
    return datetime.now(UTC)
