"""Comments in other languages than the survey's: grouped by a model of their own, or listed."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engage.analysis.finding import Found, Work, found_in
from engage.analysis.meanings import embedded
from engage.analysis.reading import Read, first_look
from engage.analysis.steps import Steps
from engage.analysis.types import (
    OTHER_LANGUAGE,
    AnalysisError,
    SentimentCounts,
    Settings,
    Tools,
    Vectors,
)

FEWEST = 30
NOT_INSTALLED = "not installed"


class Unread:
    """Feelings were learnt in English only, so in another language nothing is said about them."""

    name = "none"

    def score(
        self, texts: Sequence[str], vectors: Vectors, tones: Sequence[str]
    ) -> NDArray[np.float64]:
        return np.zeros(len(texts), dtype=np.float64)


def read_others(
    read: Read, tools: Tools, settings: Settings
) -> tuple[dict[str, Found], dict[str, Any]]:
    """What was found in each language of which there is enough, and what the record says of it."""
    counts = Counter(
        language
        for language, reason in zip(read.languages, read.set_aside, strict=True)
        if reason == OTHER_LANGUAGE
    )
    many = sorted(code for code, number in counts.items() if number >= FEWEST)
    if not many:
        return {}, {}
    model = tools.other_languages
    if model is None:
        return {}, {"other_languages_model": NOT_INSTALLED}
    known = [code for code in many if code in model.codes]
    if not known:
        return {}, {}
    try:
        other = replace(tools, embedder=model.load(), sentiment=Unread())
    except AnalysisError as error:
        return {}, {"other_languages_model": str(error)}
    found = {code: _found_in(code, read, other, settings) for code in known}
    note = {
        "other_languages_model": other.embedder.name,
        "other_languages": {code: counts[code] for code in known},
    }
    return found, note


def _found_in(code: str, read: Read, tools: Tools, settings: Settings) -> Found:
    places = [
        place
        for place, reason in enumerate(read.set_aside)
        if reason == OTHER_LANGUAGE and read.languages[place] == code
    ]
    theirs = replace(settings, language=code, themes=None)
    part = first_look([read.prepared[place] for place in places], [code] * len(places), theirs)
    texts = {sentence.text for split in part.sentences for sentence in split}
    work = Work(tools, theirs, Steps(tools.clock, None))
    return found_in(part, embedded(texts, tools.embedder), work)


def joined(found: Found, others: dict[str, Found]) -> Found:
    """One list of themes, those in the survey's own language first."""
    themes, assignments = list(found.themes), list(found.assignments)
    comments = {comment.comment_id: comment for comment in found.comments}
    people = sum(not c.set_aside for c in found.comments)
    people += sum(len(other.comments) for other in others.values())
    for code in sorted(others):
        other, before = others[code], len(themes)
        themes += [
            replace(theme, id=theme.id + before, sentiment=SentimentCounts())
            for theme in other.themes
        ]
        assignments += [
            replace(a, theme=a.theme + before) if a.theme >= 0 else a for a in other.assignments
        ]
        comments.update(
            (c.comment_id, replace(c, sentiment_label="", campaign=None)) for c in other.comments
        )
    if others:
        themes = [replace(t, share=round(t.people / max(people, 1), 4)) for t in themes]
    return replace(found, themes=themes, assignments=assignments, comments=list(comments.values()))
