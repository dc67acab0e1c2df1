"""From a guide's scores to at most two suggestions, each with the words that speak for it."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np

from engage.analysis.tagging.examples import Codes
from engage.analysis.tagging.learning import Guide
from engage.analysis.tagging.pieces import Numbers
from engage.analysis.types import AmbitionTag, Vectors

PRIOR = 0.25
KEYWORD = 0.08
MOST_KEYWORDS = 2
# How much the likeliest part of an ambition says about the ambition, beside its own column.
PART_SHARE = 1 / 3
# These were chosen on the half of tests/corpora/ambition_comments.csv that is never reported.
FIRST_AT_LEAST = 0.5
SECOND_AT_LEAST = 0.2
PART_AT_LEAST = 0.2
BEE_AT_LEAST = 0.3
MOST_WORDS = 3


def tags(
    given: Guide | None, vector: Vectors, text: str, prior: str | None
) -> tuple[AmbitionTag, ...]:
    """The one or two ambitions to suggest, the likelier first; none where nothing fits."""
    if given is None:
        return ()
    scores = given.scores(vector, text)
    words = [reason_words(text, keywords) for keywords in given.keywords]
    totals = _totals(given.codes, scores, words, prior)
    first, second = np.argsort(-totals, kind="stable")[:2]
    if totals[first] < FIRST_AT_LEAST:
        return ()
    kept = [first, second] if totals[second] >= SECOND_AT_LEAST else [first]
    bee = _best(given.codes.bees, scores, BEE_AT_LEAST)
    return tuple(
        AmbitionTag(
            code=given.codes.ambitions[n],
            score=round(float(np.clip(totals[n], 0, 1)), 4),
            words=words[n],
            sub_theme=_best(given.codes.sub_themes[n], scores, PART_AT_LEAST),
            bee=bee,
        )
        for n in kept
    )


def ranked(given: Guide, vector: Vectors, text: str) -> list[tuple[str, float]]:
    """Every ambition with its score, the likeliest first, whatever the question was about."""
    words = [reason_words(text, keywords) for keywords in given.keywords]
    totals = _totals(given.codes, given.scores(vector, text), words, None)
    order = np.argsort(-totals, kind="stable")
    return [(given.codes.ambitions[n], float(totals[n])) for n in order]


def _totals(
    codes: Codes,
    scores: Mapping[str, float],
    words: Sequence[Sequence[str]],
    prior: str | None,
) -> Numbers:
    """One number for each ambition: what was learnt, its keywords, and the question's own tag."""
    learnt = [
        _strength(scores, code, parts)
        for code, parts in zip(codes.ambitions, codes.sub_themes, strict=True)
    ]
    heard = [KEYWORD * min(len(found), MOST_KEYWORDS) for found in words]
    asked = [PRIOR * (code == prior) for code in codes.ambitions]
    total: Numbers = np.array([learnt, heard, asked]).sum(axis=0)
    return total


def _strength(scores: Mapping[str, float], code: str, parts: Sequence[str]) -> float:
    likeliest = max((scores[part] for part in parts), default=scores[code])
    return (1 - PART_SHARE) * scores[code] + PART_SHARE * likeliest


def _best(codes: Sequence[str], scores: Mapping[str, float], at_least: float) -> str:
    """The code that scores highest, or "" where none of them scores enough."""
    best = max(codes, key=lambda code: scores[code], default="")
    return best if best and scores[best] >= at_least else ""


def reason_words(text: str, keywords: Sequence[str]) -> tuple[str, ...]:
    """The ambition's own keywords that stand in the text as whole words."""
    folded = text.casefold().replace("’", "'")
    # Most keywords stand in no comment: looking for the bare letters first is ten times faster.
    found = [w for w in keywords if w.casefold() in folded and _whole(w).search(folded)]
    return tuple(found[:MOST_WORDS])


@lru_cache(maxsize=1024)
def _whole(word: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(word.casefold())}(?:s|es)?(?!\w)")
