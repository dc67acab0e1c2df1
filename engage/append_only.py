"""Tables that are only added to: the session refuses to change a row, and so does the database.

The database refuses whoever asks, also from a shell of its own. Migrations set the same guards, in
words of their own: they stay as they were when they were written.
"""

from typing import Any

from sqlalchemy import DDL
from sqlalchemy import event as sqlalchemy_event
from sqlalchemy.orm import object_session

from engage.errors import FrozenError
from engage.extensions import Model

SQLITE = """CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, '{things} are never changed or deleted'); END"""
POSTGRESQL_FUNCTION = """CREATE OR REPLACE FUNCTION refuse_change_of_{function}()
RETURNS trigger AS $$
BEGIN RAISE EXCEPTION '{things} are never changed or deleted'; END $$ LANGUAGE plpgsql"""
POSTGRESQL = """CREATE TRIGGER {table}_no_change
BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_{function}()"""


def only_added_to(*kinds: type[Model], things: str, function: str = "") -> None:
    """From now on rows of these tables can be added, and never changed or deleted.

    `things` is what the refusal calls them; `function` ends the name of PostgreSQL's function,
    which follows from `things` unless it is given.
    """
    for kind in kinds:
        _guard_session(kind, things)
    guarded_by_the_database(*kinds, things=things, function=function)


def guarded_by_the_database(*kinds: type[Model], things: str, function: str = "") -> None:
    """The second half alone: nothing stands before the database's own refusal."""
    for kind in kinds:
        _guard_database(kind, things, function or things.replace(" ", "_"))


def _guard_session(kind: type[Model], things: str) -> None:
    refusal = f"{things.capitalize()} are never changed or deleted. Add another one."

    def refuse_change(mapper: Any, connection: Any, row: Model) -> None:
        session = object_session(row)
        # A row that was only looked at may stand here too.
        if session is None or session.is_modified(row, include_collections=False):
            raise FrozenError(refusal)

    def refuse_deletion(mapper: Any, connection: Any, row: Model) -> None:
        raise FrozenError(refusal)

    sqlalchemy_event.listen(kind, "before_update", refuse_change)
    sqlalchemy_event.listen(kind, "before_delete", refuse_deletion)


def _guard_database(kind: type[Model], things: str, function: str) -> None:
    words = {"table": kind.__tablename__, "things": things, "function": function}
    for dialect, statement in (
        ("sqlite", SQLITE.format(verb="update", **words)),
        ("sqlite", SQLITE.format(verb="delete", **words)),
        ("postgresql", POSTGRESQL_FUNCTION.format(**words)),
        ("postgresql", POSTGRESQL.format(**words)),
    ):
        # DDL takes a per cent sign for its own; there is none here.
        create = DDL(statement).execute_if(dialect=dialect)  # type: ignore[no-untyped-call]
        sqlalchemy_event.listen(kind.__table__, "after_create", create)
