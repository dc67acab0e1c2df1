"""Publishing an edition of a report, and taking one down. Only a person does either."""

from datetime import UTC, datetime

from flask_babel import gettext as _

from engage.errors import NotReadyError
from engage.extensions import db
from engage.pages.reports import local_offer
from engage.pages.reports.collecting import REG56, Source, Wanted, collect, source_of
from engage.pages.reports.queries import DOWN, Edition, edition_of, editions_of, may_publish
from engage.people.audit import record
from engage.people.models import Staff
from engage.responses import snapshots
from engage.responses.models import Snapshot
from engage.surveys.models import Survey
from engage.web.two_at_once import hold, hold_number


def publish(wanted: Wanted, by: Staff, seen: str, source: Source | None = None) -> Edition:
    """Freeze the report as it stands, where it is what they have read. `seen`: its checksum.

    `source`: as in `collect`.
    """
    source = source or source_of(wanted.year, wanted.now)
    _refuse_strangers(by, source)
    _hold_first_survey(source)
    data = collect(wanted, source)
    now_it_is = snapshots.checksum(data)
    if now_it_is != seen:
        raise NotReadyError(_("The report changed while you read it. Read it again first."))
    before = editions_of(wanted.kind, wanted.year)
    if before and before[-1].down_at is None and before[-1].snapshot.checksum == now_it_is:
        raise NotReadyError(_("Nothing has changed since the last edition."))
    if wanted.kind == REG56:
        local_offer.keep(source.versions.values(), wanted.asks, wanted.now)
    _add(Snapshot(kind=wanted.kind, data=data, made_at=wanted.now), by, "published a report")
    return edition_of(wanted.kind, wanted.year)


def take_down(edition: Edition, by: Staff, now: datetime | None = None) -> None:
    """Off the public pages, in every form. Its address says so from now on."""
    now = now or datetime.now(UTC)
    _refuse_strangers(by, source_of(edition.year, now))
    hold(edition.snapshot)
    if edition_of(edition.kind, edition.year, edition.number).down_at is not None:
        return
    data = {"report": edition.id, "year": edition.year.code, "kind": edition.kind}
    down = Snapshot(kind=DOWN, data=data, made_at=now)
    _add(down, by, "took a report down", edition.kind)


def _hold_first_survey(source: Source) -> None:
    """Who publishes a moment later waits here, and then finds this edition."""
    hold_number(Survey, Survey.id == next(iter(source.versions)))


def _refuse_strangers(by: Staff, source: Source) -> None:
    if not may_publish(by.organisation_id, source):
        raise NotReadyError(_("Only an organisation that asked in this year can do this."))


def _add(row: Snapshot, by: Staff, deed: str, kind: str = "") -> None:
    row.answers_counted, row.exact = 0, {}
    row.checksum = snapshots.checksum(row.data)
    db.session.add(row)
    db.session.flush()
    subject = f"report {kind or row.kind} {row.data['year']}"
    record(by, deed, subject, checksum=row.checksum, snapshot=row.id)
