"""Where each series of q stands, what a next wave could show, and what it should reach."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from engage.clock import day_of
from engage.extensions import db
from engage.indicators.q.models import Target
from engage.indicators.q.queries import Issue, published_q
from engage.indicators.q.series import HEADLINE
from engage.indicators.q.shares import worth
from engage.indicators.q.waves import MAY_BE_TESTED
from engage.indicators.statistics.change import smallest_points


@dataclass(frozen=True, slots=True)
class Standing:
    """A series as it is public now. `percent` and `smallest` are whole; None with `why_not`.

    `smallest` is the smallest rise, in points, that a next wave like the last would show.
    `why_not`: "no_figure", "not_shown", "not_a_number" or "too_few".
    """

    series: str
    percent: int | None = None
    smallest: int | None = None
    why_not: str | None = None
    is_invented: bool = False
    is_weighted: bool = False
    survey: str = ""
    counted_on: str = ""


@dataclass(frozen=True, slots=True)
class InForce:
    """A target as pages may show it. It `is_measurable` where its rise would show."""

    series: str
    percent: int
    by: date
    from_percent: int
    smallest_change: int
    set_on: date
    is_invented: bool  # from made-up answers, and shown beside those alone

    @property
    def is_measurable(self) -> bool:
        return self.percent - self.from_percent >= self.smallest_change


def standings() -> list[Standing]:
    """Each series by its newest figure of real answers, else of made-up ones."""
    published = published_q()
    return [standing(series, issues[0] if issues else None) for series, issues in published.items()]


def standing_of(series: str) -> Standing | None:
    """None for what is no series."""
    return next((each for each in standings() if each.series == series), None)


def standing(series: str, issue: Issue | None) -> Standing:
    if issue is None:
        return Standing(series, why_not="no_figure")
    leads = bool(issue.exact.get("is_weighted"))
    figure = issue.data[HEADLINE]
    about: dict[str, Any] = {
        "is_invented": issue.is_invented,
        "is_weighted": leads,
        "survey": issue.data["survey"]["title"],
        "counted_on": figure["as_of"],
    }
    weighted = figure.get("weighted")
    shown = weighted["positive"] if leads and weighted else figure["positive"]
    if shown is None or issue.exact.get("share") is None:
        return Standing(series, why_not="not_shown", **about)
    if not isinstance(shown, int):
        return Standing(series, why_not="not_a_number", **about)
    smallest = None
    if (figure["base"] or 0) >= MAY_BE_TESTED:
        smallest = smallest_points(shown / 100, worth(figure, issue.data))
    return Standing(series, shown, smallest, None if smallest else "too_few", **about)


def targets_in_force() -> dict[str, InForce]:
    """What stands, by series: at most one each. One set from made-up answers is for those alone."""
    rows = db.session.scalars(
        select(Target).where(Target.withdrawn_at.is_(None)).order_by(Target.id)
    )
    return {row.series: _plain(row) for row in rows}


def _plain(row: Target) -> InForce:
    return InForce(
        series=row.series,
        percent=row.percent,
        by=row.by,
        from_percent=row.from_percent,
        smallest_change=row.smallest_change,
        set_on=day_of(row.set_at),
        is_invented=row.is_invented,
    )


def every_target() -> list[Target]:
    """Newest first, those that were withdrawn too."""
    return list(
        db.session.scalars(
            select(Target)
            .order_by(Target.id.desc())
            .options(joinedload(Target.set_by), joinedload(Target.withdrawn_by))
        )
    )


def target(id: int) -> Target:
    """One that stands. Raises NoResultFound where there is none."""
    found = select(Target).where(Target.id == id, Target.withdrawn_at.is_(None))
    return db.session.scalars(found).one()
