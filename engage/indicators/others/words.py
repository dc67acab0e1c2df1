"""Figures of others and the ledger in words, for pages. Works nothing out and hides nothing."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from engage.framework.pack import Coded, Pack
from engage.framework.printed import Baseline, Claim, Comparator
from engage.indicators.ledger.sums import Count, Part, UnitTotal
from engage.indicators.others.measured import Figure
from engage.web.i18n import long_day, long_month

UNITS = {
    "survey_answers": _l("Answers to surveys"),
    "people_met": _l("People met"),
    "attendees": _l("People who came"),
    "young_people": _l("Young people"),
    "events": _l("Events"),
    "hours": _l("Hours"),
    "settings": _l("Schools"),
    "groups": _l("Groups"),
}
QUALIFIERS = {"exact": _l("exactly"), "over": _l("over"), "at_least": _l("at least")}
WHO_MEASURES = {
    "platform": _l("We ask people here"),
    "import": _l("Other services count it"),
    "undefined": _l("Nobody: it is not defined"),
}


def _(text: str, **values: object) -> str:
    return str(gettext(text, **values))


def unit(code: str) -> str:
    return str(UNITS.get(code, code.replace("_", " ").capitalize()))


def sentence(words: str) -> str:
    """With a capital letter in front; the others stay as they are."""
    return words[:1].upper() + words[1:]


def number(value: int | Decimal) -> str:
    """With commas, and every digit it was printed with."""
    return f"{value:,f}" if isinstance(value, Decimal) else f"{value:,}"


def qualified(value: int | None, qualifier: str) -> str:
    """531, "over 130", "at least 50"; "fewer than 10" for what is not told."""
    if value is None:
        return _("fewer than 10")
    if qualifier == "over":
        return _("over %(n)s", n=number(value))
    if qualifier == "at_least":
        return _("at least %(n)s", n=number(value))
    return number(value)


def count(one: Count | Part) -> str:
    return qualified(one.value, one.qualifier)


def total(one: UnitTotal) -> str:
    """In the county."""
    return qualified(one.in_area, "at_least" if one.in_area_at_least else "exact")


def total_everywhere(one: UnitTotal) -> str:
    return qualified(one.everywhere, "at_least" if one.at_least else "exact")


def value(figure: Figure) -> str:
    """6.7%, "3.3 (score 0-10)"; in words where there is none."""
    if getattr(figure, "is_hidden", False):  # staff read the rows, where nothing is hidden
        return _("Not shown, to protect a small group")
    if figure.value is None:
        return _("No score was given")
    if figure.unit == "percent":
        return f"{number(figure.value)}%"
    return f"{number(figure.value)} ({figure.unit})"


def out_of(figure: Figure) -> str:
    """How many it is of, where the source says so."""
    if figure.respondents is not None:
        return _("%(n)s people answered", n=number(figure.respondents))
    if figure.numerator is not None and figure.denominator:
        part, whole = number(figure.numerator), number(figure.denominator)
        return _("%(part)s of %(whole)s", part=part, whole=whole)
    return ""


def period(begins: date, ends: date) -> str:
    if begins == ends:
        return long_day(begins)
    return _("%(begin)s to %(end)s", begin=long_day(begins), end=long_day(ends))


def figure_row(figure: Figure) -> list[str]:
    """One row of a table of figures, under FIGURE_HEADS."""
    printed = long_day(figure.source_date) if figure.source_date else _("no date given")
    about = f"{figure.label}, {figure.place}"
    said = [value(figure), out_of(figure)]
    made_up = [_("Made-up figure")] if figure.is_synthetic else []
    return [
        period(figure.period_from, figure.period_to),
        about,
        ". ".join(part for part in [*said, *made_up] if part),
        f"{figure.source} ({printed})",
        figure.note,
    ]


FIGURE_HEADS = (_l("Period"), _l("Of whom, and where"), _l("Figure"), _l("Source"), _l("Note"))


def figure_rows(figures: Iterable[Figure]) -> list[list[str]]:
    return [figure_row(figure) for figure in figures]


def baseline_rows(baselines: Iterable[Baseline], names: "Names") -> list[list[str]]:
    return [baseline_row(each, names.source(each.source)) for each in baselines]


def part_rows(parts: Iterable[Part]) -> list[list[str]]:
    return [[part.label, unit(part.unit), count(part)] for part in parts]


def total_rows(totals: Iterable[UnitTotal]) -> list[list[str]]:
    return [
        [unit(one.unit), total(one), total_everywhere(one), number(one.activities)]
        for one in totals
    ]


def claim(one: Claim) -> str:
    """ "over 1,000 voices"."""
    return _("%(amount)s voices", amount=qualified(one.value, one.qualifier))


def baseline_row(one: Baseline, source: str) -> list[str]:
    """One row of a table of printed figures, under BASELINE_HEADS."""
    return [one.label, baseline(one), one.period, comparator(one), f"“{one.as_printed}”", source]


BASELINE_HEADS = (
    *(_l("What"), _l("Figure"), _l("Period"), _l("Printed beside it")),
    *(_l("In the very words"), _l("Where")),
)


def dates(begins: str, ends: str) -> str:
    """Dates as a document prints them: "2025", "June 2025 to August 2025"."""
    first, last = printed_date(begins), printed_date(ends)
    return first if first == last else _("%(begin)s to %(end)s", begin=first, end=last)


def printed_date(text: str) -> str:
    """A year, a month or a day, no more exact than it is known."""
    parts = text.split("-")
    if len(parts) == 1:
        return text
    if len(parts) == 2:
        return long_month(date.fromisoformat(f"{text}-01"))
    return long_day(date.fromisoformat(text))


def baseline(one: Baseline) -> str:
    """A printed figure with its unit."""
    amount = number(one.value)
    if one.value_to is not None:
        amount = _("%(low)s to %(high)s", low=amount, high=number(one.value_to))
    if one.qualifier != "exact":
        amount = f"{QUALIFIERS[one.qualifier]} {amount}"
    return _with_unit(amount, one.unit)


def comparator(one: Baseline) -> str:
    """What is printed beside it."""
    beside = one.comparator
    if beside is None:
        return ""
    place = beside.place if beside.place and beside.place != one.place else ""
    parts = [_compared(beside, one.unit), beside.period, place]
    return ", ".join(part for part in parts if part)


def _compared(beside: Comparator, usual_unit: str) -> str:
    return (
        "" if beside.value is None else _with_unit(number(beside.value), beside.unit or usual_unit)
    )


def _with_unit(amount: str, unit: str) -> str:
    if unit == "percent":
        return f"{amount}%"
    if unit == "million pounds":
        return _("£%(amount)s million", amount=amount)
    return f"{amount} {unit}"


class Names:
    """What the codes of the pack are called; a code that is not there stays as it is."""

    def __init__(self, pack: Pack) -> None:
        self._pack = pack

    def organisation(self, code: str) -> str:
        return self._of(self._pack.organisations, code, "name")

    def channel(self, code: str, *, easy_read: bool = False) -> str:
        return self._of(self._pack.channels, code, "label_easy" if easy_read else "label")

    def audience(self, code: str, *, easy_read: bool = False) -> str:
        return self._of(self._pack.audiences, code, "label_easy" if easy_read else "label")

    def source(self, code: str) -> str:
        return self._of(self._pack.sources, code, "title")

    def _of(self, things: Iterable[Coded], code: str, name: str) -> str:
        return next((str(getattr(each, name)) for each in things if each.code == code), code)


def options(choices: Iterable[Any]) -> list[tuple[str, str]]:
    """The choices of a form for a select."""
    return [(str(each.value), str(each.label)) for each in choices]


def coded(choices: Iterable[Any]) -> list[dict[str, Any]]:
    """The choices of a form for boxes to tick."""
    return [{"code": str(each.value), "text": str(each.label)} for each in choices]
