"""Public numbers as they stood once: taken here, and read here by the loop and the indicators."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select

from engage.extensions import db
from engage.responses.disclosure import NEW_ANSWERS
from engage.responses.models import Snapshot


def latest(survey_id: int, kind: str) -> Snapshot | None:
    """The newest snapshot of that kind, None before the first. `kind` is "loop" or "q"."""
    return db.session.scalars(
        select(Snapshot)
        .where(Snapshot.survey_id == survey_id, Snapshot.kind == kind)
        .order_by(Snapshot.id.desc())
        .limit(1)
    ).one_or_none()


def take(
    survey_id: int, kind: str, answers_counted: int, data: Mapping[str, Any], now: datetime
) -> Snapshot | None:
    """Keep these numbers, or None where too few have answered since the last were kept.

    `answers_counted` is exact and never shown. `data` holds what may be published and no more.
    """
    before = latest(survey_id, kind)
    if before is not None and answers_counted < before.answers_counted + NEW_ANSWERS:
        return None
    snapshot = Snapshot(
        survey_id=survey_id,
        kind=kind,
        made_at=now,
        answers_counted=answers_counted,
        data=dict(data),
        checksum=checksum(data),
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
