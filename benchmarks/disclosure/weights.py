"""What a weighted share beside an unweighted one tells of the two groups that were weighted. Pure.

Nothing of Engage is used here. The weights follow from how many of each group replied and from
the census, which is public. So the two shares are two equations for the two numbers in them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import prod
from typing import Any

import numpy as np

from benchmarks.disclosure.attack import Key, Knowledge, Rules, Span

Numbers = Any  # an array: one number for each world there can be
MOST_WORLDS = 200_000  # of more worlds than this nothing certain follows
FEW = 4
WORTH_STEP = 5  # how many people of equal weight it is worth is to the nearest so many
HAIR = 1e-9


@dataclass(frozen=True)
class Group:
    """A group of the census: who of it replied, who gave a view, and what they answered."""

    share: float
    replied: Key
    base: Key
    answers: tuple[Key, ...]


@dataclass(frozen=True)
class Worlds:
    """Every way in which people can have replied and given a view: arrays of one length."""

    replied: tuple[Numbers, Numbers]
    sizes: tuple[Numbers, Numbers]
    weights: tuple[Numbers, Numbers]

    @property
    def total(self) -> Numbers:
        return self.sizes[0] * self.weights[0] + self.sizes[1] * self.weights[1]

    def where(self, holds: Numbers) -> "Worlds":
        parts = (self.replied, self.sizes, self.weights)
        return Worlds(*((first[holds], second[holds]) for first, second in parts))


@dataclass(frozen=True)
class WeightedShares:
    """A weighted percentage of people of two groups, and what is said of its weights."""

    base: Key
    answers: tuple[Key, ...]
    groups: tuple[Group, Group]
    shown: Mapping[Key, int | str]
    worth: int | None = None  # how many people of equal weight say as much, rounded
    effect: float | None = None  # of the weights of all who replied, to one place

    def narrow(self, knowledge: Knowledge) -> bool:
        """Try every number of people there can be, and keep what fits with any of them."""
        worlds = self._worlds(knowledge)
        if worlds is None or not len(worlds.total):
            return False
        counts = [self._of_answer(answer, worlds, knowledge) for answer in self.answers]
        fits = np.logical_and.reduce([most >= least for each in counts for least, most in each])
        counts = [_narrowed(counts, place, worlds) for place in range(len(counts))]
        fits &= np.logical_and.reduce([most >= least for each in counts for least, most in each])
        return fits.any() and self._learnt(worlds, counts, fits, knowledge)

    def _worlds(self, knowledge: Knowledge) -> Worlds | None:
        one, two = self.groups
        first, second = knowledge.of(one.replied), knowledge.of(two.replied)
        base, inside = knowledge.of(self.base), knowledge.of(one.base)
        inside = max(inside[0], base[0] - second[1]), min(inside[1], first[1])
        spans = (first, second, base, inside)
        if any(low > high for low, high in spans) or prod(map(_width, spans)) > MOST_WORLDS:
            return None
        grid = np.meshgrid(*(np.arange(low, high + 1) for low, high in spans), indexing="ij")
        many, others, people, of_one = (each.ravel() for each in grid)
        of_two, everyone = people - of_one, many + others
        weights = one.share * everyone / np.maximum(many, 1), two.share * everyone / others.clip(1)
        worlds = Worlds((many, others), (of_one, of_two), weights)
        low, high = knowledge.of(two.base)
        is_possible = (of_one <= many) & (of_two <= others) & (low <= of_two) & (of_two <= high)
        return worlds.where(is_possible & self._fits_what_is_said(worlds))

    def _fits_what_is_said(self, worlds: Worlds) -> Numbers:
        """Of the weights: what they leave of the base, and what they cost."""
        (first, second), (one, two) = worlds.weights, worlds.sizes
        fits = np.ones(len(one), bool)
        if self.worth is not None:
            worth = worlds.total**2 / np.maximum(one * first**2 + two * second**2, HAIR)
            fits &= np.abs(worth - self.worth) <= WORTH_STEP / 2 + 0.5
        if self.effect is not None:
            many, others = worlds.replied
            effect = (many * first**2 + others * second**2) / np.maximum(many + others, 1)
            fits &= np.abs(effect - self.effect) <= 0.05 + HAIR
        return fits

    def _of_answer(
        self, answer: Key, worlds: Worlds, knowledge: Knowledge
    ) -> list[tuple[Numbers, Numbers]]:
        """In each world the fewest and most of each group who can have given it, and of both."""
        place = self.answers.index(answer)
        low, high = _limits(self.shown.get(answer), knowledge.rules)
        is_number = isinstance(self.shown.get(answer), int) and knowledge.rules.is_blurred
        known = [knowledge.of(group.answers[place]) for group in self.groups]
        found = [(np.full(len(worlds.total), 10**9), np.full(len(worlds.total), -1)) for _ in "abc"]
        first, last = knowledge.of(answer)
        for count in range(first, min(last, int(max(sum(worlds.sizes)))) + 1):
            least, most = _of_first(count, worlds, (low, high), known)
            is_there = least <= most
            if is_number:
                is_there &= (count > FEW) & (sum(worlds.sizes) - count > FEW)
            for at, ends in enumerate(
                ((least, most), (count - most, count - least), (count, count))
            ):
                fewest, greatest = found[at]
                found[at] = (
                    np.where(is_there, np.minimum(fewest, ends[0]), fewest),
                    np.where(is_there, np.maximum(greatest, ends[1]), greatest),
                )
        return found

    def _learnt(
        self,
        worlds: Worlds,
        counts: list[list[tuple[Numbers, Numbers]]],
        fits: Numbers,
        knowledge: Knowledge,
    ) -> bool:
        news = []
        for place, (answer, each) in enumerate(zip(self.answers, counts, strict=True)):
            keys = (*(group.answers[place] for group in self.groups), answer)
            for key, (least, most) in zip(keys, each, strict=True):
                news.append(knowledge.learn(key, (int(least[fits].min()), int(most[fits].max()))))
        for group, replied, size in zip(self.groups, worlds.replied, worlds.sizes, strict=True):
            news.append(knowledge.learn(group.replied, _hull(replied[fits])))
            news.append(knowledge.learn(group.base, _hull(size[fits])))
        news.append(knowledge.learn(self.base, _hull(sum(worlds.sizes)[fits])))
        return any(news)


def _width(span: Span) -> int:
    return span[1] - span[0] + 1


def _hull(numbers: Numbers) -> Span:
    return int(numbers.min()), int(numbers.max())


def _limits(shown: int | str | None, rules: Rules) -> tuple[float, float]:
    """The least and the most per cent it can be."""
    if shown is None:
        return 0, 100
    if isinstance(shown, int):
        return shown - 0.5, shown + 0.5
    word, bound = shown.split()
    return (0, float(bound)) if word == "under" else (float(bound), 100)


def _of_first(
    count: int, worlds: Worlds, limits: tuple[float, float], known: list[Span]
) -> tuple[Numbers, Numbers]:
    """Of so many people, the fewest and the most of the first group in each world."""
    (first, second), (one, two) = worlds.weights, worlds.sizes
    (low, high), gap = [np.array(each) * worlds.total / 100 for each in limits], first - second
    is_level = np.abs(gap) < HAIR
    ends = [(each - second * count) / np.where(is_level, 1, gap) for each in (low, high)]
    least, most = np.minimum(*ends), np.maximum(*ends)
    fits = (low <= second * count + HAIR) & (second * count <= high + HAIR)
    least = np.where(is_level, np.where(fits, 0, count + 1), np.ceil(least - HAIR))
    most = np.where(is_level, count, np.floor(most + HAIR))
    (least_one, most_one), (least_two, most_two) = known
    floor = np.maximum.reduce([least, count - two, np.full(len(two), least_one), 0 * two])
    floor = np.maximum(floor, count - most_two)
    ceiling = np.minimum(np.minimum(most, one), np.minimum(count, most_one))
    return floor, np.minimum(ceiling, count - least_two)


def _narrowed(
    counts: list[list[tuple[Numbers, Numbers]]], place: int, worlds: Worlds
) -> list[tuple[Numbers, Numbers]]:
    """All answers of a group make the group, in each world."""
    wholes = (*worlds.sizes, sum(worlds.sizes))
    found = []
    for at, whole in enumerate(wholes):
        least, most = counts[place][at]
        others = [each[at] for other, each in enumerate(counts) if other != place]
        found.append(
            (
                np.maximum(least, whole - sum(high for _, high in others)),
                np.minimum(most, whole - sum(low for low, _ in others)),
            )
        )
    return found
