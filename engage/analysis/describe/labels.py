"""A label for each theme: the best phrase people used, and none like a label already given."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from engage.analysis.describe.phrases import Candidate, Offer
from engage.analysis.describe.roots import WORD, roots, stems, words_of
from engage.analysis.types import Vectors
from engage.analysis.words import JOINERS, JUDGEMENTS, STARTERS

WORDS_IN_LABEL, WORDS_OF_PRAISE = 3, 2
ALIKE_LABELS = 0.9
SWEEPING = frozenset(("nothing", "everything"))
SWEEPING_SHARE = 0.15
NOTHING = "“nothing”"
MIXED = "Mixed comments"


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
        if NOTHING in spare[theme] and _bare_judgement(chosen):
            chosen = []
        taken.extend(chosen)
        label = ", ".join(_spelt(choice.words, spelling) for choice in chosen)
        labels.append(_unlike(_sentence_case(label or spare[theme]), labels))
    return labels


def spare_label(texts: Sequence[str]) -> str:
    """For people who share no subject: that they answered "nothing", or that it is mixed."""
    counts = Counter(word for text in texts for word in set(words_of(text)) & SWEEPING)
    said = [word for word, times in counts.most_common() if times >= SWEEPING_SHARE * len(texts)]
    quoted = [f"“{word}”" for word in sorted(said, key=lambda word: (-counts[word], word))]
    return f"Answered {' or '.join(quoted)}" if quoted else MIXED


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
    if judging and free:
        return free[:1]
    return _keywords(words, taken, judging) or free[:1]


def _bare_judgement(chosen: Sequence[Candidate]) -> bool:
    """Words such as "better", which come of "nothing could be better" and are no subject."""
    return all(len(choice.words) == 1 and _only_judges(choice) for choice in chosen)


def _only_judges(choice: Candidate) -> bool:
    return set(choice.words) <= JUDGEMENTS | STARTERS | JOINERS


def _keywords(
    words: Sequence[Candidate], taken: Sequence[Candidate], judging: bool
) -> list[Candidate]:
    used = {stem for other in taken for stem in stems(other.words)}
    kept: list[Candidate] = []
    for choice in words:
        own = stems(choice.words)
        if not own <= used and (judging or not _only_judges(choice)):
            kept.append(choice)
            used |= own
    return kept[: WORDS_OF_PRAISE if judging else WORDS_IN_LABEL]


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


def spellings(texts: Iterable[str]) -> dict[str, str]:
    """How people usually write each word: GP and not gp, September and not september."""
    seen: dict[str, Counter[str]] = {}
    for text in texts:
        if text.isupper():
            continue
        for index, match in enumerate(WORD.finditer(text.replace("’", "'"))):
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
