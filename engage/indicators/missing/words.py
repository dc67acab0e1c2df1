"""Who is missing, in words and rows for the page and the file. Works nothing out."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _l

from engage.framework import Pack
from engage.indicators.missing.balance import (
    DOMINANT,
    DOMINANT_DAY,
    LEAST_BASE,
    Group,
    Large,
    Variable,
)
from engage.indicators.missing.findings import LEFT_OUT, NOT_SAID, Findings, Table
from engage.indicators.missing.where_to_go import Way, who_could_help
from engage.indicators.names import VARIABLES
from engage.indicators.others import words
from engage.responses.disclosure import whole_percent
from engage.responses.export import harmless

OTHERS = {
    NOT_SAID: _l("Did not say, or in none of these"),
    LEFT_OUT: _l("Not counted in this survey’s group"),
}
CHANNELS = {
    "web": _l("on the web"),
    "import": _l("from a file, such as paper forms"),
    "demo": _l("made-up answers"),
}
STANDINGS = {
    "nobody": _l("Nobody yet"),
    "short": _l("Too few"),
    "unclear": _l("Fewer than expected, which may be chance"),
    "level": _l("About as expected"),
    "hidden": _l("Hidden, to protect a few people"),
}
CLOSE, SOME_WAY = Decimal("0.90"), Decimal("0.75")
COLUMNS = (
    *("variable", "category", "label", "replies", "percent_of_replies"),
    *("percent_expected", "more_to_be_level", "standing"),
)

Names = Mapping[str, Mapping[str, str]]  # by variable, then category


def _(text: str, **values: object) -> str:
    return str(gettext(text, **values))


class Labels:
    """What the categories of a survey are called."""

    def __init__(self, names: Names, pack: Pack) -> None:
        self._names = names
        self._areas = {area.code: area for area in pack.areas}

    def of(self, variable: str, category: str) -> str:
        if variable == "channel":
            return str(CHANNELS.get(category, category))
        if variable == "day":
            return words.printed_date(category)
        if variable == "area" and category in self._areas:
            return self._areas[category].short_name
        if category in OTHERS:
            return str(OTHERS[category])
        return self._names.get(variable, {}).get(category, category)


def percent(share: float | None) -> int | None:
    return None if share is None else whole_percent(share)


def balance(found: float | None) -> str:
    """ "0.87 (some groups are short of replies)" """
    if found is None:
        return _("not worked out of fewer than 10 replies")
    shown = Decimal(found).quantize(Decimal("0.01"))
    return f"{shown} ({_closeness(shown)})"


def _closeness(shown: Decimal) -> str:
    if shown >= CLOSE:
        return _("close to the population")
    if shown >= SOME_WAY:
        return _("some groups are short of replies")
    return _("far from the population")


def replies(count: int | None) -> str:
    return _("hidden") if count is None else words.number(count)


def more(group: Group) -> str:
    """A hidden count may be lower than the one this was worked out from."""
    if not group.more:
        return ""
    if group.replies is None:
        return _("at least %(n)s", n=group.more)
    return _("about %(n)s", n=group.more)


def pictures(variable: Variable, labels: Labels) -> list[dict[str, Any]]:
    """One row for each group. `share` is None where there is no bar."""
    return [
        {
            "label": labels.of(variable.name, group.category),
            "standing": str(STANDINGS[group.standing]),
            "is_missing": group.is_missing,
            "share": percent(group.share),
            "expected": percent(group.expected),
        }
        for group in variable.groups
    ]


def longest(rows: Sequence[Mapping[str, Any]]) -> int:
    """What a whole bar stands for, in per cent."""
    return max((max(row["share"] or 0, row["expected"]) for row in rows), default=0) or 1


def group_rows(variable: Variable, table: Table, labels: Labels) -> list[list[str]]:
    """Each group with its margin, then everybody else in the table."""
    known = {group.category for group in variable.groups}
    rows = [_group_row(variable.name, group, labels) for group in variable.groups]
    others = [
        [labels.of(variable.name, category), replies(count), "", "", "", ""]
        for category, count in table.shown.items()
        if category not in known and count != 0
    ]
    return rows + others


def _group_row(name: str, group: Group, labels: Labels) -> list[str]:
    share = percent(group.share)
    return [
        labels.of(name, group.category),
        replies(group.replies),
        "" if share is None else f"{share}%",
        f"{percent(group.expected)}%",
        more(group),
        str(STANDINGS[group.standing]),
    ]


def plain_rows(name: str, table: Table, labels: Labels) -> list[list[str]]:
    """The replies alone, where there are no margins to hold them against."""
    return [
        [labels.of(name, category), replies(count), _share_of(count, table.total)]
        for category, count in table.shown.items()
    ]


def _share_of(count: int | None, total: int | None) -> str:
    if count is None or total is None or total < LEAST_BASE:
        return ""
    return f"{percent(count / total)}%"


def large(kind: str, each: Large, labels: Labels) -> str:
    """One group that gave most of the replies, as a sentence."""
    label = labels.of(kind, each.category)
    if kind == "day":
        many = _many(each, DOMINANT_DAY)
        return _("%(many)s of replies came on %(day)s. Was it a group?", many=many, day=label)
    many = _many(each, DOMINANT)
    if kind == "channel":
        return _("%(many)s of replies came one way: %(way)s.", many=many, way=label)
    return _("%(many)s of replies come from one group: %(group)s.", many=many, group=label)


def _many(each: Large, least: float) -> str:
    if each.share is None:
        return _("More than %(share)s%%", share=percent(least))
    return f"{percent(each.share)}%"


def steps(
    found: Findings, labels: Labels, pack: Pack, audience: str | None
) -> list[dict[str, Any]]:
    """Where to go next: each group that is missing, what is known of it, and who could help."""
    return [
        {
            "label": f"{VARIABLES[name]}: {labels.of(name, group.category)}",
            "standing": str(STANDINGS[group.standing]),
            "more": _needed(group),
            "towns": _towns(group.category, pack) if name == "area" else (),
            "helpers": who_could_help(pack.organisations, name, group.category, audience),
        }
        for name, group in found.next
    ]


def _towns(area: str, pack: Pack) -> tuple[str, ...]:
    """None of an area that is in the margins and no longer in the pack."""
    return next((each.towns for each in pack.areas if each.code == area), ())


def _needed(group: Group) -> str:
    if not group.more:
        return ""
    if group.replies is None:
        return _("At least %(n)s more replies would bring it level.", n=group.more)
    return str(
        ngettext(
            "About %(num)d more reply would bring it level.",
            "About %(num)d more replies would bring it level.",
            group.more,
        )
    )


def way_rows(ways: Sequence[Way], pack: Pack) -> list[list[str]]:
    names = words.Names(pack)
    return [
        [
            names.channel(way.channel),
            ", ".join(names.organisation(code) for code in way.organisations),
            "; ".join(way.activities),
        ]
        for way in ways
    ]


def file_rows(found: Findings, labels: Labels) -> list[list[str]]:
    """The tables of the page as rows under COLUMNS."""
    rows = [list(COLUMNS)]
    for name, table in found.tables.items():
        variable = found.variable(name)
        groups = {group.category: group for group in variable.groups} if variable else {}
        for category in [*groups, *(each for each in table.shown if each not in groups)]:
            row = [name, category, labels.of(name, category), _cell(table.shown.get(category))]
            rows.append([harmless(cell) for cell in row + _more_cells(groups.get(category))])
    return rows


def _more_cells(group: Group | None) -> list[str]:
    if group is None:
        return ["", "", "", ""]
    return [
        *(_cell(percent(group.share), none=""), _cell(percent(group.expected))),
        *(_cell(group.more), group.standing),
    ]


def _cell(number: int | None, none: str = "hidden") -> str:
    return none if number is None else str(number)
