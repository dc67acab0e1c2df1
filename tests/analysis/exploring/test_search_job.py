"""What somebody searched for may name a child: once the search is over, nothing keeps it."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask_migrate import upgrade
from sqlalchemy import text

from engage import create_app
from engage.analysis.exploring.tasks import READ_SEARCH
from engage.extensions import db
from engage.jobs import queue
from engage.jobs.models import Job
from tests.conftest import test_settings

MIGRATIONS = str(Path(__file__).parents[3] / "migrations")

NAME = "Jayden Smith of Ware"
# Half a letter, which nothing can read; what Python says of it repeats all of the words.
UNREADABLE = f"{NAME} \ud83d"


def ask(session, words):
    queue.enqueue(READ_SEARCH, words=words)
    session.commit()
    return session.query(Job).order_by(Job.id.desc()).first()


def all_that_is_kept(job):
    columns = Job.__table__.columns.keys()
    return json.dumps({name: str(getattr(job, name)) for name in columns})


def try_until_given_up():
    later = datetime.now(UTC)
    while (claimed := queue.claim(later)) is not None:
        queue.run(*claimed)
        later += timedelta(days=1)


def test_a_search_that_is_read_keeps_no_words(session):
    job = ask(session, NAME)

    assert queue.work_off() == 1

    assert job.finished_at
    assert "Jayden" not in all_that_is_kept(job)


def test_a_search_that_fails_until_it_is_given_up_keeps_no_words(session):
    job = ask(session, UNREADABLE)

    try_until_given_up()

    assert job.failed_at
    assert job.attempts == queue.MOST_ATTEMPTS
    assert (job.arguments, job.error) == ({}, "UnicodeEncodeError")
    assert "Jayden" not in all_that_is_kept(job)


def test_between_two_tries_the_error_does_not_repeat_the_words(session):
    job = ask(session, UNREADABLE)

    queue.work_off()

    assert job.failed_at is None
    assert job.arguments == {"words": UNREADABLE}, "the next try needs them"
    assert job.error == "UnicodeEncodeError"


def test_a_search_whose_workers_all_died_keeps_no_words(session):
    job = ask(session, NAME)
    later = datetime.now(UTC)
    for _ in range(queue.MOST_ATTEMPTS + 1):
        queue.claim(later)
        later += queue.LEASE + timedelta(seconds=1)

    assert job.failed_at
    assert "Jayden" not in all_that_is_kept(job)


def test_the_next_search_is_read_when_one_was_given_up(session):
    ask(session, UNREADABLE)
    try_until_given_up()
    ask(session, NAME)

    assert queue.work_off() == 1
    assert not [job for job in session.query(Job) if "Jayden" in all_that_is_kept(job)]


@pytest.fixture
def before_0014(tmp_path, other_database):
    """A database as it was when the words of a search that was given up stayed."""
    app = create_app(test_settings(tmp_path) | {"SQLALCHEMY_DATABASE_URI": other_database})
    with app.app_context():
        upgrade(directory=MIGRATIONS, revision="0013")
        yield db.engine
        db.session.remove()
        db.engine.dispose()


def test_what_was_kept_of_old_searches_is_forgotten_with_the_update(before_0014):
    old = (
        "INSERT INTO job (name, arguments, queued_at, run_after, attempts, failed_at, error) VALUES"
        " (:name, '{\"words\": \"Jayden\"}', '2026-01-01', '2026-01-01', 6, :failed_at, 'Jayden')"
    )
    jobs = [(READ_SEARCH, "2026-01-02"), (READ_SEARCH, None), ("loop.snapshot", "2026-01-02")]
    with before_0014.begin() as connection:
        for name, failed_at in jobs:
            connection.execute(text(old), {"name": name, "failed_at": failed_at})
    upgrade(directory=MIGRATIONS, revision="0014")
    with before_0014.connect() as connection:
        kept = connection.execute(text("SELECT arguments, error FROM job ORDER BY id")).all()
    assert ["Jayden" in str(row) for row in kept] == [False, True, True]
