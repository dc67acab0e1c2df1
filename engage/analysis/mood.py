"""How each comment and each of its sentences feels, as a number and as one of four words."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from engage.analysis.meanings import comment_rows
from engage.analysis.needs import as_scored
from engage.analysis.prepare import Prepared
from engage.analysis.types import Sentence, SentimentCounts, SentimentScorer, Vectors

POSITIVE, MIXED, NEUTRAL, NEGATIVE = "positive", "mixed", "neutral", "negative"
# Where "neither" ends. The head is shy of saying unhappy: with these, as many of the comments that
# people rated are counted unhappy, neither and happy as people said (docs/model-card-sentiment.md).
UNHAPPY_BELOW, HAPPY_ABOVE = -0.1, 0.25
TORN = 0.25
DISAGREE = 0.4
FEWEST_WORDS = 3
CLASSES = (NEGATIVE, NEUTRAL, POSITIVE)
TONE_COLUMNS = ("improve", "praise", "neutral")

Place = tuple[str, int]
Numbers = NDArray[np.float64]


@runtime_checkable
class Reader(Protocol):
    """A scorer that also chooses the class of a whole comment, knowing its sentences."""

    def read(self, texts: Sequence[str], vectors: Vectors, tones: Sequence[str]) -> Numbers: ...

    def classify(self, summaries: Numbers) -> NDArray[np.int64]: ...


@dataclass(frozen=True)
class Moods:
    """`scores` and `labels` follow the comments; a comment nobody could read has the label ""."""

    scores: tuple[float, ...]
    labels: tuple[str, ...]
    of_sentence: Mapping[Place, float]


@dataclass(frozen=True)
class _Read:
    """A row a comment and a row a sentence; the first number of a row is the score."""

    whole: Numbers
    parts: Numbers


def feel(
    prepared: Sequence[Prepared],
    split: Sequence[Sequence[Sentence]],
    vectors: Mapping[str, Vectors],
    scorer: SentimentScorer,
) -> Moods:
    """Scores for comments and sentences; one scorer and one scale for both."""
    readable = [place for place, sentences in enumerate(split) if sentences]
    if not readable:
        return Moods((0.0,) * len(prepared), ("",) * len(prepared), {})
    said = [_without_needs(split[place], vectors) for place in readable]
    items = [_as_scored(prepared[place]) for place in readable]
    read = _read(items, said, vectors, scorer)
    of_sentence = {
        (sentence.comment_id, sentence.number): _score(row)
        for sentence, row in zip((s for part in said for s in part), read.parts, strict=True)
    }
    labels = _labels(items, said, read, of_sentence, scorer)
    whole, words = [0.0] * len(prepared), [""] * len(prepared)
    for place, row, label in zip(readable, read.whole, labels, strict=True):
        whole[place], words[place] = _score(row), label
    return Moods(tuple(whole), tuple(words), of_sentence)


def _without_needs(
    sentences: Sequence[Sentence], vectors: Mapping[str, Vectors]
) -> Sequence[Sentence]:
    """What is scored: a family's words for its child must not count as a feeling."""
    plain = [as_scored(sentence.text) for sentence in sentences]
    if all(new == old.text for new, old in zip(plain, sentences, strict=True)):
        return sentences
    # In another language nothing is scored, and nothing was embedded for it.
    return [
        replace(old, text=new) if new in vectors else old
        for new, old in zip(plain, sentences, strict=True)
    ]


def _as_scored(item: Prepared) -> Prepared:
    text = as_scored(item.text)
    return item if text == item.text else replace(item, text=text)


def _read(
    items: Sequence[Prepared],
    said: Sequence[Sequence[Sentence]],
    vectors: Mapping[str, Vectors],
    scorer: SentimentScorer,
) -> _Read:
    tones = [item.comment.question_tone for item in items]
    # One table of vectors after the other: of a hundred thousand each is an eighth of all memory.
    whole = _numbers(scorer, [item.text for item in items], comment_rows(said, vectors), tones)
    parts = [sentence.text for part in said for sentence in part]
    part_tones = [tone for part, tone in zip(said, tones, strict=True) for _ in part]
    rows = np.stack([vectors[text] for text in parts])
    return _Read(whole, _numbers(scorer, parts, rows, part_tones))


def _numbers(
    scorer: SentimentScorer, texts: Sequence[str], rows: Vectors, tones: Sequence[str]
) -> Numbers:
    if isinstance(scorer, Reader):
        return scorer.read(texts, rows, tones)
    return np.asarray(scorer.score(texts, rows, tones)).reshape(-1, 1)


def _score(row: Numbers) -> float:
    return round(float(np.clip(row[0], -1, 1)), 4)


def _labels(
    items: Sequence[Prepared],
    said: Sequence[Sequence[Sentence]],
    read: _Read,
    of_sentence: Mapping[Place, float],
    scorer: SentimentScorer,
) -> list[str]:
    firm = [_firm(sentences, of_sentence) for sentences in said]
    if not isinstance(scorer, Reader):
        return [label_of(_score(row), part) for row, part in zip(read.whole, firm, strict=True)]
    chosen = scorer.classify(summary(items, said, read.whole, read.parts))
    return [_named(CLASSES[number], part) for number, part in zip(chosen, firm, strict=True)]


def _named(chosen: str, parts: Sequence[float]) -> str:
    """People who rate comments have one step for mixed and neutral; the sentences tell which."""
    torn = bool(parts) and max(parts) > TORN and min(parts) < -TORN
    return MIXED if chosen == NEUTRAL and torn else chosen


def summary(
    items: Sequence[Prepared],
    said: Sequence[Sequence[Sentence]],
    whole: Numbers,
    parts: Numbers,
) -> Numbers:
    """What the class of a comment is chosen from: its own numbers, and its sentences' extremes."""
    rows, start = [], 0
    for item, sentences, own in zip(items, said, whole, strict=True):
        mine = parts[start : start + len(sentences)]
        start += len(sentences)
        low, high = mine[:, 0].min(), mine[:, 0].max()
        words = np.log1p(len(item.text.split()))
        asked = [float(item.comment.question_tone == tone) for tone in TONE_COLUMNS]
        own_shape = [abs(own[0]), own[0] ** 2]
        rows.append([*own, low, high, high - low, mine[:, 2].max(), words, *own_shape, *asked])
    return np.array(rows, dtype=np.float64)


def _firm(sentences: Iterable[Sentence], scores: Mapping[Place, float]) -> list[float]:
    """The scores of sentences long enough to mean what they seem to."""
    return [
        scores[sentence.comment_id, sentence.number]
        for sentence in sentences
        if len(sentence.text.split()) >= FEWEST_WORDS
    ]


def label_of(score: float, parts: Sequence[float]) -> str:
    """Mixed when one part is clearly happy and another clearly not; else by the score."""
    if parts and max(parts) > DISAGREE and min(parts) < -DISAGREE:
        return MIXED
    if score > HAPPY_ABOVE:
        return POSITIVE
    return NEGATIVE if score < UNHAPPY_BELOW else NEUTRAL


def counted(by_comment: Mapping[str, Sequence[float]]) -> SentimentCounts:
    """How many comments feel which way, from their sentences in one theme."""
    labels = Counter(
        label_of(float(np.mean(scores)), scores) for scores in by_comment.values() if scores
    )
    return SentimentCounts(labels[POSITIVE], labels[MIXED], labels[NEUTRAL], labels[NEGATIVE])
