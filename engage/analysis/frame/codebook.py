"""What people confirmed teaches the machine: several themes for each text, or none. Pure.

One ridge classifier for each theme (Hoerl and Kennard 1970), solved in its dual form, over what the
text means (a Gaussian of the distance of vectors), its words and its letters in threes to fives
(TF-IDF). The ridge, and the score above which a theme is suggested, are chosen by cross-validation
over what people confirmed; a theme's own best score counts the more, the more texts it has.
Texts that equal each other are on one side of every fold.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engage.analysis.types import Vectors

Scores = NDArray[np.float64]

FEWEST = 10  # confirmed texts of a theme, before it can be learnt
MOST = 3_000  # texts to learn from: the solution takes seconds up to here
FOLDS = 5
WORDS_WEIGH = 0.5  # beside the vector, whose length is 1
RIDGES = (0.1, 0.25, 0.5)
SHARED = 60  # confirmed texts at which a theme's own threshold weighs as much as the common one
OFTEN = 2  # of many texts, words that one alone has say nothing
MANY = 200
THRESHOLDS = np.arange(0.10, 0.91, 0.01)


@dataclass(frozen=True)
class Confirmed:
    """A text, its vector, and the themes that people say it belongs to."""

    text: str
    vector: Vectors
    themes: frozenset[int]


class Codebook:
    """What was learnt. `themes` are those it can suggest, `f1` how well it does on what it has."""

    def __init__(self, taught: Sequence[Confirmed], themes: Sequence[int]) -> None:
        self.themes = tuple(themes)
        self._rows = _Rows(taught)
        given = np.array([[theme in one.themes for theme in themes] for one in taught], dtype=float)
        alike = self._rows.alike
        folds = np.array([_fold(one.text) for one in taught])
        tried = {ridge: _held_out(alike, given, folds, ridge) for ridge in RIDGES}
        best = {ridge: _best_threshold(scores, given) for ridge, scores in tried.items()}
        self.ridge = max(best, key=lambda ridge: (best[ridge][1], ridge))
        common, self.f1 = best[self.ridge]
        self.thresholds = _own_thresholds(tried[self.ridge], given, common)
        self._weights, self._usual = _solved(alike, given, self.ridge)

    def scores(self, texts: Sequence[str], vectors: Vectors) -> Scores:
        """A row for each text and a column for each theme."""
        parts = [
            self._rows.like(texts[at : at + 1_000], vectors[at : at + 1_000]) @ self._weights
            for at in range(0, len(texts), 1_000)
        ]
        found = np.vstack(parts) if parts else np.zeros((0, len(self.themes)))
        scores: Scores = found + self._usual
        return scores

    def suggest(self, texts: Sequence[str], vectors: Vectors) -> list[dict[int, float]]:
        """For each text, the themes it seems to belong to, and how surely."""
        return [
            {
                theme: float(score)
                for theme, score, least in zip(self.themes, row, self.thresholds, strict=True)
                if score >= least
            }
            for row in self.scores(texts, vectors)
        ]


def learn(confirmed: Sequence[Confirmed]) -> Codebook | None:
    """Learn the themes that have enough confirmed texts, or None where none has.

    Nothing depends on the order: the texts are put in that of a hash of their words.
    """
    taught = sorted(confirmed, key=lambda one: (_hash(one.text), one.text))[:MOST]
    sizes: dict[int, int] = {}
    for one in taught:
        for theme in one.themes:
            sizes[theme] = sizes.get(theme, 0) + 1
    themes = sorted(theme for theme, size in sizes.items() if size >= FEWEST)
    # One theme for everything teaches nothing: there must be texts that are not of it.
    if not themes or all(sizes[theme] == len(taught) for theme in themes):
        return None
    return Codebook(taught, themes)


class _Rows:
    """Texts as rows whose products say how alike they are."""

    def __init__(self, taught: Sequence[Confirmed]) -> None:
        # Imported when somebody asks for suggestions: other pages pay nothing for it.
        from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415

        texts = [one.text for one in taught]
        usual: dict[str, Any] = {"sublinear_tf": True, "dtype": np.float32}
        usual["min_df"] = OFTEN if len(texts) >= MANY else 1
        self._views = [
            TfidfVectorizer(ngram_range=(1, 2), **usual),
            TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), **usual),
        ]
        self._known = [_fitted(view, texts) for view in self._views]
        self._vectors = np.stack([one.vector for one in taught]).astype(np.float64)
        self.alike = self.like(texts, self._vectors)

    def like(self, texts: Sequence[str], vectors: Vectors | Scores) -> Scores:
        """How alike each of these texts is to each that was taught."""
        alike = _near(np.asarray(vectors, dtype=np.float64), self._vectors)
        for view, known in zip(self._views, self._known, strict=True):
            if known is not None:
                alike = alike + WORDS_WEIGH**2 * (view.transform(texts) @ known.T).toarray()
        return alike


def _near(one: Scores, other: Scores) -> Scores:
    """1 for equal vectors, and the less the further apart they are."""
    squares = (one**2).sum(axis=1)[:, None] + (other**2).sum(axis=1)[None, :]
    near: Scores = np.exp(-np.maximum(squares - 2 * one @ other.T, 0.0))
    return near


def _fitted(view: Any, texts: Sequence[str]) -> Any:
    try:
        return view.fit_transform(texts)
    except ValueError:  # not one word in all of them
        return None


def _solved(alike: Scores, given: Scores, ridge: float) -> tuple[Scores, Scores]:
    usual = given.mean(axis=0)
    weights = np.linalg.solve(alike + ridge * np.eye(len(alike)), given - usual)
    return weights, usual


def _held_out(alike: Scores, given: Scores, folds: NDArray[np.int64], ridge: float) -> Scores:
    """The score of each text by what the other folds teach."""
    scores = np.zeros_like(given)
    for fold in _used(folds):
        out, rest = folds == fold, folds != fold
        if not rest.any():
            continue
        weights, usual = _solved(alike[np.ix_(rest, rest)], given[rest], ridge)
        scores[out] = alike[np.ix_(out, rest)] @ weights + usual
    return scores


def _used(folds: NDArray[np.int64]) -> Iterator[int]:
    return (int(fold) for fold in np.unique(folds))


def _best_threshold(scores: Scores, given: Scores) -> tuple[float, float]:
    """Where micro-F1 is highest, and how high it is there."""
    marks = [(micro_f1(scores >= least, given > 0), float(least)) for least in THRESHOLDS]
    f1, least = max(marks, key=lambda pair: (round(pair[0], 6), -abs(pair[1] - 0.5)))
    return least, f1


def _own_thresholds(scores: Scores, given: Scores, common: float) -> Scores:
    """For each theme between its own best and the common one: a small theme's own says little."""
    own = np.full(given.shape[1], common)
    for theme in range(given.shape[1]):
        best, _f1 = _best_threshold(scores[:, [theme]], given[:, [theme]])
        size = given[:, theme].sum()
        own[theme] = (size * best + SHARED * common) / (size + SHARED)
    return own


def micro_f1(said: NDArray[np.bool_], true: NDArray[np.bool_]) -> float:
    """F1 over all pairs of a text and a theme together (van Rijsbergen 1979)."""
    right = int((said & true).sum())
    return 2 * right / max(int(said.sum()) + int(true.sum()), 1)


def _fold(text: str) -> int:
    return int(_hash(" ".join(text.casefold().split())), 16) % FOLDS


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
