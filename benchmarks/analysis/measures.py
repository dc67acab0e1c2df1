"""What "good" means for themes, once, for every benchmark: pure functions over plain values.

Sources: NMI and ARI as in Vinh, Epps and Bailey (2010); purity as in Manning, Raghavan and
Schütze (2008, chapter 16); NPMI as in Bouma (2009) and Röder, Both and Hinneburg (2015), with
whole texts as windows and the corpus itself as the reference; diversity as in Dieng, Ruiz and
Blei (2020); stability as in Lange and others (2004) with the ARI of Hubert and Arabie (1985).
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import adjusted_rand_score, normalized_mutual_info_score

KEYWORDS = 10
SHARE_KEPT = 0.8
NONE = -1
NEVER = 1e-12

_WORD = re.compile(r"(?u)\b[^\W\d_][^\W_]+(?:['’-][^\W_]+)*\b")

Numbers = NDArray[np.int64]
# Groups the texts that stand at these places.
Finder = Callable[[Numbers], Numbers]


def nmi(people: Sequence[str], found: Numbers) -> float:
    """Normalised mutual information (arithmetic mean), 1 is the same grouping.

    Texts in no theme count as one group of their own: nothing is dropped.
    """
    return float(normalized_mutual_info_score(list(people), found))


def ari(people: Sequence[str], found: Numbers) -> float:
    """Adjusted Rand index, 0 is chance."""
    return float(adjusted_rand_score(list(people), found))


def purity(people: Sequence[str], found: Numbers) -> float:
    """Share of texts whose label is the commonest of their group. It grows with the groups."""
    groups: dict[int, Counter[str]] = {}
    for label, group in zip(people, found.tolist(), strict=True):
        groups.setdefault(group, Counter())[label] += 1
    return sum(max(counts.values()) for counts in groups.values()) / max(len(people), 1)


def no_theme(found: Numbers) -> float:
    """Share of texts in no theme."""
    return float(np.mean(found == NONE))


def npmi(keywords: Sequence[Sequence[str]], texts: Sequence[str]) -> float:
    """Mean over themes of the mean NPMI over pairs of their first ten keywords.

    Two words "meet" when one text has both; texts are those the themes were found in. A pair that
    never meets is given a chance of 1e-12, as in gensim and OCTIS (about -0.7 for such a pair).
    """
    wanted = {word for words in keywords for word in words[:KEYWORDS]}
    has = _places(wanted, texts)
    scores = [
        np.mean([_pair(has[a], has[b], len(texts)) for a, b in combinations(words[:KEYWORDS], 2)])
        for words in keywords
        if len(words) > 1
    ]
    return float(np.mean(scores)) if scores else 0.0


def _places(wanted: set[str], texts: Sequence[str]) -> dict[str, set[int]]:
    has: dict[str, set[int]] = {word: set() for word in wanted}
    for place, text in enumerate(texts):
        for word in set(_WORD.findall(text.lower().replace("’", "'"))) & wanted:
            has[word].add(place)
    return has


def _pair(one: set[int], other: set[int], texts: int) -> float:
    if not one or not other:
        return 0.0
    together = len(one & other) / texts + NEVER
    chance = len(one) * len(other) / texts**2
    return float(np.log(together / chance) / -np.log(together)) if together < 1 else 1.0


def diversity(keywords: Sequence[Sequence[str]]) -> float:
    """Share of different words among the first ten keywords of all themes."""
    words = [word for theme in keywords for word in theme[:KEYWORDS]]
    return len(set(words)) / max(len(words), 1)


def stability(rows: int, find: Finder, runs: int = 6, seed: int = 0) -> float:
    """Mean ARI of pairs of groupings, each of another 80 % of the texts, where both have a text.

    The whole grouping is made anew each time, its number of themes too unless `find` fixes it.
    """
    chance = np.random.RandomState(seed)
    kept = [np.sort(chance.permutation(rows)[: int(rows * SHARE_KEPT)]) for _ in range(runs)]
    found = []
    for places in kept:
        labels = np.full(rows, -2, dtype=np.int64)
        labels[places] = find(places)
        found.append(labels)
    scores = []
    for one, other in combinations(found, 2):
        both = (one != -2) & (other != -2)
        scores.append(adjusted_rand_score(one[both], other[both]))
    return float(np.mean(scores))


def names_by_majority(
    people: Sequence[Sequence[str]], found: Sequence[Sequence[int]], share: float = 0.5
) -> dict[int, tuple[str, ...]]:
    """What each theme is called in people's words, from texts that are not scored.

    Its commonest label, and any other that `share` of its texts have.
    """
    counts: dict[int, Counter[str]] = {}
    sizes: Counter[int] = Counter()
    for labels, themes in zip(people, found, strict=True):
        for theme in themes:
            sizes[theme] += 1
            counts.setdefault(theme, Counter()).update(labels)
    named = {}
    for theme, seen in counts.items():
        ranked = sorted(seen, key=lambda label: (-seen[label], label))
        often = [label for label in ranked if seen[label] >= share * sizes[theme]]
        named[theme] = tuple(dict.fromkeys([*ranked[:1], *often]))
    return named


def micro_f1(people: Sequence[Sequence[str]], said: Sequence[Sequence[str]]) -> float:
    """F1 over all (text, label) pairs together."""
    right = sum(len(set(a) & set(b)) for a, b in zip(people, said, strict=True))
    total = sum(len(set(a)) + len(set(b)) for a, b in zip(people, said, strict=True))
    return 2 * right / max(total, 1)


def unsupervised_f1(
    people: Sequence[Sequence[str]], found: Sequence[Sequence[int]], share: float = 0.5
) -> float:
    """Micro-F1 of themes found without labels: named on one half, scored on the other, both ways.

    A `share` above 1 gives each theme one name only. Halves are every second text, so give the
    texts in an order that has nothing to do with them.
    """
    scores = []
    for first, second in ((0, 1), (1, 0)):
        named = names_by_majority(people[first::2], found[first::2], share)
        said = [
            [label for t in themes for label in named.get(t, ())] for themes in found[second::2]
        ]
        scores.append(micro_f1(people[second::2], said))
    return float(np.mean(scores))
