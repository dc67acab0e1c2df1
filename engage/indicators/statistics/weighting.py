"""Raking answers to known margins, and what that costs. Pure; works on distinct cells.

A cell is people who are alike: a category or None for each margin, and how many they are. Weights
are one for each cell, with mean 1 over people.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import fsum, inf
from typing import Literal

from engage.errors import InvalidInputError
from engage.indicators.statistics.checks import check_count, check_same_length
from engage.indicators.statistics.collapsing import LEAST_PEOPLE, Merged, collapse
from engage.indicators.statistics.margins import Cell, Targets, category, check_targets, to_one
from engage.indicators.statistics.proportions import check_weights

ROUNDS = 100
ROUNDS_WITH_BOUNDS = 500
TOLERANCE = 1e-8
# With bounds a round may change little and the end still be far: go on to where nothing moves.
STANDS_STILL = 1e-14
BOUNDS = (0.3, 3.0)  # of the mean weight
MOST_BOUND = 1e6
MOST_DESIGN_EFFECT = 2.5
MOST_MOVED = 0.02  # of a margin, by trimming

Reached = Mapping[str, Mapping[str, float]]
WhyNot = Literal["few", "not_converged", "design_effect", "trimmed"]
Names = tuple[str | None, ...]  # one category for each margin


@dataclass(frozen=True, slots=True)
class Raked:
    """One weight for each cell; the rounds it took; what share each category has now.

    `reached` is among the people whose category is known, as the targets are. `converged` says
    whether the last round changed no weight by more than the tolerance.
    """

    weights: tuple[float, ...]
    rounds: int
    reached: Reached
    converged: bool


@dataclass(frozen=True, slots=True)
class Weighting:
    """Weights, and whether what they give may be published as weighted.

    `why_not` is None where it may. "few": no margin was left with two categories.
    "not_converged"; "design_effect": over 2.5; "trimmed": trimming moved a margin by more than 2
    points. `collapsed` says by margin which categories were put together.
    """

    weights: tuple[float, ...]
    deff: float
    reached: Reached
    collapsed: Mapping[str, tuple[Merged, ...]]
    why_not: WhyNot | None


def rake(
    cells: Sequence[Cell],
    targets: Targets,
    bounds: tuple[float, float] | None = None,
    tolerance: float = TOLERANCE,
) -> Raked:
    """Weights that give each margin its target shares: one for each cell, mean 1 over people.

    A round adjusts each margin in the order of `targets` and then, with `bounds`, cuts weights to
    them (in means); at the end weights are set to mean 1, so that the largest may be just over.
    There are at most 100 rounds, with bounds 500. It stops where no weight changes by more than
    `tolerance`, with bounds where none changes at all. Where somebody's category is None or not in
    the targets, that margin leaves their weight alone, and the others get its shares.

    W. E. Deming and F. F. Stephan (1940), "On a least squares adjustment of a sampled frequency
    table when the expected marginal totals are known", Annals of Mathematical Statistics 11,
    427-444.
    """
    check_targets(targets)
    _check_people(cells)
    _check_bounds(bounds)
    of_cell = [tuple(category(known, margin, targets) for margin in targets) for known, _ in cells]
    raking = _Raking(_distinct(of_cell, cells), targets, bounds)
    most = ROUNDS_WITH_BOUNDS if bounds else ROUNDS
    done, converged = raking.run(most, tolerance)
    weights = dict(zip(raking.names, raking.at_mean_one(), strict=True))
    return Raked(
        tuple(weights.get(names, 1.0) for names in of_cell), done, raking.reached(), converged
    )


def _distinct(of_cell: Sequence[Names], cells: Sequence[Cell]) -> dict[Names, int]:
    people: dict[Names, int] = {}
    for names, (_, count) in zip(of_cell, cells, strict=True):
        people[names] = people.get(names, 0) + count
    return {names: count for names, count in people.items() if count}


class _Raking:
    """The distinct cells, what each margin's categories hold of them, and the weights so far."""

    def __init__(
        self,
        people: Mapping[Names, int],
        targets: Targets,
        bounds: tuple[float, float] | None,
    ) -> None:
        self.names = list(people)
        self.counts = list(people.values())
        self.total = sum(self.counts)
        self.weights = [1.0] * len(self.counts)
        self.targets = {margin: to_one(shares) for margin, shares in targets.items()}
        self.bounds = bounds
        self.members = [self._members(at) for at in range(len(self.targets))]
        self._refuse_empty()

    def _members(self, margin: int) -> defaultdict[str | None, list[int]]:
        """Where the cells of each category of a margin are; under None those it leaves alone."""
        places = defaultdict(list)
        for place, names in enumerate(self.names):
            places[names[margin]].append(place)
        return places

    def _refuse_empty(self) -> None:
        for (margin, shares), members in zip(self.targets.items(), self.members, strict=True):
            empty = next((name for name in shares if not members[name]), None)
            is_known = any(members[name] for name in shares)
            if empty is not None and is_known:
                raise InvalidInputError(
                    f"Nobody who answered is in {empty} of the margin {margin}: put it together "
                    "with another category first."
                )

    def run(self, rounds: int, tolerance: float) -> tuple[int, bool]:
        """How many rounds it took, and whether it came to an end."""
        enough = min(tolerance, STANDS_STILL) if self.bounds else tolerance
        done, change = 0, inf
        while done < rounds and change >= enough:
            before = self.weights.copy()
            self._round()
            change = max(abs(new - old) for new, old in zip(self.weights, before, strict=True))
            done += 1
        return done, change < tolerance

    def _round(self) -> None:
        for shares, members in zip(self.targets.values(), self.members, strict=True):
            unknown = self._people(members[None])
            known = self.total - unknown
            for name, share in shares.items():
                self._adjust(members[name], share * known)
        if self.bounds:
            least, most = self.bounds
            self.weights = [min(max(weight, least), most) for weight in self.weights]

    def _adjust(self, places: Sequence[int], wanted: float) -> None:
        now = self._people(places)
        if now > 0 and wanted > 0:
            for place in places:
                self.weights[place] *= wanted / now

    def _people(self, places: Sequence[int]) -> float:
        return sum(self.counts[place] * self.weights[place] for place in places)

    def at_mean_one(self) -> list[float]:
        mean = self._people(range(len(self.weights))) / self.total
        return [weight / mean for weight in self.weights]

    def reached(self) -> dict[str, dict[str, float]]:
        found = {}
        for (margin, shares), members in zip(self.targets.items(), self.members, strict=True):
            held = {name: self._people(members[name]) for name in shares}
            known = fsum(held.values())
            found[margin] = {name: part / known for name, part in held.items()} if known else {}
        return found


