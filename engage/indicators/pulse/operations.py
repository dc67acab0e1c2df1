"""Publishing the monthly pulse: a month is kept as it stood, and pages read only that."""

from collections.abc import Iterable
from datetime import datetime

from engage.indicators.pulse.months import issue, start_of_month
from engage.indicators.pulse.queries import KIND, PulseFeed, pulse_feeds, sent_count, views
from engage.indicators.q.figures import Issued
from engage.indicators.q.operations import Draft
from engage.responses import snapshots
from engage.responses.models import Snapshot


def take_pulse_snapshots(now: datetime) -> list[Snapshot]:
    """Publish the pulse of every survey that has a month to show which nobody has seen yet."""
    return keep_pulse(pulse_drafts(now), now)


def pulse_drafts(now: datetime) -> list[Draft]:
    """What could be published now. Reads and thinks, writes nothing."""
    made = (_draft(feed, now) for feed in pulse_feeds())
    return [draft for draft in made if draft and draft.answers_counted]


def _draft(feed: PulseFeed, now: datetime) -> Draft | None:
    this_month = start_of_month(now)
    before = snapshots.latest(feed.source.survey_id, KIND)
    sent = sent_count(feed, this_month)
    if before and before.exact.get("sent") == sent:
        return None  # no month has ended since, so nobody's answers need reading
    last = Issued(before.data, before.exact) if before else Issued({}, {})
    found, counted = issue(feed.source, views(feed, this_month), last, now)
    found.exact["sent"] = sent
    return Draft(feed.source.survey_id, counted, found)


def keep_pulse(ready: Iterable[Draft], now: datetime) -> list[Snapshot]:
    taken = (
        snapshots.take_ready(
            draft.survey_id,
            snapshots.Ready(KIND, draft.issued.data, draft.answers_counted, draft.issued.exact),
            now,
        )
        for draft in ready
    )
    return [snapshot for snapshot in taken if snapshot]
