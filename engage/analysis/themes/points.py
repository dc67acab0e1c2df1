"""Where each text stands: its meaning, what sets feedback apart, and its words, side by side; and
then nearer to the texts like it."""

from collections.abc import Sequence

import numpy as np
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer

from engage.analysis.meanings import unit_rows
from engage.analysis.themes.neighbours import Points, drawn_together
from engage.analysis.themes.projection import Axes, Projection, installed_projection
from engage.analysis.types import Vectors
from engage.analysis.words import DULL, STOP_WORDS

COMPONENTS = 50
WORD_COMPONENTS = 50
WORDS_WORTH = 0.6
AT_A_TIME = 8_192  # rows
WORD = r"(?u)\b[^\W\d_][^\W_]+(?:['’-][^\W_]+)*\b"
NOT_KEYWORDS = sorted(STOP_WORDS | DULL)


class Reduction:
    """PCA of the meanings beside the feedback map and a reduction of the words.

    The model hardly tells one part of school life from another: the words "bus" and "therapist" do.
    """

    def __init__(
        self, seed: int, texts: Sequence[str] = (), projection: Projection | None = None
    ) -> None:
        self._seed = seed
        self._texts = texts
        self._projection = projection or installed_projection()

    def fit(self, vectors: Vectors, y: object = None) -> "Reduction":
        size = min(COMPONENTS, vectors.shape[1], vectors.shape[0] - 1)
        self._middle = vectors.mean(axis=0, dtype=np.float64)
        self._axes = principal_axes(vectors, self._middle, size)
        self._words = word_rows(self._texts, self._seed)
        return self

    def transform(self, vectors: Vectors) -> Points:
        parts = [
            unit_rows(placed(vectors, self._middle, self._axes)),
            WORDS_WORTH * self._words,
        ]
        worth = self._projection.worth(vectors)
        if worth > 0:
            learnt = placed(vectors, self._middle, self._projection.directions)
            parts.append(worth * unit_rows(learnt))
        return drawn_together(unit_rows(np.hstack(parts)))


def principal_axes(vectors: Vectors, middle: Axes, size: int) -> Axes:
    """PCA by the covariance, some rows at a time: exact, and small in memory at 100,000 rows."""
    spread = np.zeros((len(middle), len(middle)))
    for start in range(0, len(vectors), AT_A_TIME):
        rows = vectors[start : start + AT_A_TIME].astype(np.float64) - middle
        spread += rows.T @ rows
    _, axes = np.linalg.eigh(spread)
    found: Axes = axes[:, ::-1][:, :size]
    # The sign of an axis is of no meaning; a fixed one is the same on every machine.
    signs: Axes = np.sign(found[np.abs(found).argmax(axis=0), np.arange(size)])
    return found * signs


def placed(vectors: Vectors, middle: Axes, axes: Axes) -> Points:
    """Each row's place along the axes, from the middle."""
    found = np.empty((len(vectors), axes.shape[1]), dtype=np.float32)
    for start in range(0, len(vectors), AT_A_TIME):
        some = slice(start, start + AT_A_TIME)
        found[some] = (vectors[some] - middle) @ axes
    return found


def word_rows(texts: Sequence[str], seed: int) -> Points:
    """TF-IDF of words that at least two texts share, in a few dimensions."""
    counts = TfidfVectorizer(
        token_pattern=WORD, stop_words=NOT_KEYWORDS, min_df=2, max_df=0.2, sublinear_tf=True
    )
    try:
        table = counts.fit_transform(texts)
    except ValueError:  # no word is shared by two texts
        return np.zeros((len(texts), 1), dtype=np.float32)
    size = min(WORD_COMPONENTS, table.shape[1] - 1, table.shape[0] - 1)
    if size < 1:
        return unit_rows(table.toarray().astype(np.float32))
    reduction = TruncatedSVD(size, algorithm="arpack", random_state=seed)
    return unit_rows(reduction.fit_transform(table).astype(np.float32))
