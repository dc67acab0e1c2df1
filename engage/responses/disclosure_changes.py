"""What everything that was ever public of one figure says, taken together. Pure.

Nobody's answer goes away. So 11 who were neutral later are 11 at most who were so before, and the
figure before may tell a small number then that it did not tell when it was published.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, product

from engage.responses.disclosure import FEW, PublicShares, bases_like, span_of
from engage.responses.disclosure_solving import Span, narrowed, together

# How many of the last figures are thought through together: a sixth of a second for so many. What
# lies further back has had hundreds of newcomers since.
THOUGHT_THROUGH = 30
NOT_KNOWN: Span = (0, 10**9)


@dataclass(frozen=True, slots=True)
class Shown:
    """One figure as everybody saw it, with how many were asked and how many gave no view."""

    shares: PublicShares
    asked: Span = NOT_KNOWN
    silent: Span = NOT_KNOWN


@dataclass(frozen=True, slots=True)
class Reading:
    """One way a figure can be read: its exact base, and what that leaves for each answer."""

    base: int
    spans: Mapping[str, Span]
    silent: Span


# Which figures, by their place in the history, and of which answer they tell a small number: of
# those who had given it by then, or of those who came between two figures.
Told = frozenset[tuple[tuple[int, ...], str]]


def change_tells_of_few(
    before: PublicShares, after: PublicShares, answers: Collection[str]
) -> bool:
    """Whether a reader of both learns that exactly 1, 2, 3 or 4 people gave an answer.

    Those who came between, or all who had come before: a base of 40 that becomes 50 can give away
    each count in it. The figure then stays as it was until more people have come. `answers` are
    all there are, also those that are not shown.
    """
    return bool(newly_told([Shown(before)], Shown(after), answers))


def newly_told(history: Sequence[Shown], fresh: Shown, answers: Collection[str]) -> Told:
    """Where the fresh figure would tell that exactly 1, 2, 3 or 4 people gave an answer.

    `history` is in the order of time, of one question, and `answers` are all that there are. What
    was told before without the fresh figure is not told by it.
    """
    known = [each for each in history if each.shares.base is not None][-THOUGHT_THROUGH:]
    if fresh.shares.base is None or not known:
        return frozenset()
    return told([*known, fresh], answers) - told(known, answers)


def told(history: Sequence[Shown], answers: Collection[str]) -> Told:
    """Every small number that a reader of the whole history knows."""
    alone = [readings(each, answers) for each in history]
    stages = _thought_through(alone)
    if not all(stages):
        # Somebody took their answers back, so that no history goes with what was shown.
        stages = alone
    by_then = {
        ((n,), name) for n, stage in enumerate(stages) for name in few(r.spans for r in stage)
    }
    between = {
        ((n, m), name)
        for (n, before), (m, after) in combinations(enumerate(stages), 2)
        for name in few(_newcomers(before, after))
    }
    return frozenset(by_then | between)


def few(possible: Iterable[Mapping[str, Span]]) -> list[str]:
    """The answers that exactly 1, 2, 3 or 4 people gave, however things are."""
    spans = together(possible)
    return [name for name, (low, high) in spans.items() if low == high and 0 < low <= FEW]


def readings(shown: Shown, answers: Collection[str]) -> list[Reading]:
    """All the ways to read a figure.

    Who was never asked is among those without a view but not among those asked: then the two
    numbers do not go together, and the figure is read without them.
    """
    with_all = (shown, replace(shown, silent=NOT_KNOWN), Shown(shown.shares))
    ways = (list(_readings(each, answers)) for each in with_all)
    return next((way for way in ways if way), [])


def _readings(shown: Shown, answers: Collection[str]) -> Iterator[Reading]:
    for base in bases_like(shown.shares.base or 0):
        spans = {name: span_of(shown.shares.shares.get(name), base) for name in answers}
        known = narrowed(spans, base)
        low = max(0, shown.silent[0], shown.asked[0] - base)
        high = min(shown.silent[1], shown.asked[1] - base)
        if known is not None and low <= high:
            yield Reading(base, known, (low, high))


def _thought_through(stages: Sequence[Sequence[Reading]]) -> list[list[Reading]]:
    """Each figure read beside the one before and the next, until nothing new is learnt."""
    found, before = [list(stage) for stage in stages], None
    while found != before:
        before = [list(stage) for stage in found]
        for n in range(1, len(found)):
            found[n] = _beside(found[n], found[n - 1], _after)
        for n in reversed(range(len(found) - 1)):
            found[n] = _beside(found[n], found[n + 1], _before)
    return found


Read = Callable[[Reading, Reading], Reading | None]


def _beside(own: Sequence[Reading], others: Sequence[Reading], read: Read) -> list[Reading]:
    """The readings that go with one of the others, each as wide as all of those together."""
    found = []
    for reading in own:
        possible = [each for other in others if (each := read(reading, other)) is not None]
        if possible:
            silent = together({"": each.silent} for each in possible)[""]
            found.append(Reading(reading.base, together(e.spans for e in possible), silent))
    return found


def _after(own: Reading, before: Reading) -> Reading | None:
    came = _came(before, own)
    if came is None:
        return None
    spans = {
        name: _both(span, (before.spans[name][0] + low, before.spans[name][1] + high))
        for name, span in own.spans.items()
        for low, high in (came[name],)
    }
    silent = _both(own.silent, (before.silent[0], own.silent[1]))
    return _reading(own.base, spans, silent)


def _before(own: Reading, after: Reading) -> Reading | None:
    came = _came(own, after)
    if came is None:
        return None
    spans = {
        name: _both(span, (after.spans[name][0] - high, after.spans[name][1] - low))
        for name, span in own.spans.items()
        for low, high in (came[name],)
    }
    silent = _both(own.silent, (own.silent[0], after.silent[1]))
    return _reading(own.base, spans, silent)


def _reading(base: int, spans: Mapping[str, Span], silent: Span) -> Reading | None:
    known = narrowed(spans, base)
    return None if known is None else Reading(base, known, silent)


def _newcomers(before: Iterable[Reading], after: Iterable[Reading]) -> Iterator[Mapping[str, Span]]:
    """How many newcomers gave each answer, for each two readings that go together."""
    for earlier, later in product(before, after):
        came = _came(earlier, later)
        if came is not None:
            yield came


def _came(before: Reading, after: Reading) -> Mapping[str, Span] | None:
    if after.silent[1] < before.silent[0]:
        return None
    came = {name: _between(before.spans[name], after.spans[name]) for name in before.spans}
    return narrowed(came, after.base - before.base)


def _between(before: Span, after: Span) -> Span:
    """Nobody's answer goes away, so nobody fewer can have come than none."""
    return max(0, after[0] - before[1]), after[1] - before[0]


def _both(one: Span, other: Span) -> Span:
    return max(one[0], other[0]), min(one[1], other[1])
