"""Publishing indicator q: its figures are kept as they stood, and pages read only those."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engage.framework import Area
from engage.indicators.figures import counted, issue
from engage.indicators.queries import KIND, Feed, q_feeds, replies, sent_count
from engage.responses import snapshots
from engage.responses.disclosure import NEW_ANSWERS
from engage.responses.models import Snapshot


@dataclass(frozen=True, slots=True)
class Draft:
    """Figures ready to be kept, and how many people they are about, exactly."""

    survey_id: int
    answers_counted: int
    data: dict[str, Any]


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
    before = snapshots.latest(feed.source.survey_id, KIND)
    if before and sent_count(feed) < before.answers_counted + NEW_ANSWERS:
        return None  # it would not be kept, so nobody's answers need reading
    everyone = replies(feed)
    return Draft(
        survey_id=feed.source.survey_id,
        answers_counted=len(counted(feed.source, everyone)),
        data=issue(feed.source, everyone, areas, before.data if before else {}, now),
    )


def keep(ready: Iterable[Draft], now: datetime) -> list[Snapshot]:
    taken = (
        snapshots.take(draft.survey_id, KIND, draft.answers_counted, draft.data, now)
        for draft in ready
    )
    return [snapshot for snapshot in taken if snapshot]
