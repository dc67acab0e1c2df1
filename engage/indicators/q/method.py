"""What the methodology note says of how people took part, as it may be published. Pure.

How many gave a view of each part is worked out from numbers that are public already, so that it
tells nothing more; so is whether it may be said why the others gave none, and how finely.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from engage.indicators.q.seen import ROUNDED_BY
from engage.indicators.q.series import PARTS, Reply, Source, Ways
from engage.indicators.q.settling import (
    NOTHING_TO_SHOW,
    Place,
    Publication,
    is_other,
    last_of_question,
)
from engage.indicators.q.shares import near
from engage.responses.disclosure import (
    FEW,
    NEW_ANSWERS,
    SMALLEST_BASE,
    Share,
    blur_bound,
    blurred,
    half_up,
    nearest_5,
    public_shares,
)

# One number to the nearest 5 less another may be twice as many people off.
ROUNDED_OFF = 2 * ROUNDED_BY
# Replies always come one of these ways; whoever came another way is named from five people on.
WAYS_IN = ("web", "import")
OTHER = "other"
WHY = ("said", "blank")


def response_rate(source: Source, replied: int) -> dict[str, int | None] | None:
    """Replies over a list whose size is known. From the rounded number, which `replies` says.

    `percent` is None where more replied than were invited, whoever the rounded number stands for:
    then the size of the list is wrong, or the links were passed on.
    """
    if source.grade != "A" or not source.invited or source.invited < SMALLEST_BASE:
        return None
    if replied < SMALLEST_BASE:
        return None
    replies = nearest_5(replied)
    is_possible = replies - ROUNDED_BY <= source.invited
    percent = min(100, _whole(replies, source.invited)) if is_possible else None
    return {"replies": replies, "invited": source.invited, "percent": percent}


def took_part(ways: Ways) -> dict[str, Any]:
    """Shares of everybody who answered, to the nearest 5 per cent; None where too few did."""
    return {
        "channels": _shares(_folded(ways.channels)),
        "who_answered": _shares(ways.who_answered),
        "who_named": dict(ways.who_named),
    }


def _folded(channels: Mapping[str, int]) -> dict[str, int]:
    """The usual ways and "other" are always there, whether or not anybody came by them.

    One that is there for a few alone would say that somebody did, and one that is not that nobody.
    """
    if not channels:
        return {}
    named = {
        name: count
        for name, count in channels.items()
        if name in WAYS_IN or (count > FEW and name != OTHER)
    }
    rest = sum(channels.values()) - sum(named.values())
    return dict.fromkeys(WAYS_IN, 0) | named | {OTHER: rest}


def _shares(counts: Mapping[str, int]) -> dict[str, Share] | None:
    if sum(counts.values()) < SMALLEST_BASE:
        return None
    return {name: near(share) for name, share in public_shares(counts, counts).shares.items()}


@dataclass(frozen=True, slots=True)
class Item:
    """One part: what is said of it, and how many gave no view, which is exact and never shown."""

    row: Mapping[str, Any] | None = None
    silent: int | None = None


def items(
    asked: Mapping[str, int],
    data: Mapping[str, Any],
    bases: Mapping[str, int],
    source: Source,
    past: Publication,
) -> dict[str, Item]:
    """How many were asked about each part and gave a view. A row stays as its figure does.

    `asked` is exact, and so are `bases`, of the figures of `data`. A part that was not asked, or
    that people at events were asked, has no row.
    """
    found = {}
    for part in PARTS:
        figure, codes = Place(part).found_in(data) or {}, source.asked.get(part)
        old = None if is_other(part, codes, past) else past.data.get("questions", {}).get(part)
        if figure["reason"] in NOTHING_TO_SHOW:
            found[part] = Item()
        elif figure["as_of"] != data["made_at"]:
            found[part] = Item(old)
        elif not asked.get(part):
            found[part] = Item()
        else:
            last = last_of_question("silent", part, codes, past)
            before = Item(old, last)
            silent = asked[part] - bases[part]
            given = source.ways.given.get(part)
            blank = None if given is None else asked[part] - given
            found[part] = _item(asked[part], figure["base"], silent, blank, before)
    return found


def asked_of(people: Iterable[Reply]) -> dict[str, int]:
    """How many were asked about each part, whether or not they answered."""
    kinds = Counter(tuple(reply.values) for reply in people)
    return {part: sum(n for kind, n in kinds.items() if part in kind) for part in PARTS}


def _item(asked: int, base: int | None, silent: int, blank: int | None, before: Item) -> Item:
    """`base` is as it is published, and what is worked out from it alone tells nothing more."""
    row: dict[str, Any] = dict.fromkeys(("asked", "gave_view", "said", "blank"))
    if asked < SMALLEST_BASE:
        return Item(row)
    row["asked"] = nearest_5(asked)
    if base is None:
        return Item(row)
    row["gave_view"] = blurred(min(100, _whole(base, row["asked"])))
    if blank is None:
        return Item(row)
    if _stays(before, silent):
        return Item(row | {name: (before.row or row)[name] for name in WHY}, before.silent)
    return Item(row | why_none(row["asked"] - base, silent, blank), silent)


def _stays(before: Item, silent: int) -> bool:
    """Why people gave no view stays as it was public until ten more have given none."""
    return before.silent is not None and silent - before.silent < NEW_ANSWERS


def why_none(shown: int, silent: int, blank: int) -> dict[str, Share]:
    """Of those who gave no view: the share who said so, and who left it blank.

    `shown` is how many they are by the public numbers. All but the share itself follows from it,
    so that the share tells nothing of how many they are: see tests/indicators/test_method.py.
    """
    least = shown - ROUNDED_OFF
    if least < SMALLEST_BASE:
        return dict.fromkeys(WHY)
    left = min(max(blank, 0), silent)
    said = _worded(silent - left, left, blur_bound(least))
    return {"said": said, "blank": _rest_of(said)}


def _worded(these: int, others: int, bound: int) -> int | str:
    percent = nearest_5(_whole(these, these + others))
    if these <= FEW or percent < bound:
        return f"under {bound}"
    if others <= FEW or percent > 100 - bound:
        return f"over {100 - bound}"
    return percent


def _rest_of(share: int | str) -> int | str:
    if isinstance(share, int):
        return 100 - share
    side, bound = share.split()
    return f"{'over' if side == 'under' else 'under'} {100 - int(bound)}"


def _whole(part: int, whole: int) -> int:
    return half_up(Decimal(100 * part) / whole)
