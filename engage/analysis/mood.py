"""How each comment and each of its sentences feels, as a number and as one of four words."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from engage.analysis.prepare import Prepared
from engage.analysis.types import Sentence, SentimentCounts, SentimentScorer, Vectors

POSITIVE, MIXED, NEUTRAL, NEGATIVE = "positive", "mixed", "neutral", "negative"
CUT = 0.25
DISAGREE = 0.4
FEWEST_WORDS = 3

Place = tuple[str, int]


@dataclass(frozen=True)
class Moods:
    """`scores` and `labels` follow the comments; a comment nobody could read has the label ""."""

    scores: tuple[float, ...]
    labels: tuple[str, ...]
    of_sentence: Mapping[Place, float]


def feel(
    prepared: Sequence[Prepared],
    split: Sequence[Sequence[Sentence]],
    vectors: Mapping[str, Vectors],
    scorer: SentimentScorer,
) -> Moods:
    """Scores for comments and sentences; one scorer and one scale for both."""
    tones = {item.comment.id: item.comment.question_tone for item in prepared}
    said = [sentence for sentences in split for sentence in sentences]
    if not said:
        return Moods((0.0,) * len(prepared), ("",) * len(prepared), {})
    of_sentence = _sentence_scores(said, vectors, scorer, tones)
    whole = _comment_scores(prepared, split, vectors, scorer)
    labels = tuple(
        label_of(whole[place], _firm(sentences, of_sentence)) if sentences else ""
        for place, sentences in enumerate(split)
    )
    return Moods(whole, labels, of_sentence)


def _sentence_scores(
    said: Sequence[Sentence],
    vectors: Mapping[str, Vectors],
    scorer: SentimentScorer,
    tones: Mapping[str, str],
) -> dict[Place, float]:
    rows = np.stack([vectors[sentence.text] for sentence in said])
    scores = scorer.score([s.text for s in said], rows, [tones[s.comment_id] for s in said])
    return {
        (sentence.comment_id, sentence.number): round(float(score), 4)
        for sentence, score in zip(said, scores, strict=True)
    }


def _comment_scores(
    prepared: Sequence[Prepared],
    split: Sequence[Sequence[Sentence]],
    vectors: Mapping[str, Vectors],
    scorer: SentimentScorer,
) -> tuple[float, ...]:
    readable = [place for place, sentences in enumerate(split) if sentences]
    rows = comment_vectors([split[place] for place in readable], vectors)
    scores = scorer.score(
        [prepared[place].text for place in readable],
        rows,
        [prepared[place].comment.question_tone for place in readable],
    )
    whole = [0.0] * len(prepared)
    for place, score in zip(readable, scores, strict=True):
        whole[place] = round(float(np.clip(score, -1, 1)), 4)
    return tuple(whole)


def comment_vectors(split: Sequence[Sequence[Sentence]], vectors: Mapping[str, Vectors]) -> Vectors:
    """One row a comment: the mean of its sentences, the longer ones counting more."""
    width = len(next(iter(vectors.values()))) if vectors else 0
    rows = np.zeros((len(split), width), dtype=np.float32)
    for place, said in enumerate(split):
        if not said:
            continue
        weights = [len(sentence.text) for sentence in said]
        row = np.average([vectors[s.text] for s in said], axis=0, weights=weights)
        rows[place] = row / max(float(np.linalg.norm(row)), 1e-9)
    return rows


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
    if score > CUT:
        return POSITIVE
    return NEGATIVE if score < -CUT else NEUTRAL


def counted(by_comment: Mapping[str, Sequence[float]]) -> SentimentCounts:
    """How many comments feel which way, from their sentences in one theme."""
    labels = Counter(
        label_of(float(np.mean(scores)), scores) for scores in by_comment.values() if scores
    )
    return SentimentCounts(labels[POSITIVE], labels[MIXED], labels[NEUTRAL], labels[NEGATIVE])
