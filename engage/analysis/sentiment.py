"""How happy a comment sounds: VADER's word list, and a small trained head on the vectors."""

import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

import nltk.data
import numpy as np
from nltk.sentiment.vader import SentimentIntensityAnalyzer
from numpy.typing import NDArray

from engage.analysis.types import AnalysisError, Vectors

DATA = Path(__file__).parent / "data"
LEXICON = "vader_lexicon/vader_lexicon.txt"
HEAD = DATA / "sentiment_head.npz"
TONES = ("improve", "praise", "neutral")
# Words in VADER's list that name a disability here and say nothing about a service.
NOT_A_FEELING = ("blind", "disorder", "disorders")
NAMES_A_NEED = re.compile(
    r"\b(?:learning difficult(?:y|ies)|special needs|limited mobility)\b", re.IGNORECASE
)
PLAIN_NEED = "needs"
HASHED = 2048
# The columns of VADER's numbers, of `TrainedScorer.read`, of `mood.summary`, and the classes.
LEXICON_COLUMNS, READINGS, SUMMARY_COLUMNS, CLASSES = 4, 4, 14, 3
# How far the tone and the word list move a text away from another, beside its vector.
BESIDE = 0.7
NARROW = 0.5
AT_ONCE = 512

_DOES_NOT_FIT = (
    "The sentiment head {} cannot be used by this version: install the file that came with it, "
    "or remove it to score by the word list alone."
)

Numbers = NDArray[np.float64]
Floats = NDArray[np.float32]


class VaderScorer:
    """The word list alone, moved a little by what the question asked for."""

    name = "vader"
    by_tone: Mapping[str, float] = {"improve": -0.1, "praise": 0.1, "neutral": 0.0}

    def __init__(self) -> None:
        self._analyser = word_list()

    def score(self, texts: Sequence[str], vectors: Vectors, tones: Sequence[str]) -> Numbers:
        words = lexicon_features(self._analyser, texts)
        moved = [self.by_tone[tone] for tone in tones]
        scores: Numbers = np.clip(words[:, 3] + np.array(moved), -1, 1)
        return scores


@dataclass(frozen=True)
class Space:
    """Where texts are compared: the middle of all vectors, their spread, and known places."""

    middle: Floats
    spread: float
    landmarks: Floats


@dataclass(frozen=True)
class Head:
    """Coefficients learnt by tools/train_sentiment.py; see docs/model-card-sentiment.md.

    `weights` give a rating and how far a text is unhappy, neutral or happy; `classes` choose one
    of the three for a whole comment, from its own numbers and those of its sentences.
    """

    space: Space
    weights: Floats
    classes: Numbers
    trained_on: str


class TrainedScorer:
    """The head over the vector, the words, and the question's tone."""

    def __init__(self, head: Head) -> None:
        self.name = f"vader+head-{head.trained_on}"
        self._head = head
        self._analyser = word_list()

    def score(self, texts: Sequence[str], vectors: Vectors, tones: Sequence[str]) -> Numbers:
        return self.read(texts, vectors, tones)[:, 0]

    def read(self, texts: Sequence[str], vectors: Vectors, tones: Sequence[str]) -> Numbers:
        """Four numbers a text: the rating, and how unhappy, neutral and happy it is."""
        rows = [np.zeros((0, self._head.weights.shape[1]))]
        for start in range(0, len(texts), AT_ONCE):
            part = slice(start, start + AT_ONCE)
            words = lexicon_features(self._analyser, texts[part])
            seen = features(self._head.space, texts[part], vectors[part], words, tones[part])
            rows.append(readings(seen, self._head.weights))
        return np.vstack(rows)

    def classify(self, summaries: Numbers) -> NDArray[np.int64]:
        """0 unhappy, 1 neutral or mixed, 2 happy, from rows made by `mood.summary`."""
        scores: Numbers = with_constant(summaries) @ self._head.classes
        chosen: NDArray[np.int64] = np.argmax(scores, axis=1).astype(np.int64)
        return chosen


def installed_scorer() -> TrainedScorer | VaderScorer:
    """The trained head where its file is there, and the word list alone where it is not."""
    return TrainedScorer(load_head(HEAD)) if HEAD.exists() else VaderScorer()


def load_head(path: Path) -> Head:
    """A file that does not fit is said: scores would be another thing than the report says."""
    try:
        head = _head_in(path)
    except (KeyError, OSError, ValueError, EOFError, BadZipFile) as error:
        raise AnalysisError(_DOES_NOT_FIT.format(path.name)) from error
    if not _fits(head):
        raise AnalysisError(_DOES_NOT_FIT.format(path.name))
    return head


def _fits(head: Head) -> bool:
    """Each coefficient has its column in what `features` and `mood.summary` make."""
    space = head.space
    point = space.middle.size + len(TONES) + 1
    near = space.landmarks.size // point
    columns = 3 * (space.middle.size + LEXICON_COLUMNS) + len(TONES) + near + HASHED
    return (
        space.landmarks.shape == (near, point)
        and head.weights.shape == (columns + 1, READINGS)
        and head.classes.shape == (SUMMARY_COLUMNS + 1, CLASSES)
    )


