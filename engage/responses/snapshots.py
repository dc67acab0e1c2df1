"""Public numbers as they stood once: taken here, and read here by the loop and the indicators."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select

from engage.extensions import db
from engage.responses.disclosure import NEW_ANSWERS
from engage.responses.models import Snapshot


def all_of(survey_id: int | None, kind: str) -> list[Snapshot]:
    """Every snapshot of that kind, the oldest first."""
    wanted = select(Snapshot).where(Snapshot.survey_id == survey_id, Snapshot.kind == kind)
    return list(db.session.scalars(wanted.order_by(Snapshot.id)))


def latest(survey_id: int | None, kind: str) -> Snapshot | None:
    """The newest snapshot of that kind, None before the first. The county's has no survey."""
    return db.session.scalars(
        select(Snapshot)
        .where(Snapshot.survey_id == survey_id, Snapshot.kind == kind)
        .order_by(Snapshot.id.desc())
        .limit(1)
    ).one_or_none()


@dataclass(frozen=True, slots=True)
class Ready:
    """Figures to keep. `data` holds what may be published and no more; the rest is never shown.

    `answers_counted` is exact, and `exact` holds unrounded figures to compare later ones with.
    The county's have no survey.
    """

    kind: str
    data: Mapping[str, Any]
    answers_counted: int = 0
    exact: Mapping[str, Any] = field(default_factory=dict)
    survey_id: int | None = None
    is_due: bool = False  # something must go from view, however few have answered since


def take(
    survey_id: int, kind: str, answers_counted: int, data: Mapping[str, Any], now: datetime
) -> Snapshot | None:
    """Keep these numbers, or None where too few have answered since the last were kept."""
    return _take(Ready(kind, data, answers_counted, survey_id=survey_id), now)


def keep_all(ready: Iterable[Ready], now: datetime) -> list[Snapshot]:
    """Keep each survey's numbers, but for those that too few have answered since."""
    taken = (_take(each, now) for each in ready)
    return [snapshot for snapshot in taken if snapshot]


def _take(ready: Ready, now: datetime) -> Snapshot | None:
    before = latest(ready.survey_id, ready.kind)
    if before is None or ready.is_due:
        return _keep(ready, now)
    enough = before.answers_counted + NEW_ANSWERS
    return _keep(ready, now) if ready.answers_counted >= enough else None


def take_county(ready: Ready, now: datetime) -> Snapshot | None:
    """Keep the county's numbers, or None where they are the ones that stand.

    Who calls sees to it that a change tells of ten people or more, or of figures public already.
    """
    before = latest(None, ready.kind)
    if before is not None and before.checksum == checksum(ready.data):
        return None
    return _keep(ready, now)


def _keep(ready: Ready, now: datetime) -> Snapshot:
    snapshot = Snapshot(
        survey_id=ready.survey_id,
        kind=ready.kind,
        made_at=now,
        answers_counted=ready.answers_counted,
        data=dict(ready.data),
        exact=dict(ready.exact),
        checksum=checksum(ready.data),
    )
    db.session.add(snapshot)
    db.session.flush()
    return snapshot


def checksum(data: Mapping[str, Any]) -> str:
    """SHA-256, in hex, of the data as JSON with sorted keys and no spaces, in UTF-8.

    Anyone can work it out again from the published file.
    """
    canonical = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()
