"""Learns the sentiment head from rated feedback, reports its accuracy, and writes the coefficients.

    .venv/bin/python -m tools.train_sentiment ../shared/data/feedback

The texts are read where they lie and never copied: only coefficients are written.
"""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.linalg import solve
from sklearn.cluster import MiniBatchKMeans
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.model_selection import GroupKFold

from engage.analysis import sentiment
from engage.analysis.embedding import installed_embedder
from engage.analysis.meanings import comment_rows
from engage.analysis.mood import summary
from engage.analysis.needs import as_scored
from engage.analysis.prepare import Prepared, content_key, prepare, sentences
from engage.analysis.types import Comment, Sentence, VectorCache
from tools.sentiment_pairs import pairs
from tools.sentiment_ratings import FEEDBACK, FIRST_PHASE, WORDS, Rated, everything

WEIGHTS = {FEEDBACK: 3.0, WORDS: 0.3}
FOLDS = 5
TRAINED_ON = "4sets-5"
LANDMARKS = 800
# How much the linear part, the nearness part, and a gap between a pair are held back.
RIDGE, SMOOTH, FAIR = 7.0, 0.7, 60.0
NEUTRAL_BONUS = np.arange(1.0, 3.01, 0.2)


@dataclass(frozen=True)
class Texts:
    """What the pipeline would give the scorer."""

    prepared: list[Prepared]
    split: list[list[Sentence]]
    words: sentiment.Numbers
    tones: list[str]
    vectors: np.ndarray
    of_sentence: dict[str, np.ndarray]

    @property
    def texts(self) -> list[str]:
        return [item.text for item in self.prepared]

    def features(self, space: sentiment.Space) -> np.ndarray:
        return sentiment.features(space, self.texts, self.vectors, self.words, self.tones)


def read_texts(given: Sequence[tuple[str, str]], cache: VectorCache | None) -> Texts:
    """(text, tone) with the vector each would have in the pipeline."""
    prepared = [
        prepare([Comment(str(n), text, question_tone=tone)])[0]
        for n, (text, tone) in enumerate(given)
    ]
    split = [sentences(item) for item in prepared]
    different = sorted({sentence.text for said in split for sentence in said})
    rows = installed_embedder(cache).embed(different)
    of_sentence = dict(zip(different, rows, strict=True))
    words = sentiment.lexicon_features(sentiment.word_list(), [item.text for item in prepared])
    tones = [tone for _, tone in given]
    return Texts(prepared, split, words, tones, comment_rows(split, of_sentence), of_sentence)


def space_of(texts: Texts, sources: np.ndarray, chosen: np.ndarray) -> sentiment.Space:
    """The middle, the spread and the landmarks of these texts; no rating is looked at.

    Half of the landmarks lie among feedback about services.
    """
    vectors = texts.vectors[chosen]
    middle = vectors.mean(0)
    spread = float(np.sqrt(((vectors - middle) ** 2).sum(1).mean()))
    empty = sentiment.Space(middle, spread, np.zeros((0, 0), np.float32))
    given = sentiment.tone_columns([texts.tones[n] for n in np.flatnonzero(chosen)])
    points = sentiment.placed(empty, vectors, texts.words[chosen], given)
    known = np.isin(sources[chosen], (FEEDBACK, FIRST_PHASE))
    centres = np.vstack([_centres(points[known]), _centres(points[~known])])
    step = np.abs(centres).max() / 127
    rounded = np.round(centres / step) * step
    return sentiment.Space(middle, spread, rounded.astype(np.float32))


