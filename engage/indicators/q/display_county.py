"""Trends and dials as words and rows for the page. Works nothing out and hides nothing."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from engage.indicators.q.display import GROUPS, cells, day, instead_of_mark, month, percent

Trend = Mapping[str, Any]

NOT_COMPARED = {
    "one_wave": _l("This is the first wave. There is nothing to compare it with yet."),
    "break": _l("How we asked has changed, so this figure cannot be compared with the last one."),
    "few": _l(
        "Fewer than 100 people gave a view in one of the last two waves: too few to compare."
    ),
    "hidden": _l("The last two waves cannot be compared: one of them is not shown in full."),
}
BREAKS = {
    "wording": _l("New question: what stands above and below this line cannot be compared."),
    "scale": _l("New answers to choose from: above and below this line cannot be compared."),
    "grade": _l("People were found in another way: above and below cannot be compared."),
    "organisation": _l("Another organisation asked: above and below cannot be compared."),
    "weighting": _l("Weighted from here on, or no more: above and below cannot be compared."),
}
DIRECTIONS = {
    "up": _l("Over all the waves that can be compared, the figure goes up."),
    "down": _l("Over all the waves that can be compared, the figure goes down."),
    "none": _l("Over all the waves that can be compared, the figure goes neither up nor down."),
}
WAYS = {
    None: _l("Nothing to compare it with yet"),
    "better": _l("Better than before"),
    "same": _l("No clear change"),
    "worse": _l("Worse than before"),
}
# What to make of four dials that are never blended.
TEXTS = {
    "all_better": _l("All point the same way: consistent improvement."),
    "all_worse": _l("All point the same way: things have got worse."),
    "no_change": _l("No measure shows a change."),
    "routes": _l(
        "Fewer complaints, no change in satisfaction: check complaint routes, fatigue, "
        "and who replied."
    ),
    "compliments": _l(
        "More compliments, no change in satisfaction: check who is asked for a compliment, "
        "and who replied."
    ),
    "less_content": _l(
        "Fewer complaints, and yet people are less satisfied: check whether families still "
        "find it worth while to complain."
    ),
    "more_complaints": _l(
        "More complaints, and yet people are more satisfied: it may have become easier to complain."
    ),
    "not_corroborated": _l("The survey is up, what others measure is not: not yet corroborated."),
    "mixed": _l("The measures do not agree. Look at each of them; do not take an average."),
    "not_enough": _l("There is not enough yet to set the measures side by side."),
}
SERIES_NAMES = {"complaints": _l("Complaints"), "compliments": _l("Compliments")}


def _(words: str, **values: Any) -> str:
    return str(gettext(words, **values))


def change_sentence(trend: Trend | None) -> tuple[str, str]:
    """What to say of the last two waves: in a few words, and the rest."""
    if trend is None:
        return "", ""
    change = trend["change"]
    if change is None:
        return str(NOT_COMPARED[trend["why_not"]]), ""
    before = next(each for each in trend["waves"] if each["survey"] == change["from"])
    since = month(before["opened_on"]) if before["opened_on"] else before["title"]
    numbers = {"low": change["low"], "high": change["high"], "points": abs(change["points"])}
    if change["verdict"] == "none":
        rest = _(
            "The figures are %(points)s points apart, and the true difference is likely to be "
            "between %(low)s and %(high)s. That can be chance, or too little to matter.",
            **numbers,
        )
        return _("No clear change since %(wave)s.", wave=since), rest
    rest = _("The true difference is likely to be between %(low)s and %(high)s points.", **numbers)
    if change["verdict"] == "up":
        return _("Up %(points)s points since %(wave)s.", wave=since, **numbers), rest
    return _("Down %(points)s points since %(wave)s.", wave=since, **numbers), rest


def direction_sentence(trend: Trend) -> str:
    found = trend["direction"]
    return str(DIRECTIONS[found["verdict"]]) if found else ""


def stretches(trend: Trend, series: str) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """The rows of the picture, cut where waves cannot be compared: why, then the rows."""
    why, rows = "", list[dict[str, Any]]()
    for wave in trend["waves"]:
        if wave["break"]:
            yield why, rows
            why, rows = str(BREAKS[wave["break"]]), []
        rows.append(_row(wave, series))
    yield why, rows


def _row(wave: Mapping[str, Any], series: str) -> dict[str, Any]:
    figure = wave["figure"]
    label = {"label": wave_name(wave)}
    if not isinstance(figure["positive"], int):
        return label | {"hidden": instead_of_mark(figure)}
    shown = {name: figure[name] for name in ("low", "high")}
    return label | {"value": figure["positive"], "group": GROUPS[series], **shown}


def wave_name(wave: Mapping[str, Any]) -> str:
    opened = wave["opened_on"]
    return f"{wave['title']}, {day(opened)}" if opened else str(wave["title"])


def trend_table(trend: Trend) -> list[list[str]]:
    return [
        [
            wave_name(wave),
            _("Weighted") if wave["is_weighted"] else _("Not weighted"),
            *cells(wave["figure"]),
        ]
        for wave in trend["waves"]
    ]


def reading_name(reading: Mapping[str, Any]) -> str:
    return str(SERIES_NAMES.get(reading["series"], reading["now"]["label"]))


def value_of(figure: Mapping[str, Any]) -> str:
    """The value as it was printed, with its unit in words people know."""
    if figure["unit"] == "percent":
        return f"{figure['value']}%"
    if figure["unit"] == "score 0-10":
        return _("%(value)s out of 10", value=figure["value"])
    return f"{figure['value']} {figure['unit']}"


def period_of(figure: Mapping[str, Any]) -> str:
    return _("%(start)s to %(end)s", start=day(figure["period_from"]), end=day(figure["period_to"]))


def reading_words(reading: Mapping[str, Any]) -> list[str]:
    """The sentences of a dial that others measured."""
    now, before = reading["now"], reading["before"]
    said = [_("%(period)s.", period=period_of(now))]
    if before:
        was = {"value": value_of(before), "period": period_of(before)}
        said.append(_("It was %(value)s (%(period)s).", **was))
    if reading["direction"]:
        said.append(f"{WAYS[reading['direction']]}.")
    if reading["direction"] and not reading["is_tested"]:
        said.append(_("Not tested against chance: the source does not say how many of how many."))
    if now["respondents"]:
        said.append(_("%(people)s people answered.", people=now["respondents"]))
    return [*said, _("Source: %(source)s.", source=now["source"])]


def coded_rows(coded: Mapping[str, Any] | None) -> list[list[str]]:
    """One row for each audience: positive, mixed, negative, and how many comments."""
    audiences: Sequence[tuple[str, str]] = (
        ("parent_carer", _("Parents and carers")),
        ("young_person", _("Young people")),
    )
    found = coded or {}
    return [
        [name, *(percent(found[code][each]) or _("hidden") for each in SOUNDS), _base(found[code])]
        for code, name in audiences
        if code in found and found[code]["base"]
    ]


SOUNDS = ("positive", "mixed", "negative")


def _base(shown: Mapping[str, Any]) -> str:
    return _("about %(comments)s comments", comments=shown["base"])
