"""Themes through BERTopic, with PCA and K-means (a consensus of them for small surveys) inside."""

import math
import re
import warnings
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from bertopic import BERTopic
from numpy.typing import NDArray
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform
from sklearn.cluster import KMeans
from sklearn.decomposition import PCA, TruncatedSVD
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from engage.analysis.describe import Phrase, roots
from engage.analysis.stability import agreement, subsample_runs, theme_stability
from engage.analysis.types import AnalysisError, Grouping, Labels, Settings, Vectors
from engage.analysis.words import DULL, STOP_WORDS

COMPONENTS = 50
WORD_COMPONENTS = 50
WORDS_WORTH = 0.6
MOST_FOR_CONSENSUS = 3_000
CONSENSUS_RUNS = 60
CHOOSING_RUNS = 8
STABILITY_RUNS = 10
SMALLEST_SHARE = 0.03
LEFT_OUT_SHARE = 0.08
LEFT_OUT_BELOW = 0.35
SHARPNESS = 6.0
NEARLY = 0.05
ONE_THEME = 0.5
KEYWORDS = 10
FEW = 5  # texts
WORD = r"(?u)\b[^\W\d_][^\W_]+(?:['’-][^\W_]+)*\b"

_WORD = re.compile(WORD)
NOT_KEYWORDS = sorted(STOP_WORDS | DULL)

Points = NDArray[np.float64]


class Reduction:
    """PCA of the meanings beside a reduction of the words, each with rows of length 1.

    The model hardly tells one part of school life from another: the words "bus" and "therapist" do.
    """

    def __init__(self, seed: int, texts: Sequence[str] = ()) -> None:
        self._seed = seed
        self._texts = texts

    def fit(self, vectors: Vectors, y: object = None) -> "Reduction":
        size = min(COMPONENTS, vectors.shape[1], vectors.shape[0] - 1)
        self._pca = PCA(size, svd_solver="full", random_state=self._seed)
        self._pca.fit(vectors.astype(np.float64))
        self._words = word_rows(self._texts, self._seed)
        return self

    def transform(self, vectors: Vectors) -> Points:
        meanings = unit_rows(self._pca.transform(vectors.astype(np.float64)))
        return unit_rows(np.hstack([meanings, WORDS_WORTH * self._words]))


def word_rows(texts: Sequence[str], seed: int) -> Points:
    """TF-IDF of words that at least two texts share, in a few dimensions."""
    counts = TfidfVectorizer(
        token_pattern=WORD, stop_words=NOT_KEYWORDS, min_df=2, max_df=0.2, sublinear_tf=True
    )
    try:
        table = counts.fit_transform(texts)
    except ValueError:  # no word is shared by two texts
        return np.zeros((len(texts), 1))
    size = min(WORD_COMPONENTS, table.shape[1] - 1, table.shape[0] - 1)
    if size < 1:
        return unit_rows(table.toarray())
    return unit_rows(TruncatedSVD(size, algorithm="arpack", random_state=seed).fit_transform(table))


@dataclass
class SteadyGroups:
    """A cluster model for BERTopic: chooses how many groups by how steady they are."""

    candidates: Sequence[int]
    seed: int
    considered: dict[int, float] = field(default_factory=dict)
    stability: tuple[float, ...] = ()

    def fit(self, points: Points, y: object = None) -> "SteadyGroups":
        groups = self._chosen(points)
        small = len(points) <= MOST_FOR_CONSENSUS
        count = CONSENSUS_RUNS if small else STABILITY_RUNS
        runs = self._runs(points, groups, count)
        labels = consensus(runs, groups) if small else k_means(points, groups, self.seed, 10)
        labels = filled(points, labels, groups)
        # Who asked for a number of themes is given that number.
        labels = by_size(labels if len(self.candidates) == 1 else merged(points, labels))
        self.centres = centres(points, labels)
        nearness = points @ self.centres.T
        self.stability = theme_stability(labels, runs)
        self.labels_ = without_strays(labels, nearness)
        self.weights = sureness(self.labels_, nearness)
        return self

    def predict(self, points: Points) -> Labels:
        nearest: Labels = (points @ self.centres.T).argmax(axis=1).astype(np.int64)
        return nearest

    def _chosen(self, points: Points) -> int:
        if len(self.candidates) == 1:
            return self.candidates[0]
        for groups in self.candidates:
            runs = self._runs(points, groups, CHOOSING_RUNS)
            self.considered[groups] = round(agreement(runs), 4)
        steadiest = max(self.considered.values())
        # Among near equals the larger number says more.
        return max(n for n in self.candidates if self.considered[n] >= steadiest - NEARLY)

    def _runs(self, points: Points, groups: int, count: int) -> list[Labels]:
        def group(kept: Labels, seed: int) -> Labels:
            model = KMeans(groups, n_init=1, max_iter=60, random_state=seed).fit(points[kept])
            return model.predict(points).astype(np.int64)  # type: ignore[no-any-return]

        return subsample_runs(len(points), count, self.seed, group)


