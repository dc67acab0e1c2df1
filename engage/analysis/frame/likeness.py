"""Which findings look like a code that people had before: by meaning, words, or answers. Pure.

The middles of all themes of a survey lie close together (two of them are alike by 0.8 as often as
not), so what is compared is how each differs from the middle of its survey.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from engage.analysis.matching import ENOUGH_ALIKE, jaccard
from engage.analysis.types import Vectors

ALIKE = 0.8
FEWEST_MIDDLES = 3  # of fewer, the middle says nothing
FEWEST_WORDS = 2


@dataclass(frozen=True)
class Known:
    """What is known of a theme or a finding, to tell it again."""

    direction: Vectors | None = None  # how it differs from the middle of its survey
    words: frozenset[str] = frozenset()
    answers: frozenset[int] = frozenset()


def directions(middles: Mapping[int, bytes | None]) -> dict[int, Vectors]:
    """How each theme of one survey differs from the middle of them all, as rows of length 1."""
    rows = {id: np.frombuffer(kept, dtype=np.float32) for id, kept in middles.items() if kept}
    sizes = {len(row) for row in rows.values()}
    if len(rows) < FEWEST_MIDDLES or len(sizes) != 1:
        return {}
    middle = np.mean(list(rows.values()), axis=0)
    return {id: of_length_1(row - middle) for id, row in rows.items()}


def kept_direction(kept: bytes | None) -> Vectors | None:
    """The direction that came with an imported theme."""
    return of_length_1(np.frombuffer(kept, dtype=np.float32)) if kept else None


def of_length_1(row: Vectors) -> Vectors:
    return (row / max(float(np.linalg.norm(row)), 1e-9)).astype(np.float32)


def likeness(one: Known, other: Known) -> float:
    """0 where nothing speaks for the two being the same; else how much does."""
    scores = [0.0]
    alike = _cosine(one.direction, other.direction)
    scores.append(alike if alike >= ALIKE else 0.0)
    shared = len(one.words & other.words)
    fewer = min(len(one.words), len(other.words))
    if shared >= FEWEST_WORDS and 2 * shared >= fewer:
        scores.append(shared / fewer)
    same = jaccard(one.answers, other.answers)
    scores.append(same if same >= ENOUGH_ALIKE else 0.0)
    return max(scores)


def _cosine(one: Vectors | None, other: Vectors | None) -> float:
    """0 where one of the two is not known, or they are of two models."""
    if one is None or other is None or one.shape != other.shape:
        return 0.0
    return float(one @ other)


def pairs(codes: Mapping[int, Known], found: Mapping[int, Known]) -> dict[int, int]:
    """For each finding that looks like a code, that code: the likest first, each used once."""
    scored = sorted(
        (-score, code, finding)
        for code, known in codes.items()
        for finding, seen in found.items()
        if (score := likeness(known, seen)) > 0
    )
    chosen: dict[int, int] = {}
    for _score, code, finding in scored:
        if finding not in chosen and code not in chosen.values():
            chosen[finding] = code
    return chosen


def words_of(keywords: Sequence[str], *more: str) -> frozenset[str]:
    texts: Collection[str] = (*keywords, *more)
    return frozenset(text.casefold() for text in texts if text)
