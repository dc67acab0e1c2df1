"""Published figures as words and rows for the page. Works nothing out and hides nothing."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from engage.framework import Area
from engage.indicators import names
from engage.indicators.q.queries import Issue
from engage.indicators.q.series import DOMAINS
from engage.indicators.q.shares import leading
from engage.web.i18n import in_its_language, long_day, long_month

GROUPS = {"q-PC": "parents", "q-YP": "young_people"}
WHO = {"q-PC": _l("Parents and carers"), "q-YP": _l("Young people")}

# What the range may be called depends on how people were found.
RANGE_NAMES = {
    "confidence": _l("95 per cent confidence interval"),
    "weighted": _l(
        "95 per cent uncertainty range: assumes that, after weighting, people who replied are like "
        "those who did not"
    ),
    "unweighted": _l(
        "Unweighted. 95 per cent uncertainty range, as if people who replied were like those "
        "who did not"
    ),
}
REASONS = {
    "events": _l("Not shown: people were met at events, which gives no percentage"),
    "few": _l("Not shown: fewer than 30 replies"),
    "protected": _l("Not shown, to protect a small group"),
    "not_asked": _l("Not asked"),
}
IS_WEIGHTED = _l("Weighted, so that those who replied look like those they speak for.")
WHY_NOT_WEIGHTED = {
    "no_margins": _l("Not weighted: nobody has brought in what the population is like."),
    "bad_margins": _l("Not weighted: the shares that were brought in do not add up."),
    "few": _l("Not weighted: fewer than 100 people replied."),
    "young_people": _l("Not weighted: fewer than 100 young people replied."),  # in older figures
    "small_groups": _l("Not weighted: too few people of different kinds replied."),
    "not_converged": _l("Not weighted: no weights give every group its share."),
    "trimmed": _l("Not weighted first: it would take weights too large to trust."),
    "design_effect": _l("Not weighted first: weighting would cost too much of the sample."),
}
BESIDE_THE_REST = {
    None: "",
    "none": _l("No clear difference"),
    "higher": _l("Higher than the rest of the county"),
    "lower": _l("Lower than the rest of the county"),
}
# Published bases are to the nearest 5, so 100 may stand for 98: caution where it might be due.
LOW_BASE = 100

Shown = Mapping[str, Any]  # a figure as it was published


def _(words: str, **values: Any) -> str:
    return str(gettext(words, **values))


def percent(value: int | str | None) -> str:
    """33 as "33%"; "under 15" and "over 85" in words; nothing for what is not shown."""
    if value is None:
        return ""
    if isinstance(value, int):
        return f"{value}%"
    side, bound = value.split()
    said = {
        "under": _("under %(bound)s%%", bound=bound),
        "over": _("over %(bound)s%%", bound=bound),
    }
    return said[side]


def score(value: int | str) -> str:
    """A score, which is no percentage, in the same way."""
    return percent(value).rstrip("%") if isinstance(value, str) else str(value)


def range_of(figure: Shown) -> str:
    if figure["low"] is None:
        return ""
    return _("%(low)s to %(high)s", low=figure["low"], high=figure["high"])


def count(people: int | None) -> str:
    return _("fewer than 10") if people is None else _("about %(people)s", people=people)


def day(when: date | str) -> str:
    """A day, or the day of a moment, also as a snapshot keeps them: "2 March 2026"."""
    return long_day(_kept(when) if isinstance(when, str) else when)


def _kept(when: str) -> date:
    """A moment has a clock, a day has none."""
    return datetime.fromisoformat(when) if "T" in when else date.fromisoformat(when)


def month(when: str) -> str:
    """ "September 2025", of a day as it is kept in a snapshot."""
    return long_month(date.fromisoformat(when))


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
        {"label": _area_name(area)} | (mark(issue, figure) or {"hidden": instead_of_mark(figure)})
        for area, figure in _by_area(issue, areas)
    ]


def instead_of_mark(figure: Shown) -> str:
    if figure["reason"]:
        return str(REASONS[figure["reason"]])
    return _("Satisfied: %(share)s", share=percent(figure["positive"]))


def area_table(issue: Issue, areas: Sequence[Area]) -> list[list[str]]:
    tests = issue.data.get("area_tests") or {}
    return [
        [_area_name(area), *cells(figure), str(BESIDE_THE_REST[tests.get(area.code)])]
        for area, figure in _by_area(issue, areas)
    ]


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


def _by_area(issue: Issue, areas: Sequence[Area]) -> Iterator[tuple[Area, Shown]]:
    found = issue.data["areas"]
    return ((area, found[area.code]) for area in areas if area.code in found)


def _area_name(area: Area) -> str:
    return f"{area.number}. {area.short_name}"


def domain_rows(issues: Sequence[Issue]) -> list[dict[str, Any]]:
    """One row for each domain with a mark for each series: side by side, never together."""
    return [_domain_row(part, issues) for part in DOMAINS]


def _domain_row(part: str, issues: Sequence[Issue]) -> dict[str, Any]:
    figures = [(issue, first(issue, issue.data["domains"][part])) for issue in issues]
    marks = [found for issue, figure in figures if (found := mark(issue, figure))]
    label = {"label": str(names.PARTS[part])}
    if not marks:
        return label | {"hidden": "; ".join(instead_of_mark(figure) for _issue, figure in figures)}
    said = [
        f"{WHO[issue.series]}: {share}"
        for issue, figure in figures
        if (share := percent(figure["positive"]))
    ]
    return label | {"marks": marks, "text": ", ".join(said)}


def domain_table(issues: Sequence[Issue]) -> list[list[str]]:
    return [
        [
            str(names.PARTS[part]),
            str(WHO[issue.series]),
            *cells(first(issue, issue.data["domains"][part])),
        ]
        for part in DOMAINS
        for issue in issues
    ]


def first(issue: Issue, figure: Shown | None = None) -> dict[str, Any]:
    """The numbers to show first: weighted where they may lead; of the headline unless told."""
    return leading(figure or issue.data["headline"], issue.data)


def headline_table(issues: Sequence[Issue]) -> list[list[str]]:
    """Weighted beside unweighted, one row each; the base of the weighted is what it is worth."""
    return [row for issue in issues for row in _both_rows(issue)]


def _both_rows(issue: Issue) -> Iterator[list[str]]:
    figure = issue.data["headline"]
    weighted = figure.get("weighted")
    who = str(WHO[issue.series])
    if weighted:
        worth = _("worth %(people)s equal replies", people=weighted["n_effective"])
        shown = cells(leading(figure, {}))
        yield [who, _("Weighted"), *shown[:3], worth]
    yield [who, _("As they came, not weighted"), *cells(figure)]


def weighting_note(issue: Issue) -> str:
    """Whether the figure shown first is weighted, and if not why not."""
    why_not = issue.data.get("weights", {"why_not": "no_margins"})["why_not"]
    return str(WHY_NOT_WEIGHTED[why_not] if why_not else IS_WEIGHTED)


def areas_sentence(issue: Issue) -> str:
    """Which areas differ from the rest of the county; there is no league table."""
    tests = issue.data.get("area_tests") or {}
    if not tests:
        return ""
    found = [code for code, verdict in tests.items() if verdict != "none"]
    if not found:
        return _("No area is clearly different from the rest of the county.")
    return _("Only where the table says so is an area clearly different from the rest.")


def wordings(issue: Issue) -> list[list[str]]:
    """Each question as it was asked: standard words, easy-read words."""
    asked = issue.data["survey"]["wordings"]
    in_english = {
        part: [in_its_language(words[reading], "en") for reading in ("standard", "easy_read")]
        for part, words in asked.items()
    }
    return [[str(names.PARTS[part]), *words] for part, words in in_english.items()]
