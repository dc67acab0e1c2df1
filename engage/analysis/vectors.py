"""The vectors of texts, kept in the database by a hash of model and text.

Nothing is embedded twice, and nothing outlives the words it was made from: what no comment holds
any more goes the same day, and what nobody used for two months goes too.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np
from sqlalchemy import delete, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from engage.analysis.meanings import vector_key
from engage.analysis.models import AnalysisRun, TextVector
from engage.analysis.prepare import prepare
from engage.analysis.reading import split_by
from engage.analysis.types import UNITS, Comment, Vectors
from engage.extensions import db
from engage.responses.models import Answer
from engage.surveys.models import Question

AT_A_TIME = 500  # keys; a statement has room for no more than a few thousand
KEPT_FOR = timedelta(days=60)
# A row that was used lately is not written again for every reading of the day.
NOTED_EVERY = timedelta(days=7)
_INSERT: Mapping[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


class DatabaseCache:
    """Gives what is kept; holds what is new until `store`, so that thinking needs no lock.

    The one who asks for a reading calls `store` in the transaction that ends it. `model` is the
    embedder's name, which is known only once the embedder is there.
    """

    def __init__(self, model: str = "") -> None:
        self.model = model
        self._fresh: dict[str, Vectors] = {}
        self._used: set[str] = set()

    def get(self, keys: Sequence[str]) -> Mapping[str, Vectors]:
        found = {key: self._fresh[key] for key in keys if key in self._fresh}
        found.update(kept_vectors(key for key in keys if key not in found))
        self._used.update(key for key in found if key not in self._fresh)
        return found

    def put(self, vectors: Mapping[str, Vectors]) -> None:
        self._fresh.update(vectors)

    def store(self, today: date) -> None:
        """Write what is new. Another worker may have written the same: it is the same."""
        for some in _some(self._fresh):
            rows = [
                {
                    "key": key,
                    "model": self.model,
                    "vector": np.asarray(self._fresh[key], dtype=np.float32).tobytes(),
                    "used_on": today,
                }
                for key in some
            ]
            insert = _INSERT[db.engine.dialect.name](TextVector)
            db.session.execute(insert.on_conflict_do_nothing(), rows)
        for some in _some(self._used):
            db.session.execute(
                update(TextVector)
                .where(TextVector.key.in_(some), TextVector.used_on < today - NOTED_EVERY)
                .values(used_on=today),
                execution_options={"synchronize_session": False},
            )
        self._fresh.clear()
        self._used.clear()


def kept_vectors(keys: Iterable[str]) -> dict[str, Vectors]:
    """By its key, each vector that is kept. See `meanings.vector_key`."""
    found: dict[str, Vectors] = {}
    for some in _some(set(keys)):
        rows = db.session.execute(
            select(TextVector.key, TextVector.vector).where(TextVector.key.in_(some))
        )
        found.update((key, np.frombuffer(vector, dtype=np.float32)) for key, vector in rows)
    return found


def model_of(run: AnalysisRun | None) -> str:
    """Which language model a run's vectors are of; "" where it is not known."""
    settings = run.made_by.get("settings", {}) if run else {}
    return str(settings.get("embedder", ""))


def missing(texts: Iterable[str], model: str) -> list[str]:
    """Those of the texts that were never embedded with this model, in order."""
    keys = {vector_key(model, text): text for text in texts}
    known: set[str] = set()
    for some in _some(keys):
        known.update(db.session.scalars(select(TextVector.key).where(TextVector.key.in_(some))))
    return [text for key, text in keys.items() if key not in known]


def forgettable(taught: Iterable[str], today: date) -> list[str]:
    """The keys of vectors that no words stand behind any more, or that nobody used for long."""
    models = list(db.session.scalars(select(TextVector.model).distinct()))
    held = {vector_key(model, text) for text in _held(taught) for model in models}
    rows = db.session.execute(select(TextVector.key, TextVector.used_on))
    return [key for key, used_on in rows if key not in held or used_on < today - KEPT_FOR]


def forget(keys: Iterable[str]) -> None:
    for some in _some(keys):
        db.session.execute(delete(TextVector).where(TextVector.key.in_(some)))


def _held(taught: Iterable[str]) -> Iterator[str]:
    """Every text that a comment holds: whole, and in sentences. Held words may come back."""
    yield from taught
    said = (
        select(Answer.value)
        .join(Answer.question)
        .where(or_(Question.role == "free_text", Question.type == "text"))
        .execution_options(yield_per=1_000)
    )
    for value in db.session.scalars(said):
        if isinstance(value, str):
            [item] = prepare([Comment("1", value)])
            yield item.text
            for unit in UNITS:
                yield from (sentence.text for sentence in split_by(unit, item))


def _some(keys: Iterable[str]) -> Iterator[list[str]]:
    ordered = sorted(keys)
    for start in range(0, len(ordered), AT_A_TIME):
        yield ordered[start : start + AT_A_TIME]