def _centres(points: np.ndarray) -> np.ndarray:
    grouped = MiniBatchKMeans(LANDMARKS // 2, random_state=0, n_init=1, batch_size=4096)
    return grouped.fit(points).cluster_centers_


@dataclass(frozen=True)
class Sums:
    """What ridge regression needs of some rows; two can be added or taken away."""

    square: np.ndarray
    product: np.ndarray

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(self.square + other.square, self.product + other.product)

    def __sub__(self, other: "Sums") -> "Sums":
        return Sums(self.square - other.square, self.product - other.product)


def targets(rated: Sequence[Rated]) -> np.ndarray:
    """The rating, and one column each for unhappy, neutral and happy."""
    rating = np.array([[item.rating] for item in rated])
    groups = np.eye(3)[[item.group for item in rated]]
    return np.hstack([rating, groups]).astype(np.float32)


def sums(rows: np.ndarray, wanted: np.ndarray, weights: np.ndarray) -> Sums:
    # In double precision: the fairness penalty is so large that single would lose the rest.
    root = np.sqrt(weights)[:, None]
    full = np.hstack([rows, np.ones((len(rows), 1))]) * root
    return Sums(full.T @ full, full.T @ (wanted * root))


def held_back(space: sentiment.Space, gaps: np.ndarray) -> np.ndarray:
    """The penalty: large weights, unsmooth nearness, and any gap between the pairs."""
    width = gaps.shape[1]
    penalty = RIDGE * np.eye(width + 1)
    penalty[-1, -1] = 1e-3
    near = slice(width - sentiment.HASHED - LANDMARKS, width - sentiment.HASHED)
    close = sentiment.nearness(space.landmarks, space.landmarks)
    penalty[near, near] = SMOOTH * (close + 0.01 * np.eye(LANDMARKS))
    apart = gaps.astype(np.float64)
    penalty[:-1, :-1] += FAIR * apart.T @ apart * (1000 / max(len(gaps), 1))
    return penalty


def solved(known: Sums, penalty: np.ndarray) -> np.ndarray:
    return solve(known.square + penalty, known.product, assume_a="pos").astype(np.float32)


def choose_classes(rows: np.ndarray, groups: np.ndarray) -> np.ndarray:
    """Coefficients that choose a class, with the bonus for neutral that serves these rows best."""
    middle, spread = rows.mean(0), rows.std(0) + 1e-6
    model = LogisticRegression(C=0.1, max_iter=500).fit((rows - middle) / spread, groups)
    slopes = model.coef_.T / spread[:, None]
    constant = model.intercept_ - middle @ slopes

    def with_bonus(bonus: float) -> np.ndarray:
        return np.vstack([slopes, constant + np.log([1.0, bonus, 1.0])])

    def quality(bonus: float) -> float:
        chosen = (sentiment.with_constant(rows) @ with_bonus(bonus)).argmax(1)
        return float(f1_score(groups, chosen, average="macro"))

    return with_bonus(max(NEUTRAL_BONUS, key=quality))


def gaps(rated: Sequence[Rated], space: sentiment.Space, cache: VectorCache | None) -> np.ndarray:
    """How far the features of each pair lie apart, under all three tones."""
    made = pairs(item.text for item in rated if item.source in (FEEDBACK, FIRST_PHASE))
    plain, named = (
        read_texts([(pair[side], tone) for tone in sentiment.TONES for pair in made], cache)
        for side in (0, 1)
    )
    return named.features(space) - plain.features(space)


@dataclass(frozen=True)
class Parts:
    """The sentences of comments, and which comment each is from."""

    of_comment: np.ndarray
    features: np.ndarray


def parts_of(texts: Texts, chosen: Sequence[int], space: sentiment.Space) -> Parts:
    said = [(n, sentence.text) for n in chosen for sentence in texts.split[n]]
    words = [text for _, text in said]
    lexicon = sentiment.lexicon_features(sentiment.word_list(), words)
    vectors = np.array([texts.of_sentence[text] for text in words])
    tones = [texts.tones[n] for n, _ in said]
    rows = sentiment.features(space, words, vectors, lexicon, tones)
    return Parts(np.array([n for n, _ in said]), rows)


def summaries(
    texts: Texts, chosen: Sequence[int], whole: np.ndarray, parts: np.ndarray
) -> np.ndarray:
    items, split = [texts.prepared[n] for n in chosen], [texts.split[n] for n in chosen]
    return summary(items, split, whole, parts)


@dataclass(frozen=True)
class Material:
    """Everything a head is learnt from."""

    rated: list[Rated]
    texts: Texts
    space: sentiment.Space
    rows: np.ndarray
    wanted: np.ndarray
    weights: np.ndarray
    penalty: np.ndarray

    def sums(self, chosen: np.ndarray) -> Sums:
        return sums(self.rows[chosen], self.wanted[chosen], self.weights[chosen])

    def of(self, source: str) -> np.ndarray:
        return np.array([item.source == source for item in self.rated])

    @property
    def groups(self) -> np.ndarray:
        return np.array([item.group for item in self.rated])


def material(rated: list[Rated], cache: VectorCache | None, without: str = "") -> Material:
    """`without` is a source that nothing may be learnt from, not even where its texts lie."""
    texts = read_texts([(as_scored(item.text), item.tone) for item in rated], cache)
    seen = np.array([item.source != without for item in rated])
    sources = np.array([item.source for item in rated])
    space = space_of(texts, sources, seen)
    apart = gaps([item for item in rated if item.source != without], space, cache)
    weights = np.array([WEIGHTS.get(item.source, 1.0) for item in rated])
    rows = texts.features(space)
    return Material(rated, texts, space, rows, targets(rated), weights, held_back(space, apart))


def folds(rated: Sequence[Rated]) -> np.ndarray:
    """Which of five parts each row is in; equal texts, and all sentences of one, share a part."""
    place = np.zeros(len(rated), int)
    same = [content_key(item.text) for item in rated]
    for number, (_, part) in enumerate(GroupKFold(FOLDS).split(place, place, same)):
        place[part] = number
    return place


@dataclass(frozen=True)
class Feedback:
    """The comments whose classes are learnt: their rows, sentences, and part of the folds."""

    chosen: np.ndarray
    parts: Parts


def out_of_fold(
    known: Material, feedback: Feedback, place: np.ndarray, heads: dict[int, np.ndarray]
) -> tuple[np.ndarray, np.ndarray]:
    """(the rows, their summaries) of feedback, each read by the head named by its fold."""
    chosen = feedback.chosen[np.isin(place[feedback.chosen], list(heads))]
    inside = np.isin(feedback.parts.of_comment, chosen)
    whole = np.vstack([sentiment.readings(known.rows[[n]], heads[place[n]]) for n in chosen])
    comments, rows = feedback.parts.of_comment[inside], feedback.parts.features[inside]
    parts = np.zeros((len(rows), whole.shape[1]))
    for number, head in heads.items():
        here = place[comments] == number
        parts[here] = sentiment.readings(rows[here], head)
    return chosen, summaries(known.texts, chosen, whole, parts)


def feedback_of(known: Material) -> Feedback:
    chosen = [n for n in np.flatnonzero(known.of(FEEDBACK)) if known.texts.split[n]]
    return Feedback(np.array(chosen), parts_of(known.texts, chosen, known.space))


def learn(known: Material) -> sentiment.Head:
    place = folds(known.rated)
    by_fold = [known.sums(place == number) for number in range(FOLDS)]
    total = sum(by_fold[1:], by_fold[0])
    heads = {n: solved(total - part, known.penalty) for n, part in enumerate(by_fold)}
    chosen, rows = out_of_fold(known, feedback_of(known), place, heads)
    classes = choose_classes(rows, known.groups[chosen])
    return sentiment.Head(known.space, solved(total, known.penalty), classes, TRAINED_ON)


def write(head: sentiment.Head, path: Path) -> None:
    step = float(np.abs(head.space.landmarks).max() / 127)
    np.savez_compressed(
        path,
        middle=head.space.middle.astype(np.float16),
        spread=np.array(head.space.spread),
        landmarks=np.round(head.space.landmarks / step).astype(np.int8),
        step=np.array(step),
        weights=head.weights.astype(np.float16),
        classes=head.classes.astype(np.float32),
        trained_on=np.array(head.trained_on),
    )


def main(folder: Path, cache: VectorCache | None = None) -> None:
    write(learn(material(everything(folder), cache)), sentiment.HEAD)
    print(f"Wrote {sentiment.HEAD.name}: {sentiment.HEAD.stat().st_size} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
