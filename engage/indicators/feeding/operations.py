"""Saying how a survey feeds q. The survey itself is never changed."""

from collections.abc import Mapping
from datetime import datetime

from engage.extensions import db
from engage.indicators.q.models import QSetting
from engage.people.audit import record
from engage.people.models import Staff
from engage.surveys.models import Survey


def say(
    survey: Survey,
    chosen: Mapping[str, str],
    before: Mapping[str, str],
    staff: Staff,
    now: datetime,
) -> list[str]:
    """Keep what differs from `before`, which is what holds now. Says which names changed."""
    changed = [name for name, value in chosen.items() if value != before.get(name, "")]
    for name in changed:
        row = QSetting(
            survey=survey, name=name, value=chosen[name], said_by_id=staff.id, said_at=now
        )
        db.session.add(row)
    if not changed:
        return []
    db.session.flush()
    record(
        staff,
        "changed how a survey feeds q",
        survey.slug,
        before={name: before.get(name, "") for name in changed},
        after={name: chosen[name] for name in changed},
    )
    return changed
