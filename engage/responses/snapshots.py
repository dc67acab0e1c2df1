"""Public numbers as they stood once: taken here, and read here by the loop and the indicators."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select

from engage.extensions import db
from engage.responses.disclosure import NEW_ANSWERS
from engage.responses.models import Snapshot


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
    """

    kind: str
    data: Mapping[str, Any]
    answers_counted: int = 0
    exact: Mapping[str, Any] = field(default_factory=dict)


def take(
    survey_id: int, kind: str, answers_counted: int, data: Mapping[str, Any], now: datetime
) -> Snapshot | None:
    """Keep these numbers, or None where too few have answered since the last were kept."""
    return take_ready(survey_id, Ready(kind, data, answers_counted), now)


def take_ready(survey_id: int, ready: Ready, now: datetime) -> Snapshot | None:
    before = latest(survey_id, ready.kind)
    if before is not None and ready.answers_counted < before.answers_counted + NEW_ANSWERS:
        return None
    return _keep(survey_id, ready, now)


def take_county(ready: Ready, now: datetime) -> Snapshot | None:
    """Keep the county's numbers, or None where they are the ones that stand.

    Who calls sees to it that a change tells of ten people or more, or of figures public already.
    """
    before = latest(None, ready.kind)
    if before is not None and before.checksum == checksum(ready.data):
        return None
    return _keep(None, ready, now)


def _keep(survey_id: int | None, ready: Ready, now: datetime) -> Snapshot:
    snapshot = Snapshot(
        survey_id=survey_id,
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
