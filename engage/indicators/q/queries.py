"""The published figures of q, as pages read them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from engage.extensions import db
from engage.indicators.q.feeding_now import series_now
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
    survey_id: int | None = None


Published = Mapping[str, Sequence[Issue]]  # by series


@dataclass(frozen=True, slots=True)
class Taken:
    """One publication of a survey, as the log of them all tells it.

    `came_after` is None for one from before it was noted what changed.
    """

    made_at: datetime
    checksum: str
    survey: str
    title: str
    definition_version: str
    came_after: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class County:
    """What is said of the whole county at once: trends, dials, the composite."""

    data: Mapping[str, Any]
    made_at: datetime
    checksum: str


def county(published: Published | None = None) -> County | None:
    """None too where a wave in it is q no more: it says nothing until it is made anew.

    `published` is what `published_q` said, where somebody has asked it already.
    """
    found = snapshots.latest(None, COUNTY)
    if found is None:
        return None
    issues = published_q() if published is None else published
    slugs = {
        (series, issue.data["survey"]["slug"]) for series, each in issues.items() for issue in each
    }
    return County(found.data, found.made_at, found.checksum) if _is_of(found, slugs) else None


def that_hold(rows: Iterable[Snapshot]) -> list[Snapshot]:
    """Without figures of q of a survey that feeds q no more, and without the county's with them."""
    found, now = list(rows), series_now()
    gone = {row.id for row in found if row.kind == KIND and not _still_feeds(row, now)}
    slugs = {
        (row.data["series"], row.data["survey"]["slug"])
        for row in found
        if row.kind == KIND and row.id not in gone
    }
    gone |= {row.id for row in found if row.kind == COUNTY and not _is_of(row, slugs)}
    return [row for row in found if row.id not in gone]


def _still_feeds(row: Snapshot, now: Mapping[int, str]) -> bool:
    """Whether these figures are of a survey that feeds the same series now."""
    return row.survey_id is not None and now.get(row.survey_id) == row.data["series"]


def _is_of(county: Snapshot, slugs: Collection[tuple[str, str]]) -> bool:
    """Whether all waves in the county's figures are of these: of a series, the surveys."""
    trends: Mapping[str, Any] = county.data.get("trends", {})
    waves = {(series, wave["survey"]) for series, each in trends.items() for wave in each["waves"]}
    return waves <= {*slugs}


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
            survey_id=row.survey_id,
        )
        for row in rows
    ]


def published_q() -> dict[str, list[Issue]]:
    """The newest issue of every survey that feeds q, by series, "q-PC" and "q-YP".

    The last wave comes first, but made-up answers never before real ones.
    """
    issues: dict[str, list[Issue]] = {series: [] for series in SERIES_OF_AUDIENCE.values()}
    found = newest_issues(KIND)
    now = series_now() if found else {}
    for issue in found:
        if issue.survey_id is not None and now.get(issue.survey_id) == issue.series:
            issues[issue.series].append(issue)
    for each_series in issues.values():
        each_series.sort(key=lambda each: each.data["survey"]["opened_on"] or "", reverse=True)
        each_series.sort(key=lambda each: each.is_invented)
    return issues


def taken(published: Published) -> dict[str, list[Taken]]:
    """Every publication of the surveys of each series, the last made first.

    Made-up ones only where there is no real one, as on the page.
    """
    series_of = {
        issue.survey_id: series
        for series, issues in published.items()
        for issue in issues
        if issue.is_invented == issues[0].is_invented
    }
    found: dict[str, list[Taken]] = {series: [] for series in series_of.values()}
    # Of each the few words that are shown, and not its figures: there may be hundreds.
    said = Snapshot.data
    rows = db.session.execute(
        select(
            Snapshot.survey_id,
            said["series"].as_string(),
            Snapshot.made_at,
            Snapshot.checksum,
            said[("survey", "slug")].as_string(),
            said[("survey", "title")].as_string(),
            said["definition_version"].as_string(),
            said["came_after"],
        )
        .where(Snapshot.kind == KIND, Snapshot.survey_id.in_(series_of))
        .order_by(Snapshot.made_at.desc(), Snapshot.id.desc())
    )
    for survey_id, series, *about in rows:
        if series_of[survey_id] == series:
            found[series].append(Taken(*about))
    return found
