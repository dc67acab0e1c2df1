"""The published function about weights."""

from typing import Any

from engage.errors import InvalidInputError
from engage.indicators.statistics.margins import Cell, Targets
from engage.indicators.statistics.proportions import linearised_se, wilson
from engage.indicators.statistics.published.given import Given, number, whole
from engage.indicators.statistics.weighting import (
    Raked,
    effective_size,
    rake,
    weighted_share,
    weighting_effect,
)

Answer = dict[str, Any]
TOLERANCE = 1e-12
BETWEEN = "|"


def raked(given: Given) -> Answer:
    """Counts by "A|EHCP", in the order of the margins in `targets`."""
    counts = given.by_name("counts", whole)
    targets: Targets = given.by_name("targets", _shares)
    cells = [_cell(name, count, targets) for name, count in counts.items()]
    found = rake(cells, targets, _cap(given), tolerance=TOLERANCE)
    return (
        {"weights": dict(zip(counts, found.weights, strict=True))}
        | _of_weights(found, list(counts.values()))
        | {f"achieved_{margin}": dict(shares) for margin, shares in found.reached.items()}
        | (_of_shares(found, counts, given) if "satisfied" in given else {})
    )


def _shares(value: object, what: str) -> dict[str, float]:
    if not isinstance(value, dict):
        raise InvalidInputError(f"{what} must be an object.")
    return {name: number(share, f'"{name}" of {what}') for name, share in value.items()}


def _cell(name: str, count: int, targets: Targets) -> Cell:
    names = name.split(BETWEEN)
    if len(names) != len(targets):
        raise InvalidInputError(f'"{name[:40]}" must name one category for each margin.')
    return dict(zip(targets, names, strict=True)), count


def _cap(given: Given) -> tuple[float, float] | None:
    if "cap" not in given:
        return None
    limits = given.numbers("cap")
    if len(limits) != 2:
        raise InvalidInputError('"cap" must be a list of two numbers.')
    return limits[0], limits[1]


def _of_weights(found: Raked, counts: list[int]) -> Answer:
    deff = weighting_effect(found.weights, counts)
    used = [weight for weight, count in zip(found.weights, counts, strict=True) if count]
    return {
        "sum_w": sum(w * count for w, count in zip(found.weights, counts, strict=True)),
        "iterations": found.rounds,
        "iterations_tol1e12": found.rounds,
        "converged": found.converged,
        "min_w": min(used),
        "max_w": max(used),
        "kish_neff": effective_size(found.weights, counts),
        "deff": deff,
        "weighting_efficiency_pct": 100 / deff,
    }


def _of_shares(found: Raked, counts: dict[str, int], given: Given) -> Answer:
    satisfied = given.by_name("satisfied", whole)
    if satisfied.keys() != counts.keys():
        raise InvalidInputError('"satisfied" and "counts" must have the same names.')
    people, positives = list(counts.values()), [satisfied[name] for name in counts]
    weighted = weighted_share(found.weights, people, positives)
    plain = sum(positives) / sum(people)
    return {
        "unweighted_pct": 100 * plain,
        "weighted_pct": 100 * weighted,
        "wilson_on_neff_pct": _range(weighted, effective_size(found.weights, people)),
        "unweighted_wilson_pct": _range(plain, sum(people)),
        "linearised_se": _se(found, people, positives),
    }


def _range(share: float, n: float) -> list[float]:
    found = wilson(share, n)
    return [100 * found.low, 100 * found.high]


def _se(found: Raked, people: list[int], positives: list[int]) -> float:
    """Each cell twice: those who are positive, and those who are not."""
    others = [count - positive for count, positive in zip(people, positives, strict=True)]
    values = [1.0] * len(positives) + [0.0] * len(others)
    return linearised_se(found.weights * 2, values, positives + others)
