"""What could be reached at most: groups made by somebody who was told most of the labels.

A logistic regression over the same points that the theme finder groups is told the labels of four
fifths of the texts and says those of the last fifth, five times. Its classes are then cut into
equal parts, as many as there must be groups, as groups of one size would cut them. Groups found
without labels cannot be expected to agree better than that.

For several themes, each comment gets the one or the two labels it holds likeliest.
"""

from collections.abc import Sequence
from pathlib import Path
from statistics import fmean

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import KFold, cross_val_predict
from sklearn.multiclass import OneVsRestClassifier
from sklearn.preprocessing import MultiLabelBinarizer

from benchmarks.analysis import measures
from benchmarks.analysis.data import BBC, M10, labelled, several_labels
from benchmarks.analysis.measures import Numbers
from benchmarks.analysis.quality import KEYWORD_THEMES
from benchmarks.analysis.rows import Row
from engage.analysis.themes.points import Reduction
from engage.analysis.types import Embedder, Vectors

FOLDS = KFold(5)  # the texts stand in the order of a hash
SEED = 42


def table(folder: Path, embedder: Embedder) -> list[Row]:
    return [*(_one_label(folder, name, embedder) for name in (BBC, M10)), _two(folder, embedder)]


def _one_label(folder: Path, name: str, embedder: Embedder) -> Row:
    data = labelled(folder, name)
    points = _points(data.texts, embedder)
    known = np.unique(data.labels, return_inverse=True)[1]
    said = cross_val_predict(LogisticRegression(C=10, max_iter=300), points, known, cv=FOLDS)

    def agreement(classes: Numbers) -> float:
        groups = (equal_parts(classes, themes) for themes in KEYWORD_THEMES)
        return fmean(measures.nmi(data.labels, found) for found in groups)

    return Row(
        f"{name}, NMI at most: groups by somebody told four fifths of the labels, K = 10 and 30",
        round(agreement(said), 3),
        note=f"right in {np.mean(said == known):.2f}; groups by the labels themselves "
        f"{agreement(known):.3f}",
    )


def equal_parts(classes: Numbers, groups: int) -> Numbers:
    """Each class cut into parts of about rows / `groups`, largest remainders first."""
    sizes = np.bincount(classes)
    wanted = sizes * groups / len(classes)
    parts = np.maximum(np.floor(wanted), 1).astype(int)
    most_left = np.argsort(parts - wanted, kind="stable")
    parts[most_left[: max(groups - parts.sum(), 0)]] += 1
    found = np.zeros(len(classes), dtype=np.int64)
    for number, count in enumerate(parts):
        rows = np.flatnonzero(classes == number)
        found[rows] = parts[:number].sum() + np.arange(len(rows)) % count
    return found


def _two(folder: Path, embedder: Embedder) -> Row:
    texts, labels = several_labels(folder)
    with_labels = [n for n, given in enumerate(labels) if given]
    points = _points([texts[n] for n in with_labels], embedder)
    table = MultiLabelBinarizer()
    wanted = table.fit_transform([labels[n] for n in with_labels])
    model = OneVsRestClassifier(LogisticRegression(C=10, max_iter=300))
    likely = cross_val_predict(model, points, wanted, cv=FOLDS, method="predict_proba")
    many = wanted.sum(axis=1) > 1
    people = [labels[n] for n, here in zip(with_labels, many, strict=True) if here]
    ranked = np.argsort(-likely[many], axis=1)

    def agreed(count: int) -> float:
        said = [[table.classes_[place] for place in row[:count]] for row in ranked]
        return round(measures.micro_f1(people, said), 3)

    return Row(
        "several themes, micro-F1 at most: the likeliest one or two, told four fifths",
        (agreed(1), agreed(2)),
    )


def _points(texts: Sequence[str], embedder: Embedder) -> Vectors:
    vectors = embedder.embed(list(texts))
    return Reduction(SEED, texts).fit(vectors).transform(vectors)
