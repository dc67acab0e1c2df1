"""The editions of reports: what was published, which of it stands, and who may publish."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select

from engage.extensions import db
from engage.pages.reports.collecting import KINDS, Source
from engage.pages.reports.years import Year, year_called
from engage.responses.models import Snapshot

DOWN = "report_down"  # the kind of the snapshots that say that an edition was taken down
Of = tuple[str, str]  # kind and year


@dataclass(frozen=True, slots=True)
class Edition:
    """One publication of a report. `number` counts from 1.

    It is replaced where a later one stands. `newer_down_at` has the day from which it is the newest
    again, where every later one was taken down.
    """

    id: int
    kind: str
    year: Year
    published_at: datetime
    is_invented: bool
    number: int
    replaced_at: datetime | None
    newer_down_at: datetime | None
    down_at: datetime | None

    @property
    def snapshot(self) -> Snapshot:
        """With everything it says, which no list of editions needs."""
        return db.session.get_one(Snapshot, self.id)

    @property
    def data(self) -> dict[str, Any]:
        return self.snapshot.data


class _Row(NamedTuple):
    id: int
    kind: str
    made_at: datetime
    year: str
    is_invented: bool | None
    report: int | None  # which edition was taken down


def editions(kinds: Sequence[str] = KINDS) -> dict[Of, list[Edition]]:
    """Every edition of every report of these kinds, the first first."""
    rows = _rows(kinds)
    down = {row.report: row.made_at for row in rows if row.kind == DOWN}
    found: dict[Of, list[_Row]] = defaultdict(list)
    for row in rows:
        if row.kind != DOWN:
            found[row.kind, row.year].append(row)
    return {of: _numbered(those, down) for of, those in found.items()}


def _rows(kinds: Sequence[str]) -> list[_Row]:
    """Without what the reports say: a year of them would be many megabytes."""
    said = Snapshot.data
    wanted = select(
        Snapshot.id,
        Snapshot.kind,
        Snapshot.made_at,
        said["year"].as_string(),
        said["is_invented"].as_boolean(),
        said["report"].as_integer(),
    ).where(Snapshot.kind.in_((*kinds, DOWN)))
    return [_Row(*row) for row in db.session.execute(wanted.order_by(Snapshot.id))]


def _numbered(rows: Sequence[_Row], down: Mapping[int | None, datetime]) -> list[Edition]:
    return [
        Edition(
            id=row.id,
            kind=row.kind,
            year=year_called(row.year),
            published_at=row.made_at,
            is_invented=bool(row.is_invented),
            number=number,
            replaced_at=_replaced_at(rows[number:], down),
            newer_down_at=_newer_down_at(rows[number:], down),
            down_at=down.get(row.id),
        )
        for number, row in enumerate(rows, start=1)
    ]


def _replaced_at(later: Sequence[_Row], down: Mapping[int | None, datetime]) -> datetime | None:
    return later[0].made_at if any(row.id not in down for row in later) else None


def _newer_down_at(later: Sequence[_Row], down: Mapping[int | None, datetime]) -> datetime | None:
    gone = [down[row.id] for row in later if row.id in down]
    return max(gone) if gone and len(gone) == len(later) else None


def editions_of(kind: str, year: Year) -> list[Edition]:
    return editions([kind]).get((kind, year.code), [])


def edition_of(kind: str, year: Year, number: int | None = None) -> Edition:
    """That edition, or the newest that stands. Raises LookupError where there is none."""
    found = editions_of(kind, year)
    if number is None and found:
        return newest_of(found)
    return next((each for each in found if each.number == number), None) or _none(kind, year)


def newest_of(found: Sequence[Edition]) -> Edition:
    """The newest that stands; where none does, the newest of those that were taken down."""
    return next((each for each in reversed(found) if each.down_at is None), found[-1])


def _none(kind: str, year: Year) -> Edition:
    raise LookupError(f"no report {kind} of {year.code}")


def may_publish(organisation_id: int, source: Source) -> bool:
    """A report is the whole partnership's: any organisation that owns one of its surveys may."""
    return any(
        version.survey.organisation_id == organisation_id for version in source.versions.values()
    )
