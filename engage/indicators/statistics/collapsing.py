"""Putting small categories together with a neighbour before weighting. Pure; drops nobody."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engage.indicators.statistics.checks import check_count
from engage.indicators.statistics.margins import Cell, Targets, category, check_targets

LEAST_PEOPLE = 15
JOINT = " + "

Merged = tuple[str, ...]  # categories that are one now


@dataclass(frozen=True, slots=True)
class Collapsed:
    """Cells and targets with the joint categories, named "A + B", and by margin which they are."""

    cells: tuple[Cell, ...]
    targets: Targets
    merged: Mapping[str, tuple[Merged, ...]]


def collapse(cells: Sequence[Cell], targets: Targets, least: int = LEAST_PEOPLE) -> Collapsed:
    """Put every category under `least` people together with the smaller of its neighbours.

    Neighbours are those before and after it in the order of `targets`, so write ages by age and
    areas as they lie. Shares of joint categories are added up. Cells keep their order and people;
    a margin may end with a single category. Where all are large enough, nothing is changed.
    """
    check_targets(targets)
    groups = {margin: _groups(_people(cells, margin, targets), least) for margin in targets}
    names = {
        margin: {name: JOINT.join(group) for group in groups[margin] for name in group}
        for margin in targets
    }
    return Collapsed(
        cells=tuple((_renamed(known, names), count) for known, count in cells),
        targets={
            margin: {
                JOINT.join(group): sum(targets[margin][name] for name in group)
                for group in groups[margin]
            }
            for margin in targets
        },
        merged={
            margin: joint
            for margin in targets
            if (joint := tuple(group for group in groups[margin] if len(group) > 1))
        },
    )


def _people(cells: Sequence[Cell], margin: str, targets: Targets) -> dict[str, int]:
    people = dict.fromkeys(targets[margin], 0)
    for known, count in cells:
        check_count(count, "The number of people in a cell")
        name = category(known, margin, targets)
        if name is not None:
            people[name] += count
    return people


def _groups(people: Mapping[str, int], least: int) -> list[Merged]:
    """The smallest is joined first, so that as few as possible are."""
    groups: list[tuple[Merged, int]] = [((name,), count) for name, count in people.items()]
    while len(groups) > 1:
        at = min(range(len(groups)), key=lambda place: groups[place][1])
        if groups[at][1] >= least:
            break
        first = _first_of_pair(at, [count for _, count in groups])
        (names, count), (more_names, more) = groups[first : first + 2]
        groups[first : first + 2] = [(names + more_names, count + more)]
    return [names for names, _ in groups]


def _first_of_pair(at: int, counts: Sequence[int]) -> int:
    """Where the pair of the category at this place and its smaller neighbour begins."""
    if at == 0:
        return 0
    if at == len(counts) - 1 or counts[at - 1] <= counts[at + 1]:
        return at - 1
    return at


def _renamed(
    known: Mapping[str, str | None], names: Mapping[str, Mapping[str, str]]
) -> dict[str, str | None]:
    return {
        margin: names.get(margin, {}).get(name, name) if name is not None else None
        for margin, name in known.items()
    }
