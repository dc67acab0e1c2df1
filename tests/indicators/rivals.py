"""Somebody else, who does the same thing and is first by a moment."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event, insert
from sqlalchemy.orm import Session

from engage.extensions import Model


@contextmanager
def writing_it_first(kind: type[Model]) -> Iterator[None]:
    """A row like the one that is about to be written is there just before it."""
    done: list[Any] = []

    def write(mapper: Any, connection: Any, row: Any) -> None:
        if not done:
            done.append(row)
            values = {each.key: getattr(row, each.key) for each in mapper.column_attrs}
            known = {name: value for name, value in values.items() if value is not None}
            connection.execute(insert(kind).values(**known))

    event.listen(kind, "before_insert", write)
    try:
        yield
    finally:
        event.remove(kind, "before_insert", write)
    assert done, "nothing was written"


@contextmanager
def changing_it_first(change: Callable[[Any], Any]) -> Iterator[None]:
    """`change` happens after the page has read the row, and before it is held."""
    done: list[Any] = []

    def write(state: Any) -> None:
        if not done and getattr(state.statement, "_for_update_arg", None) is not None:
            done.append(state)
            change(state.session.connection())

    event.listen(Session, "do_orm_execute", write)
    try:
        yield
    finally:
        event.remove(Session, "do_orm_execute", write)
    assert done, "nothing was held"