def _check_people(cells: Sequence[Cell]) -> None:
    for _, count in cells:
        check_count(count, "The number of people in a cell")
    if not any(count for _, count in cells):
        raise InvalidInputError("Nobody has answered, so there is nothing to weight.")


def _check_bounds(bounds: tuple[float, float] | None) -> None:
    if bounds is None:
        return
    least, most = bounds
    if not (0 <= least <= 1 <= most <= MOST_BOUND):
        raise InvalidInputError("The bounds of a weight must be one up to 1 and one from 1.")


def effective_size(weights: Sequence[float], counts: Sequence[int]) -> float:
    """How many people with equal weights would say as much; at most as many as there are.

    `weights` by cell and `counts` of people in it. (sum w)^2 / sum(w^2): L. Kish (1965), Survey
    Sampling, section 11.7.
    """
    check_weights(weights, counts)
    pairs = list(zip(weights, counts, strict=True))
    total = fsum(weight * count for weight, count in pairs)
    squares = fsum(weight * weight * count for weight, count in pairs)
    return min(float(sum(counts)), total * total / squares)


def weighting_effect(weights: Sequence[float], counts: Sequence[int]) -> float:
    """The design effect of weighting: people by effective people, 1 or more (Kish 1965)."""
    return max(1.0, sum(counts) / effective_size(weights, counts))


def weighted_share(
    weights: Sequence[float], counts: Sequence[int], positives: Sequence[int]
) -> float:
    """The weighted share, 0 to 1, of people who are positive, `positives` of `counts` by cell."""
    check_weights(weights, counts)
    check_same_length(positives, counts, "Positives and counts")
    for positive, count in zip(positives, counts, strict=True):
        check_count(positive, "The number of positives")
        if positive > count:
            raise InvalidInputError("There are more positives than people in a cell.")
    total = fsum(weight * count for weight, count in zip(weights, counts, strict=True))
    found = fsum(weight * positive for weight, positive in zip(weights, positives, strict=True))
    return min(1.0, found / total)


def weigh(cells: Sequence[Cell], targets: Targets) -> Weighting:
    """Collapse small categories, rake, trim to 0.3 to 3 means and rake again: docs/statistics.md.

    One weight for each cell, in the order given. Raises InvalidInputError where nobody answered or
    the targets cannot be used.
    """
    _check_people(cells)
    of_cell = [tuple(known.get(margin) for margin in targets) for known, _ in cells]
    people = _distinct(of_cell, cells)
    alike = [(dict(zip(targets, names, strict=True)), count) for names, count in people.items()]
    found = _weighed(alike, targets)
    weights = dict(zip(people, found.weights, strict=True))
    return replace(found, weights=tuple(weights.get(names, 1.0) for names in of_cell))


def _weighed(cells: Sequence[Cell], targets: Targets) -> Weighting:
    small = collapse(cells, targets, LEAST_PEOPLE)
    counts = [count for _, count in cells]
    raked = rake(small.cells, small.targets)
    if not _all_within(raked.weights):
        raked = rake(small.cells, small.targets, BOUNDS)
    deff = weighting_effect(raked.weights, counts)
    return Weighting(
        weights=raked.weights,
        deff=deff,
        reached=raked.reached,
        collapsed=small.merged,
        why_not=_why_not(raked, small.targets, deff),
    )


def _all_within(weights: Sequence[float]) -> bool:
    least, most = BOUNDS
    return least <= min(weights) and max(weights) <= most


def _why_not(raked: Raked, targets: Targets, deff: float) -> WhyNot | None:
    if all(len(found) < 2 for found in raked.reached.values()):
        return "few"
    if not raked.converged:
        return "not_converged"
    if deff > MOST_DESIGN_EFFECT:
        return "design_effect"
    return "trimmed" if _moved(raked.reached, targets) > MOST_MOVED else None


def _moved(reached: Reached, targets: Targets) -> float:
    return max(
        abs(share - to_one(targets[margin])[name])
        for margin, shares in reached.items()
        for name, share in shares.items()
    )
