"""What staff do with an answer: write it, change it, publish it, take it down."""

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from flask_babel import gettext as _

from engage.analysis.models import Theme
from engage.errors import FrozenError, NotReadyError
from engage.extensions import db
from engage.jobs.queue import Finish, enqueue
from engage.loop import queries, steps
from engage.loop.co_lead.gate import refuse_to_publish_alone
from engage.loop.demands import Parts, missing
from engage.loop.models import Action
from engage.loop.summary import completed, summarise
from engage.people.audit import record
from engage.people.models import Staff
from engage.responses import snapshots
from engage.responses.models import Snapshot


def add_action(theme: Theme, parts: Parts, by: Staff, now: datetime | None = None) -> Action:
    """A new draft: nobody outside reads it before it is published."""
    _refuse_unless_accepted(theme)
    now = now or datetime.now(UTC)
    action = Action(theme=theme, written_by=by, changed_at=now, **asdict(parts))
    db.session.add(action)
    db.session.flush()
    _note(by, "wrote an answer", action)
    return action


def change(action: Action, parts: Parts, by: Staff, now: datetime | None = None) -> None:
    """New words for a draft. What is public changes only by being published again."""
    steps.hold_answer(action)
    if action.is_public:
        raise FrozenError(_("Everyone can read this answer. Publish the change, or take it down."))
    _write(action, parts, now or datetime.now(UTC))
    _note(by, "changed an answer", action)


def publish(
    action: Action, by: Staff, now: datetime | None = None, parts: Parts | None = None
) -> None:
    """Let everyone read it, with these words where they are new. Asks for the public counts.

    It is decided by that and, where we say that we did it, said to be done.
    """
    steps.hold_answer(action)
    now = now or datetime.now(UTC)
    _refuse_unless_accepted(action.theme)
    _refuse_where_parts_are_missing(parts or action)
    refuse_to_publish_alone(action, parts)
    if parts:
        _write(action, parts, now)
    if not action.is_public:
        action.published_at, action.withdrawn_at, action.changed_at = now, None, now
    db.session.flush()
    steps.decide(action, by, now)
    enqueue("loop.snapshot", survey_id=action.theme.survey_id)
    _note(by, "published an answer", action)


def take_down(action: Action, by: Staff, now: datetime | None = None) -> None:
    """Off the public pages. The words are kept, and can be published again."""
    steps.hold_answer(action)
    if not action.is_public:
        return
    action.withdrawn_at = now or datetime.now(UTC)
    db.session.flush()
    _note(by, "took an answer down", action)


def take_loop_snapshot(survey_id: int, now: datetime | None = None) -> None:
    """Make the public counts of a survey now, where enough people have answered since the last."""
    prepare_snapshot(survey_id, now or datetime.now(UTC))()


def prepare_snapshot(survey_id: int, now: datetime) -> Finish:
    """Count and summarise now; what is returned only writes."""
    said = queries.voices(survey_id)
    fresh = summarise(said)
    before = snapshots.latest(survey_id, queries.LOOP)
    # A theme accepted after the survey closed would wait for ever for 10 more answers. It gets
    # its number from the very answers that were counted before.
    fuller = before and completed(before.data, summarise(queries.voices(survey_id, before.made_at)))

    def keep() -> None:
        taken = snapshots.take(survey_id, queries.LOOP, len(said.audience_of), fresh, now)
        if taken is None and before and fuller:
            _keep_completed(before, fuller)

    return keep


def _keep_completed(before: Snapshot, data: dict[str, Any]) -> None:
    """The same count, of the same day and the same answers, with more of its themes."""
    db.session.add(
        Snapshot(
            survey_id=before.survey_id,
            kind=before.kind,
            made_at=before.made_at,
            answers_counted=before.answers_counted,
            data=data,
            checksum=snapshots.checksum(data),
        )
    )
    db.session.flush()


def _write(action: Action, parts: Parts, now: datetime) -> None:
    for name, value in asdict(parts).items():
        setattr(action, name, value)
    action.changed_at = now
    db.session.flush()


def _refuse_unless_accepted(theme: Theme) -> None:
    if theme.state != "accepted":
        raise NotReadyError(_("Accept the theme first. Then you can answer it."))


def _refuse_where_parts_are_missing(written: object) -> None:
    if names := missing(written):
        raise NotReadyError(
            _("This answer is not ready. Missing: %(parts)s", parts=", ".join(names))
        )


def _note(by: Staff, what: str, action: Action) -> None:
    record(by, what, f"action {action.id}", theme=action.theme_id, kind=action.kind)
