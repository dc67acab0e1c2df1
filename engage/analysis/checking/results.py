"""What a round of double-coding says, from what each person and the machine said. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from engage.analysis.checking.agreement import (
    AIM,
    Agreement,
    Coding,
    Group,
    by_audience,
    compare,
    is_to_discuss,
    mean,
    wide_gap,
)

MACHINE = ""  # stands where a person's name stands


@dataclass(frozen=True)
class Coder:
    """A person, or the machine, and what they said each comment is about."""

    name: str
    coding: Coding


@dataclass(frozen=True)
class Comparison:
    """Two of them, over the comments both coded."""

    first: str
    second: str
    agreement: Agreement
    groups: tuple[Group, ...]

    @property
    def is_with_machine(self) -> bool:
        return self.second == MACHINE

    @cached_property
    def gap(self) -> tuple[Group, Group] | None:
        return wide_gap(self.groups)


@dataclass(frozen=True)
class Lowest:
    """Where a theme is coded least alike, and by which two."""

    theme: int
    kappa: float
    comparison: Comparison


@dataclass(frozen=True)
class Results:
    themes: tuple[int, ...]
    comparisons: tuple[Comparison, ...]

    @cached_property
    def between_people(self) -> tuple[Comparison, ...]:
        return tuple(each for each in self.comparisons if not each.is_with_machine)

    @cached_property
    def with_machine(self) -> tuple[Comparison, ...]:
        return tuple(each for each in self.comparisons if each.is_with_machine)

    @cached_property
    def mean_between_people(self) -> float | None:
        return mean(each.agreement.mean_kappa for each in self.between_people)

    @cached_property
    def mean_with_machine(self) -> float | None:
        return mean(each.agreement.mean_kappa for each in self.with_machine)

    @property
    def reaches_aim(self) -> bool:
        found = self.mean_between_people
        return found is not None and round(found, 2) >= AIM

    @property
    def people_to_discuss(self) -> tuple[Lowest, ...]:
        return self._to_discuss(self.between_people)

    @property
    def machine_to_discuss(self) -> tuple[Lowest, ...]:
        return self._to_discuss(self.with_machine)

    def _to_discuss(self, comparisons: Sequence[Comparison]) -> tuple[Lowest, ...]:
        """A mean would hide one person who reads a theme in another way, so the lowest counts."""
        lowest = (_lowest(place, theme, comparisons) for place, theme in enumerate(self.themes))
        return tuple(each for each in lowest if each and is_to_discuss(each.kappa))


def _lowest(place: int, theme: int, comparisons: Sequence[Comparison]) -> Lowest | None:
    kappas = [(each.agreement.themes[place].kappa, each) for each in comparisons]
    known = [Lowest(theme, kappa, each) for kappa, each in kappas if kappa is not None]
    return min(known, key=lambda each: each.kappa, default=None)


def results(
    coders: Sequence[Coder], machine: Coding, themes: Sequence[int], audience_of: Mapping[int, str]
) -> Results:
    """Every two people, and each person and the machine; only where they share a comment."""
    with_machine = [(coder, Coder(MACHINE, machine)) for coder in coders]
    compared = (
        _comparison(first, second, themes, audience_of)
        for first, second in [*combinations(coders, 2), *with_machine]
    )
    return Results(tuple(themes), tuple(each for each in compared if each.agreement.comments))


def _comparison(
    first: Coder, second: Coder, themes: Sequence[int], audience_of: Mapping[int, str]
) -> Comparison:
    return Comparison(
        first=first.name,
        second=second.name,
        agreement=compare(first.coding, second.coding, themes),
        groups=by_audience(first.coding, second.coding, themes, audience_of),
    )
