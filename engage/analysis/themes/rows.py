"""Rows of numbers as directions."""

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]


def unit_rows(rows: Points) -> Points:
    """Each row with length 1; nothing stays nothing."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    scaled: Points = rows / np.where(lengths == 0, 1, lengths)
    return scaled
