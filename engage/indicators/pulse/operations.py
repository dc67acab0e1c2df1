"""Publishing the monthly pulse: a month is kept as it stood, and pages read only that."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from engage.indicators.pulse.months import issue, start_of_month
from engage.indicators.pulse.queries import KIND, PulseFeed, pulse_feeds, sent_to, views
from engage.indicators.q.settling import Publication
from engage.responses import snapshots

NOTHING = Publication({}, {})


def pulse_ready(now: datetime) -> list[snapshots.Ready]:
    """What could be published now: each survey with a month to show which nobody has seen yet.

    Reads and thinks, writes nothing.
    """
    made = (_ready(feed, now) for feed in pulse_feeds())
    return [ready for ready in made if ready and ready.answers_counted]


def _ready(feed: PulseFeed, now: datetime) -> snapshots.Ready | None:
    this_month = start_of_month(now)
    before = snapshots.latest(feed.source.survey_id, KIND)
    sent = sent_to(feed, this_month)
    if before and before.exact.get("sent") == sent:
        return None  # no month has ended since, so nobody's answers need reading
    last = Publication(before.data, before.exact, _earlier(feed)) if before else NOTHING
    found, counted = issue(feed.source, views(feed, this_month), last, now)
    exact = {**found.exact, "sent": sent}
    return snapshots.Ready(KIND, found.data, counted, exact, feed.source.survey_id)


def _earlier(feed: PulseFeed) -> list[Mapping[str, Any]]:
    return [each.data for each in snapshots.all_of(feed.source.survey_id, KIND)]
