"""A published figure as a reader of all publications has it. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engage.indicators.q.series import HEADLINE, Reply, answered
from engage.indicators.q.shares import Figure, as_shares, kinds
from engage.responses.disclosure import HIDDEN_FROM_PUBLIC, SMALLEST_BASE, nearest_5
from engage.responses.disclosure_changes import (
    NOT_KNOWN,
    THOUGHT_THROUGH,
    Shown,
    change_tells_of_few,
    newly_told,
)
from engage.responses.disclosure_solving import Span

ROUNDED_BY = 2  # people, of a number to the nearest 5


@dataclass(frozen=True, slots=True)
class Seen:
    """A figure that was public once, and whether it is of the very same questions."""

    as_of: str
    is_same: bool
    shown: Shown


def tells_of_few(ever: Sequence[Seen], fresh: Shown, part: str) -> bool:
    """Whether the fresh figure, beside all that were ever public, tells what a few answered."""
    answers = kinds(part)
    same = [seen.shown for seen in ever if seen.is_same]
    alone = [seen.shown for seen in ever if not seen.is_same] + same[:-THOUGHT_THROUGH]
    return bool(newly_told(same, fresh, answers)) or any(
        change_tells_of_few(each.shares, fresh.shares, answers) for each in alone
    )


def as_seen(figure: Figure, part: str | None, data: Mapping[str, Any]) -> Shown:
    """The figure with what stands beside it in that publication; `part` is None of an area."""
    if part is None:
        return Shown(as_shares(figure))
    asked = (data.get("questions", {}).get(part) or {}).get("asked")
    is_said = part == HEADLINE and "missing" in data
    return Shown(
        as_shares(figure),
        asked=NOT_KNOWN if asked is None else (asked - ROUNDED_BY, asked + ROUNDED_BY),
        silent=silent_like(data["missing"]) if is_said else NOT_KNOWN,
    )


def nearest_10(silent: int) -> int | None:
    """Coarser than the base, or all replies less the missing would say what the base is."""
    return None if silent in HIDDEN_FROM_PUBLIC else (silent + 5) // 10 * 10


def silent_like(shown: int | None) -> Span:
    """How many without a view are published as that number."""
    if shown is None:
        return HIDDEN_FROM_PUBLIC.start, HIDDEN_FROM_PUBLIC.stop - 1
    return max(HIDDEN_FROM_PUBLIC.stop, shown - 5), shown + 4


def said_now(people: Sequence[Reply], part: str) -> dict[str, Any]:
    """What will stand beside a fresh figure: see `method.items` and `figures.issued`."""
    asked = sum(part in reply.values for reply in people)
    row = {"asked": nearest_5(asked) if asked >= SMALLEST_BASE else None}
    return {
        "questions": {part: row},
        "missing": nearest_10(len(people) - len(answered(people, part))),
    }
