"""What the confirmed themes suggest for sentences that stand under none of them, or elsewhere.

Learning takes seconds to half a minute, so a job does it (`frame.learn`); `learnt` keeps what came.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from sqlalchemy import func, select

from engage.analysis.frame.codebook import FEWEST, Confirmed, learn
from engage.analysis.frame.membership import Place
from engage.analysis.frame.models import Mention, Placement
from engage.analysis.meanings import vector_key
from engage.analysis.models import AnalysisRun, Assignment, Theme
from engage.analysis.prepare import content_key
from engage.analysis.queries import may_be_read
from engage.analysis.types import Vectors
from engage.analysis.vectors import kept_vectors, model_of
from engage.extensions import db

AT_ONCE = 500

Suggestions = Mapping[int, tuple[Place, ...]]
# A theme, and a sentence of it.
Said = tuple[int, Place]


@dataclass(frozen=True)
class Taught:
    """What people say of the sentences of a run: all that the machine learns from.

    `extent` says which sentences of the run may be read: how many, and the sum of their ids.
    """

    run_id: int
    extent: tuple[int, int]
    accepted: tuple[int, ...]
    belonging: tuple[Said, ...]
    refused: tuple[Said, ...]

    @property
    def fingerprint(self) -> str:
        """The same as long as nothing changes that the suggestions depend on."""
        return hashlib.sha256(repr(self).encode()).hexdigest()

    @property
    def is_enough(self) -> bool:
        """One theme has enough sentences, and some sentences are known not to be of it."""
        sizes = Counter(theme for theme, _place in self.belonging)
        return any(size >= FEWEST for size in sizes.values()) and bool(
            len(sizes) > 1 or self.refused
        )


def taught(run: AnalysisRun) -> Taught:
    accepted = select(Theme.id).where(Theme.survey_id == run.survey_id, Theme.state == "accepted")
    belonging = db.session.execute(
        select(Mention.theme_id, Mention.answer_id, Mention.sentence_key)
        .where(Mention.theme_id.in_(accepted), may_be_read(Mention.answer_id))
        .order_by(Mention.theme_id, Mention.answer_id, Mention.sentence_key)
    )
    refused = db.session.execute(
        select(Placement.theme_id, Placement.answer_id, Placement.sentence_key)
        .where(
            Placement.theme_id.in_(accepted),
            Placement.belongs.is_(False),
            may_be_read(Placement.answer_id),
        )
        .order_by(Placement.theme_id, Placement.answer_id, Placement.sentence_key)
    )
    number, ids = db.session.execute(
        select(func.count(), func.sum(Assignment.id)).where(
            Assignment.run_id == run.id, may_be_read(Assignment.answer_id)
        )
    ).one()
    return Taught(
        run.id,
        (number, int(ids or 0)),
        tuple(sorted(db.session.scalars(accepted))),
        tuple((theme, (answer, key)) for theme, answer, key in belonging),
        tuple((theme, (answer, key)) for theme, answer, key in refused),
    )


def suggestions(run: AnalysisRun, by: Taught) -> Suggestions:
    """For each accepted theme the sentences that seem to belong to it, the surest first."""
    texts = _texts(run)
    vectors = _vectors(run, texts)
    themes: dict[Place, set[int]] = defaultdict(set)
    for theme, place in by.belonging:
        themes[place].add(theme)
    refused = set(by.refused)
    out = {place for _theme, place in refused}
    book = learn(
        [
            Confirmed(texts[place], vectors[place], frozenset(themes.get(place, ())))
            for place in texts
            if place in vectors and (place in themes or place in out)
        ]
    )
    if book is None:
        return {}
    places = [place for place in texts if place in vectors]
    rows = book.suggest([texts[p] for p in places], np.stack([vectors[p] for p in places]))
    found: dict[int, list[tuple[float, Place]]] = defaultdict(list)
    for place, scores in zip(places, rows, strict=True):
        for theme, score in scores.items():
            if theme not in themes.get(place, ()) and (theme, place) not in refused:
                found[theme].append((-score, place))
    return {theme: tuple(place for _score, place in sorted(some)) for theme, some in found.items()}


def _texts(run: AnalysisRun) -> dict[Place, str]:
    sentences = db.session.execute(
        select(Assignment.answer_id, Assignment.sentence_key, Assignment.sentence)
        .where(Assignment.run_id == run.id, may_be_read(Assignment.answer_id))
        .order_by(Assignment.id)
    )
    texts: dict[Place, str] = {}
    for answer_id, key, text in sentences:
        texts.setdefault((answer_id, key or content_key(text)), text)
    return texts


def _vectors(run: AnalysisRun, texts: Mapping[Place, str]) -> dict[Place, Vectors]:
    """What is kept of the meaning of these sentences."""
    model = model_of(run)
    keys = {place: vector_key(model, text) for place, text in texts.items()}
    kept = kept_vectors(keys.values())
    return {place: kept[key] for place, key in keys.items() if key in kept}
