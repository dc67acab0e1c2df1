"""One published percentage: from people's values to whole numbers with a range. Pure."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from engage.indicators.q.calculations import DISSATISFIED, SATISFIED, Grade, share
from engage.indicators.q.series import POSITIVE, Reply
from engage.indicators.statistics.proportions import finite_population, wilson
from engage.responses.disclosure import (
    SMALLEST_BASE,
    PublicShares,
    Share,
    half_up,
    nearest_5,
    public_shares,
)

SHOWN = ("positive", "negative")
LEADING = ("positive", "negative", "low", "high")


@dataclass(frozen=True, slots=True)
class Counted:
    """Who gave a view of one part, exactly: people, and their weights, by kind of answer."""

    people: Mapping[str, int]
    totals: Mapping[str, float]  # weighted; empty where there are no weights
    n_kish: float  # what the weights leave of the base
    n_effective: float  # the same, or more of a list of which many replied
    n_unweighted: float  # the base, or more of such a list

    @property
    def base(self) -> int:
        return sum(self.people.values())

    @property
    def is_weighted(self) -> bool:
        return bool(self.totals)

    def share(self, *, weighted: bool) -> float | None:
        """Of positive answers, 0 to 1."""
        if weighted and self.totals:
            return self.totals["positive"] / sum(self.totals.values())
        return share(self.people["positive"], self.base)


@dataclass(frozen=True, slots=True)
class Weighted:
    """The same percentage, weighted. `n_effective` is to the nearest 5."""

    positive: int | str | None
    negative: int | str | None
    low: int | None
    high: int | None
    n_effective: int


@dataclass(frozen=True, slots=True)
class Figure:
    """A published percentage: whole numbers, "under 15" or "over 85", or None where hidden.

    `base` is people who gave a view, to the nearest 5. `low` and `high` are per cent. `as_of` is
    when it was counted, which can be before the snapshot it is in. `reason` says why all is
    hidden: "few" replies, "protected" because another group could be worked out from it,
    "not_asked", or "events" where people were not asked in a way that gives a percentage.
    """

    as_of: str
    base: int | None = None
    positive: int | str | None = None
    negative: int | str | None = None
    low: int | None = None
    high: int | None = None
    reason: str | None = None
    weighted: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Manner:
    """How the people of a wave were found, and whether their weights say something."""

    grade: Grade
    invited: int | None = None
    is_weighted: bool = False
    deff: float = 1.0  # of the weights, to one place, as it is published


def count(people: Sequence[Reply], part: str, manner: Manner) -> Counted:
    """Each kind of answer to one part, among those who gave a view."""
    positive = POSITIVE.get(part, SATISFIED)
    numbers = dict.fromkeys(kinds(part), 0)
    totals: dict[str, float] = defaultdict(float)
    squares = 0.0
    for reply in people:
        value = reply.values.get(part)
        if value is None:
            continue
        kind = _kind(value, positive)
        numbers[kind] += 1
        totals[kind] += reply.weight
        squares += reply.weight * reply.weight
    base = sum(numbers.values())
    found = {kind: totals[kind] for kind in numbers} if manner.is_weighted and base else {}
    size = sum(found.values()) ** 2 / squares if found else float(base)
    listed = _of_a_list(size, base, manner), _of_a_list(base, base, manner)
    return Counted(numbers, found, size, *listed)


def _of_a_list(size: float, base: int, manner: Manner) -> float:
    """Of an invited list nobody is unsure of those who replied; an open link has no list."""
    if manner.grade != "A" or not manner.invited or not base or manner.invited <= base:
        return size
    return finite_population(size, base, manner.invited)


def kinds(part: str) -> tuple[str, ...]:
    # Confidence has four points, and so no middle.
    return SHOWN if part in POSITIVE else ("positive", "neutral", "negative")


def _kind(value: int, positive: Collection[int]) -> str:
    if value in positive:
        return "positive"
    return "negative" if value in DISSATISFIED else "neutral"


def figure(people: Sequence[Reply], part: str, manner: Manner, now: datetime) -> Figure:
    """How many of every 100 who gave a view were positive and negative about that part."""
    as_of = now.isoformat()
    if manner.grade == "C":
        return Figure(as_of, reason="events")
    if people and not any(part in reply.values for reply in people):
        return Figure(as_of, reason="not_asked")
    found = count(people, part, manner)
    if found.base < SMALLEST_BASE:
        return Figure(as_of, reason="few")
    plain = public_shares(found.people, SHOWN)
    positive = plain.shares["positive"]
    if plain.base is None or positive is None:
        return Figure(as_of, reason="protected")
    return Figure(
        as_of,
        plain.base,
        positive,
        plain.shares["negative"],
        *_ends(positive, plain.base),
        weighted=asdict(_weighted(found, manner.deff)) if found.is_weighted else None,
    )


def as_shares(shown: Figure) -> PublicShares:
    return PublicShares(shown.base, {"positive": shown.positive, "negative": shown.negative})


def _weighted(found: Counted, deff: float) -> Weighted:
    shown = public_shares(found.people, SHOWN, found.totals)
    # From what is published beside it: what the exact weights leave would say the exact base.
    size = nearest_5(round(nearest_5(found.base) / deff))
    positive, negative = shown.shares["positive"], shown.shares["negative"]
    return Weighted(positive, negative, *_ends(positive, size), n_effective=size)


def _ends(shown: int | str | None, size: int) -> tuple[int | None, int | None]:
    """Worked out from what is published, so that it tells no more, and anyone can do it again.

    Beside "under 5" a range would tell 0 from 1, which the blur hides.
    """
    if not isinstance(shown, int):
        return None, None
    ends = wilson(shown / 100, size)
    return _whole(100 * ends.low), _whole(100 * ends.high)


def _whole(percent: float) -> int:
    return half_up(Decimal(percent))


def near(shown: Share) -> Share:
    """To the nearest 5 %: a whole one beside the headline would say what its exact base is."""
    return nearest_5(shown) if isinstance(shown, int) else shown


def leading(figure: Mapping[str, Any], data: Mapping[str, Any]) -> dict[str, Any]:
    """A published figure with the numbers that stand first: weighted ones where they may.

    `data` is the publication it stands in.
    """
    weighted = figure.get("weighted")
    if not weighted or data.get("weights", {}).get("why_not"):
        return dict(figure)
    shown = {**figure, **{name: weighted[name] for name in LEADING}}
    # Few people of great weight: the weighted share may be withheld where the plain one is not.
    return shown if shown["positive"] is not None else {**shown, "reason": "protected"}


def worth(figure: Mapping[str, Any], data: Mapping[str, Any]) -> int:
    """How many people the leading numbers are of, to the nearest 5; 0 of a hidden figure."""
    weighted = figure.get("weighted")
    if weighted and not data.get("weights", {}).get("why_not"):
        return int(weighted["n_effective"])
    return int(figure["base"] or 0)
