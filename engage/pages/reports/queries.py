"""The editions of reports: what was published, which of it stands, and who may publish."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from engage.extensions import db
from engage.pages.reports.collecting import KINDS, Source
from engage.pages.reports.years import Year, year_called
from engage.responses.models import Snapshot

DOWN = "report_down"  # the kind of the snapshots that say that an edition was taken down
Of = tuple[str, str]  # kind and year


@dataclass(frozen=True, slots=True)
class Edition:
    """One publication of a report. `number` counts from 1."""

    snapshot: Snapshot
    number: int
    replaced_at: datetime | None
    down_at: datetime | None

    @property
    def data(self) -> dict[str, Any]:
        return self.snapshot.data

    @property
    def kind(self) -> str:
        return self.snapshot.kind

    @property
    def year(self) -> Year:
        return year_called(self.data["year"])

    @property
    def published_at(self) -> datetime:
        return self.snapshot.made_at

    @property
    def is_newest(self) -> bool:
        return self.replaced_at is None


def editions(kinds: Sequence[str] = KINDS) -> dict[Of, list[Edition]]:
    """Every edition of every report of these kinds, the first first."""
    wanted = select(Snapshot).where(Snapshot.kind.in_((*kinds, DOWN))).order_by(Snapshot.id)
    rows = list(db.session.scalars(wanted))
    down = {row.data["report"]: row.made_at for row in rows if row.kind == DOWN}
    found: dict[Of, list[Snapshot]] = defaultdict(list)
    for row in rows:
        if row.kind != DOWN:
            found[row.kind, row.data["year"]].append(row)
    return {of: _numbered(those, down) for of, those in found.items()}


def _numbered(rows: Sequence[Snapshot], down: dict[int, datetime]) -> list[Edition]:
    later = [*(row.made_at for row in rows[1:]), None]
    return [
        Edition(row, number, replaced, down.get(row.id))
        for number, (row, replaced) in enumerate(zip(rows, later, strict=True), start=1)
    ]


def editions_of(kind: str, year: Year) -> list[Edition]:
    return editions([kind]).get((kind, year.code), [])


def edition_of(kind: str, year: Year, number: int | None = None) -> Edition:
    """That edition, or the newest. Raises LookupError where there is none."""
    found = editions_of(kind, year)
    if number is None and found:
        return found[-1]
    return next((each for each in found if each.number == number), None) or _none(kind, year)


def _none(kind: str, year: Year) -> Edition:
    raise LookupError(f"no report {kind} of {year.code}")


def may_publish(organisation_id: int, source: Source) -> bool:
    """A report is the whole partnership's: any organisation that owns one of its surveys may."""
    return any(
        version.survey.organisation_id == organisation_id for version in source.versions.values()
    )
