"""Reading the words of a search, so that comments of the same meaning can be found."""

from datetime import UTC, datetime

import numpy as np
from sqlalchemy import select

from engage.analysis.meanings import vector_key
from engage.analysis.models import TextVector
from engage.analysis.tasks import chosen_tools
from engage.analysis.types import Settings
from engage.extensions import db
from engage.jobs.models import Job
from engage.jobs.queue import Finish, handles

READ_SEARCH = "exploring.read_search"


@handles(READ_SEARCH, forgets=True)
def read_search(words: str = "") -> Finish:
    """The web process holds no model, so the worker turns the words into a vector and keeps it.

    Without words there is nothing to do: another job read them, and took them out of this one.
    """
    if not words:
        return lambda: None
    embedder = chosen_tools(Settings()).embedder
    vector = np.asarray(embedder.embed([words])[0], dtype=np.float32)

    def store() -> None:
        db.session.merge(
            TextVector(
                key=vector_key(embedder.name, words),
                model=embedder.name,
                vector=vector.tobytes(),
                used_on=datetime.now(UTC).date(),
            )
        )
        _forget(words)

    return store


def _forget(words: str) -> None:
    """Other jobs that wait to read the same words need not keep them: they may name a child."""
    for job in db.session.scalars(select(Job).where(Job.name == READ_SEARCH)):
        if job.arguments.get("words") == words:
            job.arguments = {}
