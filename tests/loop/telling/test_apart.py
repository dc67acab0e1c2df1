"""Whoever reads all of the database does not learn when somebody asked, nor who asked first."""

import re
from base64 import urlsafe_b64decode
from datetime import datetime
from importlib import import_module

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import create_engine, func, literal_column, select, text
from sqlalchemy.exc import DatabaseError

from engage.extensions import db
from engage.jobs import queue
from engage.jobs.models import Job
from engage.loop.telling import letters
from engage.loop.telling.models import Follower, Told
from tests.loop.telling.made import after, ask, day_passes, follow, link_in, news_mails, published

TABLES = [Follower.__table__, Told.__table__]


def all_rows(session):
    return {
        table.name: {str(row) for row in session.execute(text(f'SELECT * FROM "{table.name}"'))}  # noqa: S608
        for table in db.metadata.sorted_tables
    }


def next_job(session):
    """The number of a job that is kept, as those are that an answer asks for when it is sent."""
    queue.enqueue("loop.look_after_followers")
    session.commit()
    number = session.scalar(select(func.max(Job.id)))
    queue.work_off()
    return number


def values_in(session):
    for table in TABLES:
        for row in session.execute(select(table)).mappings():
            yield from row.items()


def test_no_time_and_no_order_leads_from_a_follower_to_an_answer(client, sink, session, theme):
    number = next_job(session)
    ask(client, "a@home.example")
    assert next_job(session) == number + 1, "a gap would tell when they asked"
    before = all_rows(session)
    for name in "bcd":
        ask(client, f"{name}@home.example")
    queue.work_off()
    client.post(link_in(sink.mails[0], letters.YES_PAGE))
    assert after(session)

    now = all_rows(session)
    assert [name for name in now if now[name] != before[name]] == ["follower"]
    published(theme)
    after(session)
    assert len(news_mails(sink)) == session.query(Told).count() == 1
    for name, value in values_in(session):
        assert not isinstance(value, datetime), name
        assert not re.search(r"\d:\d\d", str(value)), name
        assert "response" not in name
        if name == "address_locked":
            assert urlsafe_b64decode(value)[1:9] == bytes(8), "the time of the lock is to be read"


def test_no_hidden_column_keeps_who_asked_first(client, sink, session, theme):
    for table in TABLES:  # SQLite would count the rows there
        with pytest.raises(DatabaseError), session.begin_nested():
            session.execute(text(f"SELECT rowid FROM {table.name}"))  # noqa: S608
    if db.engine.dialect.name == "postgresql":
        for name in "ab":
            follow(client, sink, session, f"{name}@home.example")
        written = select(literal_column("xmin::text")).select_from(Follower.__table__)
        assert len(set(session.scalars(written))) == 2
        day_passes(session)
        assert len(set(session.scalars(written))) == 1


def test_the_migration_makes_tables_whose_rows_are_not_counted_either():
    with create_engine("sqlite://").begin() as connection:
        with Operations.context(MigrationContext.configure(connection)):
            import_module("migrations.versions.0020_telling").upgrade()
        for table in TABLES:
            made = select(text("sql")).select_from(text("sqlite_master"))
            sql = connection.scalar(made.where(text("name = :name")), {"name": table.name})
            assert sql.strip().endswith("WITHOUT ROWID")
