"""The words that set a theme apart: BERTopic's, chosen again so that they belong together.

Nothing is learnt: a word is worth its c-TF-IDF in the theme, how often it stands in one text with
the words chosen before it, and whether the theme is where it is most at home.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from engage.analysis.describe import Phrase, roots
from engage.analysis.themes.points import WORD
from engage.analysis.types import Labels

KEYWORDS = 10
OFFERED = 40
# Texts of a theme that must have a word: more where the theme is larger.
FEWEST_TEXTS = ((60, 3), (5, 2), (0, 1))
# What meeting the other keywords is worth beside the word's own weight.
TOGETHER = 1.5
# A word is no keyword of a theme that has it less than this share of where it is most at home.
AT_HOME = 0.45
NEVER_MEET = -0.7
# A word that hardly meets the others is left out, where there are enough without it.
STRANGER = -0.2
ENOUGH = 6

_WORD = re.compile(WORD)

Numbers = NDArray[np.float64]
# The words of a theme with their c-TF-IDF, best first.
Ranked = Sequence[tuple[str, float]]


def keywords(
    texts: Sequence[str], labels: Labels, ranked: Sequence[Ranked]
) -> tuple[tuple[str, ...], ...]:
    """Up to ten words for each theme, the most telling first."""
    offered = [
        _offered([text for text, at in zip(texts, labels, strict=True) if at == theme], words)
        for theme, words in enumerate(ranked)
    ]
    number = {w: n for n, w in enumerate(sorted({w for words in offered for w in words}))}
    meets = meetings(texts, number)
    home: dict[str, float] = {}
    for words in offered:
        for word, weight in words.items():
            home[word] = max(home.get(word, 0.0), weight)
    return tuple(_chosen(words, home, number, meets) for words in offered)


def _offered(texts: Sequence[str], ranked: Ranked) -> dict[str, float]:
    """Words that more than one text of the theme has, each in one form; the best is worth 1."""
    counts = Counter(word for text in texts for word in set(_words(text)))
    fewest = next(times for size, times in FEWEST_TEXTS if len(texts) >= size)
    kept: dict[Phrase, tuple[str, float]] = {}
    for word, weight in ranked:
        # "Mrs XXXX" is where a name was taken out.
        if weight > 0 and counts[word] >= fewest and set(word) != {"x"}:
            kept.setdefault(roots((word,)), (word, weight))
    best = max((weight for _, weight in kept.values()), default=1.0)
    return {word: weight / best for word, weight in kept.values()}


def meetings(texts: Sequence[str], number: Mapping[str, int]) -> Numbers:
    """NPMI of every pair of words over whole texts, drawn towards "never" where both are rare."""
    rows, columns = [], []
    for place, text in enumerate(texts):
        own = {number[word] for word in _words(text) if word in number}
        rows += [place] * len(own)
        columns += sorted(own)
    shape = (len(texts), max(len(number), 1))
    has = csr_matrix((np.ones(len(rows)), (rows, columns)), shape=shape)
    both = (has.T @ has).toarray()
    alone = np.maximum(both.diagonal(), 1.0)
    chance = np.outer(alone, alone) / len(texts)
    # Half a text less, so that a pair that met once by luck is worth little.
    met = np.maximum(both - 0.5, 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        scores = np.log(met / chance) / -np.log(np.minimum(met / len(texts), 0.999))
    return np.where(met > 0, scores, NEVER_MEET)


def _chosen(
    words: Mapping[str, float],
    home: Mapping[str, float],
    number: Mapping[str, int],
    meets: Numbers,
) -> tuple[str, ...]:
    own = {word: weight for word, weight in words.items() if weight >= AT_HOME * home[word]}
    left = sorted(own, key=lambda word: (-round(own[word], 9), word))
    chosen = left[:1]
    while left := [word for word in left if word not in chosen]:
        near = meets[[number[word] for word in left]][:, [number[word] for word in chosen]]
        worth = {
            word: round(own[word] + TOGETHER * met, 9)
            for word, met in zip(left, near.mean(axis=1).tolist(), strict=True)
        }
        best = min(left, key=lambda word: (-worth[word], word))
        stranger = (worth[best] - own[best]) / TOGETHER < STRANGER
        if len(chosen) == KEYWORDS or (stranger and len(chosen) >= ENOUGH):
            break
        chosen.append(best)
    return tuple(sorted(chosen, key=lambda word: (-round(own[word], 9), word)))


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())
