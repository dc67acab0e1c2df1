"""Rows that are only added to: the session refuses to change one, and so does the database itself.

The migration sets the same guards.
"""

from typing import Any

from sqlalchemy import DDL
from sqlalchemy import event as sqlalchemy_event
from sqlalchemy.orm import object_session

from engage.errors import FrozenError
from engage.extensions import Model

SAID = "what was said is never changed or deleted"
SQLITE = """CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, '{said}'); END"""
POSTGRESQL_FUNCTION = """CREATE OR REPLACE FUNCTION refuse_change_of_what_was_said()
RETURNS trigger AS $$ BEGIN RAISE EXCEPTION '{said}'; END $$ LANGUAGE plpgsql"""
POSTGRESQL = """CREATE TRIGGER {table}_no_change
BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_what_was_said()"""


def only_added_to(kind: type[Model]) -> None:
    """From now on rows of this table can be added, and never changed or deleted."""
    sqlalchemy_event.listen(kind, "before_update", _refuse_change)
    sqlalchemy_event.listen(kind, "before_delete", _refuse_deletion)
    for dialect, statement in statements(str(kind.__tablename__)):
        # DDL takes a per cent sign for its own; there is none here.
        create = DDL(statement).execute_if(dialect=dialect)  # type: ignore[no-untyped-call]
        sqlalchemy_event.listen(kind.__table__, "after_create", create)


def statements(table: str) -> list[tuple[str, str]]:
    """What each database is told, in turn."""
    verbs = ("update", "delete")
    return [
        *(("sqlite", SQLITE.format(table=table, verb=verb, said=SAID)) for verb in verbs),
        ("postgresql", POSTGRESQL_FUNCTION.format(said=SAID)),
        ("postgresql", POSTGRESQL.format(table=table)),
    ]


def _refuse_change(mapper: Any, connection: Any, row: Model) -> None:
    session = object_session(row)
    # A row that was only looked at may stand here too.
    if session is None or session.is_modified(row, include_collections=False):
        raise FrozenError("What was said is never changed. Say it anew.")


def _refuse_deletion(mapper: Any, connection: Any, row: Model) -> None:
    raise FrozenError("What was said is never deleted. Say it anew.")
