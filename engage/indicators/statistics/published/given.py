"""Reading the keys of a JSON object, with a sentence for what is missing or of another type."""

from collections.abc import Callable
from math import isfinite
from typing import Any, TypeVar

from engage.errors import InvalidInputError

MOST = 10**12
T = TypeVar("T")


class Given:
    """A JSON object. Keys that nobody asks for are left alone."""

    def __init__(self, value: object) -> None:
        if not isinstance(value, dict):
            raise InvalidInputError("The JSON must be an object, or a list of objects.")
        self._values: dict[str, Any] = value

    def __contains__(self, key: str) -> bool:
        return self._values.get(key) is not None

    def names(self) -> list[str]:
        return list(self._values)

    def value(self, key: str) -> Any:
        if key not in self:
            raise InvalidInputError(f'The key "{key}" is missing.')
        return self._values[key]

    def number(self, key: str) -> float:
        return number(self.value(key), f'"{key}"')

    def whole(self, key: str, otherwise: int | None = None) -> int:
        if otherwise is not None and key not in self:
            return otherwise
        return whole(self.value(key), f'"{key}"')

    def numbers(self, key: str) -> list[float]:
        return self._list(key, number)

    def wholes(self, key: str) -> list[int]:
        return self._list(key, whole)

    def rows(self, key: str) -> list[list[Any]]:
        """A list of lists."""
        return self._list(key, list_of)

    def table(self, key: str) -> list[list[int]]:
        """Rows of whole numbers."""
        return [[whole(each, f'Each cell of "{key}"') for each in row] for row in self.rows(key)]

    def texts(self, key: str) -> list[str]:
        """The names in a list, or of an object whose values are left alone."""
        value = self.value(key)
        names = list(value) if isinstance(value, dict) else list_of(value, f'"{key}"')
        return [text(name, f'Each of "{key}"') for name in names]

    def by_name(self, key: str, read: Callable[[object, str], T]) -> dict[str, T]:
        """An object with the values read."""
        value = self.value(key)
        if not isinstance(value, dict):
            raise InvalidInputError(f'"{key}" must be an object.')
        return {name: read(each, f'"{name}" of "{key}"') for name, each in value.items()}

    def _list(self, key: str, read: Callable[[object, str], T]) -> list[T]:
        return [read(each, f'Each of "{key}"') for each in list_of(self.value(key), f'"{key}"')]


def number(value: object, what: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise InvalidInputError(f"{what} must be a number.")
    if not -MOST <= value <= MOST or not isfinite(value):
        raise InvalidInputError(f"{what} must be at most a million million.")
    return float(value)


def whole(value: object, what: str) -> int:
    found = number(value, what)
    if found != int(found) or found < 0:
        raise InvalidInputError(f"{what} must be a whole number, 0 or more.")
    return int(found)


def list_of(value: object, what: str) -> list[Any]:
    if not isinstance(value, list):
        raise InvalidInputError(f"{what} must be a list.")
    return value


def text(value: object, what: str) -> str:
    if not isinstance(value, str):
        raise InvalidInputError(f"{what} must be text.")
    return value
