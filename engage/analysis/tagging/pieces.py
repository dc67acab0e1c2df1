"""A text as the small pieces of its words, so that "anxity" still looks like "anxiety"."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

import numpy as np
from numpy.typing import NDArray

LENGTH = 4

Numbers = NDArray[np.float64]


def pieces(text: str) -> Counter[str]:
    """Each run of four letters within a word; the ends of a word count as letters."""
    words = re.findall(r"[\w']+", text.casefold().replace("’", "'"))
    return Counter(chain.from_iterable(map(_of_word, words)))


@lru_cache(maxsize=20_000)
def _of_word(word: str) -> tuple[str, ...]:
    edged = f" {word} "
    starts = range(max(len(edged) - LENGTH + 1, 1))
    return tuple(edged[start : start + LENGTH] for start in starts)


@dataclass(frozen=True)
class Pieces:
    """The pieces that the examples hold, each with how telling it is: rare ones say more."""

    place_of: dict[str, int]
    rarity: Numbers

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Pieces":
        counted = [pieces(text) for text in texts]
        within = Counter(piece for found in counted for piece in found)
        place_of = {piece: place for place, piece in enumerate(sorted(within))}
        rarity = [1 + math.log((1 + len(counted)) / (1 + within[piece])) for piece in place_of]
        return cls(place_of, np.array(rarity))

    def weigh(self, text: str) -> tuple[NDArray[np.int64], Numbers]:
        """Where the text's known pieces stand, and their weights, of length 1 together."""
        known = [(self.place_of[p], n) for p, n in pieces(text).items() if p in self.place_of]
        places = np.array([place for place, _ in known], dtype=np.int64)
        weights = (1 + np.log([n for _, n in known])) * self.rarity[places]
        return places, weights / max(float(np.linalg.norm(weights)), 1e-9)

    def rows(self, texts: Sequence[str]) -> Numbers:
        table = np.zeros((len(texts), len(self.place_of)))
        for row, text in enumerate(texts):
            places, weights = self.weigh(text)
            table[row, places] = weights
        return table
