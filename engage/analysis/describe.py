"""A theme in words: a label from phrases people used, and the quotes that speak for it."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from engage.analysis.types import Sentence, Vectors
from engage.analysis.words import (
    ARTICLES,
    DULL,
    JOINERS,
    JUDGEMENTS,
    NEVER_ALONE,
    STARTERS,
    STOP_WORDS,
)

LONGEST_PHRASE = 5
# Each phrase costs the language model a few milliseconds, and the first few are the likely ones.
CANDIDATES = 10
WORDS_OFFERED = 12
# How well a phrase of so many words names a theme.
LENGTH_WORTH = (0.0, 0.5, 1.0, 1.15, 1.05, 0.95)
# A phrase that fewer of a theme's people used does not speak for it; its commonest words do.
ENOUGH = 0.05
WORDS_IN_LABEL = 3
HEART = 4  # words
ALIKE_LABELS = 0.9
TYPICAL = 3
CLAIM = 4  # comments
SWEEPING = frozenset(("nothing", "everything"))
SWEEPING_SHARE = 0.15
MIXED = "Mixed comments"
QUOTE_WORDS = (6, 40)
TOO_ALIKE = 0.92
ABOUT_LABEL, ABOUT_KEYWORD = 0.15, 0.05

_NOTE = re.compile(r"\[[^\]]*\]")
_WORD = re.compile(r"[^\W\d_](?:[^\W_]|['’-](?=[^\W_]))*")
_CLAUSE = re.compile(r"[^\w\s'’-]+|\s[-–—]\s|\n")
# A number or a money sum breaks a phrase: "the 111 call" must not become "the call".
_NUMBER = re.compile(r"\S*\d\S*")

EMPTY_WORDS = STOP_WORDS | DULL

Phrase = tuple[str, ...]


@dataclass(frozen=True)
class Candidate:
    """A phrase that might name a theme; `times` is how many comments of the theme use it."""

    phrase: str
    words: Phrase
    times: int
    share: float
    score: float


@dataclass(frozen=True)
class Offer:
    """What a theme may be called: phrases of two words or more, and single words, best first."""

    phrases: tuple[Candidate, ...]
    words: tuple[Candidate, ...]


def phrases(text: str) -> set[Phrase]:
    """Runs of one to five words that begin and end with a word that means something."""
    found: set[Phrase] = set()
    # What stands in square brackets was put there by whoever typed the comments up.
    plain = _NUMBER.sub(".", _NOTE.sub(".", text.replace("’", "'")))
    for clause in _CLAUSE.split(plain):
        spoken = (match.group().casefold() for match in _WORD.finditer(clause))
        # "Waiting for an ambulance" and "waiting for the ambulance" are one phrase.
        words = [word for word in spoken if word not in ARTICLES]
        for start in range(len(words)):
            for end in range(start + 1, min(start + LONGEST_PHRASE, len(words)) + 1):
                run = tuple(words[start:end])
                if _speaks(run):
                    found.add(run)
    return found


def _speaks(run: Phrase) -> bool:
    first, last, inside = run[0], run[-1], run[1:-1]
    starts = first not in EMPTY_WORDS or (first in STARTERS and len(run) > 1)
    if not starts or last in EMPTY_WORDS or any(word in EMPTY_WORDS - JOINERS for word in inside):
        return False
    # "Mrs XXXX" is where a name was taken out.
    if any(set(word) == {"x"} for word in run) or len(set(run)) < len(run):
        return False
    if len(run) == 1:
        return len(first) > 2 and first not in NEVER_ALONE
    return len(first) > 1 and len(last) > 1


def offers(groups: Sequence[Sequence[set[Phrase]]]) -> list[Offer]:
    """For each theme the phrases that are common in it and rare elsewhere.

    A group is a list of comments, each the set of phrases in its sentences of that theme.
    """
    written = _usual_forms(phrase for group in groups for said in group for phrase in said)
    # "Annual review" and "annual reviews" are one phrase, counted once a comment.
    counts = [
        Counter(root for said in group for root in {roots(phrase) for phrase in said})
        for group in groups
    ]
    everywhere: Counter[Phrase] = Counter()
    for count in counts:
        everywhere.update(count)
    total = sum(len(group) for group in groups)
    return [
        _offer(_scored(count, everywhere, len(group), total), written, len(group))
        for count, group in zip(counts, groups, strict=True)
    ]


def _usual_forms(said: Iterable[Phrase]) -> dict[Phrase, Phrase]:
    """How each phrase is most often written, by the roots of its words."""
    forms: dict[Phrase, Counter[Phrase]] = {}
    for phrase, times in Counter(said).items():
        forms.setdefault(roots(phrase), Counter())[phrase] += times
    return {root: max(sorted(seen), key=lambda form: seen[form]) for root, seen in forms.items()}


def _scored(
    count: Counter[Phrase], everywhere: Mapping[Phrase, int], size: int, total: int
) -> list[tuple[float, int, float, Phrase]]:
    """Each phrase with its worth, its comments and its share of the theme's."""
    fewest = 1 if size < 5 else 2 if size < 60 else 3
    scored = []
    for root, times in count.items():
        if times < fewest:
            continue
        inside, outside = times / size, (everywhere[root] - times) / max(total - size, 1)
        # Smoothed by one comment, so that a phrase two people used is not taken for a landmark.
        contrast = math.log((inside + 1 / size) / (outside + 1 / size))
        if contrast <= 0 and total > size:
            continue
        # A word stands alone only for how many use it; a longer phrase says more by itself.
        spread = inside if len(root) == 1 else math.sqrt(inside)
        worth = spread * max(contrast, 0.1) * math.log1p(times) * LENGTH_WORTH[len(root)]
        scored.append((worth, times, inside, root))
    return scored