def _head_in(path: Path) -> Head:
    with np.load(path, allow_pickle=False) as file:
        step = np.float32(file["step"])
        return Head(
            space=Space(
                middle=file["middle"].astype(np.float32),
                spread=float(file["spread"]),
                landmarks=file["landmarks"].astype(np.float32) * step,
            ),
            weights=file["weights"].astype(np.float32),
            classes=file["classes"].astype(np.float64),
            trained_on=str(file["trained_on"]),
        )


def features(
    space: Space, texts: Sequence[str], vectors: Vectors, words: Numbers, tones: Sequence[str]
) -> Floats:
    """One row a text: vector, word list and tone; nearness to known places; hashed words.

    The same words mean another thing under another question: "nothing" is good news under
    "What could we do better?" and bad news under "What was good?".
    """
    given = tone_columns(tones)
    asked = [given[:, :1], given[:, 1:2]]
    crossed = [part * tone for part in (vectors, words) for tone in asked]
    near = nearness(placed(space, vectors, words, given), space.landmarks)
    return np.hstack([vectors, words, given, *crossed, near, hashed_words(texts, tones)]).astype(
        np.float32
    )


def readings(seen: Floats, weights: Floats) -> Numbers:
    """What `weights` make of the columns that `features` made.

    The rating is bent at both ends: past "very unhappy" there is nothing, and a word more of blame
    or thanks counts the less the more there are of them.
    """
    found: Numbers = (seen @ weights[:-1] + weights[-1]).astype(np.float64)
    found[:, 0] = np.tanh(found[:, 0])
    return found


def tone_columns(tones: Sequence[str]) -> Floats:
    rows = [[tone == known for known in TONES] for tone in tones]
    return np.array(rows, dtype=np.float32).reshape(-1, len(TONES))


def placed(space: Space, vectors: Vectors, words: Numbers, given: Floats) -> Floats:
    """The texts as points: the vector first, the tone and VADER's compound beside it."""
    middle = (vectors - space.middle) / space.spread
    return np.hstack([middle, BESIDE * given, BESIDE * words[:, 3:]]).astype(np.float32)


def nearness(points: Floats, landmarks: Floats) -> Floats:
    """1 where a point lies on a landmark, falling to 0 with the distance."""
    apart = (points**2).sum(1)[:, None] + (landmarks**2).sum(1) - 2 * points @ landmarks.T
    near: Floats = np.exp(-NARROW * np.maximum(apart, 0))
    return near


def hashed_words(texts: Sequence[str], tones: Sequence[str]) -> Floats:
    """Words and pairs of words, each in one of a fixed number of columns, up or down."""
    rows = np.zeros((len(texts), HASHED), dtype=np.float32)
    for row, text, tone in zip(rows, texts, tones, strict=True):
        words = re.findall(r"[a-z']+|[!?]", _plain(text).lower().replace("’", "'"))
        said = {*words, *(f"{a}_{b}" for a, b in zip(words, words[1:], strict=False))}
        said |= {f"{tone}:{word}" for word in said}
        for word in said:
            place = zlib.crc32(word.encode())
            row[place % HASHED] += 1 if place >> 31 else -1
        row *= BESIDE / (len(said) + 1) ** 0.5
    return rows


def lexicon_features(analyser: SentimentIntensityAnalyzer, texts: Sequence[str]) -> Numbers:
    rows = [analyser.polarity_scores(_plain(text)) for text in texts]
    return np.array([[r["neg"], r["neu"], r["pos"], r["compound"]] for r in rows]).reshape(-1, 4)


def _plain(text: str) -> str:
    return NAMES_A_NEED.sub(PLAIN_NEED, text)


def with_constant(rows: Numbers) -> Numbers:
    return np.hstack([rows, np.ones((len(rows), 1))])


class _Vader(SentimentIntensityAnalyzer):  # type: ignore[misc]  # NLTK has no types
    """The same scores in half the time.

    NLTK joins each word of a text with each mark of a list, before and after, to look its words up
    in that. A mark that is not in the text cannot be beside a word of it.
    """

    def polarity_scores(self, text: str) -> dict[str, float]:
        marks = type(self.constants).PUNC_LIST
        self.constants.PUNC_LIST = [mark for mark in marks if mark in text]
        scores: dict[str, float] = super().polarity_scores(text)
        return scores


def word_list() -> SentimentIntensityAnalyzer:
    """VADER, reading the word list that lies beside this file, without names of disabilities."""
    # NLTK reads only below the folders on its own path, so ours goes first.
    if str(DATA) not in nltk.data.path:
        nltk.data.path.insert(0, str(DATA))
    analyser = _Vader(lexicon_file=LEXICON)
    for word in NOT_A_FEELING:
        analyser.lexicon.pop(word, None)
    return analyser
