"""The margins people are weighted to: what they must be like. Pure."""

from collections.abc import Mapping
from math import fsum

from engage.errors import InvalidInputError

# What is known of people who are alike, by margin, None where it is not; and how many they are.
Cell = tuple[Mapping[str, str | None], int]
Targets = Mapping[str, Mapping[str, float]]  # by margin and category, shares that sum to 1

ROUNDING = 0.001  # shares written with a few decimals may miss 1 by this


def check_targets(targets: Targets) -> None:
    """Raise InvalidInputError, with a sentence, where margins cannot be weighted to.

    Each margin needs shares above 0 that sum to 1, within a thousandth for rounding.
    """
    if not targets:
        raise InvalidInputError("There is no margin to weight to.")
    for margin, shares in targets.items():
        _check_margin(margin, shares)


def _check_margin(margin: str, shares: Mapping[str, float]) -> None:
    if not shares:
        raise InvalidInputError(f"The margin {margin} has no categories.")
    for name, share in shares.items():
        if not 0 < share <= 1 + ROUNDING:  # false for NaN too
            raise InvalidInputError(
                f"The share of {name} in the margin {margin} must be above 0 and at most 1."
            )
    if abs(fsum(shares.values()) - 1) > ROUNDING:
        raise InvalidInputError(f"The shares of the margin {margin} must sum to 1.")


def to_one(shares: Mapping[str, float]) -> dict[str, float]:
    """The same shares with what rounding left over spread over all."""
    total = fsum(shares.values())
    return {name: share / total for name, share in shares.items()}


def category(known: Mapping[str, str | None], margin: str, targets: Targets) -> str | None:
    """Which of a margin's categories somebody is in; None also where it has no target."""
    name = known.get(margin)
    return name if name in targets[margin] else None
