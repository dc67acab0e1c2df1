"""Published figures as words and rows for the page. Works nothing out and hides nothing."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask_babel import format_date, gettext
from flask_babel import lazy_gettext as _l

from engage.framework import Area
from engage.indicators.figures import DOMAINS
from engage.indicators.queries import Issue
from engage.web.i18n import in_its_language

GROUPS = {"q-PC": "parents", "q-YP": "young_people"}
WHO = {"q-PC": _l("Parents and carers"), "q-YP": _l("Young people")}

# What the range may be called depends on how people were found (DOMAIN 2.5).
RANGE_NAMES = {
    "confidence": _l("95% confidence interval"),
    "weighted": _l(
        "95% uncertainty range: assumes that, after weighting, people who replied are like "
        "those who did not"
    ),
    "unweighted": _l(
        "Unweighted. 95% uncertainty range, as if people who replied were like those who did not"
    ),
}
REASONS = {
    "few": _l("Not shown: fewer than 30 replies"),
    "protected": _l("Not shown, to protect a small group"),
    "not_asked": _l("Not asked"),
}
DOMAIN_NAMES = {
    "domain_needs": _l("Needs are met"),
    "domain_listened": _l("We are listened to"),
    "domain_comms": _l("Things are explained"),
    "domain_joined": _l("Services work together"),
    "domain_timely": _l("Help comes in time"),
    "domain_info": _l("We can find information"),
}
# Published bases are to the nearest 5, so 100 may stand for 98: caution where it might be due.
LOW_BASE = 100

Shown = Mapping[str, Any]  # a figure as it was published


def _(words: str, **values: Any) -> str:
    return str(gettext(words, **values))


def percent(value: int | str | None) -> str:
    """33 as "33%"; "under 5" and "over 95" in words; nothing for what is not shown."""
    if value is None:
        return ""
    if value == "under 5":
        return _("under 5%")
    return _("over 95%") if value == "over 95" else f"{value}%"


def range_of(figure: Shown) -> str:
    if figure["low"] is None:
        return ""
    return _("%(low)s to %(high)s", low=figure["low"], high=figure["high"])


def count(people: int | None) -> str:
    return _("fewer than 10") if people is None else _("about %(people)s", people=people)


def day(when: date | str) -> str:
    """A date, or one as it is kept in a snapshot: "2 March 2026"."""
    return str(format_date(date.fromisoformat(when) if isinstance(when, str) else when, "d MMMM y"))


def is_low(figure: Shown) -> bool:
    return figure["base"] is not None and figure["base"] <= LOW_BASE


def groups(issues: Sequence[Issue]) -> list[str]:
    """Whose marks the pictures use."""
    return [GROUPS[issue.series] for issue in issues]


def mark(issue: Issue, figure: Shown) -> dict[str, Any] | None:
    """A mark on a picture, None where the figure is hidden or too near an end to place."""
    if not isinstance(figure["positive"], int):
        return None
    return {
        "value": figure["positive"],
        "low": figure["low"],
        "high": figure["high"],
        "group": GROUPS[issue.series],
    }


def area_rows(issue: Issue, areas: Sequence[Area]) -> list[dict[str, Any]]:
    """One row for each area in map order, for the macro chart_bars."""
    return [
        {"label": name} | (mark(issue, figure) or {"hidden": instead_of_mark(figure)})
        for name, figure in _by_area(issue, areas)
    ]


def instead_of_mark(figure: Shown) -> str:
    if figure["reason"]:
        return str(REASONS[figure["reason"]])
    return _("Satisfied: %(share)s", share=percent(figure["positive"]))


def area_table(issue: Issue, areas: Sequence[Area]) -> list[list[str]]:
    return [[name, *cells(figure)] for name, figure in _by_area(issue, areas)]


def cells(figure: Shown) -> list[str]:
    """Positive, range, negative and replies. What is hidden says why in the first."""
    if figure["reason"]:
        return [str(REASONS[figure["reason"]]), "", "", ""]
    note = _("%(people)s, low base", people=figure["base"])
    return [
        percent(figure["positive"]),
        range_of(figure) or _("not given so near the end"),
        percent(figure["negative"]),
        note if is_low(figure) else str(figure["base"]),
    ]


def _by_area(issue: Issue, areas: Sequence[Area]) -> list[tuple[str, Shown]]:
    found = issue.data["areas"]
    return [
        (f"{area.number}. {area.short_name}", found[area.code])
        for area in areas
        if area.code in found
    ]


def domain_rows(issues: Sequence[Issue]) -> list[dict[str, Any]]:
    """One row for each domain with a mark for each series: side by side, never together."""
    return [_domain_row(part, issues) for part in DOMAINS]


def _domain_row(part: str, issues: Sequence[Issue]) -> dict[str, Any]:
    figures = [(issue, issue.data["domains"][part]) for issue in issues]
    marks = [found for issue, figure in figures if (found := mark(issue, figure))]
    said = [f"{WHO[issue.series]}: {percent(figure['positive'])}" for issue, figure in figures]
    label = {"label": str(DOMAIN_NAMES[part])}
    if not marks:
        return label | {"hidden": "; ".join(instead_of_mark(figure) for _, figure in figures)}
    return label | {"marks": marks, "text": ", ".join(each for each in said if each[-2:] != ": ")}


def domain_table(issues: Sequence[Issue]) -> list[list[str]]:
    return [
        [str(DOMAIN_NAMES[part]), str(WHO[issue.series]), *cells(issue.data["domains"][part])]
        for part in DOMAINS
        for issue in issues
    ]


def headline_table(issues: Sequence[Issue]) -> list[list[str]]:
    return [[str(WHO[issue.series]), *cells(issue.data["headline"])] for issue in issues]


def wordings(issue: Issue) -> list[list[str]]:
    """Each question as it was asked: standard words, easy-read words."""
    asked = issue.data["survey"]["wordings"]
    names = {"headline": _("Overall"), "confidence": _("Confidence")} | {
        part: str(name) for part, name in DOMAIN_NAMES.items()
    }
    in_english = {
        part: [in_its_language(words[reading], "en") for reading in ("standard", "easy_read")]
        for part, words in asked.items()
    }
    return [[names[part], *words] for part, words in in_english.items()]
