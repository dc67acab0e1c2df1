"""A theme in words: a label from phrases people used, and the quotes that speak for it."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from engage.analysis.types import Sentence, Vectors
from engage.analysis.words import ARTICLES, JOINERS, JUDGEMENTS, STARTERS, STOP_WORDS

LONGEST_PHRASE = 4
CANDIDATES = 32
# How well a phrase of so many words names a theme.
LENGTH_WORTH = (0.0, 0.45, 1.0, 1.15, 0.95)
TYPICAL = 3
ENOUGH_ALONE = 0.08
RARE = 0.013
CLAIM = 4  # comments
QUOTE_WORDS = (6, 40)
TOO_ALIKE = 0.92

_NOTE = re.compile(r"\[[^\]]*\]")
_WORD = re.compile(r"[^\W\d_](?:[^\W_]|['’-](?=[^\W_]))*")
_CLAUSE = re.compile(r"[^\w\s'’-]+|\s[-–—]\s|\n")


@dataclass(frozen=True)
class Candidate:
    """A phrase that might name a theme; `times` is how many comments of the theme use it."""

    phrase: str
    words: tuple[str, ...]
    times: int
    share: float
    score: float


def phrases(text: str) -> set[tuple[str, ...]]:
    """Runs of one to four words that begin and end with a word that means something."""
    found: set[tuple[str, ...]] = set()
    # What stands in square brackets was put there by whoever typed the comments up.
    for clause in _CLAUSE.split(_NOTE.sub(".", text.replace("’", "'"))):
        spoken = (match.group().casefold() for match in _WORD.finditer(clause))
        # "Waiting for an ambulance" and "waiting for the ambulance" are one phrase.
        words = [word for word in spoken if word not in ARTICLES]
        for start in range(len(words)):
            for end in range(start + 1, min(start + LONGEST_PHRASE, len(words)) + 1):
                run = tuple(words[start:end])
                if _speaks(run):
                    found.add(run)
    return found


def _speaks(run: tuple[str, ...]) -> bool:
    first, *inside = run[:-1] or run
    starts = first not in STOP_WORDS or (first in STARTERS and len(run) > 1)
    if not starts or run[-1] in STOP_WORDS or len(set(run)) < len(run):
        return False
    if any(word in STOP_WORDS and word not in JOINERS for word in inside):
        return False
    # "Mrs XXXX" is where a name was taken out.
    if any(set(word) == {"x"} for word in run):
        return False
    return all(len(word) > 1 for word in (first, run[-1])) and (len(run) > 1 or len(first) > 2)


def candidates(groups: Sequence[Sequence[set[tuple[str, ...]]]]) -> list[list[Candidate]]:
    """For each theme the phrases that are common in it and rare elsewhere, best first.

    A group is a list of comments, each the set of phrases in its sentences of that theme.
    """
    counts = [Counter(phrase for said in group for phrase in said) for group in groups]
    everywhere: Counter[tuple[str, ...]] = Counter()
    for count in counts:
        everywhere.update(count)
    total = sum(len(group) for group in groups)
    return [
        _best_of(count, everywhere, len(group), total)
        for count, group in zip(counts, groups, strict=True)
    ]


def _best_of(
    count: Counter[tuple[str, ...]],
    everywhere: Mapping[tuple[str, ...], int],
    size: int,
    total: int,
) -> list[Candidate]:
    fewest = 1 if size < 5 else 2 if size < 150 else 3
    scored = []
    for words, times in count.items():
        if times < fewest:
            continue
        inside, outside = times / size, (everywhere[words] - times) / max(total - size, 1)
        contrast = math.log((inside + 0.002) / (outside + 0.002))
        if contrast <= 0 and total > size:
            continue
        score = inside**0.6 * max(contrast, 0.1) * LENGTH_WORTH[len(words)]
        scored.append(Candidate(" ".join(words), words, times, inside, score))
    scored.sort(key=lambda c: (-c.score, c.phrase))
    return scored[:CANDIDATES]


def choose_labels(
    offered: Sequence[Sequence[Candidate]],
    centroids: Vectors,
    vectors: Mapping[str, Vectors],
    spelling: Mapping[str, str],
) -> list[str]:
    """One label for each theme, largest first, none like a label already given."""
    middle = centroids.mean(axis=0)
    labels: list[str] = []
    taken: list[frozenset[str]] = []
    for theme, choices in enumerate(offered):
        ranked = _ranked(choices, centroids[theme] - middle, middle, vectors)
        chosen = _pair(ranked, taken)
        taken.extend(stems(choice.words) for choice in chosen)
        label = " and ".join(_spelt(choice.words, spelling) for choice in chosen)
        labels.append(_unlike(_sentence_case(label) or f"Theme {theme + 1}", labels))
    return labels


def _ranked(
    choices: Sequence[Candidate], centre: Vectors, middle: Vectors, vectors: Mapping[str, Vectors]
) -> list[Candidate]:
    """By how often it was said and how close it lies to what the theme has of its own."""

    def worth(choice: Candidate) -> float:
        away = vectors[choice.phrase] - middle
        near = float(away @ centre) / max(
            float(np.linalg.norm(away) * np.linalg.norm(centre)), 1e-9
        )
        return choice.score * max(near, 0.05)

    return sorted(choices, key=lambda choice: (-round(worth(choice), 6), choice.phrase))


def _pair(ranked: Sequence[Candidate], taken: Sequence[frozenset[str]]) -> list[Candidate]:
    """The best phrase that is still free, with a second where the first alone says too little."""
    free = [c for c in ranked if _is_free(c, taken) and _is_said_enough(c)]
    telling = [c for c in free if not set(c.words) <= JUDGEMENTS | STARTERS]
    pool = telling or free
    if not pool:
        return []
    first = next((c for c in pool if len(c.words) > 1 and c.share >= RARE), None)
    if first is None:
        return _two_words(pool)
    if len(first.words) > 2 or first.share >= ENOUGH_ALONE:
        return [first]
    second = next((c for c in pool if _adds(c, first)), None)
    return [first] if second is None else [first, second]


def _two_words(pool: Sequence[Candidate]) -> list[Candidate]:
    """Where nobody used the same phrase, the two words most used."""
    ranked = sorted(pool, key=lambda choice: (-round(choice.share, 3), choice.phrase))
    first = ranked[0]
    others = (c for c in ranked if len(c.words) == 1 and not stems(c.words) & stems(first.words))
    second = next(others, None)
    return [first] if second is None or len(first.words) > 1 else [first, second]


def _is_said_enough(choice: Candidate) -> bool:
    """A rare "no help" must not speak for a whole theme."""
    claims = choice.words[0] in STARTERS - {"more", "less"}
    return not claims or choice.times >= CLAIM


def _is_free(choice: Candidate, taken: Sequence[frozenset[str]]) -> bool:
    own = stems(choice.words)
    if len(choice.words) == 1:
        return not any(own <= other for other in taken)
    return own not in taken


def _adds(second: Candidate, first: Candidate) -> bool:
    """Whether a phrase says something more, as often, and leaves the label short."""
    words = (*first.words, *second.words)
    if len(words) > 4 or "and" in words or set(second.words) <= JUDGEMENTS:
        return False
    alike = len(second.words) == len(first.words)
    return (
        alike and second.share >= first.share * 0.5 and not stems(second.words) & stems(first.words)
    )


def stems(words: Iterable[str]) -> frozenset[str]:
    return frozenset(
        re.sub(r"(?:'s|ing|ed|ly|ies|es|s|y|e)$", "", word) or word
        for word in words
        if word not in STOP_WORDS
    )


def spellings(texts: Iterable[str]) -> dict[str, str]:
    """How people usually write each word: GP and not gp, September and not september."""
    seen: dict[str, Counter[str]] = {}
    for text in texts:
        if text.isupper():
            continue
        for index, match in enumerate(_WORD.finditer(text.replace("’", "'"))):
            word = match.group()
            # The first word of a sentence is a capital whoever it is, unless it is all capitals.
            if index == 0 and not word.isupper():
                continue
            seen.setdefault(word.casefold(), Counter())[word] += 1
    return {word: max(sorted(forms), key=lambda form: forms[form]) for word, forms in seen.items()}


def _spelt(words: Sequence[str], spelling: Mapping[str, str]) -> str:
    return " ".join(spelling.get(word, word) for word in words)


def _sentence_case(label: str) -> str:
    return label[:1].upper() + label[1:]


def _unlike(label: str, labels: Sequence[str]) -> str:
    taken = {other.casefold() for other in labels}
    if label.casefold() not in taken:
        return label
    number = next(n for n in range(2, len(labels) + 3) if f"{label} {n}".casefold() not in taken)
    return f"{label} {number}"


def typical(sentences: Sequence[Sentence], vectors: Vectors, centroid: Vectors) -> list[int]:
    """Places of up to three quotes nearest the middle of the theme, each from another comment."""
    nearness = vectors @ centroid
    order = np.argsort(-np.round(nearness, 5), kind="stable")
    readable = [int(i) for i in order if _quotable(sentences[i].text)]
    chosen: list[int] = []
    for place in [*readable, *(int(i) for i in order)]:
        if len(chosen) == TYPICAL:
            break
        if _differs(place, chosen, sentences, vectors):
            chosen.append(place)
    return chosen


def _differs(
    place: int, chosen: Sequence[int], sentences: Sequence[Sentence], vectors: Vectors
) -> bool:
    return all(
        sentences[place].comment_id != sentences[other].comment_id
        and float(vectors[place] @ vectors[other]) < TOO_ALIKE
        for other in chosen
    )


def _quotable(text: str) -> bool:
    fewest, most = QUOTE_WORDS
    return fewest <= len(text.split()) <= most and not text.isupper()


def different(
    sentences: Sequence[Sentence],
    scores: Sequence[float],
    nearness: Sequence[float],
    chosen: Sequence[int],
) -> int | None:
    """The place of one quote that sees it otherwise: the other mood, near the theme's middle."""
    if len(sentences) <= len(chosen):
        return None
    mood = 1.0 if float(np.mean(scores)) >= 0 else -1.0
    used = {sentences[place].comment_id for place in chosen}
    others = [
        place
        for place, sentence in enumerate(sentences)
        if sentence.comment_id not in used and _quotable(sentence.text)
    ]
    if not others:
        return None
    against = [place for place in others if scores[place] * mood < -0.3]
    if against:
        return max(against, key=lambda place: (round(nearness[place], 5), -place))
    return min(others, key=lambda place: (round(nearness[place], 5), place))
