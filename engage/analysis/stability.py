"""How steady a grouping is: would the same themes come out if some comments had not been sent?"""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from engage.analysis.types import Labels

SHARE_KEPT = 0.8

# Groups the rows it may see, and says where every row would go.
Grouper = Callable[[NDArray[np.int64], int], Labels]


def subsample_runs(rows: int, runs: int, seed: int, group: Grouper) -> list[Labels]:
    """The same grouping made again and again, each time without a fifth of the rows."""
    kept = max(2, int(rows * SHARE_KEPT))
    chance = np.random.RandomState(seed)
    return [
        group(np.sort(chance.permutation(rows)[:kept]).astype(np.int64), seed + run)
        for run in range(runs)
    ]


def agreement(runs: Sequence[Labels]) -> float:
    """The mean adjusted Rand index over pairs of runs: 1 is the same every time, 0 is chance."""
    pairs = [(a, b) for index, a in enumerate(runs) for b in runs[index + 1 :]]
    if not pairs:
        return 1.0
    return float(np.mean([adjusted_rand(a, b) for a, b in pairs]))


def adjusted_rand(first: Labels, second: Labels) -> float:
    table = overlap(first, second)
    together = _pairs(table).sum()
    rows, columns = _pairs(table.sum(axis=1)).sum(), _pairs(table.sum(axis=0)).sum()
    by_chance = rows * columns / max(_pairs(np.array([len(first)])).sum(), 1.0)
    most = (rows + columns) / 2
    return 1.0 if most == by_chance else float((together - by_chance) / (most - by_chance))


def overlap(first: Labels, second: Labels) -> NDArray[np.float64]:
    """How many rows each group of one shares with each group of the other."""
    table = np.zeros((int(first.max()) + 1, int(second.max()) + 1))
    np.add.at(table, (first, second), 1)
    return table


def _pairs(counts: NDArray[np.float64]) -> NDArray[np.float64]:
    halves: NDArray[np.float64] = counts * (counts - 1) / 2
    return halves


def theme_stability(final: Labels, runs: Sequence[Labels]) -> tuple[float, ...]:
    """For each theme, how much of it (0 to 1) comes back as one group, on average over the runs.

    The overlap is Jaccard's: shared rows over the rows in either.
    """
    themes = int(final.max()) + 1 if len(final) else 0
    if not runs or themes <= 0:
        return tuple(0.0 for _ in range(themes))
    inside = final >= 0
    sizes = np.bincount(final[inside], minlength=themes)
    found = []
    for run in runs:
        table = overlap(final[inside], run[inside])
        either = sizes[:, None] + table.sum(axis=0)[None, :] - table
        found.append((table / np.maximum(either, 1)).max(axis=1))
    return tuple(float(value) for value in np.mean(found, axis=0))
