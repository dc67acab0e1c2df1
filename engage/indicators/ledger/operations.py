"""Changing the engagement ledger. Each deed of a person is in the record."""

import re
from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Any

from engage.errors import NotReadyError
from engage.extensions import db
from engage.framework.printed import EngagementActivity
from engage.indicators.ledger import queries as ledger_queries
from engage.indicators.ledger.sums import Entry, from_pack
from engage.indicators.others.models import Activity, ActivityCount
from engage.people.audit import record
from engage.people.models import Staff
from engage.web.two_at_once import or_else

WORDS_ALONE = re.compile(r"[^a-z0-9]+")
LONGEST_CODE = 50
ADDED_AT_ONCE = (
    "Somebody else added an activity of this name at the same moment. "
    "Look in the ledger, and keep yours if it is another one."
)
LOADED_AT_ONCE = (
    "Somebody else added these activities at the same moment. Look at the ledger again."
)


def add(entry: Entry, staff: Staff) -> Activity:
    """A new activity. Its code is made from its name."""
    code = free_code(entry.label, ledger_queries.codes())
    with or_else(NotReadyError(ADDED_AT_ONCE)):
        activity = _row(replace(entry, code=code))
    record(staff, "added an activity to the ledger", entry.label, code=code, **_told(entry))
    return activity


def change(activity: Activity, entry: Entry, staff: Staff) -> None:
    """What is known of it now. The record keeps what stood there before."""
    before = ledger_queries.entry(activity.code)
    _fill(activity, entry)
    record(
        staff,
        "changed an activity of the ledger",
        entry.label,
        code=activity.code,
        before=_told(before),
        after=_told(entry),
    )


def remove(activity: Activity, why: str, staff: Staff) -> None:
    before = ledger_queries.entry(activity.code)
    db.session.delete(activity)
    db.session.flush()
    record(
        staff,
        "removed an activity from the ledger",
        before.label,
        code=before.code,
        why=why,
        before=_told(before),
    )


def load(printed: Iterable[EngagementActivity], staff: Staff | None = None) -> int:
    """Add the activities that the pack prints and the ledger has not. Says how many."""
    known = ledger_queries.codes()
    new = [from_pack(activity) for activity in printed if activity.code not in known]
    with or_else(NotReadyError(LOADED_AT_ONCE)):
        for entry in new:
            _row(entry)
    if new and staff:
        record(staff, "added the printed activities to the ledger", f"{len(new)} activities")
    return len(new)


def free_code(words: str, taken: Collection[str]) -> str:
    """A code that nothing has yet: "Summer fair" is summer-fair, the next one summer-fair-2."""
    name = WORDS_ALONE.sub("-", words.lower()).strip("-")[:LONGEST_CODE].strip("-") or "activity"
    code, number = name, 1
    while code in taken:
        number += 1
        code = f"{name}-{number}"
    return code


def _row(entry: Entry) -> Activity:
    activity = Activity(code=entry.code, is_from_pack=entry.is_from_pack)
    db.session.add(activity)
    _fill(activity, entry)
    return activity


def _fill(activity: Activity, entry: Entry) -> None:
    for name in ledger_queries.SAME_NAMES:
        if name not in ("code", "is_from_pack"):
            setattr(activity, name, getattr(entry, name))
    activity.audiences = list(entry.audiences)
    # Gone first: a unit may stand once in an activity.
    activity.counts = []
    db.session.flush()
    activity.counts = [
        ActivityCount(
            unit=count.unit,
            value=count.value or 0,
            qualifier=count.qualifier,
            as_printed=count.as_printed,
        )
        for count in entry.counts
    ]
    db.session.flush()


def _told(entry: Entry) -> dict[str, Any]:
    """What the record says of it: when, and how many of each."""
    return {
        "dates": f"{entry.date_from} to {entry.date_to}",
        "counts": {count.unit: f"{count.qualifier} {count.value}" for count in entry.counts},
    }
