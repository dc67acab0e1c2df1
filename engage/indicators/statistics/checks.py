"""What a statistic may be asked about. Anything else is one plain sentence."""

from collections.abc import Iterable, Sequence

from engage.errors import InvalidInputError

# Beyond these, floating point would no longer give what is asked for.
MOST = 10**12
LEAST_SIZE = 1e-9


def check_share(value: float, what: str = "A share") -> None:
    """From 0 to 1."""
    if not 0 <= value <= 1:  # false for NaN too
        raise InvalidInputError(f"{what} must be a number from 0 to 1.")


def check_size(value: float, what: str = "The number of people") -> None:
    """More than 0; it may be effective, and so need not be whole."""
    if not LEAST_SIZE <= value <= MOST:  # false for NaN too
        raise InvalidInputError(f"{what} must be above 0, and at most a million million.")


def check_part(part: float, whole: float) -> None:
    """Some of the people, and never more than there are."""
    check_size(whole)
    if not 0 <= part <= whole:
        raise InvalidInputError("A part of the people must be from 0 to the number of people.")


def check_count(value: int, what: str) -> None:
    """A whole number from 0."""
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MOST:
        raise InvalidInputError(f"{what} must be a whole number from 0 to a million million.")


def check_finite(values: Iterable[float], what: str = "The values") -> None:
    """Numbers that can be squared and added up."""
    if not all(-MOST <= value <= MOST for value in values):
        raise InvalidInputError(f"{what} must be numbers, and at most a million million.")


def check_same_length(first: Sequence[object], second: Sequence[object], what: str) -> None:
    if len(first) != len(second):
        raise InvalidInputError(f"{what} must be lists of the same length.")
