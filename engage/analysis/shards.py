"""A large survey's sentences in shards, so that a worker that stops loses one of them at most."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select

from engage.analysis import vectors
from engage.analysis.pipeline import texts_by_comment
from engage.analysis.types import Comment, Settings, Tools
from engage.extensions import db
from engage.jobs.models import Job
from engage.jobs.queue import enqueue, was_given_up

EMBED = "analysis.embed"
SHARD = 2_000  # texts: some seconds on a small server
A_WHILE = timedelta(minutes=1)

Range = tuple[int, int]


@dataclass(frozen=True)
class Shards:
    """Answers whose sentences are to be embedded, in ranges of their ids, and the sums."""

    ranges: tuple[Range, ...]
    known: int
    total: int


def shards_of(
    survey_id: int, comments: Sequence[Comment], tools: Tools, settings: Settings
) -> Shards | None:
    """None where what is missing is one shard at most, or was tried and given up."""
    if len(comments) <= SHARD // 4:
        return None
    said = texts_by_comment(comments, tools, settings)
    texts = {text for some in said.values() for text in some}
    missing = set(vectors.missing(texts, tools.embedder.name))
    if len(missing) <= SHARD:
        return None
    ranges = tuple(
        (first, last)
        for first, last in ranges_of(said, missing)
        if not was_given_up(EMBED, survey_id=survey_id, first=first, last=last)
    )
    return Shards(ranges, len(texts) - len(missing), len(texts)) if ranges else None


def ranges_of(said: Mapping[str, Sequence[str]], missing: set[str]) -> Iterator[Range]:
    """Neighbouring answers that have about one shard of missing texts between them."""
    some: set[str] = set()
    first = last = 0
    for answer in sorted(map(int, said)):
        new = missing.intersection(said[str(answer)])
        if not new:
            continue
        if some and len(some | new) > SHARD:
            yield first, last
            missing, some = missing - some, set()
        first, last = (first if some else answer), answer
        some |= new
    if some:
        yield first, last


def ask_for(survey_id: int, shards: Shards, then: str) -> None:
    """Each shard is a job, and the reading is asked for again behind them."""
    for first, last in shards.ranges:
        enqueue(EMBED, survey_id=survey_id, first=first, last=last)
    # A shard that failed is tried later and later; until then the reading need not ask each second.
    delay = A_WHILE if _some_failed(survey_id) else timedelta()
    enqueue(then, delay=delay, survey_id=survey_id)


def _some_failed(survey_id: int) -> bool:
    tried = db.session.scalars(
        select(Job).where(
            Job.name == EMBED,
            Job.finished_at.is_(None),
            Job.failed_at.is_(None),
            Job.attempts > 0,
        )
    )
    return any(job.arguments["survey_id"] == survey_id for job in tried)
