"""Weights for one wave: those who replied, made to look like those they speak for. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from engage.errors import InvalidInputError
from engage.indicators.statistics.collapsing import JOINT
from engage.indicators.statistics.weighting import weigh

# Of fewer, a weighted share beside the plain one would tell what a few of a small group answered.
LEAST_PEOPLE = 100

Shares = Mapping[str, Mapping[str, float]]
Kind = tuple[str | None, ...]  # what a person is, one category for each margin


@dataclass(frozen=True, slots=True)
class Population:
    """What those spoken for are like: by variable, the share of each category, and who says so."""

    shares: Shares
    code: str
    title: str
    source: str
    as_of: date
    is_synthetic: bool


@dataclass(frozen=True, slots=True)
class Weights:
    """The weight of each kind of person, mean 1; `why_not` where the weighted figure may not lead.

    Codes of `why_not`: "no_margins", "bad_margins", "few", "small_groups", and the others of
    `statistics.weighting`.
    """

    variables: tuple[str, ...]
    by_kind: Mapping[Kind, float]
    why_not: str | None = None
    deff: float | None = None
    reached: Shares = field(default_factory=dict)
    collapsed: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def exist(self) -> bool:
        return bool(self.by_kind)

    @property
    def lead(self) -> bool:
        """Whether the weighted figure is the one to show first."""
        return self.exist and self.why_not is None

    def of(self, person: Mapping[str, str | None]) -> float:
        """1 for everybody where there are no weights."""
        return self.by_kind[kind_of(person, self.variables)] if self.exist else 1.0


def kind_of(person: Mapping[str, str | None], variables: Iterable[str]) -> Kind:
    return tuple(person.get(variable) for variable in variables)


def none(why_not: str) -> Weights:
    return Weights((), {}, why_not)


def weights_for(
    people: Sequence[Mapping[str, str | None]], population: Population | None
) -> Weights:
    """`people` are what each one is, by variable; a variable nobody was asked is left out."""
    if population is None:
        return none("no_margins")
    if len(people) < LEAST_PEOPLE:
        return none("few")
    variables = tuple(name for name in population.shares if _is_known(people, name))
    if not variables:
        return none("no_margins")
    kinds = Counter(kind_of(person, variables) for person in people)
    cells = [(dict(zip(variables, kind, strict=True)), many) for kind, many in kinds.items()]
    try:
        found = weigh(cells, {name: population.shares[name] for name in variables})
    except InvalidInputError:
        return none("bad_margins")
    return Weights(
        variables=variables,
        by_kind=dict(zip(kinds, found.weights, strict=True)),
        # "few" would say that few replied: here many did, but too few of any two kinds.
        why_not="small_groups" if found.why_not == "few" else found.why_not,
        deff=found.deff,
        reached=found.reached,
        collapsed={
            name: [JOINT.join(each) for each in merged] for name, merged in found.collapsed.items()
        },
    )


def _is_known(people: Sequence[Mapping[str, str | None]], name: str) -> bool:
    return any(person.get(name) is not None for person in people)
