"""How many of each group speak of each theme. Pure.

A person is counted once for a theme, however often they speak of it, and a percentage is of those
in the group who wrote a comment that could be read.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from engage.analysis.exploring.heard import EVERY_GROUP, Heard
from engage.responses.disclosure import HIDDEN_FROM_STAFF, half_up

FEWEST_FOR_PERCENT = 30


@dataclass(frozen=True, slots=True)
class Size:
    """People of one group who speak of a theme. None: hidden, or too few for a percentage."""

    group: str
    people: int | None
    base: int
    percent: int | None


@dataclass(frozen=True, slots=True)
class ThemeSize:
    theme: str
    people: int
    groups: tuple[Size, ...]


def sizes(heard: Sequence[Heard], shows_small: bool) -> list[ThemeSize]:
    """The themes, most people first. `shows_small`: this reader may see counts of 1 to 4."""
    bases = {group: _people(h for h in heard if h.group == group) for group in EVERY_GROUP}
    bases = {group: base for group, base in bases.items() if base}
    themes = sorted({theme for each in heard for theme in each.themes})
    found = [_theme(theme, heard, bases, shows_small) for theme in themes]
    return sorted(found, key=lambda size: (-size.people, size.theme))


def _theme(
    theme: str, heard: Sequence[Heard], bases: dict[str, int], shows_small: bool
) -> ThemeSize:
    saying = [each for each in heard if theme in each.themes]
    counts = {g: _people(each for each in saying if each.group == g) for g in bases}
    # One hidden count could be found from the total and the others, so none is shown then.
    known = (*counts.values(), *bases.values())
    hides = not shows_small and any(count in HIDDEN_FROM_STAFF for count in known)
    return ThemeSize(
        theme,
        _people(saying),
        tuple(_size(group, counts[group], bases[group], hides) for group in bases),
    )


def _size(group: str, count: int, base: int, hides: bool) -> Size:
    if hides:
        return Size(group, None, base, None)
    return Size(
        group, count, base, half_up(Decimal(100) * count / base) if _is_enough(base) else None
    )


def _is_enough(base: int) -> bool:
    return base >= FEWEST_FOR_PERCENT


def _people(heard: Iterable[Heard]) -> int:
    return len({each.response_id for each in heard})
