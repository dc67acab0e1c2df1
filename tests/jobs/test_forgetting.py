"""Jobs are kept, but one that holds what somebody typed forgets it when it is over.

And one of which not even the time may be known is then gone.
"""

from datetime import UTC, datetime, timedelta

import pytest

from engage.jobs import queue
from engage.jobs.models import Job

SECRET = "my daughter Asha"


class Fault:
    """What goes wrong, where anything does."""

    is_there = False


@pytest.fixture(params=["reading", "writing"])
def fault(request, app):
    """Three kinds of job that do the same; one of them forgets, and one leaves no trace."""
    fault = Fault()

    def fail(typed):
        if fault.is_there:
            raise ValueError(f"not understood: {typed}")

    def handler(typed):
        if request.param == "reading":
            fail(typed)
        return lambda: fail(typed)

    queue.handles("test.forgets", forgets=True)(handler)
    queue.handles("test.traceless", leaves_no_trace=True)(handler)
    queue.handles("test.keeps")(handler)
    yield fault
    for name in ("test.forgets", "test.traceless", "test.keeps"):
        del queue.HANDLERS[name]
        queue.FORGETFUL.discard(name)
        queue.TRACELESS.discard(name)


def ask(session, name):
    queue.enqueue(name, typed=SECRET)
    session.commit()
    return session.query(Job).order_by(Job.id.desc()).first()


def give_up():
    later = datetime.now(UTC)
    while claimed := queue.claim(later):
        queue.run(*claimed)
        later += timedelta(days=1)


def test_a_job_that_is_done_forgets_what_was_typed(fault, session):
    job = ask(session, "test.forgets")
    assert queue.work_off() == 1
    assert (job.arguments, job.error) == ({}, None)
    assert job.finished_at


def test_a_job_that_is_given_up_forgets_what_was_typed(fault, session):
    fault.is_there = True
    job = ask(session, "test.forgets")
    give_up()
    assert (job.arguments, job.error) == ({}, "ValueError")
    assert job.failed_at


def test_a_job_that_failed_once_still_knows_what_to_do(fault, session):
    fault.is_there = True
    job = ask(session, "test.forgets")
    queue.work_off()
    assert (job.arguments, job.error) == ({"typed": SECRET}, "ValueError")
    fault.is_there = False
    assert queue.run(*queue.claim(datetime.now(UTC) + timedelta(days=1)))
    assert (job.arguments, job.error) == ({}, None)


def test_other_jobs_are_kept_as_they_were(fault, session):
    done = ask(session, "test.keeps")
    queue.work_off()
    fault.is_there = True
    failed = ask(session, "test.keeps")
    give_up()
    assert done.arguments == failed.arguments == {"typed": SECRET}
    assert SECRET in failed.error


def test_one_that_waits_stops_no_other_from_being_asked_for(fault, session):
    ask(session, "test.forgets")
    ask(session, "test.forgets")
    assert session.query(Job).count() == 1
    queue.work_off()
    ask(session, "test.forgets")
    assert session.query(Job).count() == 2


def test_one_that_leaves_no_trace_is_gone_when_it_is_over_and_leaves_no_gap(fault, session):
    first = ask(session, "test.keeps")
    queue.work_off()
    ask(session, "test.traceless")
    second = ask(session, "test.keeps")
    queue.work_off()
    assert session.query(Job).order_by(Job.id).all() == [first, second]
    assert second.id == first.id + 1
    fault.is_there = True
    ask(session, "test.traceless")
    waiting = session.query(Job).filter(Job.name == "test.traceless").one()
    queue.work_off()
    assert (waiting.arguments, waiting.error) == ({"typed": SECRET}, "ValueError")
    waiting.run_after = waiting.queued_at
    session.commit()
    give_up()
    assert session.query(Job).order_by(Job.id).all() == [first, second]


def test_a_worker_that_comes_late_to_a_job_that_left_no_trace_does_nothing(fault, session):
    ask(session, "test.traceless")
    now = datetime.now(UTC)
    late = queue.claim(now)
    assert queue.run(*queue.claim(now + 2 * queue.LEASE))
    assert not queue.run(*late)
