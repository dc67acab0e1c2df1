"""Learns the sentiment head from rated feedback, reports its accuracy, and writes the coefficients.

    .venv/bin/python tools/train_sentiment.py ../shared/data/feedback

The texts are read where they lie and never copied: only coefficients are written.
"""

import csv
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.metrics import accuracy_score, f1_score
from sklearn.model_selection import GroupKFold

from engage.analysis import sentiment
from engage.analysis.embedding import installed_embedder
from engage.analysis.mood import comment_vectors
from engage.analysis.prepare import content_key, prepare, question_tone, sentences
from engage.analysis.types import Comment, VectorCache

NEGATIVE, NEUTRAL, POSITIVE = 0, 1, 2
CUT = 0.25
RIDGE = 10.0
# Where ratings of feedback turn, chosen by cross-validation on the NHS set.
UNHAPPY_BELOW = 0.1
HAPPY_ABOVE = 0.25


@dataclass(frozen=True)
class Rated:
    text: str
    tone: str
    rating: float  # -1 unhappy to 1 happy
    source: str

    @property
    def group(self) -> int:
        if abs(self.rating) < 0.124:
            return NEUTRAL
        return POSITIVE if self.rating > 0 else NEGATIVE


def rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


def nhs_friends_and_family(folder: Path) -> Iterator[Rated]:
    for row in rows(folder / "nhs_fft_v6.csv"):
        if not row["Comment sentiment"]:
            continue
        rating = (3 - float(row["Comment sentiment"])) / 2
        yield Rated(row["FFT answer"], question_tone(row["FFT question"]), rating, "nhs_fft")


# What each hospital asked, read from its answers. Trust B is left out: its marks contradict them.
NHS_TONES = {
    "Trust A - Q1": "improve",
    "Trust A - Q2": "praise",
    "Trust C - Q1": "praise",
    "Trust C - Q2": "improve",
}


def nhs_first_phase(folder: Path) -> Iterator[Rated]:
    for row in rows(folder / "nhs_phase1.csv"):
        mark = row["criticality"]
        if row["question"] in NHS_TONES and mark.lstrip("-").isdecimal() and abs(int(mark)) <= 5:
            yield Rated(row["feedback"], NHS_TONES[row["question"]], int(mark) / 5, "nhs_phase1")


def rated_by_people(folder: Path, name: str) -> Iterator[Rated]:
    for row in rows(folder / f"{name}.csv"):
        yield Rated(row["text"], "neutral", float(row["mean_rating"]) / 4, name)


def everything(folder: Path) -> list[Rated]:
    return [
        *nhs_friends_and_family(folder),
        *nhs_first_phase(folder),
        *rated_by_people(folder, "vader_gt_tweets"),
        *rated_by_people(folder, "vader_gt_movieReviewSnippets"),
    ]


def embedded(rated: list[Rated], cache: VectorCache | None) -> tuple[list[Rated], np.ndarray]:
    """The vector each comment would have in the pipeline; a comment without words is left out."""
    prepared = [prepare([Comment(str(n), item.text)])[0] for n, item in enumerate(rated)]
    split = [sentences(item) for item in prepared]
    texts = sorted({sentence.text for said in split for sentence in said})
    vectors = installed_embedder(cache).embed(texts)
    return rated, comment_vectors(split, dict(zip(texts, vectors, strict=True)))


def learn(features: np.ndarray, ratings: np.ndarray, weights: np.ndarray) -> sentiment.Head:
    """Weighted ridge regression, solved at once; the constant is not held back."""
    rows = np.hstack([features, np.ones((len(features), 1))])
    penalty = RIDGE * np.eye(rows.shape[1])
    penalty[-1, -1] = 0
    square = rows.T @ (rows * weights[:, None]) + penalty
    solved = np.linalg.solve(square, rows.T @ (weights * ratings))
    # Stretched so that the line between two labels stands at CUT on either side.
    stretch, middle = 2 * CUT / (UNHAPPY_BELOW + HAPPY_ABOVE), (HAPPY_ABOVE - UNHAPPY_BELOW) / 2
    return sentiment.Head(solved[:-1] * stretch, (solved[-1] - middle) * stretch, "4sets")


def report(name: str, rated: list[Rated], scores: np.ndarray) -> None:
    gold = np.array([item.rating for item in rated])
    groups = np.array([item.group for item in rated])
    guessed = np.where(scores > CUT, POSITIVE, np.where(scores < -CUT, NEGATIVE, NEUTRAL))
    each = f1_score(groups, guessed, average=None, labels=[0, 1, 2])
    print(
        f"{name:32} n={len(rated):5} r={np.corrcoef(gold, scores)[0, 1]:.3f} "
        f"acc={accuracy_score(groups, guessed):.3f} "
        f"macro-F1={f1_score(groups, guessed, average='macro'):.3f} "
        f"(neg {each[0]:.2f} neu {each[1]:.2f} pos {each[2]:.2f})"
    )


def cross_validated(rated: list[Rated], features: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """A score for each row from a head that saw neither it nor any row with the same words."""
    same = [content_key(item.text) for item in rated]
    ratings = np.array([item.rating for item in rated])
    scores = np.zeros(len(rated))
    for train, test in GroupKFold(5).split(features, ratings, same):
        head = learn(features[train], ratings[train], weights[train])
        scores[test] = head.score(features[test])
    return scores


def main(folder: Path, cache: VectorCache | None = None) -> None:
    rated, vectors = embedded(everything(folder), cache)
    texts, tones = [item.text for item in rated], [item.tone for item in rated]
    vader = sentiment.VaderScorer()
    features = sentiment.features(
        vectors, sentiment.lexicon_features(sentiment.word_list(), texts), tones
    )
    ratings = np.array([item.rating for item in rated])
    weights = np.array([3.0 if item.source == "nhs_fft" else 1.0 for item in rated])
    scores = cross_validated(rated, features, weights)
    alone = vader.score(texts, vectors, tones)
    for source in sorted({item.source for item in rated}):
        of_source = np.array([item.source == source for item in rated])
        chosen = [item for item in rated if item.source == source]
        report(f"{source}: head", chosen, scores[of_source])
        report(f"{source}: word list and tone", chosen, alone[of_source])
    head = learn(features, ratings, weights)
    np.savez_compressed(
        sentiment.HEAD,
        weights=head.weights.astype(np.float32),
        intercept=np.array(head.intercept),
        trained_on=np.array(head.trained_on),
    )
    print(f"Wrote {sentiment.HEAD.name}: {sentiment.HEAD.stat().st_size} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
