"""Each point drawn towards those most like it, so that what is said alike lies closer together.

The method is mean shift with one step (Fukunaga and Hostetler, 1975) over the nearest rows
instead of a fixed distance. What one person says in an odd way moves to where it belongs.
"""

import math

import numpy as np

from engage.analysis.meanings import unit_rows
from engage.analysis.types import Vectors

# In single precision: of a hundred thousand texts the double would be a tenth of all memory.
Points = Vectors

NEAREST = 20
# Of a few comments, twenty would be nearly all of them.
LARGEST_SHARE = 0.1
PULL = 0.5
# In more rows than this, so many of them are asked who is near.
MOST_ASKED = 5_000
AT_A_TIME = 500  # rows


def drawn_together(points: Points) -> Points:
    """Rows of length 1, each halfway between its own place and the middle of its neighbours."""
    count = min(NEAREST, int(len(points) * LARGEST_SHARE))
    if count < 1:
        return points
    asked = points[:: math.ceil(len(points) / MOST_ASKED)]
    moved = np.empty_like(points)
    for start in range(0, len(points), AT_A_TIME):
        rows = points[start : start + AT_A_TIME]
        around = unit_rows(_around(rows, asked, count))
        moved[start : start + AT_A_TIME] = unit_rows((1 - PULL) * rows + PULL * around)
    return moved


def _around(rows: Points, asked: Points, count: int) -> Points:
    """The sum of each row's nearest, itself among them, by how near (cosine, never below 0)."""
    alike = rows @ asked.T
    count = min(count + 1, len(asked))
    nearest = np.argpartition(-alike, count - 1, axis=1)[:, :count]
    weights = np.take_along_axis(alike, nearest, axis=1).clip(0)
    found: Points = np.einsum("ij,ijk->ik", weights, asked[nearest])
    return found
