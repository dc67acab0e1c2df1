"""Finds comments by the words in them, and by what they mean. Pure."""

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import Any

import numpy as np

from engage.analysis.types import Vectors

NEAR_ENOUGH = 0.62  # cosine; on the demonstration, what is farther has hardly to do with the words
MOST_BY_MEANING = 100

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


@cache
def _stemmer() -> Any:
    # Imported when somebody searches: a web page that does not pays nothing for it.
    from nltk.stem.snowball import SnowballStemmer  # noqa: PLC0415

    return SnowballStemmer("english")


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """What "waiting", "waits" and "waited" have in common (Porter2; Porter 2001)."""
    stemmed: str = _stemmer().stem(word.casefold().replace("’", "'"))
    return stemmed


def stems_of(text: str) -> set[str]:
    return {stem(word) for word in _WORD.findall(text)}


def by_words(query: str, texts: Mapping[int, str]) -> list[int]:
    """The ids of the texts that hold every word of the query in some form."""
    asked = stems_of(query)
    return [id for id, text in texts.items() if asked <= stems_of(text)] if asked else []


def by_meaning(query: Vectors, sentences: Sequence[tuple[int, Vectors]]) -> list[int]:
    """The ids of the texts with a sentence near the query, the nearest first.

    `query` and each sentence's vector have length 1; an id may come with several sentences.
    """
    if not sentences:
        return []
    near = np.stack([vector for _id, vector in sentences]) @ query
    best: dict[int, float] = {}
    for (id, _vector), score in zip(sentences, near.tolist(), strict=True):
        best[id] = max(best.get(id, -1.0), score)
    ranked = sorted(best, key=lambda id: (-round(best[id], 6), id))
    return [id for id in ranked if best[id] >= NEAR_ENOUGH][:MOST_BY_MEANING]
