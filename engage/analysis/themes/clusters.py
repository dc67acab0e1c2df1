"""Groups of points: K-means, or the consensus of many where there are few; how many, and strays."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform
from sklearn.cluster import KMeans

from engage.analysis.meanings import unit_rows
from engage.analysis.stability import agreement, subsample_runs, theme_stability
from engage.analysis.themes.neighbours import Points
from engage.analysis.types import NO_THEME, AnalysisError, Labels, Settings

MOST_FOR_CONSENSUS = 3_000
CONSENSUS_RUNS = 60
# In more rows than this, groups are begun from so many of them and then fitted to all.
MOST_TO_BEGIN = 5_000
CHOOSING_RUNS = 8
STABILITY_RUNS = 10
SMALLEST_SHARE = 0.03
LEFT_OUT_SHARE = 0.03
LEFT_OUT_BELOW = 0.35
SHARPNESS = 6.0
NEARLY = 0.05
ONE_THEME = 0.5
# How much further (in cosine) than its own theme's middle another may be and still be meant.
SECOND_WITHIN = 0.2


@dataclass
class SteadyGroups:
    """A cluster model for BERTopic: chooses how many groups by how steady they are.

    `is_given` says that a person asked for that many.
    """

    candidates: Sequence[int]
    seed: int
    is_given: bool = False
    considered: dict[int, float] = field(default_factory=dict)
    stability: tuple[float, ...] = ()

    def fit(self, points: Points, y: object = None) -> "SteadyGroups":
        groups = self._chosen(points)
        small = len(points) <= MOST_FOR_CONSENSUS
        count = CONSENSUS_RUNS if small else STABILITY_RUNS
        runs = self._runs(points, groups, count)
        labels = consensus(runs, groups) if small else k_means(points, groups, self.seed, 10)
        labels = filled(points, labels, groups)
        labels = by_size(labels if self.is_given else merged(points, labels))
        self.centres = centres(points, labels)
        nearness = points @ self.centres.T
        self.stability = theme_stability(labels, runs)
        self.labels_ = without_strays(labels, nearness)
        self.weights = sureness(self.labels_, nearness)
        self.second = seconds(self.labels_, nearness)
        return self

    def predict(self, points: Points) -> Labels:
        nearest: Labels = (points @ self.centres.T).argmax(axis=1).astype(np.int64)
        return nearest

    def _chosen(self, points: Points) -> int:
        if len(self.candidates) == 1:
            return self.candidates[0]
        # How steady a number of groups is shows in a part of many rows as well.
        some = points[:: math.ceil(len(points) / MOST_FOR_CONSENSUS)]
        for groups in self.candidates:
            runs = self._runs(some, groups, CHOOSING_RUNS)
            self.considered[groups] = round(agreement(runs), 4)
        steadiest = max(self.considered.values())
        # Among near equals the larger number says more.
        return max(n for n in self.candidates if self.considered[n] >= steadiest - NEARLY)

    def _runs(self, points: Points, groups: int, count: int) -> list[Labels]:
        def group(kept: Labels, seed: int) -> Labels:
            some = kept[:: math.ceil(len(kept) / MOST_TO_BEGIN)]
            model = KMeans(groups, n_init=1, max_iter=60, random_state=seed).fit(points[some])
            return model.predict(points).astype(np.int64)  # type: ignore[no-any-return]

        return subsample_runs(len(points), count, self.seed, group)


def k_means(points: Points, groups: int, seed: int, starts: int) -> Labels:
    some = points[:: math.ceil(len(points) / MOST_TO_BEGIN)]
    model = KMeans(groups, n_init=starts, random_state=seed).fit(some)
    if len(some) < len(points):
        model = KMeans(groups, init=model.cluster_centers_, n_init=1, max_iter=20).fit(points)
    labels: Labels = model.labels_.astype(np.int64)
    return labels


def consensus(runs: Sequence[Labels], groups: int) -> Labels:
    """Rows that keep meeting belong together; what is left too small is for `filled`."""
    member = np.hstack([np.eye(int(run.max()) + 1, dtype=np.float32)[run] for run in runs])
    apart = 1.0 - (member @ member.T).astype(np.float64) / len(runs)
    np.fill_diagonal(apart, 0.0)
    tree = linkage(squareform(apart, checks=False), "average")
    wanted = smallest_group(len(apart), groups)
    labels = np.zeros(len(apart), dtype=np.int64)
    for cut in range(groups, min(groups * 6, len(apart)) + 1):
        labels = fcluster(tree, cut, "maxclust").astype(np.int64) - 1
        if (np.bincount(labels) >= wanted).sum() >= groups:
            break
    return labels


def smallest_group(rows: int, groups: int) -> int:
    return max(2, min(math.ceil(rows * SMALLEST_SHARE), rows // (groups * 3)))


def filled(points: Points, labels: Labels, groups: int) -> Labels:
    """The largest groups, with every row of a smaller one moved to the nearest of them."""
    sizes = np.bincount(labels)
    kept = np.argsort(-sizes, kind="stable")[:groups]
    kept = kept[sizes[kept] >= min(2, sizes.max())]
    number = np.full(len(sizes), -1, dtype=np.int64)
    number[kept] = np.arange(len(kept))
    renumbered = number[labels]
    homes = centres(points, renumbered)
    lost = renumbered < 0
    renumbered[lost] = (points[lost] @ homes.T).argmax(axis=1)
    return renumbered


def merged(points: Points, labels: Labels) -> Labels:
    """Groups whose middles lie nearly the same way are one theme under two names."""
    while labels.max() > 1:
        homes = centres(points, labels)
        near = np.triu(homes @ homes.T, 1)
        one, other = np.unravel_index(int(near.argmax()), near.shape)
        if near[one, other] < ONE_THEME:
            break
        labels = np.where(labels == other, one, labels)
        labels = np.where(labels > other, labels - 1, labels)
    return labels


def by_size(labels: Labels) -> Labels:
    order = np.argsort(-np.bincount(labels), kind="stable")
    number = np.empty(len(order), dtype=np.int64)
    number[order] = np.arange(len(order))
    return number[labels]


def centres(points: Points, labels: Labels) -> Points:
    groups = int(labels.max()) + 1
    return unit_rows(np.stack([points[labels == g].mean(axis=0) for g in range(groups)]))


def without_strays(labels: Labels, nearness: Points) -> Labels:
    """-1 for the few rows that are near nothing: at most LEFT_OUT_SHARE of them."""
    own = nearness[np.arange(len(labels)), labels]
    limit = min(float(np.quantile(own, LEFT_OUT_SHARE)), LEFT_OUT_BELOW)
    kept = np.where(own < limit, -1, labels).astype(np.int64)
    # A theme never loses its last row.
    lost = sorted(set(labels.tolist()) - set(kept.tolist()))
    for theme in lost:
        kept[labels == theme] = theme
    return kept


def seconds(labels: Labels, nearness: Points) -> Labels:
    """The theme a row is nearly as near to as to its own, or -1; a stray has none."""
    rows = np.arange(len(labels))
    others = nearness.copy()
    others[rows, np.maximum(labels, 0)] = -np.inf
    best = others.argmax(axis=1)
    gap = nearness[rows, np.maximum(labels, 0)] - others[rows, best]
    return np.where((labels >= 0) & (gap < SECOND_WITHIN), best, NO_THEME).astype(np.int64)


def sureness(labels: Labels, nearness: Points) -> NDArray[np.float64]:
    """How much nearer a row is to its own theme than to the others, above 0 and at most 1."""
    raw = np.exp(SHARPNESS * (nearness - nearness.max(axis=1, keepdims=True)))
    chances = raw / raw.sum(axis=1, keepdims=True)
    best = chances[np.arange(len(labels)), np.maximum(labels, 0)]
    sure: NDArray[np.float64] = np.where(labels < 0, 1 - chances.max(axis=1), best)
    return sure.clip(0.01, 1.0)


def candidate_counts(texts: int, comments: int, settings: Settings) -> list[int]:
    """The numbers of themes worth trying: around 0.6 times the root of comments, and one."""
    room = max(2, texts // 3)
    if settings.themes is not None:
        if not 2 <= settings.themes <= room:
            raise AnalysisError(
                f"{settings.themes} themes cannot be found in these comments: "
                f"ask for a number from 2 to {room}."
            )
        return [settings.themes]
    fewest = 6 if comments >= 100 else max(3, comments // 16)
    most = min(settings.most_themes, room)
    middle = min(1 + 0.62 * math.sqrt(comments), most)
    around = {round(middle * factor) for factor in (0.85, 0.92, 1.0, 1.08, 1.15)}
    return sorted({min(max(n, fewest), most) for n in around})
