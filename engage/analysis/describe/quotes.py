"""Quotes that speak for a theme: three typical ones and one that differs."""

from collections.abc import Sequence

import numpy as np

from engage.analysis.describe.roots import stems, words_of
from engage.analysis.types import Sentence, Vectors

TYPICAL = 3
QUOTE_WORDS = (6, 40)
TOO_ALIKE = 0.92
ABOUT_LABEL, ABOUT_KEYWORD = 0.15, 0.05


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
    named, known = stems(words_of(label)), stems(word for key in keywords for word in words_of(key))
    found = np.zeros(len(texts), dtype=np.float32)
    for place, text in enumerate(texts):
        own = stems(words_of(text))
        in_label = len(own & named) / max(len(named), 1)
        found[place] = ABOUT_LABEL * in_label + (ABOUT_KEYWORD if own & known else 0.0)
    return found


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