def unit_rows(rows: Points) -> Points:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    scaled: Points = rows / np.where(lengths == 0, 1, lengths)
    return scaled


def k_means(points: Points, groups: int, seed: int, starts: int) -> Labels:
    model = KMeans(groups, n_init=starts, random_state=seed)
    labels: Labels = model.fit_predict(points).astype(np.int64)
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


def sureness(labels: Labels, nearness: Points) -> NDArray[np.float64]:
    """How much nearer a row is to its own theme than to the others, above 0 and at most 1."""
    raw = np.exp(SHARPNESS * (nearness - nearness.max(axis=1, keepdims=True)))
    chances = raw / raw.sum(axis=1, keepdims=True)
    best = chances[np.arange(len(labels)), np.maximum(labels, 0)]
    sure: NDArray[np.float64] = np.where(labels < 0, 1 - chances.max(axis=1), best)
    return sure.clip(0.01, 1.0)


class BertopicFinder:
    """Finds themes in texts that come with their vectors."""

    name = "bertopic-pca-consensus-kmeans"

    def find(
        self, texts: Sequence[str], vectors: Vectors, comments: int, settings: Settings
    ) -> Grouping:
        groups = SteadyGroups(candidate_counts(len(texts), comments, settings), settings.seed)
        model = BERTopic(
            embedding_model=None,
            umap_model=Reduction(settings.seed, _readable(texts)),
            hdbscan_model=groups,
            vectorizer_model=CountVectorizer(token_pattern=WORD, stop_words=NOT_KEYWORDS),
            top_n_words=30,
            calculate_probabilities=False,
            verbose=False,
        )
        # One thread for the sums inside, so that two runs cannot differ in the last digit.
        with threadpool_limits(1), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            model.fit(_readable(texts), embeddings=vectors)
        return _grouping(model, groups, texts, vectors)


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
    middle = 1 + 0.62 * math.sqrt(comments)
    around = {round(middle * factor) for factor in (0.85, 0.92, 1.0, 1.08, 1.15)}
    return sorted({min(max(n, fewest), settings.most_themes, room) for n in around})


def _readable(texts: Sequence[str]) -> list[str]:
    """BERTopic counts words, and cannot count where there is none."""
    return [text if text.strip() else "blank" for text in texts]


def _grouping(
    model: BERTopic, groups: SteadyGroups, texts: Sequence[str], vectors: Vectors
) -> Grouping:
    # BERTopic numbers topics by size after strays have gone; ours were numbered before, so its
    # own numbering is the one that holds from here, and stability follows it.
    labels = np.array(model.topics_, dtype=np.int64)
    themes = range(int(labels.max()) + 1)
    ours = [int(groups.labels_[labels == theme][0]) for theme in themes]
    return Grouping(
        labels=labels,
        weights=groups.weights,
        centroids=np.stack([_centroid(vectors[labels == theme]) for theme in themes]),
        stability=tuple(round(groups.stability[number], 4) for number in ours),
        keywords=tuple(
            _keywords(model, theme, [t for t, at in zip(texts, labels, strict=True) if at == theme])
            for theme in themes
        ),
        considered=dict(groups.considered),
    )


def _centroid(rows: Vectors) -> Vectors:
    mean = rows.mean(axis=0)
    middle: Vectors = (mean / max(float(np.linalg.norm(mean)), 1e-9)).astype(np.float32)
    return middle


def _keywords(model: BERTopic, theme: int, texts: Sequence[str]) -> tuple[str, ...]:
    """BERTopic's words for a theme that more than one text has, each word in one form."""
    counts = Counter(word for text in texts for word in set(_WORD.findall(text.casefold())))
    kept: dict[Phrase, str] = {}
    for word, weight in model.get_topic(theme) or []:
        if weight > 0 and (counts[word] > 1 or len(texts) < FEW):
            kept.setdefault(roots((word,)), word)
    return tuple(kept.values())[:KEYWORDS]
