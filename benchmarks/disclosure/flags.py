"""What it tells that an area is called higher or lower than the rest, or neither. Pure.

Nothing of Engage is used here. A reader knows the test: the share of the area beside the share of
all others, called different where the gap is 5 points or more and chance is ruled out at 5 %,
after Holm over all areas.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import erfc, sqrt

from benchmarks.disclosure.attack import Key, Knowledge, Span

LEAST_GAP, CHANCE = 0.05, 0.05
HAIR = 1e-9
MOST_CELLS = 4000


@dataclass(frozen=True)
class Flag:
    """The verdict on one area. Keys are of a base and of those who are positive in it."""

    area: tuple[Key, Key]
    others: Sequence[tuple[Key, Key]]
    verdict: str  # "higher", "lower" or "none"

    def narrow(self, knowledge: Knowledge) -> bool:
        bases, counts = (knowledge.of(key) for key in self.area)
        rest = self._rest(knowledge)
        size = (bases[1] - bases[0] + 1) * (counts[1] - counts[0] + 1)
        if size > MOST_CELLS or rest[0][1] > 100_000:
            return False
        fitting = [
            (base, count)
            for base in range(max(1, bases[0]), bases[1] + 1)
            for count in range(counts[0], min(counts[1], base) + 1)
            if self._can_be(base, count, rest)
        ]
        if not fitting:
            return False
        news = [knowledge.learn(key, _hull(fitting, at)) for at, key in enumerate(self.area)]
        return any(news)

    def _rest(self, knowledge: Knowledge) -> tuple[Span, Span]:
        """How many people are in all the others, and how many of them are positive."""
        spans = [[knowledge.of(key) for key in keys] for keys in zip(*self.others, strict=True)]
        bases, counts = ((sum(lo for lo, _ in x), sum(hi for _, hi in x)) for x in spans)
        return bases, counts

    def _can_be(self, base: int, count: int, rest: tuple[Span, Span]) -> bool:
        (fewest, most), (least, greatest) = rest
        # The furthest that the area can be above the rest, and the furthest below.
        above = gap_and_z(count, base, min(least, most), most)
        below = gap_and_z(count, base, min(greatest, fewest), fewest)
        if self.verdict == "higher":
            return _may_stand_out(*above)
        if self.verdict == "lower":
            return _may_stand_out(-below[0], -below[1])
        many = len(self.others) + 1
        return not (_must_stand_out(*below, many) or _must_stand_out(-above[0], -above[1], many))


def gap_and_z(count: int, base: int, rest: int, rest_base: int) -> tuple[float, float]:
    if rest_base < 1:
        return 0.0, 0.0
    gap = count / base - rest / rest_base
    middle = (count + rest) / (base + rest_base)
    error = sqrt(middle * (1 - middle) * (1 / base + 1 / rest_base))
    return gap, gap / error if error else 0.0


def _may_stand_out(gap: float, z: float) -> bool:
    """Holm never makes a difference surer than it is alone."""
    return gap >= LEAST_GAP - HAIR and erfc(z / sqrt(2)) < CHANCE + HAIR


def _must_stand_out(gap: float, z: float, many: int) -> bool:
    """Nor less sure than were it the surest of them all."""
    return gap > LEAST_GAP + HAIR and many * erfc(z / sqrt(2)) < CHANCE - HAIR


def _hull(fitting: Sequence[tuple[int, int]], at: int) -> Span:
    numbers = [each[at] for each in fitting]
    return min(numbers), max(numbers)


def flags(verdicts: Mapping[str, str], keys: Mapping[str, tuple[Key, Key]]) -> list[Flag]:
    """`keys` of every area, also of those not shown, which are in the rest."""
    return [
        Flag(keys[area], [other for name, other in keys.items() if name != area], verdict)
        for area, verdict in verdicts.items()
    ]
