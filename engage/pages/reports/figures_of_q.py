"""Indicator q as a report says it: its published figures in the words of its own page."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from engage.clock import day_of
from engage.framework import Area
from engage.indicators.names import VARIABLES
from engage.indicators.q import display, display_county, display_method
from engage.indicators.q.queries import Issue, county, published_q
from engage.pages.reports.years import Year


def cards(year: Year, areas: Sequence[Area], is_invented: bool) -> list[dict[str, Any]]:
    """One for each series that has figures of a wave that began by the end of the year."""
    published = published_q()
    found = county(published)
    trends = found.data["trends"] if found else {}
    made = []
    for issues in published.values():
        issue = next((each for each in issues if _began_by(each, year)), None)
        # Made-up figures never stand in a report of real answers.
        if issue is not None and (is_invented or not issue.is_invented):
            # A change is told of the last two waves, and so of no earlier one.
            trend = trends.get(issue.series) if issue is issues[0] else None
            made.append(_card(issue, trend, areas))
    return made


def _began_by(issue: Issue, year: Year) -> bool:
    opened = issue.data["survey"]["opened_on"]
    return opened is None or date.fromisoformat(opened) <= year.ends


def _card(issue: Issue, trend: Any, areas: Sequence[Area]) -> dict[str, Any]:
    figure = display.first(issue)
    change, rest = display_county.change_sentence(trend)
    return {
        "series": issue.series,
        "who": str(display.WHO[issue.series]),
        "survey": issue.data["survey"]["title"],
        "is_invented": issue.is_invented,
        "counted_on": day_of(issue.made_at).isoformat(),
        "checksum": issue.checksum,
        "positive": figure["positive"],
        "low": figure["low"] if issue.data["range"] else None,
        "high": figure["high"] if issue.data["range"] else None,
        "negative": figure["negative"],
        "base": figure["base"],
        "is_low_base": display.is_low(figure),
        "why_hidden": str(display.REASONS[figure["reason"]]) if figure["reason"] else "",
        "range_is": str(display.RANGE_NAMES[issue.data["range"]]) if issue.data["range"] else "",
        "weighting": display.weighting_note(issue),
        "change": [each for each in (change, rest) if each],
        "areas_say": display.areas_sentence(issue),
        "areas": display.area_table(issue, areas) if _shows_an_area(issue) else [],
        "who_replied": _who_replied(issue),
    }


def _shows_an_area(issue: Issue) -> bool:
    return any(not figure["reason"] for figure in issue.data["areas"].values())


def _who_replied(issue: Issue) -> list[tuple[str, list[list[str]]]]:
    """Beside the areas, which have their own table."""
    tables = display_method.reply_tables(issue, {})
    return [(name, rows) for name, rows in tables if name != str(VARIABLES["area"])]
