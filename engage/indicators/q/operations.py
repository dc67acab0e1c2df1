"""Publishing indicator q: its figures are kept as they stood, and pages read only those."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from engage.framework import Area
from engage.indicators.others.margins import margins_in_force
from engage.indicators.q.feeds import Feed, q_feeds
from engage.indicators.q.figures import issued
from engage.indicators.q.queries import KIND
from engage.indicators.q.replying import replies, sent_to
from engage.indicators.q.series import AUDIENCE_OF_SERIES, Source, counted
from engage.indicators.q.settling import Publication
from engage.indicators.q.weighted import Population
from engage.responses import snapshots
from engage.responses.disclosure import NEW_ANSWERS

NOTHING = Publication({}, {})


def q_ready(now: datetime, areas: Sequence[Area]) -> list[snapshots.Ready]:
    """What could be published now. Reads and thinks, writes nothing. `areas` are the pack's.

    A survey with fewer than ten new answers keeps the figures it has. Nothing is ever pooled.
    """
    codes = [area.code for area in areas]
    made = (_ready(feed, codes, now) for feed in q_feeds())
    return [ready for ready in made if ready and ready.answers_counted]


def _ready(feed: Feed, areas: Sequence[str], now: datetime) -> snapshots.Ready | None:
    source = replace(feed.source, population=_population(feed.source))
    before = snapshots.latest(source.survey_id, KIND)
    # People are said to have been met at events: what was shown of them has to go.
    must_go = before is not None and source.grade == "C" != before.data["grade"]
    few_came = before and sent_to(feed.asking) < before.answers_counted + NEW_ANSWERS
    if few_came and not must_go:
        return None  # it would not be kept, so nobody's answers need reading
    everyone = replies(feed.asking)
    last = Publication(before.data, before.exact, _earlier(source)) if before else NOTHING
    found = issued(source, everyone, areas, last, now)
    many = len(counted(source.series, everyone))
    return snapshots.Ready(KIND, found.data, many, found.exact, source.survey_id, must_go)


def _population(source: Source) -> Population | None:
    """Margins made up for a demonstration never weigh real answers."""
    found = margins_in_force(AUDIENCE_OF_SERIES[source.series])
    return None if found and found.is_synthetic and not source.is_invented else found


def _earlier(source: Source) -> list[Mapping[str, Any]]:
    return [each.data for each in snapshots.all_of(source.survey_id, KIND)]
