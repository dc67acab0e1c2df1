"""Small stand-ins that need no model: for tests, and to try the web pages in a second."""

import hashlib
import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from engage.analysis.meanings import remembered
from engage.analysis.types import (
    AnalysisError,
    Grouping,
    Settings,
    Tools,
    VectorCache,
    Vectors,
)
from engage.analysis.words import words_in

WIDTH = 128
HAPPY = words_in(
    "good great kind lovely helpful excellent happy friendly best love loved thank thanks "
    "brilliant amazing caring welcome safe listened clear easy better"
)
UNHAPPY = words_in(
    "bad poor long late rude worst terrible never nobody waiting wait confusing lost hard "
    "scared ignored awful slow difficult not"
)


class HashingEmbedder:
    """Bag of hashed words. The same text gives the same row on every machine."""

    name = f"hashing-{WIDTH}"

    def __init__(self, cache: VectorCache | None = None) -> None:
        self._cache = cache

    def embed(self, texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.zeros((0, 0), dtype=np.float32)
        return remembered(texts, self.name, self._cache, self._embed_all)

    def _embed_all(self, texts: Sequence[str]) -> Vectors:
        rows = np.zeros((len(texts), WIDTH), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in re.findall(r"\w+", text.casefold()):
                row[_place(word)] += 1
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        return (rows / np.where(lengths == 0, 1, lengths)).astype(np.float32)


def _place(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=4).digest(), "big") % WIDTH


class LeaderThemes:
    """As many groups as asked for, around the rows that lie furthest from one another."""

    name = "leaders"

    def find(
        self, texts: Sequence[str], vectors: Vectors, comments: int, settings: Settings
    ) -> Grouping:
        wanted = settings.themes if settings.themes is not None else max(3, comments // 25)
        if not 2 <= wanted <= len(texts):
            raise AnalysisError(
                f"{wanted} themes cannot be found in these comments: "
                f"ask for a number from 2 to {len(texts)}."
            )
        near = vectors @ vectors[_leaders(vectors, min(wanted, settings.most_themes))].T
        labels = near.argmax(axis=1).astype(np.int64)
        used = sorted(set(labels.tolist()))
        labels = np.array([used.index(label) for label in labels.tolist()], dtype=np.int64)
        return Grouping(
            labels=labels,
            weights=np.clip(near.max(axis=1), 0.01, 1.0).astype(np.float64),
            centroids=np.stack([vectors[labels == n].mean(axis=0) for n in range(len(used))]),
            stability=tuple(1.0 for _ in used),
            keywords=tuple(() for _ in used),
        )


def _leaders(vectors: Vectors, wanted: int) -> list[int]:
    chosen = [0]
    nearest = vectors @ vectors[0]
    while len(chosen) < wanted:
        furthest = int(nearest.argmin())
        chosen.append(furthest)
        nearest = np.maximum(nearest, vectors @ vectors[furthest])
    return chosen


class WordCountSentiment:
    """Happy words less unhappy words; the question's tone decides when there are neither."""

    name = "word-count"

    def score(
        self, texts: Sequence[str], vectors: Vectors, tones: Sequence[str]
    ) -> NDArray[np.float64]:
        return np.array([_balance(text) for text in texts], dtype=np.float64)


def _balance(text: str) -> float:
    words = set(re.findall(r"\w+", text.casefold()))
    happy, unhappy = len(words & HAPPY), len(words & UNHAPPY)
    return 0.0 if happy == unhappy else (happy - unhappy) / (happy + unhappy)


class ScriptGuesser:
    """English where most letters are Latin, "und" (not known) where they are not."""

    name = "script"

    def guess(self, texts: Sequence[str]) -> list[str]:
        return ["en" if _mostly_latin(text) else "und" for text in texts]


def _mostly_latin(text: str) -> bool:
    letters = [character for character in text if character.isalpha()]
    return sum(character < "\u0250" for character in letters) * 2 >= len(letters)


def simple_tools(cache: VectorCache | None = None) -> Tools:
    return Tools(
        embedder=HashingEmbedder(cache),
        finder=LeaderThemes(),
        sentiment=WordCountSentiment(),
        language=ScriptGuesser(),
        versions={"tools": "simple"},
    )
