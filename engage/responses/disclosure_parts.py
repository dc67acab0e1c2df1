"""What a whole tells of those who are in none of the parts that are shown. Pure."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import product

from engage.responses.disclosure import FEW, PublicShares
from engage.responses.disclosure_changes import Shown, readings
from engage.responses.disclosure_solving import Span, narrowed, together

LEAST_ROOM = 2  # how far apart the fewest and the most can be

# By how many people they are together, what each answer can be.
Sums = Mapping[int, Mapping[str, Span]]


def rest_tells_of_few(
    whole: PublicShares, parts: Sequence[PublicShares], answers: Collection[str]
) -> bool:
    """Whether the whole less its parts leaves one number for an answer, and that is 1 to 4.

    The rest are those of hidden parts and those of no part. All parts are taken away, and each
    one alone, of those that have a base; the whole is not of fewer people than any of them.
    """
    known = [part for part in parts if part.base is not None]
    ways = [known, *([part] for part in known)] if known else []
    return any(_nearly_told(_rests(whole, taken, answers)) for taken in ways)


def _nearly_told(possible: Iterable[Mapping[str, Span]]) -> bool:
    """A later figure may narrow it further, so two numbers that it can be are too few as well."""
    spans = together(possible).values()
    return any(0 < low <= FEW and high - low < LEAST_ROOM for low, high in spans)


def _rests(
    whole: PublicShares, taken: Sequence[PublicShares], answers: Collection[str]
) -> Iterator[Mapping[str, Span]]:
    sums = _together(taken, answers)
    for reading, (base, spans) in product(readings(Shown(whole), answers), sums.items()):
        rest = {name: _less(reading.spans[name], spans[name]) for name in answers}
        known = narrowed(rest, reading.base - base)
        if known is not None:
            yield known


def _together(parts: Sequence[PublicShares], answers: Collection[str]) -> Sums:
    """Each number of people that they can be together, with what each answer can be then."""
    sums: Sums = {0: dict.fromkeys(answers, (0, 0))}
    for part in parts:
        ways: dict[int, list[Mapping[str, Span]]] = {}
        for (base, spans), reading in product(sums.items(), readings(Shown(part), answers)):
            added = {name: _and(spans[name], reading.spans[name]) for name in answers}
            ways.setdefault(base + reading.base, []).append(added)
        sums = {base: together(each) for base, each in ways.items()}
    return sums


def _and(one: Span, other: Span) -> Span:
    return one[0] + other[0], one[1] + other[1]


def _less(whole: Span, part: Span) -> Span:
    return max(0, whole[0] - part[1]), whole[1] - part[0]
