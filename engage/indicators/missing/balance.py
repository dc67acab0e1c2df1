"""Who has not answered yet: replies beside what the population is like. Pure.

It reads only a table that may be shown to staff, so nothing here tells more than that table does:
where a count is hidden, what is said of the group holds for every count it could have.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, fsum, sqrt
from typing import Literal

from engage.errors import InvalidInputError
from engage.indicators.statistics.checks import check_count
from engage.indicators.statistics.proportions import Z_95

LEAST_BASE = 10  # replies: of fewer there is no share
JUMPY_BASE = 30  # replies: below it, a share moves much with each one
SHORT = 0.8  # of the expected share
DOMINANT = 0.4
DOMINANT_DAY = 0.3
STEP = 5
HAIR = 1e-9  # 0.8 of a quarter of 100 is a hair over 20

Counts = Mapping[str, int | None]  # by category; None is hidden
Standing = Literal["nobody", "short", "level", "unclear", "hidden"]


@dataclass(frozen=True, slots=True)
class Group:
    """One category. Shares are 0 to 1; `more` replies would bring it level, to the next 5.

    `standing`: "nobody" yet, "short" (beyond chance), "unclear" (fewer than expected, which may be
    chance), "level", or "hidden" where the hidden count could be either.
    """

    category: str
    expected: float
    replies: int | None
    share: float | None
    more: int
    standing: Standing

    @property
    def is_missing(self) -> bool:
        return self.standing in ("nobody", "short")


@dataclass(frozen=True, slots=True)
class Variable:
    """One thing people are, such as where they live: "nobody yet" first, then furthest short.

    `balance` is 1 where replies are spread as the population is, and 0 where they have nobody in
    common; None where too few replied. `base` is the replies whose category is one of these.
    """

    name: str
    groups: tuple[Group, ...]
    base: int
    balance: float | None


@dataclass(frozen=True, slots=True)
class Large:
    """One category that gave a large share of the replies; None where it cannot be told."""

    category: str
    share: float | None


def variable(
    name: str, expected: Mapping[str, float], shown: Counts, total: int | None
) -> Variable:
    """`expected` adds up to one. `total` is everyone in the table, None where that is hidden.

    `shown` may have categories that `expected` has not, "did not say" for one: they are left out.
    """
    pool = _pool(shown, total)
    hidden = [category for category in shown if shown[category] is None]
    outside = sum(count or 0 for category, count in shown.items() if category not in expected)
    # A hidden count of those outside is at least 1; the rest of the pool is taken to be inside.
    unknown = sum(category not in expected for category in hidden)
    base = 0 if total is None else max(0, total - outside - unknown)
    most = max(0, pool - len(hidden) + 1)
    groups = [_group(each, expected[each], shown.get(each, 0), base, most) for each in expected]
    found = balance(_pairs(expected, shown, pool - unknown))
    return Variable(
        name=name,
        groups=tuple(sorted(groups, key=_urgency)),
        base=base,
        balance=found if base >= LEAST_BASE else None,
    )


def _pool(shown: Counts, total: int | None) -> int:
    """How many people the hidden counts hold between them."""
    for count in shown.values():
        check_count(count or 0, "Each count")
    known = sum(count or 0 for count in shown.values())
    if total is not None and total < known:
        raise InvalidInputError("The groups hold more people than there are.")
    return 0 if total is None else total - known


def _group(category: str, expected: float, replies: int | None, base: int, most: int) -> Group:
    count = most if replies is None else replies
    has_share = base >= LEAST_BASE and replies is not None
    return Group(
        category=category,
        expected=expected,
        replies=replies,
        share=replies / base if has_share and replies is not None else None,
        more=more_to_be_level(count, base, expected),
        standing=_standing(replies, count, base, expected),
    )


def _standing(replies: int | None, count: int, base: int, expected: float) -> Standing:
    """`count` is the most it can be."""
    if replies == 0:
        return "nobody"
    if is_under_represented(count, base, expected):
        return "short"
    if replies is None:
        return "hidden"
    return "level" if replies >= SHORT * expected * base - HAIR else "unclear"


def is_under_represented(count: int, base: int, expected: float) -> bool:
    """Under 0.8 of its share, and by more than chance gives in 19 of 20 samples (binomial z)."""
    spread = sqrt(base * expected * (1 - expected))
    gap = base * expected - count
    return count < SHORT * expected * base - HAIR and gap > Z_95 * spread


def more_to_be_level(count: int, base: int, expected: float) -> int:
    """Replies of this group alone until its share is as expected, rounded up to 5."""
    gap = base * expected - count
    if gap <= HAIR or expected >= 1:  # alone in the table, it has its share whatever comes
        return 0
    return STEP * ceil(round(gap / (1 - expected) / STEP, 9))


def _urgency(group: Group) -> tuple[bool, bool, int, str]:
    return group.standing != "nobody", not group.is_missing, -group.more, group.category


def balance(pairs: Iterable[tuple[float, float]]) -> float:
    """1 - half the sum of |share of replies - expected share|, from 0 to 1; 1 of nobody.

    `pairs` have the expected share and the replies of each group; the shares add up to one. The
    index of dissimilarity from one: O. D. Duncan and B. Duncan (1955), American
    Sociological Review 20, 210-217. One empty group costs its own expected share and no more.
    """
    groups = list(pairs)
    total = fsum(count for _, count in groups)
    if not total:
        return 1.0
    gap = fsum(abs(count / total - expected) for expected, count in groups)
    return min(1.0, max(0.0, 1 - gap / 2))


def _pairs(
    expected: Mapping[str, float], shown: Counts, pool: int
) -> Iterator[tuple[float, float]]:
    """Expected share and replies of each group; those that are hidden are one."""
    hidden = 0.0
    for category, share in expected.items():
        count = shown.get(category, 0)
        if count is None:
            hidden += share
        else:
            yield share, count
    if hidden:
        yield hidden, max(0, pool)


def overall(variables: Iterable[Variable]) -> float | None:
    """The mean of the balances, None where there are none."""
    found = [each.balance for each in variables if each.balance is not None]
    return fsum(found) / len(found) if found else None


def dominant(
    shown: Counts,
    total: int | None,
    least: float = DOMINANT,
    expected: Mapping[str, float] | None = None,
) -> list[Large]:
    """Categories that gave more than `least` of all replies, and more than is expected of them."""
    if total is None or total < LEAST_BASE:
        return []
    usual = expected or {}
    found = [
        (count / total, category)
        for category, count in shown.items()
        if count is not None and count > least * total and count / total > usual.get(category, 0.0)
    ]
    found.sort(key=lambda each: (-each[0], each[1]))
    return [Large(category, share) for share, category in found]


def where_next(variables: Sequence[Variable]) -> list[tuple[str, Group]]:
    """The groups that are missing, with their variable: nobody yet first, then furthest short.

    Where nobody at all has said what they are, no group is further behind than another.
    """
    begun = [each for each in variables if each.base]
    found = [(each.name, group) for each in begun for group in each.groups if group.is_missing]
    return sorted(found, key=lambda pair: (*_urgency(pair[1]), pair[0]))
