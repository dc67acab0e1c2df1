"""Phrases that might name a theme: what people said, counted by the roots of its words."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from engage.analysis.describe.roots import WORD, Phrase, roots, stems
from engage.analysis.words import ARTICLES, DULL, JOINERS, NEVER_ALONE, STARTERS, STOP_WORDS

LONGEST_PHRASE = 5
# Each phrase costs the language model a few milliseconds, and the first few are the likely ones.
CANDIDATES = 10
WORDS_OFFERED = 12
# How well a phrase of so many words names a theme.
LENGTH_WORTH = (0.0, 0.5, 1.0, 1.15, 1.05, 0.95)
# A word, or a phrase, that fewer of a theme's people used does not speak for it.
ENOUGH, ENOUGH_FOR_PHRASE = 0.05, 0.03
# "Mental health team" and not "mental health", where this share of people said all of it.
SAID_WHOLE = 0.6
HEART = 4  # words
CLAIM = 4  # comments

_NOTE = re.compile(r"\[[^\]]*\]")
_CLAUSE = re.compile(r"[^\w\s'’-]+|\s[-–—]\s|\n")
# A number or a money sum breaks a phrase: "the 111 call" must not become "the call".
_NUMBER = re.compile(r"\S*\d\S*")

EMPTY_WORDS = STOP_WORDS | DULL


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
        spoken = (match.group().casefold() for match in WORD.finditer(clause))
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
    # Two people in a small theme make a phrase; in a larger one it takes three or four.
    fewest = 1 if size < 5 else 2 if size < 20 else 3 if size < 100 else 4
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
    longer = [choice for choice in longer if not _is_a_piece(choice, longer)]
    return Offer(tuple(longer[:CANDIDATES]), tuple(single[:WORDS_OFFERED]))


def _may_lead(choice: Candidate, heart: frozenset[str], fewest: int) -> bool:
    """Whether a phrase has a word most used, and is said often enough for what it claims."""
    claims = choice.words[0] in STARTERS - {"more", "less"}
    # A rare "no help" must not speak for a whole theme.
    often = choice.share >= ENOUGH_FOR_PHRASE and choice.times >= (CLAIM if claims else fewest)
    return often and bool(stems(choice.words) & heart)


def _is_a_piece(choice: Candidate, others: Sequence[Candidate]) -> bool:
    """Whether most people who used a phrase used it inside the same longer one."""
    size = len(choice.words)
    return any(
        other.times >= SAID_WHOLE * choice.times
        and any(
            other.words[start : start + size] == choice.words
            for start in range(len(other.words) - size + 1)
        )
        for other in others
        if len(other.words) > size
    )
