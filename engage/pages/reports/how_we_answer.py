"""Whether answers came in time, and what stands for and against the promises, as published."""

from datetime import datetime, timedelta
from typing import Any

from engage.clock import day_of
from engage.framework import Pack
from engage.loop.clocks.queries import latest_rate
from engage.loop.clocks.words import rate_facts, rate_words
from engage.loop.promises.queries import evidence
from engage.loop.promises.sides import SIDES
from engage.pages.reports.years import Year

# Both look back twelve months from today: of a year long past they would tell another one.
STILL_OF_THE_YEAR = timedelta(days=183)


def in_time(year: Year, now: datetime, is_invented: bool) -> list[str]:
    """The loop-closed rate in words. Made-up figures never stand among real ones."""
    found = latest_rate()
    if found is None or not is_still_of(year, now):
        return []
    # Where nothing can be counted yet, a survey of which nobody made themes is still told of.
    is_empty = not found.data["base"] and not found.data.get("without_themes")
    if is_empty or (found.data["is_invented"] and not is_invented):
        return []
    return [rate_words(found.data), *rate_facts(found.data)]


def promises(year: Year, now: datetime, is_invented: bool, pack: Pack) -> list[dict[str, Any]]:
    """For each promise how much stands on each side."""
    if not is_still_of(year, now):
        return []
    return [
        {
            "code": each.pledge.code,
            "number": each.pledge.number,
            "name": each.pledge.name,
            "counts": {side: each.count(side) for side in SIDES},
        }
        for each in evidence(pack.pledges, now)
        if is_invented or not each.is_invented
    ]


def is_still_of(year: Year, now: datetime) -> bool:
    return day_of(now) <= year.ends + STILL_OF_THE_YEAR
