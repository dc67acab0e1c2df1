"""Where each comment lies on a map, so that what is alike lies together. Pure.

Principal components of the sentences' vectors (Pearson 1901): two numbers cannot keep what 384 say,
so the map shows neighbourhoods and no distances, and says so.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engage.analysis.meanings import unit_rows
from engage.analysis.types import Vectors

MOST_DOTS = 400


@dataclass(frozen=True, slots=True)
class Dot:
    """A comment on the map; x and y from 0 to 100."""

    x: float
    y: float
    theme: int  # the place of its theme in the list


@dataclass(frozen=True, slots=True)
class Spot:
    """The middle of a theme on the map, and the theme that is nearest to it in meaning."""

    x: float
    y: float
    nearest: int


def places(
    vectors: Sequence[Vectors], themes: Sequence[int], number: int
) -> tuple[list[Dot], list[Spot]]:
    """Dots for sentences with their themes (0 to `number` - 1), and one spot a theme.

    `vectors`: one row of length 1 a sentence. A theme without a sentence has no spot of its own:
    give only themes that have one.
    """
    rows = np.stack(vectors).astype(np.float64)
    labels = np.asarray(themes)
    middles = np.stack([rows[labels == theme].mean(axis=0) for theme in range(number)])
    centred = rows - rows.mean(axis=0)
    # Each axis is turned the same way every time, so that the same comments give the same map.
    _left, _sizes, axes = np.linalg.svd(_between(middles, centred), full_matrices=False)
    axes = axes[:2] * np.sign(axes[:2].sum(axis=1, keepdims=True) + 1e-12)
    flat = centred @ axes.T
    spots = (middles - rows.mean(axis=0)) @ axes.T
    scaled, scaled_spots = _on_paper(flat, spots)
    kept = np.linspace(0, len(rows) - 1, min(MOST_DOTS, len(rows))).astype(int)
    dots = [Dot(*_round(scaled[n]), int(labels[n])) for n in kept]
    return dots, [Spot(*_round(scaled_spots[n]), _nearest(middles, n)) for n in range(number)]


def _between(middles: NDArray[np.float64], centred: NDArray[np.float64]) -> NDArray[np.float64]:
    """What the axes are taken from: the themes' middles where there are three, else the dots."""
    return middles - middles.mean(axis=0) if len(middles) > 2 else centred


def _on_paper(
    flat: NDArray[np.float64], spots: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Both on a square of 0 to 100, with a margin; the furthest few stand on its edge."""
    if flat.shape[1] < 2:
        flat, spots = (np.pad(each, ((0, 0), (0, 2 - each.shape[1]))) for each in (flat, spots))
    low, high = np.quantile(flat, 0.02, axis=0), np.quantile(flat, 0.98, axis=0)
    width = np.maximum(high - low, 1e-9)
    return tuple(4 + 92 * np.clip((each - low) / width, 0, 1) for each in (flat, spots))  # type: ignore[return-value]


def _round(pair: NDArray[np.float64]) -> tuple[float, float]:
    return round(float(pair[0]), 1), round(float(pair[1]), 1)


def _nearest(middles: NDArray[np.float64], theme: int) -> int:
    if len(middles) == 1:
        return theme
    scaled = unit_rows(middles)
    near = scaled @ scaled[theme]
    near[theme] = -2
    return int(near.argmax())
