"""What may be published without giving a person away. Pure.

Public: counts below 10 are hidden and the rest rounded to the nearest 5, so that
subtracting one table from another finds nobody. Percentages need 30 people.
Staff see exact counts, except 1 to 4. Tables with totals are in `disclosure_tables`.
In plain words, with examples: docs/disclosure.md.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from engage.responses.disclosure_solving import Span, narrowed, that_make, together

HIDDEN_FROM_PUBLIC = range(10)  # 0 too: "nobody said yes" is about each of them
HIDDEN_FROM_STAFF = range(1, 5)
SMALLEST_BASE = 30
LEAST_HIDDEN_TOGETHER = 10  # people left when every published group is subtracted from the total
LOWEST, HIGHEST = 5, 95
FEW = 4  # people: the share of so few, or of all but so few, is blurred
NEARLY_ALL = 95  # per cent of a group of fewer than 30: it would be about each of them
# A figure changes when this many have answered since: fewer, and the change would be about them.
NEW_ANSWERS = 10

Share = int | str | None  # whole per cent, "under 15", "over 85", or None where it is withheld


@dataclass(frozen=True)
class Percentage:
    percent: int
    base: int  # people asked, to the nearest 5


@dataclass(frozen=True, slots=True)
class PublicShares:
    """Shares of one question that are safe side by side; all None where none may be shown."""

    base: int | None
    shares: Mapping[str, Share]


def public_count(count: int) -> int | None:
    """One count that is not part of a table, or None where it must be hidden."""
    return None if count in HIDDEN_FROM_PUBLIC else nearest_5(count)


def public_counts(counts: Mapping[str, int]) -> dict[str, int | None]:
    safe = suppress(counts, HIDDEN_FROM_PUBLIC)
    return {name: None if count is None else nearest_5(count) for name, count in safe.items()}


def staff_counts(counts: Mapping[str, int]) -> dict[str, int | None]:
    return suppress(counts, HIDDEN_FROM_STAFF)


def public_percentage(part: int | Decimal, whole: int | Decimal, base: int) -> Percentage | None:
    """`part` and `whole` are unrounded and may be weighted; `base` counts the people asked."""
    if base < SMALLEST_BASE:
        return None
    return Percentage(half_up(Decimal(100) * part / whole), nearest_5(base))


def blurred(percent: int, count: int | None = None, rest: int | None = None) -> int | str:
    """A whole percentage, or "under 5" or "over 95", or wider where it is about few people.

    `count` people are in the share and `rest` are not. Where either is 0 to 4, the percentage
    would say how many: 13 % of 30 people is 4 people, so "under 15" is shown. 0 is blurred like
    1 to 4: where only 0 were, "under 15" would mean nobody: docs/disclosure.md.
    """
    if count is None or rest is None:
        return _worded(percent, LOWEST, is_few=False, is_nearly_all=False)
    bound = blur_bound(count + rest)
    return _worded(percent, bound, is_few=count <= FEW, is_nearly_all=rest <= FEW)


def _worded(percent: int, bound: int, *, is_few: bool, is_nearly_all: bool) -> int | str:
    if is_few or percent < LOWEST:
        return f"under {bound}"
    if is_nearly_all or percent > HIGHEST:
        return f"over {100 - bound}"
    return percent


def blur_bound(base: int) -> int:
    """The first multiple of 5 above the share of four people, for every base that looks the same.

    It follows from the base to the nearest 5, which is public, so it tells nothing more.
    """
    return 100 * FEW // bases_like(base).start // 5 * 5 + 5


def bases_like(base: int) -> range:
    """The bases, of 30 at least, that are published as the same number."""
    return range(max(SMALLEST_BASE, nearest_5(base) - 2), nearest_5(base) + 3)


def public_shares(
    counts: Mapping[str, int],
    shown: Collection[str],
    weights: Mapping[str, float] | None = None,
) -> PublicShares:
    """The shares that may stand side by side, of answers of which each person gave one.

    `counts` has the people of every answer, also of those that are not `shown`: somebody could
    find those by taking the shown ones from 100 %. The smallest shown shares are withheld until
    nobody can. `weights` has the weighted total of each answer, where the shares are weighted.
    """
    base = sum(counts.values())
    names = [name for name in counts if name in shown]
    if base < SMALLEST_BASE:
        return PublicShares(None, dict.fromkeys(names))
    shares = _safe_from_subtracting(_worded_shares(counts, names, counts), counts, base)
    if _rule_tells_of_few(shares, counts, base):
        shares = dict.fromkeys(names)
    if weights is not None:
        # Who reads a weighted share may guess that it is not: both must be safe.
        weighted = _worded_shares(counts, names, weights)
        either = {name: None if shares[name] is None else weighted[name] for name in names}
        shares = _safe_from_subtracting(either, counts, base)
    # With no share to see, the base would say for which bases that happens.
    is_shown = any(share is not None for share in shares.values())
    return PublicShares(nearest_5(base) if is_shown else None, shares)


def _worded_shares(
    counts: Mapping[str, int], names: Collection[str], sizes: Mapping[str, float]
) -> dict[str, Share]:
    """`sizes` are the counts themselves, or their weighted totals."""
    base, whole = sum(counts.values()), sum(_exact(sizes[name]) for name in counts)
    bound = blur_bound(base)
    if not whole:
        return dict.fromkeys(names)
    shares: dict[str, Share] = {}
    for name in names:
        share = 100 * _exact(sizes[name]) / whole
        worded = blurred(half_up(share), counts[name], base - counts[name])
        shares[name] = worded if _is_true(worded, share, bound) else None
    return shares


def _is_true(worded: int | str, share: Decimal, bound: int) -> bool:
    """Whether it is under or over, as it says: few people of great weight can be a large share."""
    if isinstance(worded, int):
        return True
    return share < bound if worded.startswith("under") else share > 100 - bound


def _safe_from_subtracting(
    shares: Mapping[str, Share], answers: Collection[str], base: int
) -> Mapping[str, Share]:
    """The shares without the smallest ones, as many as it takes."""
    exact = {name: share for name, share in shares.items() if isinstance(share, int)}
    # By what is shown and not by the counts: which one is withheld must not tell more.
    for name in [*sorted(exact, key=lambda name: (exact[name], name)), *shares]:
        if not _tell_of_few(shares, answers, base):
            break
        shares = {**shares, name: None}
    return shares


def _tell_of_few(shares: Mapping[str, Share], answers: Collection[str], base: int) -> bool:
    """Whether the shares leave one possible number for an answer, and that is 1 to 4."""
    possible = (
        narrowed({name: span_of(shares.get(name), each) for name in answers}, each)
        for each in bases_like(base)
    )
    spans = together(each for each in possible if each is not None)
    return any(low == high and 0 < low <= FEW for low, high in spans.values())


def _rule_tells_of_few(shares: Mapping[str, Share], answers: Collection[str], base: int) -> bool:
    """Whether a reader who knows these rules learns the number from what had to be withheld."""
    if [*shares.values()].count(None) in (0, len(shares)):
        return False
    found: dict[str, set[int]] = {name: set() for name in answers}
    for counts in _alike(shares, answers, base):
        for name, count in counts.items():
            found[name].add(count)
        if all(len(numbers) > 1 for numbers in found.values()):
            break
    return any(len(numbers) == 1 and 0 < min(numbers) <= FEW for numbers in found.values())


def _alike(
    shares: Mapping[str, Share], answers: Collection[str], base: int
) -> Iterator[Mapping[str, int]]:
    """Every set of counts that would be published as the same shares."""
    for each in bases_like(base):
        spans = {name: span_of(shares.get(name), each) for name in answers}
        for counts in that_make(spans, each):
            worded = _worded_shares(counts, shares, counts)
            if _safe_from_subtracting(worded, counts, each) == shares:
                yield counts


def span_of(share: Share, base: int) -> Span:
    """The fewest and the most people of that base who would be shown as that share."""
    if share is None:
        return 0, base
    if isinstance(share, int):
        return max(FEW + 1, _first(share, base)), min(base - FEW, _first(share + 1, base)) - 1
    if share.startswith("under"):
        return 0, max(FEW, _first(LOWEST, base) - 1)
    return min(base - FEW, _first(HIGHEST + 1, base)), base


def _first(percent: int, base: int) -> int:
    """The fewest people of that base who are rounded to that percentage or a higher one."""
    return -((1 - 2 * percent) * base // 200)


def withheld(bases: Mapping[str, int], also: Collection[str] = ()) -> set[str]:
    """Which parts of a whole must show no percentage, beside those in `also`.

    `bases` counts the people asked in each part, exactly. A part of fewer than 30 is hidden. So
    is the next smallest, until two parts are hidden which hold 10 people between them: a single
    one, or a few people, could otherwise be found by taking the other parts from the whole.
    """
    hidden = {name for name, base in bases.items() if base < SMALLEST_BASE} | {*also}
    shown = sorted((name for name in bases if name not in hidden), key=bases.__getitem__)
    while hidden and shown and not _hide_each_other(hidden, bases):
        hidden.add(shown.pop(0))
    return hidden


def _hide_each_other(hidden: Collection[str], bases: Mapping[str, int]) -> bool:
    return len(hidden) > 1 and sum(bases[name] for name in hidden) >= LEAST_HIDDEN_TOGETHER


def suppress(counts: Mapping[str, int], unsafe: range) -> dict[str, int | None]:
    """Unsafe counts hidden, and never just one of them, which a total would reveal."""
    hidden = {name for name, count in counts.items() if count in unsafe}
    if len(hidden) == 1:
        others = [name for name in counts if name not in hidden and counts[name]]
        hidden.update(sorted(others, key=counts.__getitem__)[:1])
    return {name: None if name in hidden else count for name, count in counts.items()}


def tells_of_everyone(count: int, group: int) -> bool:
    """Whether nearly all or none of a small group are in a category: that is about each of them."""
    if group >= SMALLEST_BASE:
        return False
    return count == 0 or 100 * count >= NEARLY_ALL * group


def whole_percent(share: float) -> int:
    """A share of 0 to 1 in whole per cent; a difference of two may be below 0."""
    # 0.285 is a hair under 28.5: the rest is floating point.
    return half_up(Decimal(round(100 * share, 9)))


def half_up(value: Decimal) -> int:
    # Not round(), which makes 32.5 into 32: readers expect 33.
    return int(value.to_integral_value(ROUND_HALF_UP))


def nearest_5(count: int) -> int:
    return (count + 2) // 5 * 5


def _exact(size: float) -> Decimal:
    return Decimal(str(size))
