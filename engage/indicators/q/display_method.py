"""The methodology note of one publication as rows for the page. Works nothing out."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from engage.indicators.names import VARIABLES
from engage.indicators.q.queries import Issue

SUPPORT = {
    "ehcp": _l("Has an EHC plan"),
    "sen_support": _l("Gets SEN support"),
    "no_support": _l("Gets no support"),
}


def _(words: str, **values: Any) -> str:
    return str(gettext(words, **values))


def name_of(variable: str, category: str, issue: Issue, areas: Mapping[str, str]) -> str:
    """What people call a category; several that were put together are joined by " + "."""
    known = {
        "area": areas,
        "support": SUPPORT,
        "setting": issue.data["survey"].get("settings_named", {}),
    }.get(variable, {})
    others = {"all": _("All"), "not_said": _("Did not say"), "outside": _("Outside the county")}
    return " + ".join(
        str(known.get(each) or others.get(each) or each) for each in category.split(" + ")
    )


def margin_tables(issue: Issue, areas: Mapping[str, str]) -> list[tuple[str, list[list[str]]]]:
    """For each variable weighted by: its shares of the population and after weighting."""
    return [
        (
            str(VARIABLES[variable]),
            [
                [name_of(variable, category, issue, areas), *map(_share, shares)]
                for category, shares in categories.items()
            ],
        )
        for variable, categories in _weights(issue).get("margins", {}).items()
    ]


def _share(percent: int | None) -> str:
    return _("together with a neighbour") if percent is None else f"{percent}%"


def _weights(issue: Issue) -> Mapping[str, Any]:
    found: Mapping[str, Any] = issue.data.get("weights", {})
    return found


def collapsed(issue: Issue, areas: Mapping[str, str]) -> list[str]:
    """Which categories were too small and put together."""
    return [
        name_of(variable, joined, issue, areas)
        for variable, all_joined in _weights(issue).get("collapsed", {}).items()
        for joined in all_joined
    ]


def reply_tables(issue: Issue, areas: Mapping[str, str]) -> list[tuple[str, list[list[str]]]]:
    """Who replied, one table for each variable."""
    tables: Mapping[str, Mapping[str, int | None]] = issue.data.get("who_replied", {})
    return [
        (
            str(VARIABLES[variable]),
            [
                [name_of(variable, category, issue, areas), shown_count(number)]
                for category, number in _total_last(table)
            ],
        )
        for variable, table in tables.items()
        if variable in VARIABLES
    ]


def _total_last(table: Mapping[str, int | None]) -> list[tuple[str, int | None]]:
    return sorted(table.items(), key=lambda row: row[0] == "all")


def crossed_table(issue: Issue, areas: Mapping[str, str]) -> tuple[list[str], list[list[str]]]:
    """Area by setting: the heads, then one row for each area. Empty where it was not asked."""
    table: Mapping[str, int | None] = issue.data.get("who_replied", {}).get("area_by_setting", {})
    cells = {tuple(key.split("|")): number for key, number in table.items()}
    rows = sorted({area for area, _setting in cells}, key=_all_last)
    columns = sorted({setting for _area, setting in cells}, key=_all_last)
    heads = [name_of("setting", each, issue, areas) for each in columns]
    return heads, [
        [
            name_of("area", area, issue, areas),
            # Nobody in a cell reads as few: it is hidden like 1 to 9.
            *(shown_count(cells.get((area, setting))) for setting in columns),
        ]
        for area in rows
    ]


def _all_last(name: str) -> tuple[bool, bool, str]:
    return name == "all", name == "not_said", name


def shown_count(number: int | None) -> str:
    return _("hidden") if number is None else str(number)
