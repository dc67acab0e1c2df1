from datetime import UTC, datetime, timedelta

import pytest

from engage.jobs import queue
from engage.jobs.models import Job
from engage.jobs.queue import DAILY, HANDLERS, LEASE, MOST_ATTEMPTS
from engage.jobs.worker import ask_for_daily_jobs
from engage.people.models import Role


class Work:
    """Jobs of the test's own: what was begun, what was written, and whether it goes wrong."""

    def __init__(self):
        self.begun = []
        self.fails = ""

    def note(self, **arguments):
        self.begun.append(arguments)
        if self.fails == "reading":
            raise ValueError("could not read")
        return lambda: self.write(**arguments)

    def write(self, name="written", **rest):
        queue.db.session.add(Role(name=name))
        queue.db.session.flush()
        if self.fails == "writing":
            raise ValueError("could not write")


@pytest.fixture
def work(app):
    work = Work()
    HANDLERS["test.note"] = work.note
    yield work
    del HANDLERS["test.note"]


def ask(session, **arguments):
    queue.enqueue("test.note", **arguments)
    session.commit()
    return session.query(Job).filter_by(name="test.note").order_by(Job.id.desc()).first()


def now():
    return datetime.now(UTC)


def written(session):
    return [role.name for role in session.query(Role).order_by(Role.id)]


def test_a_job_is_done_once_and_kept(work, session):
    job = ask(session, name="a")

    assert queue.work_off() == 1
    assert queue.work_off() == 0
    assert work.begun == [{"name": "a"}]
    assert written(session) == ["a"]
    assert job.finished_at
    assert not queue.any_waiting()


def test_asking_twice_before_it_is_begun_is_one_job(work, session):
    ask(session, name="a")
    ask(session, name="a")
    ask(session, name="b")
    assert session.query(Job).count() == 2


def test_what_is_asked_while_it_is_being_done_is_done_again(work, session):
    """The answer that came while the machine was reading is in the next reading."""
    ask(session)
    queue.claim(now())
    ask(session)
    assert session.query(Job).count() == 2


def test_a_job_nobody_can_do_cannot_be_asked_for(app):
    with pytest.raises(LookupError, match=r"no handler for 'no\.such'"):
        queue.enqueue("no.such")


def test_a_job_goes_with_its_cause(work, session):
    queue.enqueue("test.note")
    session.rollback()
    assert session.query(Job).count() == 0


def test_a_job_for_later_waits(work, session):
    ask(session, delay=timedelta(minutes=1))
    assert queue.claim(now()) is None
    assert queue.claim(now() + timedelta(minutes=2))


def test_the_oldest_job_goes_first(work, session):
    ask(session, name="late", delay=timedelta(seconds=-1))
    ask(session, name="early", delay=timedelta(seconds=-2))
    queue.work_off()
    assert [arguments["name"] for arguments in work.begun] == ["early", "late"]


def test_how_long_a_job_has_waited_is_known(work, session):
    job = ask(session, name="a")
    assert queue.waiting_since("test.note", name="a") == job.queued_at
    assert queue.waiting_since("test.note", name="b") is None
    queue.work_off()
    assert queue.waiting_since("test.note", name="a") is None


def test_a_leased_job_is_nobody_elses_until_the_lease_ends(work, session):
    ask(session)
    began = now()
    first = queue.claim(began)

    assert queue.claim(began + LEASE - timedelta(seconds=1)) is None
    second = queue.claim(began + LEASE + timedelta(seconds=1))

    assert second[0] == first[0]
    assert second[1] != first[1]


def test_a_result_that_comes_after_the_lease_went_to_another_is_thrown_away(work, session):
    job = ask(session, name="a")
    began = now()
    slow = queue.claim(began)
    quick = queue.claim(began + LEASE + timedelta(seconds=1))

    assert not queue.run(*slow)
    assert written(session) == []
    assert job.finished_at is None

    assert queue.run(*quick)
    assert not queue.run(*slow)
    assert written(session) == ["a"]


def test_a_failure_after_the_lease_went_to_another_changes_nothing(work, session):
    job = ask(session)
    began = now()
    slow = queue.claim(began)
    queue.claim(began + LEASE + timedelta(seconds=1))
    work.fails = "reading"

    queue.run(*slow)

    assert job.error is None
    assert job.leased_until


@pytest.mark.parametrize(
    ("when", "error"),
    [("reading", "ValueError('could not read')"), ("writing", "ValueError('could not write')")],
)
def test_a_failure_leaves_nothing_and_is_tried_later(work, session, when, error):
    job = ask(session)
    work.fails = when

    assert queue.work_off() == 0

    assert written(session) == []
    assert job.error == error
    assert job.leased_until is None
    assert timedelta(seconds=3) < job.run_after - now() < timedelta(seconds=6)
    assert job.failed_at is None


def test_what_failed_once_is_done_when_the_fault_is_gone(work, session):
    job = ask(session)
    work.fails = "writing"
    queue.work_off()
    work.fails = ""

    assert queue.run(*queue.claim(now() + timedelta(minutes=1)))

    assert job.finished_at
    assert job.error is None
    assert job.attempts == 2


def test_each_failure_waits_longer_and_the_last_one_is_given_up(work, session):
    job = ask(session)
    work.fails = "writing"
    waits = []
    for _ in range(MOST_ATTEMPTS):
        queue.run(*queue.claim(now() + timedelta(days=1)))
        waits.append((job.run_after - now()).total_seconds())

    assert [round(wait) for wait in waits[:4]] == [5, 20, 80, 320]
    assert job.failed_at
    assert "could not write" in job.error
    assert queue.claim(now() + timedelta(days=365)) is None
    assert not queue.any_waiting()


def test_a_job_whose_workers_all_died_is_given_up(work, session):
    """One that takes all the memory would otherwise stop every worker there is, for ever."""
    job = ask(session)
    later = now()
    for _ in range(MOST_ATTEMPTS):
        assert queue.claim(later)
        later += LEASE + timedelta(seconds=1)

    assert queue.claim(later) is None

    assert job.failed_at
    assert job.error == "the worker stopped each time"


def test_a_job_that_is_given_up_does_not_stand_in_the_way_of_the_next(work, session):
    ask(session, name="dead").attempts = MOST_ATTEMPTS
    session.commit()
    work.fails = "writing"
    queue.work_off()
    work.fails = ""

    ask(session, name="dead")
    ask(session, name="alive")

    assert queue.work_off() == 2


def test_a_very_long_error_is_cut(work, session):
    job = ask(session)
    HANDLERS["test.note"] = lambda: {}["x" * 5000]
    queue.work_off()
    assert len(job.error) == 2000


def test_daily_jobs_are_asked_for_and_can_be_done(app, session):
    ask_for_daily_jobs()
    ask_for_daily_jobs()

    assert sorted(job.name for job in session.query(Job)) == sorted(DAILY)
    assert "responses.forget_drafts" in DAILY
    queue.work_off()
    assert all(job.finished_at for job in session.query(Job))


def test_stopping_is_looked_for_after_every_job(work, session):
    ask(session, name="a")
    ask(session, name="b")

    assert queue.work_off(lambda: len(work.begun) == 1) == 1
    assert queue.any_waiting()
