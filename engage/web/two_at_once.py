"""Two people who write at the same moment: the first is kept, and the second is told."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import ColumnElement, inspect, select
from sqlalchemy.exc import IntegrityError

from engage.errors import EngageError
from engage.extensions import Model, db

# What PostgreSQL and SQLite call a row that may stand only once.
TWICE = frozenset({"23505", "SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY"})


@contextmanager
def or_else(told: EngageError) -> Iterator[None]:
    """What is added here is written now. Raises `told` where somebody was first by a moment.

    Only what was added here is undone, so that the page with what they typed can still be made.
    """
    try:
        with db.session.begin_nested():
            yield
    except IntegrityError as error:
        if not _names_of(error) & TWICE:
            raise
        raise told from error


def _names_of(error: IntegrityError) -> set[str | None]:
    return {getattr(error.orig, name, None) for name in ("sqlstate", "sqlite_errorname")}


def hold(row: Model) -> None:
    """Nobody else changes the row until this request is done, and it is as they left it.

    Raises NoResultFound where somebody has removed it meanwhile.
    """
    db.session.get_one(
        type(row), inspect(row).identity, populate_existing=True, with_for_update=True
    )


def hold_number(kind: type[Model], *where: ColumnElement[bool]) -> None:
    """The same by the number alone, for rows that come with others: such a join cannot be held.

    Reads nothing anew, and raises nothing where there is no such row.
    """
    db.session.execute(select(*inspect(kind).primary_key).where(*where).with_for_update())
