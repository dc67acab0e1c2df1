"""How well feelings are read: by cross-validation, and on sets left out of the training."""

from pathlib import Path

import numpy as np
from sklearn.metrics import f1_score

from benchmarks.analysis.rows import Row, at_least
from engage.analysis import mood, sentiment
from engage.analysis.types import VectorCache
from tools import train_sentiment as training
from tools.sentiment_ratings import FEEDBACK, FIRST_PHASE, MOVIES, TWEETS, Rated, everything


def table(folder: Path, cache: VectorCache | None = None) -> list[Row]:
    rated = everything(folder)
    known = training.material(rated, cache)
    return [*cross_validated(known), *(left_out(rated, s, cache) for s in LEFT_OUT)]


LEFT_OUT = (MOVIES, TWEETS)
SETS = (FEEDBACK, FIRST_PHASE, TWEETS, MOVIES)


def word_list_scores(known: training.Material) -> np.ndarray:
    texts = known.texts
    return sentiment.VaderScorer().score(texts.texts, texts.vectors, texts.tones)


def cross_validated(known: training.Material) -> list[Row]:
    """Each row is read by a head that saw neither it nor any row with the same words."""
    place = training.folds(known.rated)
    by_fold = [known.sums(place == number) for number in range(training.FOLDS)]
    total = sum(by_fold[1:], by_fold[0])
    scores = np.zeros(len(place))
    for number, part in enumerate(by_fold):
        here = place == number
        head = training.solved(total - part, known.penalty)
        scores[here] = sentiment.readings(known.rows[here], head)[:, 0]
    chosen, guessed = nested_classes(known, place, by_fold)
    alone = word_list_scores(known)
    rows = [_classes(known, chosen, guessed, alone), _shares(known, chosen, scores)]
    for name in SETS:
        here = known.of(name)
        rows.append(
            _agreement(f"sentiment, {name}, cross-validated: r", known, here, scores, alone)
        )
    return rows


def _shares(known: training.Material, chosen: np.ndarray, scores: np.ndarray) -> Row:
    """How many comments are unhappy, neither and happy by the score alone, as themes count them.

    The two cuts were chosen on these comments.
    """
    gold = known.groups[chosen]
    said = np.array([mood.CLASSES.index(mood.label_of(score, ())) for score in scores[chosen]])
    shares, people = (np.bincount(each, minlength=3) / len(each) for each in (said, gold))
    return Row(
        "sentiment, NHS, shares said unhappy / neither / happy, by the score",
        tuple(round(float(share), 3) for share in shares),
        note=f"people {' / '.join(f'{share:.3f}' for share in people)}; "
        f"macro-F1 {f1_score(gold, said, average='macro'):.3f}",
    )


def nested_classes(
    known: training.Material, place: np.ndarray, by_fold: list[training.Sums]
) -> tuple[np.ndarray, np.ndarray]:
    """The class of each NHS comment; nothing that chose it, thresholds included, saw its fold."""
    feedback = training.feedback_of(known)
    total = sum(by_fold[1:], by_fold[0])
    rows, guessed = [], []
    pairs = {
        (a, b): training.solved(total - by_fold[a] - by_fold[b], known.penalty)
        for a in range(training.FOLDS)
        for b in range(a)
    }
    for number, part in enumerate(by_fold):
        others = [n for n in range(training.FOLDS) if n != number]
        inner = {n: pairs[max(n, number), min(n, number)] for n in others}
        seen, summaries = training.out_of_fold(known, feedback, place, inner)
        classes = training.choose_classes(summaries, known.groups[seen])
        outer = {number: training.solved(total - part, known.penalty)}
        kept, summaries = training.out_of_fold(known, feedback, place, outer)
        rows.append(kept)
        guessed.append((sentiment.with_constant(summaries) @ classes).argmax(1))
    return np.concatenate(rows), np.concatenate(guessed)


def left_out(rated: list[Rated], source: str, cache: VectorCache | None) -> Row:
    """A whole set that nothing was learnt from, neither ratings nor where its texts lie."""
    known = training.material(rated, cache, without=source)
    here = known.of(source)
    head = training.solved(known.sums(~here), known.penalty)
    scores = np.zeros(len(rated))
    scores[here] = sentiment.readings(known.rows[here], head)[:, 0]
    alone = word_list_scores(known)
    return _agreement(f"sentiment, {source}, left out: r", known, here, scores, alone)


def _agreement(
    name: str, known: training.Material, here: np.ndarray, scores: np.ndarray, alone: np.ndarray
) -> Row:
    gold = known.wanted[here, 0]
    r, of_words = (float(np.corrcoef(gold, given[here])[0, 1]) for given in (scores, alone))
    return Row(name, round(r, 3), AIMS.get(name), BEFORE.get(name, ""), f"VADER {of_words:.3f}")


def _classes(
    known: training.Material, chosen: np.ndarray, guessed: np.ndarray, alone: np.ndarray
) -> Row:
    gold = known.groups[chosen]
    each = f1_score(gold, guessed, average=None, labels=[0, 1, 2])
    words = np.where(alone[chosen] > 0.05, 2, np.where(alone[chosen] < -0.05, 0, 1))
    of_words = f1_score(gold, words, average="macro")
    right = float((gold == guessed).mean())
    named = ", ".join(
        f"{n} {f:.2f}" for n, f in zip(("negative", "neutral", "positive"), each, strict=True)
    )
    return Row(
        "sentiment, NHS, cross-validated: macro-F1",
        round(float(each.mean()), 3),
        at_least(0.73),
        "VADER 0.44; trained 0.70",
        f"VADER {of_words:.3f}",
        f"{named}; accuracy {right:.3f}",
    )


AIMS = {
    f"sentiment, {FEEDBACK}, cross-validated: r": at_least(0.84),
    f"sentiment, {MOVIES}, left out: r": at_least(0.60),
}
BEFORE = {
    f"sentiment, {FEEDBACK}, cross-validated: r": "VADER 0.39; trained 0.83",
    f"sentiment, {MOVIES}, left out: r": "VADER 0.43",
    f"sentiment, {TWEETS}, left out: r": "VADER 0.87",
}