def _offer(
    scored: Sequence[tuple[float, int, float, Phrase]],
    written: Mapping[Phrase, Phrase],
    size: int,
) -> Offer:
    # Two people in a small theme make a phrase; in a larger one it takes three.
    fewest = 1 if size < 5 else 2 if size < 20 else 3
    found = [
        Candidate(" ".join(words), words, times, share, score)
        for score, times, share, root in scored
        for words in (written[root],)
    ]
    found.sort(key=lambda choice: (-choice.score, choice.phrase))
    single = [choice for choice in found if len(choice.words) == 1 and choice.share >= ENOUGH]
    often = [choice for choice in single if choice.times > 2]
    single = often if len(often) > 1 else single
    heart = stems(word for choice in single[:HEART] for word in choice.words)
    longer = [
        choice for choice in found if len(choice.words) > 1 and _may_lead(choice, heart, fewest)
    ]
    return Offer(tuple(longer[:CANDIDATES]), tuple(single[:WORDS_OFFERED]))


def _may_lead(choice: Candidate, heart: frozenset[str], fewest: int) -> bool:
    """Whether a phrase has a word most used, and is said often enough for what it claims."""
    claims = choice.words[0] in STARTERS - {"more", "less"}
    # A rare "no help" must not speak for a whole theme.
    often = choice.share >= ENOUGH and choice.times >= (CLAIM if claims else fewest)
    return often and bool(stems(choice.words) & heart)


def choose_labels(
    offered: Sequence[Offer],
    centroids: Vectors,
    vectors: Mapping[str, Vectors],
    spelling: Mapping[str, str],
    spare: Sequence[str],
) -> list[str]:
    """One label for each theme, largest first, none like a label already given.

    `spare` is for a theme whose people share no word that says what about.
    """
    middle = centroids.mean(axis=0)
    labels: list[str] = []
    taken: list[Candidate] = []
    for theme, offer in enumerate(offered):
        ranked = _ranked(offer.phrases, centroids[theme] - middle, middle, vectors)
        chosen = _chosen(ranked, offer.words, taken, vectors)
        taken.extend(chosen)
        label = ", ".join(_spelt(choice.words, spelling) for choice in chosen)
        labels.append(_unlike(_sentence_case(label or spare[theme]), labels))
    return labels


