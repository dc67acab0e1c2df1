"""What an answer owes before anyone outside may read it. Pure.

"We did" without proof, or "We can't" without a reason, is what families told us they are tired of.
"""

from dataclasses import dataclass, field
from datetime import date

REASONS = ("law", "money", "not_ours", "safety", "opposite", "not_now", "exists")
ALWAYS = ("you_said", "we_did", "owner")
BY_KIND = {
    "did": ("place", "reached", "evidence", "evidence_level", "done_on"),
    "doing": ("due_on",),
    "will": ("due_on",),
    "cannot": ("reason", "decided_by", "instead", "challenge"),
    "already": ("place", "how_to_get"),
    "passed_on": ("due_on",),
    "ask_more": ("will_ask", "due_on"),
}
# How surely something is different: nothing shows it, something was made, it reached people,
# families report it, an indicator moved, somebody independent confirmed it.
LEVELS = range(6)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """Everything a person may write about one answer. Empty where they have not yet."""

    kind: str
    you_said: str = ""
    you_said_easy: str = ""
    we_did: str = ""
    we_did_easy: str = ""
    reason: str = ""
    decided_by: str = ""
    instead: str = ""
    instead_easy: str = ""
    challenge: str = ""
    place: str = ""
    reached: int | None = None
    evidence: str = ""
    evidence_level: int = 0
    how_to_get: str = ""
    will_ask: str = ""
    owner: str = ""
    due_on: date | None = None
    done_on: date | None = None
    areas: list[str] = field(default_factory=list)  # none: the whole county

    def __post_init__(self) -> None:
        # The same areas are the same answer, in whichever order. Older answers have none.
        object.__setattr__(self, "areas", sorted(set(self.areas or ())))


def demanded(kind: str, reason: str = "") -> tuple[str, ...]:
    """The parts an answer of this kind must have, in the order of the form."""
    # "Not now" without a date is "soon" in other words.
    date_too = ("due_on",) if kind == "cannot" and reason == "not_now" else ()
    return ALWAYS + BY_KIND.get(kind, ()) + date_too


def missing(parts: object) -> tuple[str, ...]:
    """The demanded parts that an answer, or the words for one, does not have yet."""
    needed = demanded(getattr(parts, "kind", ""), getattr(parts, "reason", ""))
    return tuple(name for name in needed if _is_empty(name, getattr(parts, name)))


def _is_empty(name: str, value: object) -> bool:
    if name == "evidence_level":  # level 0 is "nothing shows it"; reaching nobody is a number
        return not value
    return value is None or (isinstance(value, str) and not value.strip())
