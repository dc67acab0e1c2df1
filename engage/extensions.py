"""The Flask extensions, unbound. Imports nothing from engage."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from flask_babel import Babel
from flask_compress import Compress
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect
from sqlalchemy import DateTime, Dialect, Engine, MetaData, event
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator


class Instant(TypeDecorator[datetime]):
    """A moment in UTC. SQLite keeps no time zone, so it is put back on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if not isinstance(value, datetime):
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    # Named constraints, so that a migration can refer to what it drops.
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_N_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


Base.registry.update_type_annotation_map({datetime: Instant()})

db = SQLAlchemy(model_class=Base)

# What models inherit from: built at run time, so type checkers are shown its base.
if TYPE_CHECKING:
    Model = Base
else:
    Model = db.Model

migrate = Migrate(db=db, render_as_batch=True, compare_type=True)
babel = Babel()
compress = Compress()
csrf = CSRFProtect()

_writing: ContextVar[bool] = ContextVar("writing", default=False)


def expect_writes(expected: bool) -> None:
    """Say whether the transaction about to begin will write.

    SQLite refuses at once, whatever its time limit, to turn a reading transaction into a
    writing one after somebody else has written. Asking for the lock at the start waits instead.
    """
    _writing.set(expected)


@contextmanager
def write_transaction() -> Iterator[None]:
    """One writing transaction outside a request: committed at the end, undone on any error."""
    db.session.rollback()
    expect_writes(True)
    try:
        yield
        db.session.commit()
    except BaseException:
        db.session.rollback()
        raise
    finally:
        expect_writes(False)


@contextmanager
def long_reading() -> Iterator[None]:
    """Reading at length in a request that also writes. Others may write meanwhile.

    What the request wrote before it is undone, so it comes first.
    """
    db.session.rollback()
    expect_writes(False)
    try:
        yield
    finally:
        db.session.rollback()
        expect_writes(True)


@event.listens_for(Engine, "connect")
def _set_up_sqlite(connection: Any, record: Any) -> None:
    """Durable commits, checked foreign keys, readers beside a writer: only when asked for."""
    if not isinstance(connection, sqlite3.Connection):
        return
    connection.isolation_level = None
    connection.execute("PRAGMA busy_timeout = 10000")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")


@event.listens_for(Engine, "begin")
def _begin_sqlite(connection: Any) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE" if _writing.get() else "BEGIN")
