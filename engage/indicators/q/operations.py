"""Publishing indicator q: its figures are kept as they stood, and pages read only those."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from engage.framework import Area
from engage.indicators.others.margins import margins_in_force
from engage.indicators.q.changes import CAME_AFTER, came_after, wave_before
from engage.indicators.q.feeds import Feed, q_feeds
from engage.indicators.q.figures import issued
from engage.indicators.q.queries import KIND, published_q
from engage.indicators.q.replying import replies, sent_to
from engage.indicators.q.series import AUDIENCE_OF_SERIES, Source, counted
from engage.indicators.q.settling import Publication
from engage.indicators.q.taking_part import ways_of
from engage.indicators.q.weighted import Population
from engage.responses import snapshots
from engage.responses.disclosure import NEW_ANSWERS

NOTHING = Publication({}, {})


@dataclass(frozen=True, slots=True)
class _Made:
    """What could be published of one survey, and what was published of it last, if anything."""

    ready: snapshots.Ready
    last: Publication | None
    counts_more: bool  # ten answers more than the last did

    @property
    def publication(self) -> Publication:
        return Publication(self.ready.data, self.ready.exact)


def q_ready(now: datetime, areas: Sequence[Area]) -> list[snapshots.Ready]:
    """What could be published now. Reads and thinks, writes nothing. `areas` are the pack's.

    A survey with fewer than ten new answers keeps the figures it has. Nothing is ever pooled.
    """
    codes = [area.code for area in areas]
    found = (_made(feed, codes, now) for feed in q_feeds())
    made = [each for each in found if each and each.ready.answers_counted]
    others = _waves(made)
    return [_logged(each, others) for each in made]


def _made(feed: Feed, areas: Sequence[str], now: datetime) -> _Made | None:
    source = replace(feed.source, population=_population(feed.source))
    before = snapshots.latest(source.survey_id, KIND)
    # People are said to have been met at events: what was shown of them has to go.
    must_go = before is not None and source.grade == "C" != before.data["grade"]
    enough = before.answers_counted + NEW_ANSWERS if before else 0
    if before and not must_go and sent_to(feed.asking) < enough:
        return None  # it would not be kept, so nobody's answers need reading
    everyone = replies(feed.asking)
    many = len(counted(source.series, everyone))
    if many < enough and not must_go:
        return None  # enough came, but not enough who are counted in q: it would not be kept either
    source = replace(source, ways=ways_of(feed.asking, source.series))
    last = Publication(before.data, before.exact, _earlier(source)) if before else None
    found = issued(source, everyone, areas, last or NOTHING, now)
    ready = snapshots.Ready(KIND, found.data, many, found.exact, source.survey_id, must_go)
    return _Made(ready, last, counts_more=last is not None and many >= enough)


def _waves(made: Sequence[_Made]) -> dict[tuple[str, bool], list[Publication]]:
    """The newest publication of every survey by series, made-up ones apart.

    Asked for only where a survey is published for the first time.
    """
    found: dict[tuple[str, bool], list[Publication]] = defaultdict(list)
    if all(each.last for each in made):
        return found
    for issue in (issue for issues in published_q().values() for issue in issues):
        found[_kind(issue.data)].append(Publication(issue.data, issue.exact))
    for each in made:
        found[_kind(each.ready.data)].append(each.publication)
    return found


def _kind(data: Mapping[str, Any]) -> tuple[str, bool]:
    return data["series"], data["survey"]["is_invented"]


def _logged(
    made: _Made, waves: Mapping[tuple[str, bool], Sequence[Publication]]
) -> snapshots.Ready:
    """With what changed since the last of its survey, or else since the wave before it."""
    after = made.publication
    before = made.last or wave_before(after, waves[_kind(after.data)])
    data = {**after.data, CAME_AFTER: came_after(before, after, counts_more=made.counts_more)}
    return replace(made.ready, data=data)


def _population(source: Source) -> Population | None:
    """Margins made up for a demonstration never weigh real answers."""
    found = margins_in_force(AUDIENCE_OF_SERIES[source.series])
    return None if found and found.is_synthetic and not source.is_invented else found


def _earlier(source: Source) -> list[Mapping[str, Any]]:
    return [each.data for each in snapshots.all_of(source.survey_id, KIND)]
