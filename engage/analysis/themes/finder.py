"""Themes through BERTopic, with our own points and groups inside."""

import warnings
from collections.abc import Sequence

import numpy as np
from bertopic import BERTopic
from sklearn.feature_extraction.text import CountVectorizer
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from engage.analysis.themes.clusters import SteadyGroups, candidate_counts
from engage.analysis.themes.keywords import OFFERED, keywords
from engage.analysis.themes.points import NOT_KEYWORDS, WORD, Reduction
from engage.analysis.types import NO_THEME, Grouping, Labels, Settings, Vectors


class BertopicFinder:
    """Finds themes in texts that come with their vectors."""

    name = "bertopic-pca-consensus-kmeans"

    def find(
        self, texts: Sequence[str], vectors: Vectors, comments: int, settings: Settings
    ) -> Grouping:
        counts = candidate_counts(len(texts), comments, settings)
        groups = SteadyGroups(counts, settings.seed, is_given=settings.themes is not None)
        model = BERTopic(
            embedding_model=None,
            umap_model=Reduction(settings.seed, _readable(texts)),
            hdbscan_model=groups,
            vectorizer_model=CountVectorizer(token_pattern=WORD, stop_words=NOT_KEYWORDS),
            top_n_words=OFFERED,
            calculate_probabilities=False,
            verbose=False,
        )
        # One thread for the sums inside, so that two runs cannot differ in the last digit.
        with threadpool_limits(1), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            model.fit(_readable(texts), embeddings=vectors)
        return _grouping(model, groups, texts, vectors)


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
        keywords=keywords(texts, labels, [model.get_topic(theme) or [] for theme in themes]),
        considered=dict(groups.considered),
        second=_renumbered(groups.second, ours),
    )


def _renumbered(second: Labels, ours: Sequence[int]) -> Labels:
    number = {old: new for new, old in enumerate(ours)}
    return np.array([number.get(old, NO_THEME) for old in second.tolist()], dtype=np.int64)


def _centroid(rows: Vectors) -> Vectors:
    mean = rows.mean(axis=0)
    middle: Vectors = (mean / max(float(np.linalg.norm(mean)), 1e-9)).astype(np.float32)
    return middle
