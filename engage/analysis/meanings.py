"""What texts mean, as one table of vectors: held once, however many stages look at it."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from engage.analysis.types import Embedder, Sentence, SentimentScorer, VectorCache, Vectors

Float = TypeVar("Float", bound=np.floating[Any])

# So many that there are several of each length, which the model reads side by side.
AT_A_TIME = 1_024
SCORED_AT_A_TIME = 4_096


class Meanings(Mapping[str, Vectors]):
    """The vector of each text. A row is shown, never copied."""

    def __init__(self, texts: Sequence[str], rows: Vectors) -> None:
        self._row = {text: row for row, text in enumerate(texts)}
        self._rows = rows

    def __getitem__(self, text: str) -> Vectors:
        vector: Vectors = self._rows[self._row[text]]
        return vector

    def __contains__(self, text: object) -> bool:
        return text in self._row

    def __iter__(self) -> Iterator[str]:
        return iter(self._row)

    def __len__(self) -> int:
        return len(self._row)

    @property
    def width(self) -> int:
        return int(self._rows.shape[1])

    def rows(self, texts: Sequence[str]) -> Vectors:
        """The vectors of these texts, one below the other."""
        found: Vectors = self._rows[[self._row[text] for text in texts]]
        return found


def vector_key(model: str, text: str) -> str:
    """By what the vector of a text is known and kept."""
    return hashlib.sha256(f"{model}\n{text}".encode()).hexdigest()


def remembered(
    texts: Sequence[str],
    model: str,
    cache: VectorCache | None,
    embed: Callable[[Sequence[str]], Iterable[Vectors]],
) -> Vectors:
    """What the cache knows from the cache, and only the rest embedded. The same, bit for bit."""
    keys = [vector_key(model, text) for text in texts]
    known = dict(cache.get(keys)) if cache else {}
    unknown = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
    fresh = dict(zip(unknown, embed(list(unknown.values())), strict=True)) if unknown else {}
    if cache and fresh:
        cache.put(fresh)
    return np.stack([known[key] if key in known else fresh[key] for key in keys])


def embedded(
    texts: Iterable[str], embedder: Embedder, tell: Callable[[int, int], None] | None = None
) -> Meanings:
    """Each text embedded once, a few at a time, straight into the one table."""
    wanted = sorted(set(texts))
    table = np.zeros((0, 0), dtype=np.float32)
    for start in range(0, len(wanted), AT_A_TIME):
        some = embedder.embed(wanted[start : start + AT_A_TIME])
        if start == 0:
            table = np.zeros((len(wanted), some.shape[1]), dtype=np.float32)
        table[start : start + len(some)] = some
        if tell:
            tell(start + len(some), len(wanted))
    return Meanings(wanted, table)


def comment_rows(split: Sequence[Sequence[Sentence]], vectors: Mapping[str, Vectors]) -> Vectors:
    """One row a comment: the mean of its sentences, the longer ones counting more."""
    width = len(next(iter(vectors.values()))) if vectors else 0
    rows = np.zeros((len(split), width), dtype=np.float32)
    for place, said in enumerate(split):
        if len(said) == 1:
            rows[place] = vectors[said[0].text]
        elif said:
            weights = np.array([len(s.text) for s in said], dtype=np.float64)
            rows[place] = unit_row(weights @ np.stack([vectors[s.text] for s in said]))
    return rows


def unit_row(row: NDArray[Float]) -> NDArray[Float]:
    """The same direction, with length 1; nothing stays nothing."""
    length: Any = max(float(np.linalg.norm(row)), 1e-9)
    scaled: NDArray[Float] = row / length
    return scaled


def unit_rows(rows: NDArray[Float]) -> NDArray[Float]:
    """Each row with length 1; for one row too, whose last digits may differ from `unit_row`'s."""
    lengths: Any = np.linalg.norm(rows, axis=-1, keepdims=True)
    scaled: NDArray[Float] = rows / np.maximum(lengths, 1e-9)
    return scaled


Ask = Callable[[Sequence[str], Vectors, Sequence[str]], NDArray[np.float64]]


class KeptScores:
    """A scorer asked for a few texts at a time, and for the same text only once.

    Its features take several times the room of the vectors, and in a comment of one sentence the
    sentence and the comment are the same words.
    """

    def __init__(self, scorer: SentimentScorer) -> None:
        self.name = scorer.name
        self._scorer: Any = scorer
        self._scores: dict[tuple[str, str], NDArray[np.float64]] = {}

    def score(
        self, texts: Sequence[str], vectors: Vectors, tones: Sequence[str]
    ) -> NDArray[np.float64]:
        return _kept(self._scorer.score, self._scores, texts, vectors, tones)


class KeptReader(KeptScores):
    """The same for a scorer that reads more from a text than one number."""

    def __init__(self, scorer: SentimentScorer) -> None:
        super().__init__(scorer)
        self._rows: dict[tuple[str, str], NDArray[np.float64]] = {}

    def read(
        self, texts: Sequence[str], vectors: Vectors, tones: Sequence[str]
    ) -> NDArray[np.float64]:
        return _kept(self._scorer.read, self._rows, texts, vectors, tones)

    def classify(self, summaries: NDArray[np.float64]) -> NDArray[np.int64]:
        classes: NDArray[np.int64] = self._scorer.classify(summaries)
        return classes


def kept_scores(scorer: SentimentScorer) -> KeptScores:
    return KeptReader(scorer) if hasattr(scorer, "classify") else KeptScores(scorer)


def _kept(
    ask: Ask,
    kept: dict[tuple[str, str], NDArray[np.float64]],
    texts: Sequence[str],
    vectors: Vectors,
    tones: Sequence[str],
) -> NDArray[np.float64]:
    asked = list(zip(texts, tones, strict=True))
    new = list({pair: n for n, pair in enumerate(asked) if pair not in kept}.values())
    for start in range(0, len(new), SCORED_AT_A_TIME):
        some = new[start : start + SCORED_AT_A_TIME]
        rows = ask([texts[n] for n in some], vectors[some], [tones[n] for n in some])
        kept.update((asked[n], row) for n, row in zip(some, np.asarray(rows), strict=True))
    return np.array([kept[pair] for pair in asked], dtype=np.float64)
