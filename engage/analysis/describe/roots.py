"""Words in the form that counts: "annual reviews" and "annual review" are one phrase."""

import re
from collections.abc import Iterable

from engage.analysis.words import STOP_WORDS

WORD = re.compile(r"[^\W\d_](?:[^\W_]|['’-](?=[^\W_]))*")
_ENDING = re.compile(r"(?:'s|ing|ed|ly|ies|es|s|y|e)$")

Phrase = tuple[str, ...]


def roots(words: Iterable[str]) -> Phrase:
    return tuple("child" if w == "children" else _ENDING.sub("", w) or w for w in words)


def stems(words: Iterable[str]) -> frozenset[str]:
    return frozenset(roots(word for word in words if word not in STOP_WORDS))


def words_of(text: str) -> list[str]:
    return WORD.findall(text.casefold().replace("’", "'"))
