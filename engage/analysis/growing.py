"""A few new answers put under the themes that are there: nothing old is read again. Pure."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from engage.analysis import mood, tagging
from engage.analysis.campaigns import known_campaign
from engage.analysis.counting import assigned
from engage.analysis.finding import Said, Work, comment_findings, feelings, what_is_said
from engage.analysis.pipeline import Confirmed, known_texts, look_at, meanings_of
from engage.analysis.prepare import clean
from engage.analysis.steps import FEELING, FINDING, TAGGING, Steps
from engage.analysis.types import (
    NO_THEME,
    Ambition,
    Assignment,
    Comment,
    CommentFinding,
    SentimentCounts,
    Settings,
    Tools,
    Vectors,
)

# More than this part of what the themes were found in may change what the themes are.
MOST_NEW = 0.1
SHARPNESS = 6.0


@dataclass(frozen=True)
class Known:
    """The themes of a full reading: their middles, and how near is near enough.

    `campaigns` holds the text of each campaign by its number.
    """

    centroids: Vectors
    stray_below: float
    campaigns: Mapping[int, str]


@dataclass(frozen=True)
class Grown:
    """What came to the themes; `feelings` of the new comments, by the number of the theme."""

    assignments: Sequence[Assignment]
    comments: Sequence[CommentFinding]
    feelings: Mapping[int, SentimentCounts]
    timings: Mapping[str, float]


def may_grow(read_then: int, new: int) -> bool:
    """So few are new that the themes stay what they are."""
    return new < MOST_NEW * read_then


def grow(
    comments: Sequence[Comment],
    known: Known,
    tools: Tools,
    settings: Settings,
    taught: tuple[Sequence[Ambition], Confirmed] = ((), ()),
) -> Grown:
    """Each new sentence under the theme whose middle is nearest, or under none."""
    steps = Steps(tools.clock, None)
    read = look_at(comments, tools, settings, steps)
    meanings = meanings_of(read, tools, steps, known_texts(*taught))
    guide = tagging.guide(taught[0], meanings, confirmed=taught[1])
    work = Work(tools, settings, steps, guide, taught[0])
    steps.begin(FINDING)
    said = what_is_said(read, meanings)
    assignments = assigned(said.units, _placed(said, known))
    steps.begin(FEELING)
    moods = feelings(read, meanings, work)
    steps.begin(TAGGING)
    found = comment_findings(read, said.of_comment, moods, assignments, work)
    texts = {comment.id: comment.text for comment in comments}
    steps.end()
    return Grown(
        assignments,
        [_in_campaign(one, texts[one.comment_id], known.campaigns) for one in found],
        _feelings(assignments, moods),
        steps.timings,
    )


def _placed(said: Said, known: Known) -> dict[str, tuple[int, float]]:
    if not said.distinct:
        return {}
    nearness = said.rows @ known.centroids.T
    best = nearness.argmax(axis=1)
    raw = np.exp(SHARPNESS * (nearness - nearness.max(axis=1, keepdims=True)))
    sure = raw.max(axis=1) / raw.sum(axis=1)
    loose = nearness.max(axis=1) < known.stray_below
    return {
        key: (
            (NO_THEME, _weight(1 - sure[row]))
            if loose[row]
            else (int(best[row]), _weight(sure[row]))
        )
        for row, key in enumerate(said.distinct)
    }


def _weight(chance: float) -> float:
    return round(float(np.clip(chance, 0.01, 1.0)), 4)


def _feelings(assignments: Sequence[Assignment], moods: mood.Moods) -> dict[int, SentimentCounts]:
    scores: dict[int, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for one in assignments:
        if one.theme != NO_THEME:
            score = moods.of_sentence[one.comment_id, one.sentence_number]
            scores[one.theme][one.comment_id].append(score)
    return {theme: mood.counted(by_comment) for theme, by_comment in sorted(scores.items())}


def _in_campaign(found: CommentFinding, text: str, campaigns: Mapping[int, str]) -> CommentFinding:
    """A campaign that was known keeps its number; a new one is numbered after those."""
    if found.set_aside:
        return found
    number = known_campaign(clean(text), campaigns)
    if number is None and found.campaign is not None:
        number = max(campaigns, default=0) + found.campaign
    return replace(found, campaign=number)
