"""A patient reader of published numbers, who knows the rules by which they were made. Pure.

Nothing of Engage is used here. Each number is known as the lowest and highest it can be; sums,
percentages and later publications narrow that, over and over, until nothing changes. That is
all of: a total less its parts, in one step, two or more; one publication less the one before;
a percentage times its base; 100 % less the shares shown.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from math import sqrt
from typing import Protocol

Key = tuple[Hashable, ...]
Span = tuple[int, int]
ENDLESS = 1_000_000
NOBODY = (1, 0)  # no number of people is shown like that
MOST_ROUNDS = 30
MOST_LOOKS = 4  # at the clues that take long
SMALL = range(1, 5)


@dataclass(frozen=True)
class Rules:
    """How numbers were made before they were published, which is no secret."""

    step: int = 5  # bases and counts are to the nearest so many
    smallest_base: int = 30
    smallest_count: int = 10
    is_blurred: bool = True
    hidden: Span = (0, ENDLESS)  # what a number that is not shown can be

    def count(self, shown: int | None) -> Span:
        if shown is None:
            return self.hidden
        return max(self.smallest_count, shown - self.step // 2), shown + self.step // 2

    def base(self, shown: int) -> Span:
        return max(self.smallest_base, shown - self.step // 2), shown + self.step // 2


@dataclass(frozen=True)
class Shares:
    """A percentage figure: its base, its answers, and what is shown of them."""

    base: Key
    answers: tuple[Key, ...]  # all of them, which make the base together
    shown: Mapping[Key, tuple[int | str, int | str]]  # lowest and highest it can be
    ends: tuple[int, int] | None = None  # the range of the first answer
    ends_of: int = 0  # the base it was worked out on, as published


class Clue(Protocol):
    """Something else that was published, and what it narrows."""

    def narrow(self, knowledge: "Knowledge") -> bool: ...


@dataclass
class Knowledge:
    rules: Rules
    spans: dict[Key, Span] = field(default_factory=dict)
    sums: list[tuple[Key, tuple[Key, ...]]] = field(default_factory=list)
    shares: list[Shares] = field(default_factory=list)
    clues: list[Clue] = field(default_factory=list)

    def learn(self, key: Key, span: Span) -> bool:
        """Whether that was news."""
        low, high = self.spans.get(key, (0, ENDLESS))
        both = max(low, span[0]), min(high, span[1])
        self.spans[key] = both
        return both != (low, high)

    def of(self, key: Key) -> Span:
        return self.spans.get(key, (0, ENDLESS))

    def think(self) -> None:
        for _ in range(MOST_LOOKS):
            self._put_together()
            news = [clue.narrow(self) for clue in self.clues]
            if not any(news):
                return
        self._put_together()

    def _put_together(self) -> None:
        for _ in range(MOST_ROUNDS):
            news = [self._add_up(total, parts) for total, parts in self.sums]
            news += [self._weigh_up(each) for each in self.shares]
            if not any(news):
                return

    def small_cells(self) -> dict[Key, int]:
        """The numbers of 1 to 4 that can be nothing else."""
        return {key: low for key, (low, high) in self.spans.items() if low == high and low in SMALL}

    def _add_up(self, total: Key, parts: Sequence[Key]) -> bool:
        spans = [self.of(part) for part in parts]
        lowest, highest = sum(low for low, _ in spans), sum(high for _, high in spans)
        news = [self.learn(total, (lowest, highest))]
        least, most = self.of(total)
        for part, (low, high) in zip(parts, spans, strict=True):
            news.append(self.learn(part, (least - (highest - high), most - (lowest - low))))
        return any(news)

    def _weigh_up(self, shares: Shares) -> bool:
        """Try each base there can be, and keep what fits with any of them."""
        low, high = self.of(shares.base)
        if high - low > 2 * self.rules.step:
            return False
        fitting: dict[Key, list[Span]] = {}
        for base in range(low, high + 1):
            for key, span in self._if_base_is(base, shares).items():
                fitting.setdefault(key, []).append(span)
        hulls = {
            key: (min(lows for lows, _ in each), max(highs for _, highs in each))
            for key, each in fitting.items()
        }
        news = [self.learn(key, span) for key, span in hulls.items()]
        return any(news)

    def _if_base_is(self, base: int, shares: Shares) -> dict[Key, Span]:
        spans = {}
        for key in shares.answers:
            known, shown = self.of(key), shares.shown.get(key)
            span = (0, base) if shown is None else between(*shown, base, self.rules)
            spans[key] = max(known[0], span[0]), min(known[1], span[1])
        if shares.ends:
            first = shares.answers[0]
            spans[first] = within_range(spans[first], base, shares)
        lowest, highest = (
            sum(low for low, _ in spans.values()),
            sum(high for _, high in spans.values()),
        )
        if not lowest <= base <= highest or any(low > high for low, high in spans.values()):
            return {}
        narrowed = {
            key: (max(low, base - highest + high), min(high, base - lowest + low))
            for key, (low, high) in spans.items()
        }
        return {**narrowed, shares.base: (base, base)}


def between(low: int | str, high: int | str, base: int, rules: Rules) -> Span:
    """How many of the base it can be, where the share is one of several."""
    shares = [low] if low == high else range(int(low), int(high) + 1)
    spans = [span for share in shares if (span := people(share, base, rules)) != NOBODY]
    if not spans:
        return NOBODY
    return min(low for low, _ in spans), max(high for _, high in spans)


def people(shown: int | str, base: int, rules: Rules) -> Span:
    """How many of the base it can be."""
    word = shown if isinstance(shown, int) else shown.split()[0]
    return _all_shares(base, rules.is_blurred).get(word, NOBODY)


@cache
def _all_shares(base: int, is_blurred: bool) -> dict[int | str, Span]:
    """Every share that can be shown of that base, with the fewest and the most people it can be."""
    found: dict[int | str, Span] = {}
    for count in range(base + 1):
        word = _word(count, base) if is_blurred else rounded(count, base)
        found[word] = found.get(word, (count, count))[0], count
    return found


def _word(count: int, base: int) -> int | str:
    percent = rounded(count, base)
    if count <= 4 or percent < 5:
        return "under"
    return "over" if base - count <= 4 or percent > 95 else percent


def rounded(count: int, base: int) -> int:
    return (200 * count + base) // (2 * base)


def within_range(span: Span, base: int, shares: Shares) -> Span:
    """A range that was worked out from the exact share tells more than the share it stands by."""
    shown, _ = shares.shown.get(shares.answers[0], (None, None))
    if isinstance(shown, int) and wilson(shown / 100, shares.ends_of) == shares.ends:
        return span
    low, high = span
    fits = [
        count
        for count in range(low, min(high, base) + 1)
        if wilson(count / base, shares.ends_of) == shares.ends
    ]
    return (fits[0], fits[-1]) if fits else span


def wilson(share: float, size: float) -> tuple[int, int]:
    """The 95 % range in whole per cent."""
    z = 1.959963984540054
    scale = 1 + z * z / size
    centre = (share + z * z / (2 * size)) / scale
    half = z * sqrt(share * (1 - share) / size + z * z / (4 * size * size)) / scale
    low, high = max(0.0, centre - half), min(1.0, centre + half)
    return int(100 * low + 0.5), int(100 * high + 0.5)
