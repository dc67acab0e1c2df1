"""A small map learnt from feedback that people had coded: what sets one code apart from another.

Made by tools/train_projection.py; its card is docs/decisions/0014-a-map-learnt-from-feedback.md.
"""

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engage.analysis.types import AnalysisError, Vectors
from engage.analysis.words import DATA

FILE = DATA / "feedback_projection.npz"
CHECKSUM = "16d79fd1a75c49b71f8762a92fd45cfaf4a901824868116abc72800f45210824"

# How near the middle of some texts lies to that of the texts learnt from (cosine), and what the
# map is worth there: nothing for news, titles or another model's vectors, all for feedback.
UNLIKE, ALIKE = 0.78, 0.92
WORTH = 2.0

Axes = NDArray[np.float64]


@dataclass(frozen=True)
class Projection:
    directions: Axes
    middle: Axes

    def worth(self, vectors: Vectors) -> float:
        """How much the map counts for these texts, from 0 to WORTH."""
        if vectors.shape[1] != len(self.middle):
            return 0.0
        own = vectors.mean(axis=0, dtype=np.float64)
        lengths = float(np.linalg.norm(own) * np.linalg.norm(self.middle))
        near = float(own @ self.middle) / max(lengths, 1e-9)
        return WORTH * min(max((near - UNLIKE) / (ALIKE - UNLIKE), 0.0), 1.0)


@lru_cache(maxsize=1)
def installed_projection(file: Path = FILE) -> Projection:
    """The map in the package; another file is refused."""
    content = file.read_bytes()
    if hashlib.sha256(content).hexdigest() != CHECKSUM:
        raise AnalysisError(f"The file {file.name} is not the one that was tested.")
    with np.load(BytesIO(content)) as held:
        return Projection(held["directions"].astype(np.float64), held["middle"].astype(np.float64))
