"""Themes, feelings and ambitions in comments that were looked at and embedded: stage by stage."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from engage.analysis import grouped, mood, naming, tagging
from engage.analysis.counting import Placed, assigned, by_people, group_numbers, seconds_of
from engage.analysis.meanings import Meanings, comment_rows, embedded, kept_scores, unit_rows
from engage.analysis.naming import Unit
from engage.analysis.reading import Read, is_rich, units_of
from engage.analysis.steps import FEELING, FINDING, NAMING, TAGGING, Steps
from engage.analysis.types import (
    GROUPED_READING,
    NO_THEME,
    TOPIC_MODEL,
    Ambition,
    Assignment,
    CommentFinding,
    Embedder,
    FoundTheme,
    Grouping,
    Settings,
    Tools,
    Vectors,
)

FEWEST_DIFFERENT_TEXTS = 20
# How much of a sentence's meaning is its own; the rest is its comment's.
OWN_WORDS = 0.6
ROWS_AT_A_TIME = 4_096


@dataclass(frozen=True)
class Work:
    """What every stage is given: the tools, what was asked for, and what is known of ambitions."""

    tools: Tools
    settings: Settings
    steps: Steps
    guide: tagging.Guide | None = None
    ambitions: Sequence[Ambition] = ()


@dataclass(frozen=True)
class Found:
    """What one reading found. A new sentence further from all centroids than `stray_below` fits
    none of the themes."""

    themes: Sequence[FoundTheme]
    assignments: Sequence[Assignment]
    comments: Sequence[CommentFinding]
    method: str
    considered: Mapping[str, float] = field(default_factory=dict)
    centroids: Vectors | None = None
    stray_below: float = 0.0


@dataclass(frozen=True)
class Said:
    """The units to group, each different text once with its row, and a row for each comment."""

    units: Sequence[Unit]
    distinct: Mapping[str, str]
    rows: Vectors
    of_comment: Vectors


def found_in(read: Read, meanings: Meanings, work: Work) -> Found:
    """The stages after embedding."""
    work.steps.begin(FINDING)
    said = what_is_said(read, meanings)
    method = _method(read, said.distinct, work.settings)
    grouping = _grouping(said, meanings, method, len(read.usable), work)
    stray_below = _stray_below(said.rows, grouping)
    # Not wanted any more: of a hundred thousand comments it is an eighth of all memory.
    said = replace(said, rows=said.rows[:0].copy())

    work.steps.begin(NAMING)
    offered = naming.offers(said.units, said.distinct, grouping)
    phrases = _phrase_vectors(naming.wanted_phrases(offered), work.tools.embedder)

    work.steps.begin(FEELING)
    moods = feelings(read, meanings, work)
    material = naming.Material(said.units, said.distinct, grouping, meanings, offered, phrases)
    themes, placed = naming.themes(material, moods.of_sentence, work.guide, len(read.usable))

    seconds = seconds_of(said.distinct, placed, grouping)
    assignments = assigned(said.units, placed, seconds)
    centroids = _centroids(said.distinct, placed, grouping)
    if seconds and centroids is not None:
        themes, assignments, order = by_people(
            themes, assignments, moods.of_sentence, len(read.usable)
        )
        centroids = centroids[order]

    work.steps.begin(TAGGING, len(read.prepared))
    return Found(
        themes=themes,
        assignments=assignments,
        comments=comment_findings(read, said.of_comment, moods, assignments, work),
        method=method,
        considered=_considered(grouping),
        centroids=centroids,
        stray_below=stray_below,
    )


def _considered(grouping: Grouping | None) -> dict[str, float]:
    return {
        str(number): steady for number, steady in (grouping.considered if grouping else {}).items()
    }


def what_is_said(read: Read, meanings: Meanings) -> Said:
    of_comment = comment_rows(read.sentences, meanings)
    units, distinct = units_of(read)
    rows = _in_context(read, units, distinct, meanings, of_comment)
    return Said(units, distinct, rows, of_comment)


def feelings(read: Read, meanings: Meanings, work: Work) -> mood.Moods:
    scorer = kept_scores(work.tools.sentiment)
    return mood.feel(read.prepared, read.sentences, meanings, scorer)


def _method(read: Read, distinct: Mapping[str, str], settings: Settings) -> str:
    enough = len(read.usable) >= settings.fewest_comments
    return TOPIC_MODEL if enough and len(distinct) >= FEWEST_DIFFERENT_TEXTS else GROUPED_READING


def _grouping(
    said: Said, meanings: Meanings, method: str, comments: int, work: Work
) -> Grouping | None:
    texts = list(said.distinct.values())
    if not texts:
        return None
    if method == TOPIC_MODEL:
        return work.tools.finder.find(texts, said.rows, comments, work.settings)
    rows = meanings.rows(texts)
    if work.guide is None:
        return grouped.by_likeness(rows)
    return grouped.by_ambition(rows, work.guide, work.ambitions)


def _in_context(
    read: Read,
    units: Sequence[Unit],
    distinct: Mapping[str, str],
    meanings: Meanings,
    of_comment: Vectors,
) -> Vectors:
    """Each text, leaning towards the comments it stands in: "I cried" is about what went before."""
    row_of = {item.comment.id: row for row, item in enumerate(read.prepared)}
    number_of = {key: number for number, key in enumerate(distinct)}
    texts = list(distinct.values())
    # Units come by comment id, whatever the order of the rows, so the sums are always the same.
    around = np.zeros((len(texts), meanings.width), dtype=np.float32)
    for unit in units:
        around[number_of[unit.key]] += of_comment[row_of[unit.sentence.comment_id]]
    # In place and a few rows at a time: with a hundred thousand a second table is a sixth of all.
    for start in range(0, len(texts), ROWS_AT_A_TIME):
        some = slice(start, start + ROWS_AT_A_TIME)
        own = meanings.rows(texts[some])
        around[some] = unit_rows(OWN_WORDS * own + (1 - OWN_WORDS) * unit_rows(around[some]))
    return around


def _phrase_vectors(phrases: Sequence[str], embedder: Embedder) -> Mapping[str, Vectors]:
    return embedded(phrases, embedder) if phrases else {}


def comment_findings(
    read: Read,
    of_comment: Vectors,
    moods: mood.Moods,
    assignments: Sequence[Assignment],
    work: Work,
) -> list[CommentFinding]:
    """What was found about each comment, in the order of their ids."""
    themes: dict[str, set[int]] = defaultdict(set)
    for assignment in assignments:
        themes[assignment.comment_id].add(assignment.theme)
    return [
        CommentFinding(
            comment_id=item.comment.id,
            language=read.languages[place],
            set_aside=read.set_aside[place],
            duplicate_of=read.repeats.first.get(item.comment.id, ""),
            sentiment=moods.scores[place],
            sentiment_label=moods.labels[place],
            ambitions=()
            if read.set_aside[place]
            else tagging.tags(
                work.guide, of_comment[place], item.text, item.comment.ambition_prior
            ),
            campaign=read.repeats.campaigns.get(item.comment.id),
            is_rich=not read.set_aside[place]
            and is_rich(item, len(themes[item.comment.id] - {NO_THEME}), work.settings.unit),
        )
        for place, item in enumerate(read.prepared)
    ]


def _centroids(
    distinct: Mapping[str, str], placed: Placed, grouping: Grouping | None
) -> Vectors | None:
    """The middle of each theme, in the order of the themes and not of the groups."""
    if grouping is None:
        return None
    number = group_numbers(distinct, placed, grouping)
    return grouping.centroids[sorted(number, key=number.__getitem__)]


def _stray_below(rows: Vectors, grouping: Grouping | None) -> float:
    """How near a sentence must be to a theme for as many to fit none as the finder left out."""
    if grouping is None:
        return 0.0
    loose = int((grouping.labels == NO_THEME).sum())
    nearest = np.sort((rows @ grouping.centroids.T).max(axis=1))
    return round(float(nearest[loose]), 4) if 0 < loose < len(nearest) else 0.0
