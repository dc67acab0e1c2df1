"""Publishing indicator q: its figures are kept as they stood, and pages read only those."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from engage.framework import Area
from engage.indicators.others.margins import margins_in_force
from engage.indicators.q.feeds import Feed, q_feeds
from engage.indicators.q.figures import Issued, issued
from engage.indicators.q.queries import KIND
from engage.indicators.q.replying import replies, sent_count
from engage.indicators.q.series import AUDIENCE_OF_SERIES, counted
from engage.responses import snapshots
from engage.responses.disclosure import NEW_ANSWERS
from engage.responses.models import Snapshot


@dataclass(frozen=True, slots=True)
class Draft:
    """Figures ready to be kept, and how many people they are about, exactly."""

    survey_id: int
    answers_counted: int
    issued: Issued


def take_q_snapshots(now: datetime, areas: Sequence[Area]) -> list[Snapshot]:
    """Publish q-PC and q-YP from every survey that feeds them. `areas` are the pack's.

    A survey with fewer than ten new answers keeps the figures it has. Nothing is ever pooled.
    """
    return keep(drafts(now, areas), now)


def drafts(now: datetime, areas: Sequence[Area]) -> list[Draft]:
    """What could be published now. Reads and thinks, writes nothing."""
    codes = [area.code for area in areas]
    made = (_draft(feed, codes, now) for feed in q_feeds())
    return [draft for draft in made if draft and draft.answers_counted]


def _draft(feed: Feed, areas: Sequence[str], now: datetime) -> Draft | None:
    population = margins_in_force(AUDIENCE_OF_SERIES[feed.source.series])
    source = replace(feed.source, population=population)
    before = snapshots.latest(source.survey_id, KIND)
    if before and sent_count(feed) < before.answers_counted + NEW_ANSWERS:
        return None  # it would not be kept, so nobody's answers need reading
    everyone = replies(feed)
    last = Issued(before.data, before.exact) if before else Issued({}, {})
    return Draft(
        survey_id=source.survey_id,
        answers_counted=len(counted(source.series, everyone)),
        issued=issued(source, everyone, areas, last, now),
    )


def keep(ready: Iterable[Draft], now: datetime) -> list[Snapshot]:
    taken = (
        snapshots.take_ready(
            draft.survey_id,
            snapshots.Ready(KIND, draft.issued.data, draft.answers_counted, draft.issued.exact),
            now,
        )
        for draft in ready
    )
    return [snapshot for snapshot in taken if snapshot]
