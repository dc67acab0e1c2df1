"""A page of answers: how many of each kind, which are shown, and the ways on from here."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from engage.loop.co_lead.public import public_ambition
from engage.loop.models import KINDS, Action
from engage.loop.pairs import Pair, Reading, ambition_of, days_late, in_turn, pair
from engage.responses.models import Snapshot

A_PAGE = 12  # about 25 KB; a slow phone gets no more at once
Address = Callable[..., str]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for: which page, which ambition, and how addresses are made."""

    reading: Reading
    address: Address
    page: int = 1
    ambition: str | None = None

    def at(self, page: int = 1, easy_read: bool | None = None, **changes: Any) -> str:
        """This page's address with that changed. What is usual is left out."""
        easy = self.reading.easy_read if easy_read is None else easy_read
        usual = {"ambition": self.ambition, **changes}
        return self.address(read="easy" if easy else None, page=page if page > 1 else None, **usual)


@dataclass(frozen=True, slots=True)
class Board:
    pairs: list[Pair]
    figures: list[dict[str, Any]]
    total: int
    late: int
    has_invented: bool
    easy_read: bool
    heading: str
    ambitions: list[dict[str, Any]]
    chosen: str | None
    standard_url: str
    easy_url: str
    all_url: str
    previous_url: str | None
    next_url: str | None


def board(actions: Sequence[Action], snapshots: Mapping[int, Snapshot], asked: Asked) -> Board:
    """Everything a page of these answers shows."""
    reading = asked.reading
    chosen = [each for each in actions if asked.ambition in (None, public_ambition(each))]
    ordered = in_turn(chosen, people_by_theme(snapshots.values()))
    start = (asked.page - 1) * A_PAGE
    shown = ordered[start : start + A_PAGE]
    return Board(
        pairs=[pair(each, counts_of(each, snapshots), reading) for each in shown],
        figures=figures(chosen, reading),
        total=len(actions),
        late=sum(1 for each in chosen if days_late(each, reading.today)),
        has_invented=any(each.theme.survey.is_invented for each in actions),
        easy_read=reading.easy_read,
        heading=_heading(len(chosen), asked),
        ambitions=ambitions(actions, reading),
        chosen=asked.ambition,
        standard_url=asked.at(asked.page, easy_read=False),
        easy_url=asked.at(asked.page, easy_read=True),
        all_url=asked.at(ambition=None),
        previous_url=asked.at(asked.page - 1) if asked.page > 1 else None,
        next_url=asked.at(asked.page + 1) if start + A_PAGE < len(ordered) else None,
    )


def figures(actions: Iterable[Action], reading: Reading) -> list[dict[str, Any]]:
    """How many of each kind. A kind without any is said too: 0 is an answer."""
    found = Counter(action.kind for action in actions)
    return [
        {"number": found[kind], "kind": kind, "text": easy_kind(kind) if reading.easy_read else ""}
        for kind in KINDS
    ]


def easy_kind(kind: str) -> str:
    words: dict[str, str] = {
        "did": _("We did it"),
        "doing": _("We are doing it"),
        "will": _("We will do it"),
        "cannot": _("We cannot do it"),
        "already": _("It is there now"),
        "passed_on": _("We told someone who can"),
        "ask_more": _("We will ask you more"),
    }
    return words[kind]


def ambitions(actions: Iterable[Action], reading: Reading) -> list[dict[str, Any]]:
    """The ambitions that have answers, in their own order."""
    found = Counter(map(public_ambition, actions))
    return [
        {
            "code": each.code,
            "number": each.number,
            "name": each.short_name,
            "count": found[each.code],
        }
        for each in reading.pack.ambitions
        if found[each.code]
    ]


def people_by_theme(snapshots: Iterable[Snapshot]) -> dict[int, int | None]:
    return {
        int(theme): counts["people"]
        for snapshot in snapshots
        for theme, counts in snapshot.data["themes"].items()
    }


def counts_of(action: Action, snapshots: Mapping[int, Snapshot]) -> Mapping[str, Any]:
    snapshot = snapshots.get(action.theme.survey_id)
    return snapshot.data if snapshot else {}


def _heading(count: int, asked: Asked) -> str:
    _number, name = ambition_of(asked.ambition, asked.reading.pack)
    if name:
        return str(_("%(ambition)s: %(count)s", ambition=name, count=count))
    return str(_("All %(count)s", count=count))
