"""What flows through the analysis: plain values, and the tools it is given by Protocol."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
Labels = NDArray[np.int64]

EMPTY = "empty"
NO_ANSWER = "no_answer"
ONLY_MARKS = "only_marks"
OTHER_LANGUAGE = "other_language"

TOPIC_MODEL = "topic_model"
GROUPED_READING = "grouped_reading"

NO_THEME = -1

SENTENCE, COMMENT = "sentence", "comment"
UNITS = (SENTENCE, COMMENT)


class AnalysisError(ValueError):
    """Something a person can put right, said in one sentence they can act on."""


# What goes in


@dataclass(frozen=True)
class Comment:
    """One answer in words. `question_tone` is "improve", "praise" or "neutral"."""

    id: str
    text: str
    question: str = ""
    question_tone: str = "neutral"
    ambition_prior: str | None = None


@dataclass(frozen=True)
class Ambition:
    """`sub_themes` and `bees` hold, by code, the texts each of them is known by."""

    code: str
    name: str
    description: str
    keywords: tuple[str, ...] = ()
    anchors: tuple[str, ...] = ()
    sub_themes: tuple[tuple[str, tuple[str, ...]], ...] = ()
    bees: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True)
class Settings:
    """What a person may choose. `themes` is None when the number is for the data to say.

    `unit` is what is embedded and grouped: each sentence, or the whole comment, which is faster.
    """

    themes: int | None = None
    seed: int = 42
    language: str = "en"
    fewest_comments: int = 30
    most_themes: int = 24
    unit: str = SENTENCE


# What passes between stages


@dataclass(frozen=True)
class Sentence:
    comment_id: str
    number: int
    text: str


@dataclass(frozen=True)
class Grouping:
    """Which theme each text went to (-1 is none), and how sure that is.

    `names` is filled when the themes have names already; `considered` holds how steady each number
    of themes was that was tried. `second` is the theme a text is nearly as near to, -1 for none.
    """

    labels: Labels
    weights: NDArray[np.float64]
    centroids: Vectors
    stability: tuple[float, ...]
    keywords: tuple[tuple[str, ...], ...]
    names: tuple[str, ...] = ()
    considered: Mapping[int, float] = field(default_factory=dict)
    second: Labels | None = None


# What comes out


@dataclass(frozen=True)
class SentimentCounts:
    positive: int = 0
    mixed: int = 0
    neutral: int = 0
    negative: int = 0


@dataclass(frozen=True)
class Quote:
    comment_id: str
    sentence_number: int
    text: str


@dataclass(frozen=True)
class AmbitionTag:
    """A suggestion and the words that speak for it; a part of it is named only where one leads."""

    code: str
    score: float
    words: tuple[str, ...] = ()
    sub_theme: str = ""
    bee: str = ""


@dataclass(frozen=True)
class FoundTheme:
    """A theme as the machine found it. `people` counts comments, `share` is of usable comments."""

    id: int
    label: str
    keywords: tuple[str, ...]
    people: int
    share: float
    stability: float
    sentiment: SentimentCounts
    quotes: tuple[Quote, ...] = ()
    different: Quote | None = None
    ambitions: tuple[AmbitionTag, ...] = ()


@dataclass(frozen=True)
class Assignment:
    """One sentence and its theme; `theme` is -1 where it fits none."""

    comment_id: str
    sentence_number: int
    sentence: str
    theme: int
    weight: float


@dataclass(frozen=True)
class CommentFinding:
    """What was found about one comment. `set_aside` is "" or the reason it was not themed.

    Comments of one text that several people sent have the same `campaign`, from 1.
    """

    comment_id: str
    language: str
    set_aside: str
    duplicate_of: str
    sentiment: float
    sentiment_label: str
    ambitions: tuple[AmbitionTag, ...] = ()
    campaign: int | None = None
    is_rich: bool = False


@dataclass(frozen=True)
class Findings:
    """`centroids` holds the middle of each theme, in the order of the themes."""

    themes: tuple[FoundTheme, ...]
    assignments: tuple[Assignment, ...]
    comments: tuple[CommentFinding, ...]
    method: str
    settings: dict[str, Any]
    versions: dict[str, str]
    checksums: dict[str, str]
    timings: dict[str, float]
    centroids: Vectors | None = None

    @property
    def usable(self) -> int:
        return sum(1 for comment in self.comments if not comment.set_aside)


# The tools


class VectorCache(Protocol):
    """Remembers vectors between runs by a hash of model and text; the caller decides where."""

    def get(self, keys: Sequence[str]) -> Mapping[str, Vectors]: ...

    def put(self, vectors: Mapping[str, Vectors]) -> None: ...


class Embedder(Protocol):
    """Turns texts into one row of length 1 each."""

    name: str

    def embed(self, texts: Sequence[str]) -> Vectors: ...


class ThemeFinder(Protocol):
    """Groups texts that say the same thing; `comments` is how many comments they come from."""

    name: str

    def find(
        self, texts: Sequence[str], vectors: Vectors, comments: int, settings: Settings
    ) -> Grouping: ...


class SentimentScorer(Protocol):
    """From -1 (unhappy) to 1 (happy), one number for each text."""

    name: str

    def score(
        self, texts: Sequence[str], vectors: Vectors, tones: Sequence[str]
    ) -> NDArray[np.float64]: ...


class LanguageGuesser(Protocol):
    """The two-letter code of the language a text is most likely in."""

    name: str

    def guess(self, texts: Sequence[str]) -> list[str]: ...


@dataclass(frozen=True)
class OtherLanguages:
    """A model for the languages with these codes, loaded only where there is something to read."""

    codes: frozenset[str]
    load: Callable[[], Embedder]


@dataclass(frozen=True)
class Tools:
    embedder: Embedder
    finder: ThemeFinder
    sentiment: SentimentScorer
    language: LanguageGuesser
    versions: Mapping[str, str] = field(default_factory=dict)
    checksums: Mapping[str, str] = field(default_factory=dict)
    clock: Callable[[], float] = time.perf_counter
    other_languages: OtherLanguages | None = None


Progress = Callable[[str, int, int], None]
