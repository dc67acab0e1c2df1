"""The methodology note of one publication as rows for the page. Works nothing out."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from engage.indicators.names import PARTS, VARIABLES
from engage.indicators.q.display import day, percent
from engage.indicators.q.display_county import BREAKS
from engage.indicators.q.queries import Issue, Taken
from engage.web.i18n import in_its_language

SUPPORT = {
    "ehcp": _l("Has an EHC plan"),
    "sen_support": _l("Gets SEN support"),
    "no_support": _l("Gets no support"),
}
CHANNELS = {
    "web": _l("On the web"),
    "import": _l("From a file, such as paper forms"),
    "paper": _l("On paper"),
    "phone": _l("By phone"),
    "demo": _l("Made up for the demonstration"),
    "other": _l("Another way"),
}
NO_RESPONSE_RATE = {
    "A": _l(
        "Not given: fewer than 30 people had replied, or the figures are from before it was "
        "worked out."
    ),
    "B": _l(
        "There is none. Anybody could follow the open link, so nobody knows how many could have "
        "answered."
    ),
    "C": _l(
        "There is none. People were met at events, and nobody counted how many could have answered."
    ),
}
CHANGES = {
    "answers": _l("More answers are counted."),
    "wording": _l("Another question."),
    "scale": _l("Other answers to choose from."),
    "grade": _l("People were found in another way."),
    "organisation": _l("Another organisation asked."),
    "weighting": _l("Weighted from here on, or no more."),
    "definition": _l("Another version of the definition."),
    "parts": _l("Other questions beside the one about overall satisfaction."),
    "list": _l("Another number of people invited."),
    "margins": _l("Weighed by other shares of the population."),
}
MOST_LISTED = 30  # publications: the file of all public tables has every one


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


def response_rate(issue: Issue) -> str:
    """In a sentence, with what it is of; where there is none, why."""
    found = issue.data.get("response_rate")
    if issue.data["grade"] != "A" or not found:
        return str(NO_RESPONSE_RATE[issue.data["grade"]])
    if found["percent"] is None:
        return _(
            "Not given, because it cannot be right: about %(replies)s people replied, and only "
            "%(invited)s were sent a link. The number of links may be wrong, or people passed "
            "them on.",
            **found,
        )
    return _(
        "%(percent)s%%: about %(replies)s of the %(invited)s people who were sent a link replied.",
        **found,
    )


def question_rows(issue: Issue) -> list[list[str]]:
    """For each part: asked, gave a view, and of the others who said so and who left it blank."""
    found: Mapping[str, Mapping[str, Any]] = issue.data.get("questions", {})
    return [
        [
            str(PARTS[part]),
            shown_count(row["asked"]),
            *(shown_share(row[name]) for name in ("gave_view", "said", "blank")),
        ]
        for part, row in ((part, found[part]) for part in PARTS if part in found)
    ]


def channel_rows(issue: Issue) -> list[list[str]]:
    """By which way the answers came; nothing where it was not counted or too few answered."""
    shares = _took_part(issue).get("channels") or {}
    return [[str(CHANNELS.get(name, name)), shown_share(share)] for name, share in shares.items()]


def who_answered_rows(issue: Issue) -> list[list[str]]:
    """Whether somebody helped, or answered for the person; nothing where it is not asked."""
    found = _took_part(issue)
    shares, words = found.get("who_answered") or {}, found.get("who_named", {})
    return [
        [
            in_its_language(words[name], "en") if name in words else _("Did not say"),
            shown_share(share),
        ]
        for name, share in shares.items()
    ]


def _took_part(issue: Issue) -> Mapping[str, Any]:
    found: Mapping[str, Any] = issue.data.get("took_part") or {}
    return found


def log_rows(taken: Sequence[Taken]) -> list[list[str]]:
    """When figures were taken, of which survey, in which version, and what had changed."""
    return [
        [
            day(each.made_at),
            in_its_language(each.title, "en"),
            _(
                "Definition %(version)s, checksum %(checksum)s",
                version=each.definition_version,
                checksum=each.checksum[:12],
            ),
            " ".join(_what_changed(each)),
        ]
        for each in taken[:MOST_LISTED]
    ]


def _what_changed(each: Taken) -> list[str]:
    if each.came_after is None:
        return [_("Not noted.")]
    before, codes = each.came_after["survey"], each.came_after["changed"]
    if before is None:
        return [_("The first figures.")]
    news = [] if before == each.survey else [_("A new survey.")]
    # Where nothing else is noted it can only be that: earlier publications did not say it.
    said = [*news, *(str(CHANGES[code]) for code in codes)] or [str(CHANGES["answers"])]
    if BREAKS.keys() & {*codes}:
        said.append(_("Cannot be compared with the figures before."))
    return said


def shown_share(share: int | str | None) -> str:
    return percent(share) or _("hidden")
