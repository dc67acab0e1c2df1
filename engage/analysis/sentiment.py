"""How happy a comment sounds: VADER's word list, and a small trained head on the vectors."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import nltk.data
import numpy as np
from nltk.sentiment.vader import SentimentIntensityAnalyzer
from numpy.typing import NDArray

from engage.analysis.types import Vectors

DATA = Path(__file__).parent / "data"
LEXICON = "vader_lexicon/vader_lexicon.txt"
HEAD = DATA / "sentiment_head.npz"
TONES = ("improve", "praise", "neutral")

Numbers = NDArray[np.float64]


class VaderScorer:
    """The word list alone, moved a little by what the question asked for."""

    name = "vader"
    by_tone = {"improve": -0.1, "praise": 0.1, "neutral": 0.0}

    def __init__(self) -> None:
        self._analyser = word_list()

    def score(self, texts: Sequence[str], vectors: Vectors, tones: Sequence[str]) -> Numbers:
        words = lexicon_features(self._analyser, texts)
        moved = [self.by_tone[tone] for tone in tones]
        scores: Numbers = np.clip(words[:, 3] + np.array(moved), -1, 1)
        return scores


@dataclass(frozen=True)
class Head:
    """Coefficients learnt by tools/train_sentiment.py; see docs/model-card-sentiment.md."""

    weights: Numbers
    intercept: float
    trained_on: str

    def score(self, features: Numbers) -> Numbers:
        scores: Numbers = np.clip(features @ self.weights + self.intercept, -1.0, 1.0)
        return scores


class TrainedScorer:
    """The head over the vector, the word list and the question's tone."""

    def __init__(self, head: Head) -> None:
        self.name = f"vader+head-{head.trained_on}"
        self._head = head
        self._analyser = word_list()

    def score(self, texts: Sequence[str], vectors: Vectors, tones: Sequence[str]) -> Numbers:
        if not texts:
            return np.zeros(0)
        return self._head.score(features(vectors, lexicon_features(self._analyser, texts), tones))


def installed_scorer() -> TrainedScorer | VaderScorer:
    """The trained head where its file is there and fits, and the word list alone where not."""
    return TrainedScorer(load_head(HEAD)) if HEAD.exists() else VaderScorer()


def load_head(path: Path) -> Head:
    with np.load(path, allow_pickle=False) as file:
        return Head(
            weights=file["weights"].astype(np.float64),
            intercept=float(file["intercept"]),
            trained_on=str(file["trained_on"]),
        )


def features(vectors: Vectors, words: Numbers, tones: Sequence[str]) -> Numbers:
    """One row a text: the vector, the word list's four numbers, and the tone with the vector.

    The same words mean another thing under another question: "nothing" is good news under
    "What could we do better?" and bad news under "What was good?".
    """
    given = np.array([[tone == known for known in TONES] for tone in tones], dtype=np.float64)
    improve, praise = given[:, :1], given[:, 1:2]
    rows: Numbers = np.hstack([vectors, words, given, vectors * improve, vectors * praise])
    return rows


def lexicon_features(analyser: SentimentIntensityAnalyzer, texts: Sequence[str]) -> Numbers:
    rows = [analyser.polarity_scores(text) for text in texts]
    return np.array([[r["neg"], r["neu"], r["pos"], r["compound"]] for r in rows]).reshape(-1, 4)


def word_list() -> SentimentIntensityAnalyzer:
    """VADER, reading the word list that lies beside this file."""
    # NLTK reads only below the folders on its own path, so ours goes first.
    if str(DATA) not in nltk.data.path:
        nltk.data.path.insert(0, str(DATA))
    return SentimentIntensityAnalyzer(lexicon_file=LEXICON)