def spare_label(texts: Sequence[str]) -> str:
    """For people who share no subject: "nothing" or "everything", or that it is mixed."""
    counts = Counter(word for text in texts for word in set(_words(text)) & SWEEPING)
    said = [word for word, times in counts.most_common() if times >= SWEEPING_SHARE * len(texts)]
    return ", ".join(sorted(said, key=lambda word: (-counts[word], word))) or MIXED


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


def _chosen(
    ranked: Sequence[Candidate],
    words: Sequence[Candidate],
    taken: Sequence[Candidate],
    vectors: Mapping[str, Vectors],
) -> list[Candidate]:
    """The best free phrase; where nobody shared one, the words most used, and no "and" between."""
    free = [choice for choice in ranked if _is_free(choice, taken, vectors)]
    telling = [choice for choice in free if not _only_judges(choice)]
    if telling:
        return telling[:1]
    # A theme of nothing but praise is called by its praise.
    judging = bool(words) and _only_judges(words[0])
    return free[:1] if judging and free else _keywords(words, taken, judging)


def _only_judges(choice: Candidate) -> bool:
    return set(choice.words) <= JUDGEMENTS | STARTERS | JOINERS


def _keywords(
    words: Sequence[Candidate], taken: Sequence[Candidate], judging: bool
) -> list[Candidate]:
    used = {stem for other in taken if len(other.words) == 1 for stem in stems(other.words)}
    kept: list[Candidate] = []
    for choice in words:
        own = stems(choice.words)
        if not own <= used and (judging or not _only_judges(choice)):
            kept.append(choice)
            used |= own
    return kept[:WORDS_IN_LABEL]


def _is_free(choice: Candidate, taken: Sequence[Candidate], vectors: Mapping[str, Vectors]) -> bool:
    return not any(_alike(choice, other, vectors) for other in taken if len(other.words) > 1)


def _alike(one: Candidate, other: Candidate, vectors: Mapping[str, Vectors]) -> bool:
    """Two labels where one holds the other, or that mean the same."""
    first, second = (set(roots(choice.words)) - JOINERS for choice in (one, other))
    return (
        first <= second
        or second <= first
        or float(vectors[one.phrase] @ vectors[other.phrase]) > ALIKE_LABELS
    )


def roots(words: Iterable[str]) -> Phrase:
    return tuple("child" if w == "children" else _ENDING.sub("", w) or w for w in words)


_ENDING = re.compile(r"(?:'s|ing|ed|ly|ies|es|s|y|e)$")


def stems(words: Iterable[str]) -> frozenset[str]:
    return frozenset(roots(word for word in words if word not in STOP_WORDS))


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


def typical(
    sentences: Sequence[Sentence],
    vectors: Vectors,
    centroid: Vectors,
    label: str,
    keywords: Sequence[str],
) -> list[int]:
    """Places of up to three quotes, each from another comment: near the middle, about the label."""
    about = _aboutness([s.text for s in sentences], label, keywords)
    nearness = vectors @ centroid + about
    order = np.argsort(-np.round(nearness, 5), kind="stable")
    readable = [int(i) for i in order if _quotable(sentences[i].text)]
    chosen: list[int] = []
    for place in [*readable, *(int(i) for i in order)]:
        if len(chosen) == TYPICAL:
            break
        if _differs(place, chosen, sentences, vectors):
            chosen.append(place)
    return chosen


def _aboutness(texts: Sequence[str], label: str, keywords: Sequence[str]) -> Vectors:
    """A little more for a quote that has the label's words, so that it bears the label out."""
    named, known = stems(_words(label)), stems(word for key in keywords for word in _words(key))
    found = np.zeros(len(texts), dtype=np.float32)
    for place, text in enumerate(texts):
        own = stems(_words(text))
        in_label = len(own & named) / max(len(named), 1)
        found[place] = ABOUT_LABEL * in_label + (ABOUT_KEYWORD if own & known else 0.0)
    return found


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold().replace("’", "'"))


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
