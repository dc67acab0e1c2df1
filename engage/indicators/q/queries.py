"""The published figures of q, as pages read them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from engage.extensions import db
from engage.indicators.q.series import SERIES_OF_AUDIENCE
from engage.responses import snapshots
from engage.responses.models import Snapshot

KIND, COUNTY, CODED = "q", "county", "coded"


@dataclass(frozen=True, slots=True)
class Issue:
    """A snapshot as the page reads it. `exact` is for comparing waves and is never shown."""

    series: str
    data: Mapping[str, Any]
    made_at: datetime
    checksum: str
    is_invented: bool
    exact: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class County:
    """What is said of the whole county at once: trends, dials, the composite."""

    data: Mapping[str, Any]
    made_at: datetime
    checksum: str


def county() -> County | None:
    found = snapshots.latest(None, COUNTY)
    return County(found.data, found.made_at, found.checksum) if found else None


def coded_comments() -> Mapping[str, Any]:
    """How comments under accepted themes sound, by audience, as it was published. Beside q."""
    found = snapshots.latest(None, CODED)
    return found.data if found else {}


def published_q() -> dict[str, list[Issue]]:
    """The newest issue of every survey by series, "q-PC" and "q-YP".

    The last wave comes first, but made-up answers never before real ones.
    """
    newest = select(func.max(Snapshot.id)).where(Snapshot.kind == KIND).group_by(Snapshot.survey_id)
    snapshots = db.session.scalars(
        select(Snapshot)
        .where(Snapshot.id.in_(newest))
        .order_by(Snapshot.made_at.desc(), Snapshot.id.desc())
        .options(joinedload(Snapshot.survey))
    )
    issues: dict[str, list[Issue]] = {series: [] for series in SERIES_OF_AUDIENCE.values()}
    for each in snapshots:
        issues[each.data["series"]].append(
            Issue(
                series=each.data["series"],
                data=each.data,
                made_at=each.made_at,
                checksum=each.checksum,
                is_invented=each.survey is not None and each.survey.is_invented,
                exact=each.exact,
            )
        )
    for each_series in issues.values():
        each_series.sort(key=lambda each: each.data["survey"]["opened_on"] or "", reverse=True)
        each_series.sort(key=lambda each: each.is_invented)
    return issues
