"""Which of the strategy's ambitions a comment may be about: two suggestions at most, or none."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engage.analysis.types import Ambition, AmbitionTag, Vectors

RIDGE = 1.0
PRIOR = 0.25
KEYWORD = 0.12
MOST_KEYWORDS = 2
FIRST_AT_LEAST = 0.35
SECOND_WITHIN = 0.12
MOST_WORDS = 3

Scores = NDArray[np.float64]


@dataclass(frozen=True)
class Guide:
    """What the ambitions' own texts teach: one direction for each, around their common middle."""

    codes: tuple[str, ...]
    keywords: tuple[tuple[str, ...], ...]
    middle: Vectors
    directions: Scores
    lift: Scores


def teaching_texts(ambitions: Sequence[Ambition]) -> list[tuple[int, str]]:
    """Each text an ambition is known by, with the ambition's place in the list."""
    return [
        (place, text)
        for place, ambition in enumerate(ambitions)
        for text in (ambition.name, ambition.description, *ambition.anchors)
        if text.strip()
    ]


def guide(ambitions: Sequence[Ambition], vectors: Mapping[str, Vectors]) -> Guide | None:
    """A ridge regression on the ambitions' descriptions and examples; None when there are none."""
    taught = teaching_texts(ambitions)
    if len(ambitions) < 2 or not taught:
        return None
    rows = np.stack([vectors[text] for _, text in taught]).astype(np.float64)
    wanted = np.zeros((len(taught), len(ambitions)))
    wanted[np.arange(len(taught)), [place for place, _ in taught]] = 1.0
    middle, lift = rows.mean(axis=0), wanted.mean(axis=0)
    centred = rows - middle
    square = centred.T @ centred + RIDGE * np.eye(rows.shape[1])
    directions = np.linalg.solve(square, centred.T @ (wanted - lift))
    return Guide(
        codes=tuple(ambition.code for ambition in ambitions),
        keywords=tuple(ambition.keywords for ambition in ambitions),
        middle=middle.astype(np.float32),
        directions=directions,
        lift=lift,
    )


def tags(
    given: Guide | None, vector: Vectors, text: str, prior: str | None
) -> tuple[AmbitionTag, ...]:
    """The one or two ambitions to suggest, with the words that speak for them."""
    if given is None:
        return ()
    words = [reason_words(text, keywords) for keywords in given.keywords]
    scores = (vector.astype(np.float64) - given.middle) @ given.directions + given.lift
    scores += KEYWORD * np.array([min(len(found), MOST_KEYWORDS) for found in words])
    scores += PRIOR * np.array([code == prior for code in given.codes], dtype=np.float64)
    order = np.argsort(-scores, kind="stable")[:2]
    best = float(scores[order[0]])
    if best < FIRST_AT_LEAST:
        return ()
    kept = [n for n in order if best - float(scores[n]) <= SECOND_WITHIN or n == order[0]]
    return tuple(
        AmbitionTag(given.codes[n], round(float(np.clip(scores[n], 0, 1)), 4), words[n])
        for n in kept
    )


def reason_words(text: str, keywords: Sequence[str]) -> tuple[str, ...]:
    """The ambition's own keywords that stand in the text as whole words."""
    folded = text.casefold().replace("’", "'")
    found = [
        word
        for word in keywords
        if re.search(rf"(?<!\w){re.escape(word.casefold())}(?:s|es)?(?!\w)", folded)
    ]
    return tuple(found[:MOST_WORDS])
