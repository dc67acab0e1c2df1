"""Comments that say nearly the same, and campaigns: one text that many people sent.

Each text is known by its words and its pairs of neighbouring words. A few fixed hashes of them
(MinHash) bring those together that may be alike, and the pairs themselves decide; so the time
grows with the number of comments and not with its square, and chance has no part in it.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from engage.analysis.prepare import Prepared, plain

FEWEST_WORDS = 8
FEWEST_PEOPLE = 5
ALIKE = 0.8  # Jaccard: of all words and pairs that either uses, so many are in both
SENTENCES_ALIKE = 0.6
BANDS, IN_A_BAND = 8, 4
MOST_LEADERS = 4  # in one place; more would let a crowd of similar texts be compared with itself
AT_A_TIME = 4_096

Hashes = NDArray[np.uint64]


@dataclass(frozen=True)
class Repeats:
    """`first` names, for a comment that says what another says, the first to say it."""

    first: Mapping[str, str]
    campaigns: Mapping[str, int]
    leaders: Mapping[int, str]  # the comment that stands for each campaign


def repeats(prepared: Sequence[Prepared]) -> Repeats:
    """Who repeats whom. `prepared` is in the natural order of ids; what is set aside counts not."""
    by_key: dict[str, list[Prepared]] = defaultdict(list)
    for item in prepared:
        if not item.set_aside:
            by_key[item.key].append(item)
    groups = _near_groups({key: same[0].text for key, same in sorted(by_key.items())})
    place = {item.comment.id: number for number, item in enumerate(prepared)}
    together = [
        sorted((item.comment.id for key in keys for item in by_key[key]), key=place.__getitem__)
        for keys in groups
    ]
    first = {other: ids[0] for ids in together for other in ids[1:]}
    return Repeats(first, *_numbered(together, groups, by_key, place))


def _numbered(
    together: Sequence[Sequence[str]],
    groups: Sequence[Sequence[str]],
    by_key: Mapping[str, Sequence[Prepared]],
    place: Mapping[str, int],
) -> tuple[dict[str, int], dict[int, str]]:
    """Campaigns, the one most people sent first; its commonest words stand for it."""
    large = [
        (ids, max(keys, key=lambda key: (len(by_key[key]), key)))
        for ids, keys in zip(together, groups, strict=True)
        if len(ids) >= FEWEST_PEOPLE and _is_long(by_key[keys[0]][0].text)
    ]
    large.sort(key=lambda pair: (-len(pair[0]), place[pair[0][0]]))
    numbers = {id: number for number, (ids, _) in enumerate(large, start=1) for id in ids}
    leaders = {n: by_key[key][0].comment.id for n, (_, key) in enumerate(large, start=1)}
    return numbers, leaders


def _is_long(text: str) -> bool:
    return len(plain(text).split()) >= FEWEST_WORDS


def _near_groups(texts: Mapping[str, str]) -> list[list[str]]:
    """The keys of texts that are nearly equal, together; a short text only with itself.

    Only what shares a place with another is looked at twice, and only leaders keep their shingles:
    of a hundred thousand comments all of them would take more room than all their vectors.
    """
    keys = list(texts)
    places = _places([texts[key] for key in keys])
    groups: dict[str, list[str]] = {}
    buckets: dict[int, list[str]] = defaultdict(list)
    shingles: dict[str, frozenset[int]] = {}
    for key, own in zip(keys, places, strict=True):
        words = frozenset(_shingles(texts[key]).tolist()) if own else frozenset()
        near = dict.fromkeys(leader for place in own for leader in buckets.get(place, ()))
        leader = next((one for one in near if _alike(words, shingles[one]) >= ALIKE), None)
        groups.setdefault(leader or key, []).append(key)
        if leader is None and own:
            shingles[key] = words
            for place in own:
                if len(buckets[place]) < MOST_LEADERS:
                    buckets[place].append(key)
    return list(groups.values())


def _alike(one: frozenset[int], other: frozenset[int]) -> float:
    if min(len(one), len(other)) < ALIKE * max(len(one), len(other)):
        return 0.0
    both = len(one & other)
    return both / (len(one) + len(other) - both)


def _places(texts: Sequence[str]) -> list[list[int]]:
    """For each text, the places it shares with another: where texts like it would be."""
    table = np.zeros((len(texts), BANDS), dtype=np.uint64)
    long = np.zeros(len(texts), dtype=bool)
    for start in range(0, len(texts), AT_A_TIME):
        hashed = [_shingles(text) for text in texts[start : start + AT_A_TIME]]
        rows = [start + row for row, hashes in enumerate(hashed) if len(hashes)]
        table[rows] = _bands(_minima([hashes for hashes in hashed if len(hashes)]))
        long[rows] = True
    shared = np.stack([_is_shared(table[:, band], long) for band in range(BANDS)], axis=1)
    return [row[kept].tolist() for row, kept in zip(table, shared, strict=True)]


def _bands(signatures: Hashes) -> Hashes:
    """One number for each band; bands differ by their multipliers, so places never mix."""
    parts = signatures.reshape(len(signatures), BANDS, IN_A_BAND)
    mixed = parts * _MIXERS.reshape(BANDS, IN_A_BAND)
    places: Hashes = np.bitwise_xor.reduce(mixed ^ (mixed >> np.uint64(31)), axis=2)
    return places


def _is_shared(column: Hashes, long: NDArray[np.bool_]) -> NDArray[np.bool_]:
    _, place, times = np.unique(column[long], return_inverse=True, return_counts=True)
    shared = np.zeros(len(column), dtype=bool)
    shared[long] = times[place] > 1
    return shared


def _shingles(text: str) -> Hashes:
    """Its words and pairs of words as numbers; none for a text too short to be a campaign."""
    words = plain(text).split()
    if len(words) < FEWEST_WORDS:
        return np.zeros(0, dtype=np.uint64)
    single = np.array([crc32(word.encode()) for word in words], dtype=np.uint64)
    pairs = single[:-1] * np.uint64(0x9E3779B1) + single[1:] + np.uint64(1 << 40)
    return np.concatenate([single, pairs])


# Odd numbers from a fixed sequence: the hashes are the same on every machine and in every year.
_MIXERS = (
    np.arange(1, BANDS * IN_A_BAND + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
) | np.uint64(1)


def _minima(hashed: Sequence[Hashes]) -> Hashes:
    """For each text, the smallest of each of the fixed hashes of its shingles."""
    if not hashed:
        return np.zeros((0, len(_MIXERS)), dtype=np.uint64)
    flat = np.concatenate(hashed)
    starts = np.cumsum([0, *(len(h) for h in hashed[:-1])])
    columns = []
    for mixer in _MIXERS:
        mixed = (flat ^ (flat >> np.uint64(29))) * mixer
        mixed ^= mixed >> np.uint64(32)
        columns.append(np.minimum.reduceat(mixed * np.uint64(0xD6E8FEB86659FD93), starts))
    return np.ascontiguousarray(np.stack(columns, axis=1))


def known_campaign(text: str, known: Mapping[int, str]) -> int | None:
    """Of campaigns by their numbers, the one whose text this nearly is."""
    shingles = frozenset(_shingles(text).tolist())
    if not shingles:
        return None
    alike = {n: _alike(shingles, frozenset(_shingles(known[n]).tolist())) for n in sorted(known)}
    best = max(alike, key=alike.__getitem__, default=None)
    return best if best is not None and alike[best] >= ALIKE else None


def nearest_sentence(text: str, others: Mapping[str, str]) -> str | None:
    """Of sentences by their keys, the key of the one that this sentence nearly equals."""
    words = _words(text)
    alike = {key: _share(words, _words(other)) for key, other in sorted(others.items())}
    best = max(alike, key=alike.__getitem__, default=None)
    return best if best is not None and alike[best] >= SENTENCES_ALIKE else None


def _words(text: str) -> frozenset[str]:
    words = plain(text).split()
    return frozenset([*words, *(f"{a} {b}" for a, b in zip(words, words[1:], strict=False))])


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / max(len(one | other), 1)
