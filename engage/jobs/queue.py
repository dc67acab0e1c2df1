"""Work for later, kept in the database so that it commits or rolls back with what caused it.

A job is a wish: asking again for one that nobody has begun changes nothing, and a handler is
safe to run twice. A handler reads and thinks, and returns the function that writes; so the long
part holds no lock, and what is written commits together with the job being done.

Jobs are kept. One whose arguments hold what somebody typed `forgets`: once it is done or given up,
neither its arguments nor the words of an error are there any more. One of which not even the time
may be known `leaves_no_trace`: it is then deleted, and leaves no gap in the numbers of the others.
"""

import secrets
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, insert, or_, select

from engage.extensions import db, write_transaction
from engage.jobs.models import Job

Finish = Callable[[], None]
Handler = Callable[..., Finish]
HANDLERS: dict[str, Handler] = {}
DAILY: list[str] = []
FORGETFUL: set[str] = set()
TRACELESS: set[str] = set()

LEASE = timedelta(minutes=15)
MOST_ATTEMPTS = 6


def handles(
    name: str, *, forgets: bool = False, leaves_no_trace: bool = False
) -> Callable[[Handler], Handler]:
    """The decorated function does jobs of this name.

    `forgets`: nothing typed outlives the job. `leaves_no_trace`: nothing at all does, so nobody
    can ask later whether it `was_given_up`.
    """

    def register(handler: Handler) -> Handler:
        HANDLERS[name] = handler
        if forgets or leaves_no_trace:
            FORGETFUL.add(name)
        if leaves_no_trace:
            TRACELESS.add(name)
        return handler

    return register


def every_day(name: str) -> Callable[[Handler], Handler]:
    """Like `handles`, for work without arguments that the worker asks for once a day."""
    DAILY.append(name)
    return handles(name)


def enqueue(name: str, /, delay: timedelta = timedelta(), **arguments: Any) -> None:
    """Ask for a job. Asking again for one that is still waiting changes nothing."""
    if name not in HANDLERS:
        raise LookupError(f"no handler for {name!r}")
    # On the connection: every answer that is sent asks for a few jobs, and no object is wanted.
    connection = db.session.connection()
    if arguments in connection.scalars(_NOT_BEGUN, {"job_name": name}).all():
        return
    now = datetime.now(UTC)
    new = {"name": name, "arguments": arguments, "queued_at": now, "run_after": now + delay}
    connection.execute(insert(Job), new | _number_for(name))


def _number_for(name: str) -> dict[str, int]:
    """Most jobs are counted up. A gap in the count would tell when one was there that is gone."""
    return {"id": -1 - secrets.randbelow(2**31)} if name in TRACELESS else {}


_NOT_BEGUN = select(Job.arguments).where(
    Job.name == bindparam("job_name"),
    Job.finished_at.is_(None),
    Job.failed_at.is_(None),
    Job.leased_until.is_(None),
)


def waiting_since(name: str, /, **arguments: Any) -> datetime | None:
    """When the oldest such job that is neither done nor given up was asked for."""
    jobs = db.session.scalars(
        select(Job)
        .where(Job.name == name, Job.finished_at.is_(None), Job.failed_at.is_(None))
        .order_by(Job.queued_at)
    )
    return next((job.queued_at for job in jobs if job.arguments == arguments), None)


def was_given_up(name: str, /, **arguments: Any) -> bool:
    """The last time such a job was asked for, it failed until it was given up."""
    jobs = db.session.scalars(select(Job).where(Job.name == name).order_by(Job.id.desc()))
    last = next((job for job in jobs if job.arguments == arguments), None)
    return last is not None and last.failed_at is not None


def any_waiting() -> bool:
    """Some job is neither done nor given up."""
    waiting = select(Job.id).where(Job.finished_at.is_(None), Job.failed_at.is_(None))
    return db.session.scalar(waiting.limit(1)) is not None


def claim(now: datetime) -> tuple[int, str] | None:
    """Lease the next job that is due or whose worker went away: (its id, our lease)."""
    lease = secrets.token_hex(16)
    with write_transaction():
        while (job := _next_due(now)) is not None and job.attempts >= MOST_ATTEMPTS:
            # It stopped its worker every time: without an end it would stop every other job too.
            job.error = "the worker stopped each time"
            _give_up(job, now)
            db.session.flush()
        if job is None:
            return None
        job.lease, job.leased_until = lease, now + LEASE
        job.attempts += 1
        return job.id, lease


def _next_due(now: datetime) -> Job | None:
    return db.session.scalars(
        select(Job)
        .where(
            Job.finished_at.is_(None),
            Job.failed_at.is_(None),
            Job.run_after <= now,
            or_(Job.leased_until.is_(None), Job.leased_until < now),
        )
        .order_by(Job.run_after, Job.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    ).one_or_none()


def run(job_id: int, lease: str) -> bool:
    """Do a leased job. True when it is done; a failure is put off or, at last, given up."""
    job = db.session.get(Job, job_id)
    if job is None:
        return False  # our lease ran out, someone else has done it, and it leaves no trace
    name, arguments = job.name, job.arguments
    try:
        finish = HANDLERS[name](**arguments)
        with write_transaction():
            if not _finished(job_id, lease):
                return False  # our lease ran out and someone else has the job
            finish()
    except Exception as error:  # the worker's one wide net: any failure is kept on the job
        with write_transaction():
            _put_off(job_id, lease, _words_of(error, name))
        return False
    return True


def _held(job_id: int, lease: str) -> Job | None:
    return db.session.scalars(
        select(Job).where(Job.id == job_id, Job.lease == lease).with_for_update()
    ).one_or_none()


def _finished(job_id: int, lease: str) -> bool:
    job = _held(job_id, lease)
    if job is None:
        return False
    job.finished_at, job.leased_until, job.error = datetime.now(UTC), None, None
    _forget(job)
    return True


def _put_off(job_id: int, lease: str, error: str) -> None:
    job = _held(job_id, lease)
    if job is None:
        return
    now = datetime.now(UTC)
    job.error, job.leased_until, job.lease = error[:2000], None, None
    job.run_after = now + timedelta(seconds=5 * 4 ** (job.attempts - 1))
    if job.attempts >= MOST_ATTEMPTS:
        _give_up(job, now)


def _give_up(job: Job, now: datetime) -> None:
    job.failed_at = now
    _forget(job)


def _forget(job: Job) -> None:
    if job.name in TRACELESS:
        db.session.delete(job)
    elif job.name in FORGETFUL:
        job.arguments = {}


def _words_of(error: Exception, name: str) -> str:
    """What is kept of a failure. Its words may repeat the arguments, so of some only the kind."""
    return type(error).__name__ if name in FORGETFUL else repr(error)


def work_off(is_over: Callable[[], bool] = lambda: False) -> int:
    """Run everything that is due now, or until it `is_over`. Returns how many jobs were done."""
    done = 0
    while not is_over() and (claimed := claim(datetime.now(UTC))):
        done += run(*claimed)
    return done
