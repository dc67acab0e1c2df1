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


def newest_issues(kind: str) -> list[Issue]:
    """The newest publication of that kind of every survey, the last made first."""
    newest = select(func.max(Snapshot.id)).where(Snapshot.kind == kind).group_by(Snapshot.survey_id)
    rows = db.session.scalars(
        select(Snapshot)
        .where(Snapshot.id.in_(newest))
        .order_by(Snapshot.made_at.desc(), Snapshot.id.desc())
        .options(joinedload(Snapshot.survey))
    )
    return [
        Issue(
            series=row.data["series"],
            data=row.data,
            made_at=row.made_at,
            checksum=row.checksum,
            is_invented=row.survey is not None and row.survey.is_invented,
            exact=row.exact,
        )
        for row in rows
    ]


def published_q() -> dict[str, list[Issue]]:
    """The newest issue of every survey by series, "q-PC" and "q-YP".

    The last wave comes first, but made-up answers never before real ones.
    """
    issues: dict[str, list[Issue]] = {series: [] for series in SERIES_OF_AUDIENCE.values()}
    for issue in newest_issues(KIND):
        issues[issue.series].append(issue)
    for each_series in issues.values():
        each_series.sort(key=lambda each: each.data["survey"]["opened_on"] or "", reverse=True)
        each_series.sort(key=lambda each: each.is_invented)
    return issues
