"""A large survey is embedded in shards, and no worker's end loses more than one of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.analysis import progress, queries, shards, vectors
from engage.analysis.models import AnalysisProgress, TextVector
from engage.extensions import db
from engage.jobs import queue
from engage.jobs.models import Job
from tests.analysis.comments import some_comments
from tests.analysis.found import comments
from tests.loop.made import CHILD, PARENT
from tests.survey_factories import ask, make_small_survey

QUESTIONS = (
    ask("WHO", options=(PARENT, CHILD), role="audience"),
    ask("SAY", "text", role="free_text", ambitions=["ambition-2"]),
)
SMALL = 20


@pytest.fixture
def version(session, monkeypatch):
    """A survey whose comments are several shards of twenty texts."""
    monkeypatch.setattr(shards, "SHARD", SMALL)
    made = make_small_survey(QUESTIONS, (PARENT, CHILD))
    comments(made, [comment.text for comment in some_comments(70)])
    queue.enqueue("analysis.refresh", survey_id=made.survey_id)
    session.commit()
    return made


def one_job():
    before = done()
    queue.work_off(lambda: len(done()) > len(before))
    return done()[len(before) :]


def done():
    db.session.rollback()
    jobs = db.session.query(Job).filter(Job.finished_at.is_not(None)).order_by(Job.finished_at)
    return [job.name for job in jobs]


def test_the_reading_waits_behind_its_shards(version):
    queue.work_off()
    assert done() == ["analysis.refresh", *["analysis.embed"] * 4, "analysis.refresh"]
    assert queries.latest_run(version.survey_id).comments_read == 70


def test_each_shard_keeps_its_vectors_and_says_how_far_it_is(version):
    said = []
    for _ in range(4):
        one_job()
        kept = db.session.query(TextVector).count()
        said.append((kept, progress.in_words(progress.progress_of(version.survey_id))))
    assert said == [
        (0, "Reading the sentences: 0 of 70"),
        (20, "Reading the sentences: 20 of 70"),
        (40, "Reading the sentences: 40 of 70"),
        (60, "Reading the sentences: 60 of 70"),
    ]


def test_when_the_reading_is_done_nobody_waits_any_more(version):
    queue.work_off()
    assert progress.progress_of(version.survey_id) is None


def test_a_shard_that_was_done_is_not_done_again(version):
    one_job(), one_job()
    texts = [comment.text for comment in some_comments(70)]
    assert len(vectors.missing(texts, "hashing-128")) == 50
    queue.work_off()
    assert db.session.query(Job).filter_by(name="analysis.embed").count() == 4


def test_a_shard_that_fails_each_time_does_not_keep_the_reading_from_its_end(version, monkeypatch):
    one_job()
    for job in db.session.query(Job).filter_by(name="analysis.embed"):
        job.failed_at = job.queued_at
    db.session.commit()
    queue.work_off()
    assert queries.latest_run(version.survey_id).comments_read == 70


def test_the_reading_waits_a_little_for_a_shard_that_is_tried_again(version):
    one_job()
    for job in db.session.query(Job).filter_by(name="analysis.embed"):
        job.attempts = 1
        job.run_after = job.run_after.replace(year=job.run_after.year + 1)
    db.session.commit()
    queue.work_off()
    waiting = db.session.query(Job).filter_by(name="analysis.refresh", finished_at=None).one()
    assert waiting.run_after - waiting.queued_at == shards.A_WHILE


def test_a_step_is_said_in_words(session):
    step = AnalysisProgress(step="Finding themes", done=0, total=1)
    assert progress.in_words(step) == "Finding themes"
    many = AnalysisProgress(step="Reading the sentences", done=12_000, total=50_000)
    assert progress.in_words(many) == "Reading the sentences: 12,000 of 50,000"


@given(
    st.dictionaries(st.integers(1, 10_000), st.lists(st.text(max_size=3), max_size=30), max_size=40)
)
def test_every_missing_text_is_in_one_range_and_ranges_do_not_overlap(said):
    by_id = {str(answer): texts for answer, texts in said.items()}
    missing = {text for texts in said.values() for text in texts}
    ranges = list(shards.ranges_of(by_id, missing))
    inside = {
        text
        for first, last in ranges
        for answer, texts in said.items()
        if first <= answer <= last
        for text in texts
    }
    assert inside == missing
    assert all(one[1] < other[0] for one, other in zip(ranges, ranges[1:], strict=False))
