"""Grouped reading: for a few comments, an order to read them in, which is not a topic model."""

from collections.abc import Sequence

import numpy as np

from engage.analysis.tagging import Guide
from engage.analysis.types import NO_THEME, Ambition, Grouping, Labels, Vectors

ALIKE = 0.72


def by_ambition(vectors: Vectors, guide: Guide, ambitions: Sequence[Ambition]) -> Grouping:
    """Each text under the ambition it is nearest to."""
    scores = (vectors.astype(np.float64) - guide.middle) @ guide.directions + guide.lift
    nearest = scores.argmax(axis=1)
    used = sorted(set(nearest.tolist()))
    labels = np.array([used.index(n) for n in nearest.tolist()], dtype=np.int64)
    return _grouping(vectors, labels, tuple(ambitions[n].name for n in used))


def by_likeness(vectors: Vectors) -> Grouping:
    """Each text joins the first group whose middle it is close to, or begins one."""
    labels = np.zeros(len(vectors), dtype=np.int64)
    groups: list[list[int]] = []
    for row, vector in enumerate(vectors):
        near = [float(vector @ _middle(vectors[members])) for members in groups]
        best = int(np.argmax(near)) if near else NO_THEME
        if best == NO_THEME or near[best] < ALIKE:
            groups.append([])
            best = len(groups) - 1
        groups[best].append(row)
        labels[row] = best
    return _grouping(vectors, labels, ())


def _grouping(vectors: Vectors, labels: Labels, names: tuple[str, ...]) -> Grouping:
    groups = range(int(labels.max()) + 1)
    centroids = np.stack([_middle(vectors[labels == group]) for group in groups])
    near = np.sum(vectors * centroids[labels], axis=1).astype(np.float64)
    return Grouping(
        labels=labels,
        weights=np.clip(near, 0.01, 1.0),
        centroids=centroids,
        # Nothing was tried twice, so nothing is known about how steady these groups are.
        stability=tuple(0.0 for _ in groups),
        keywords=tuple(() for _ in groups),
        names=names,
    )


def _middle(rows: Vectors) -> Vectors:
    mean = rows.mean(axis=0)
    middle: Vectors = (mean / max(float(np.linalg.norm(mean)), 1e-9)).astype(np.float32)
    return middle
