"""The databases that tests run on: SQLite, or PostgreSQL where TEST_DATABASE_URL names one."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from sqlalchemy import create_engine, make_url


@contextmanager
def new_database(folder: Path) -> Iterator[str]:
    """The address of an empty database, taken away again at the end."""
    shared = os.environ.get("TEST_DATABASE_URL")
    if shared is None:
        yield f"sqlite:///{folder}/{uuid4().hex}.sqlite"
        return
    name = f"engage_{uuid4().hex}"
    admin = create_engine(shared, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    yield make_url(shared).set(database=name).render_as_string(hide_password=False)
    with admin.connect() as connection:
        connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
    admin.dispose()
