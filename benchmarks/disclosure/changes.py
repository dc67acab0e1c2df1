"""What the change from one wave to the next tells of both. Pure.

Nothing of Engage is used here. Whether chance is ruled out is asked of the exact figures, and so
says more than the shares shown. The points do too where they are not the difference of those.
"""

from dataclasses import dataclass
from itertools import product
from math import erfc, floor, sqrt
from typing import Any

from benchmarks.disclosure.attack import Key, Knowledge, rounded

Wave = tuple[Knowledge, Key, Key, int]  # what is known; base and positive; the share as shown
MOST_PAIRS = 60_000
CHANCE = 0.05
HAIR = 1e-9


@dataclass(frozen=True)
class Change:
    """Between two waves of which the shares are shown as numbers, unweighted."""

    before: Wave
    after: Wave
    points: int
    is_beyond_chance: bool

    def narrow(self) -> bool:
        earlier, later = _readings(self.before), _readings(self.after)
        if not earlier or not later or len(earlier) * len(later) > MOST_PAIRS:
            return False
        fitting = [pair for pair in product(earlier, later) if self._can_be(*pair)]
        if not fitting:
            return False
        news = []
        for at, (knowledge, *keys, _) in enumerate((self.before, self.after)):
            for part, key in enumerate(keys):
                numbers = [pair[at][part] for pair in fitting]
                news.append(knowledge.learn(key, (min(numbers), max(numbers))))
        return any(news)

    def _can_be(self, earlier: tuple[int, int], later: tuple[int, int]) -> bool:
        (n1, x1), (n2, x2) = earlier, later
        gap = x2 / n2 - x1 / n1
        is_exact = self.points != self.after[-1] - self.before[-1]
        off = abs(_half_up(100 * gap) - self.points)
        if is_exact and off > (abs(100 * gap % 1 - 0.5) < HAIR):
            return False
        middle = (x1 + x2) / (n1 + n2)
        error = sqrt(middle * (1 - middle) * (1 / n1 + 1 / n2))
        p_value = erfc(abs(gap) / error / sqrt(2)) if error else 1.0
        return abs(p_value - CHANCE) < HAIR or (p_value < CHANCE) == self.is_beyond_chance


def _readings(wave: Wave) -> list[tuple[int, int]]:
    """Each base and number of positive people that would be shown as they are."""
    knowledge, base_key, key, shown = wave
    (low, high), (least, most) = knowledge.of(base_key), knowledge.of(key)
    return [
        (base, count)
        for base in range(low, high + 1)
        for count in range(least, min(most, base) + 1)
        if rounded(count, base) == shown
    ]


def _half_up(number: float) -> int:
    return floor(number + 0.5) if number >= 0 else -floor(-number + 0.5)


def change_in(trend: dict[str, Any], before: Wave | None, after: Wave | None) -> list[Change]:
    """What a published trend of two waves says, nothing where it says nothing."""
    found = trend.get("change")
    if not found or before is None or after is None:
        return []
    return [Change(before, after, found["points"], found["is_beyond_chance"])]
