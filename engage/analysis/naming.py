"""From groups of sentences to themes a person can read: people, words, quotes and feelings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from engage.analysis import describe, tagging
from engage.analysis.mood import Place, counted
from engage.analysis.types import NO_THEME, FoundTheme, Grouping, Quote, Sentence, Vectors


@dataclass(frozen=True)
class Unit:
    """A sentence and the hash of its words."""

    sentence: Sentence
    key: str


@dataclass(frozen=True)
class Material:
    """What themes are made from. `distinct` is in the order of the grouping's rows."""

    units: Sequence[Unit]
    distinct: Mapping[str, str]
    grouping: Grouping | None
    vectors: Mapping[str, Vectors]
    offered: Sequence[describe.Offer]
    phrase_vectors: Mapping[str, Vectors]


@dataclass(frozen=True)
class Named:
    """One group with its label, before themes are numbered by size."""

    group: int
    label: str
    units: Sequence[Unit]
    people: int


def offers(
    units: Sequence[Unit], distinct: Mapping[str, str], grouping: Grouping | None
) -> list[describe.Offer]:
    """What each group may be called; nothing where the groups have names already."""
    if grouping is None or grouping.names:
        return []
    return describe.offers(_said(_by_group(units, distinct, grouping)))


def wanted_phrases(offered: Sequence[describe.Offer]) -> list[str]:
    """The phrases whose meaning must be known before labels can be chosen."""
    return sorted({choice.phrase for offer in offered for choice in offer.phrases})


def themes(
    material: Material,
    scores: Mapping[Place, float],
    guide: tagging.Guide | None,
    usable: int,
) -> tuple[list[FoundTheme], dict[str, tuple[int, float]]]:
    """The themes, the most talked about first, and each distinct text's theme and weight."""
    grouping = material.grouping
    if grouping is None:
        return [], {}
    named = _named(material, grouping)
    found = [
        _theme(number, item, material, grouping, (scores, guide, usable))
        for number, item in enumerate(named)
    ]
    number_of = {item.group: number for number, item in enumerate(named)}
    placed = {
        key: (number_of.get(int(label), NO_THEME), round(float(weight), 4))
        for key, label, weight in zip(
            material.distinct, grouping.labels, grouping.weights, strict=True
        )
    }
    return found, placed


def _by_group(
    units: Sequence[Unit], distinct: Mapping[str, str], grouping: Grouping
) -> list[list[Unit]]:
    label_of = dict(zip(distinct, grouping.labels.tolist(), strict=True))
    groups: list[list[Unit]] = [[] for _ in range(len(grouping.centroids))]
    for unit in units:
        if label_of[unit.key] != NO_THEME:
            groups[label_of[unit.key]].append(unit)
    return groups


def _said(groups: Sequence[Sequence[Unit]]) -> list[list[set[tuple[str, ...]]]]:
    """For each group, the phrases of each comment in it."""
    said = []
    for group in groups:
        by_comment: dict[str, set[tuple[str, ...]]] = {}
        for unit in group:
            phrases = describe.phrases(unit.sentence.text)
            by_comment.setdefault(unit.sentence.comment_id, set()).update(phrases)
        said.append(list(by_comment.values()))
    return said


def _named(material: Material, grouping: Grouping) -> list[Named]:
    groups = _by_group(material.units, material.distinct, grouping)
    people = [len({unit.sentence.comment_id for unit in group}) for group in groups]
    order = sorted(range(len(groups)), key=lambda g: (-people[g], groups[g][0].key))
    labels = _labels(material, grouping, groups, order)
    return [
        Named(group, label, groups[group], people[group])
        for group, label in zip(order, labels, strict=True)
    ]


def _labels(
    material: Material, grouping: Grouping, groups: Sequence[Sequence[Unit]], order: Sequence[int]
) -> list[str]:
    if grouping.names:
        return [grouping.names[group] for group in order]
    return describe.choose_labels(
        [material.offered[group] for group in order],
        grouping.centroids[list(order)],
        material.phrase_vectors,
        describe.spellings(unit.sentence.text for unit in material.units),
        [describe.spare_label([u.sentence.text for u in groups[g]]) for g in order],
    )


def _theme(
    number: int,
    item: Named,
    material: Material,
    grouping: Grouping,
    rest: tuple[Mapping[Place, float], tagging.Guide | None, int],
) -> FoundTheme:
    scores, guide, usable = rest
    said = [unit.sentence for unit in item.units]
    of_sentence = [scores[s.comment_id, s.number] for s in said]
    by_comment: dict[str, list[float]] = {}
    for sentence, score in zip(said, of_sentence, strict=True):
        by_comment.setdefault(sentence.comment_id, []).append(score)
    rows = np.stack([material.vectors[sentence.text] for sentence in said])
    centroid = grouping.centroids[item.group]
    keywords = grouping.keywords[item.group] or _common_words(item, material)
    chosen = describe.typical(said, rows, centroid, item.label, keywords)
    other = describe.different(said, of_sentence, (rows @ centroid).tolist(), chosen)
    return FoundTheme(
        id=number,
        label=item.label,
        keywords=keywords,
        people=item.people,
        share=round(item.people / max(usable, 1), 4),
        stability=round(grouping.stability[item.group], 4),
        sentiment=counted(by_comment),
        quotes=tuple(_quote(said[place]) for place in chosen),
        different=None if other is None else _quote(said[other]),
        ambitions=tagging.tags(guide, centroid, " ".join((item.label, *keywords)), None),
    )


def _common_words(item: Named, material: Material) -> tuple[str, ...]:
    """Single words for a grouped reading, where no topic model has counted them."""
    inside = _said([item.units])[0]
    counts: dict[str, int] = {}
    for phrases in inside:
        for words in phrases:
            if len(words) == 1:
                counts[words[0]] = counts.get(words[0], 0) + 1
    return tuple(sorted(counts, key=lambda word: (-counts[word], word))[:10])


def _quote(sentence: Sentence) -> Quote:
    return Quote(sentence.comment_id, sentence.number, sentence.text)
