"""What the confirmed themes suggest for sentences that stand under none of them, or elsewhere."""

import hashlib
from collections import OrderedDict, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from threading import Lock

import numpy as np
from sqlalchemy import select

from engage.analysis.frame.codebook import FEWEST, Confirmed, learn
from engage.analysis.frame.membership import Place
from engage.analysis.frame.models import Mention, Placement
from engage.analysis.meanings import vector_key
from engage.analysis.models import AnalysisRun, Assignment, TextVector, Theme
from engage.analysis.prepare import content_key
from engage.analysis.queries import may_be_read
from engage.analysis.types import Vectors
from engage.extensions import db

AT_ONCE = 500
MOST_SHOWN = 100  # of one theme at a time, the surest first
MOST_KEPT = 8

Suggestions = Mapping[int, tuple[Place, ...]]


@dataclass(frozen=True)
class _Known:
    """The sentences of a run, and what people say of them."""

    texts: dict[Place, str]
    themes: dict[Place, frozenset[int]]
    refused: frozenset[tuple[int, Place]]

    @property
    def fingerprint(self) -> str:
        said = sorted((place, sorted(ids)) for place, ids in self.themes.items())
        kept = f"{sorted(self.texts)}{said}{sorted(self.refused)}"
        return hashlib.sha256(kept.encode()).hexdigest()


class _Kept:
    """Suggestions already made: they stay true until a sentence or a decision changes."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._made: OrderedDict[str, Suggestions] = OrderedDict()

    def get(self, key: str) -> Suggestions | None:
        with self._lock:
            return self._made.get(key)

    def put(self, key: str, made: Suggestions) -> None:
        with self._lock:
            self._made[key] = made
            while len(self._made) > MOST_KEPT:
                self._made.popitem(last=False)


_kept = _Kept()


def suggestions(run: AnalysisRun) -> Suggestions:
    """For each accepted theme the sentences that seem to belong to it, the surest first."""
    known = _known(run)
    if (made := _kept.get(known.fingerprint)) is None:
        made = _made(known, _vectors(run, known.texts))
        _kept.put(known.fingerprint, made)
    return made


def _known(run: AnalysisRun) -> _Known:
    accepted = select(Theme.id).where(Theme.survey_id == run.survey_id, Theme.state == "accepted")
    sentences = db.session.execute(
        select(Assignment.answer_id, Assignment.sentence_key, Assignment.sentence)
        .where(Assignment.run_id == run.id, may_be_read(Assignment.answer_id))
        .order_by(Assignment.id)
    )
    texts: dict[Place, str] = {}
    for answer_id, key, text in sentences:
        texts.setdefault((answer_id, key or content_key(text)), text)
    themes: dict[Place, set[int]] = defaultdict(set)
    for theme_id, answer_id, key in db.session.execute(
        select(Mention.theme_id, Mention.answer_id, Mention.sentence_key).where(
            Mention.theme_id.in_(accepted)
        )
    ):
        themes[answer_id, key].add(theme_id)
    refused = db.session.execute(
        select(Placement.theme_id, Placement.answer_id, Placement.sentence_key).where(
            Placement.theme_id.in_(accepted), Placement.belongs.is_(False)
        )
    )
    return _Known(
        texts,
        {place: frozenset(ids) for place, ids in themes.items()},
        frozenset((theme_id, (answer_id, key)) for theme_id, answer_id, key in refused),
    )


def _made(known: _Known, vectors: Mapping[Place, Vectors]) -> Suggestions:
    out = {place for _theme, place in known.refused}
    book = learn(
        [
            Confirmed(known.texts[place], vectors[place], known.themes.get(place, frozenset()))
            for place in known.texts
            if place in vectors and (place in known.themes or place in out)
        ]
    )
    if book is None:
        return {}
    places = [place for place in known.texts if place in vectors]
    rows = book.suggest([known.texts[p] for p in places], np.stack([vectors[p] for p in places]))
    found: dict[int, list[tuple[float, Place]]] = defaultdict(list)
    for place, scores in zip(places, rows, strict=True):
        for theme, score in scores.items():
            if theme not in known.themes.get(place, ()) and (theme, place) not in known.refused:
                found[theme].append((-score, place))
    return {theme: tuple(place for _score, place in sorted(some)) for theme, some in found.items()}


def _vectors(run: AnalysisRun, texts: Mapping[Place, str]) -> dict[Place, Vectors]:
    """What is kept of the meaning of these sentences."""
    model = str(run.made_by.get("settings", {}).get("embedder", ""))
    keys = {place: vector_key(model, text) for place, text in texts.items()}
    kept = _kept_vectors(sorted(set(keys.values())))
    return {place: kept[key] for place, key in keys.items() if key in kept}


def _kept_vectors(keys: Sequence[str]) -> dict[str, Vectors]:
    found: dict[str, Vectors] = {}
    for start in range(0, len(keys), AT_ONCE):
        rows = db.session.execute(
            select(TextVector.key, TextVector.vector).where(
                TextVector.key.in_(keys[start : start + AT_ONCE])
            )
        )
        found.update((key, np.frombuffer(vector, dtype=np.float32)) for key, vector in rows)
    return found


def teaches(sentences: int) -> bool:
    """Whether a theme has enough sentences to suggest more."""
    return sentences >= FEWEST
