"""The published pulse as words and rows for the page. Works nothing out and hides nothing."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from math import ceil, floor
from typing import Any

from flask_babel import format_date, gettext
from flask_babel import lazy_gettext as _l

from engage.indicators.pulse.chart import CONCERN, IMPROVEMENT, P_CHART
from engage.indicators.pulse.picture import Picture, picture, signals_by_point
from engage.indicators.q.display import REASONS, percent
from engage.indicators.q.queries import Issue
from engage.indicators.statistics.process import BASELINE_POINTS
from engage.responses.disclosure import half_up
from engage.web.i18n import in_its_language, long_month, page_context

MOST_DRAWN, MOST_ON_A_PHONE = 24, 12
USUAL = _l("Usual ups and downs")
KINDS = {IMPROVEMENT: _l("Improvement"), CONCERN: _l("Concern")}
RULES = {
    ("outside", IMPROVEMENT): _l("Above the upper limit."),
    ("outside", CONCERN): _l("Below the lower limit."),
    ("shift", IMPROVEMENT): _l("Seven or more in a row are above the mean."),
    ("shift", CONCERN): _l("Seven or more in a row are below the mean."),
    ("trend", IMPROVEMENT): _l("Seven or more in a row, each higher than the one before."),
    ("trend", CONCERN): _l("Seven or more in a row, each lower than the one before."),
    ("two_of_three", IMPROVEMENT): _l("Two out of three are near the upper limit."),
    ("two_of_three", CONCERN): _l("Two out of three are near the lower limit."),
}

Line = Mapping[str, Any]  # of one survey and group, as it was published


def _(words: str, **values: Any) -> str:
    return str(gettext(words, **values))


def id_of(issue: Issue, line: Line) -> str:
    """Where on the page it is."""
    return f"{issue.data['survey']['slug']}-{line['code']}"


def name_of(issue: Issue, line: Line) -> str:
    """The survey, and the group where it tells groups apart."""
    easy = page_context().easy_read
    title = issue.data["survey"]["title_easy" if easy else "title"]
    group = line["words"].get("easy_read" if easy else "standard")
    return in_its_language(f"{title}: {group}" if group else title, "en")


def question(issue: Issue) -> str:
    """The question as it was asked, "" where a survey has none any more."""
    reading = "easy_read" if page_context().easy_read else "standard"
    return in_its_language(issue.data["survey"]["wording"].get(reading, ""), "en")


def months(names: Sequence[str]) -> str:
    """ "March 2026", or "March 2026 to May 2026" for months that were put together."""
    first, last = long_month(_begin(names[0])), long_month(_begin(names[-1]))
    if first == last:
        return first
    return _("%(first)s to %(last)s", first=first, last=last)


def _begin(month: str) -> date:
    return date.fromisoformat(f"{month}-01")


def short_month(names: Sequence[str]) -> str:
    return str(format_date(_begin(names[0]), "LLL yy"))


def newest(line: Line) -> Mapping[str, Any] | None:
    return line["points"][-1] if line["points"] else None


def shown(point: Mapping[str, Any]) -> str:
    """A percentage, or why there is none."""
    return percent(point["positive"]) or str(REASONS["protected"])


def says(line: Line, number: int) -> str:
    """What one point is: a signal with its number, the usual, or nothing without limits."""
    if line["chart"]["kind"] is None or not isinstance(line["points"][number - 1]["positive"], int):
        return ""
    at, signal = signals_by_point(line).get(number, (None, None))
    return f"{KINDS[signal['kind']]} ({at})" if signal else str(USUAL)


def newest_says(line: Line) -> str:
    """The word for the newest month alone."""
    kind = newest_kind(line)
    return str(KINDS.get(kind, USUAL)) if kind else ""


def newest_kind(line: Line) -> str:
    """ "improvement", "concern", "usual", or "" where nothing can be said."""
    number = len(line["points"])
    _, signal = signals_by_point(line).get(number, (None, None))
    if signal:
        return str(signal["kind"])
    return "usual" if says(line, number) else ""


def signal_rows(line: Line) -> list[dict[str, str]]:
    """For the numbered list: when, what it is, and why."""
    return [
        {
            "when": months(_months_of(line, each["points"])),
            "kind": each["kind"],
            "word": str(KINDS[each["kind"]]),
            "why": " ".join(str(RULES[rule["rule"], rule["news"]]) for rule in each["rules"]),
        }
        for each in line["chart"]["signals"]
    ]


def _months_of(line: Line, numbers: Sequence[int]) -> list[str]:
    return [name for number in numbers for name in line["points"][number - 1]["months"]]


def limits_sentence(line: Line) -> str:
    """How sure the limits are, or why there are none."""
    chart = line["chart"]
    if chart["kind"] is None:
        return _(
            "There are no limits yet: they need at least 7 points, and there are %(count)s.",
            count=chart["placed"],
        )
    if chart["is_trial"]:
        return _(
            "These are trial limits: they come from %(count)s points and may still move. From "
            "12 points on they stand.",
            count=chart["placed"],
        )
    return _("The mean and the limits come from the first %(count)s points.", count=BASELINE_POINTS)


def kind_sentence(line: Line) -> str:
    if line["chart"]["kind"] == P_CHART:
        return _(
            "How many people reply differs much from month to month, so each month has limits "
            "of its own (a P-chart)."
        )
    return _("One pair of limits holds for all months (an XmR chart).")


def mean_text(line: Line) -> str:
    return f"{half_up(Decimal(str(line['chart']['mean'])))}%"


def limits_text(line: Line, number: int) -> str:
    """Rounded inwards: a whole percentage is outside these just when it is outside the limits."""
    chart = line["chart"]
    if not chart["lower"] or chart["lower"][number - 1] is None:
        return ""
    low, high = ceil(chart["lower"][number - 1]), floor(chart["upper"][number - 1])
    return _("%(low)s to %(high)s", low=low, high=high)


def common_limits(line: Line) -> str:
    """The one pair that holds for all points, "" where each has its own."""
    texts = {limits_text(line, at) for at in range(1, len(line["points"]) + 1)} - {""}
    return texts.pop() if len(texts) == 1 else ""


def table(line: Line) -> list[list[str]]:
    return [
        [
            months(point["months"]),
            shown(point),
            "" if point["base"] is None else str(point["base"]),
            limits_text(line, at),
            says(line, at),
        ]
        for at, point in enumerate(line["points"], 1)
    ]


def pictures(line: Line) -> list[tuple[str, Picture]]:
    """The picture for wide and for narrow screens; the same where there are few points."""
    if len(line["points"]) <= MOST_ON_A_PHONE:
        return [("all", _drawn(line, MOST_ON_A_PHONE, 4))]
    return [("wide", _drawn(line, MOST_DRAWN, 6)), ("narrow", _drawn(line, MOST_ON_A_PHONE, 2))]


def _drawn(line: Line, most: int, labels: int) -> Picture:
    return picture(line, most, labels, [short_month(each["months"]) for each in line["points"]])


def description(line: Line, drawn: Picture) -> str:
    """The picture in words: what is drawn, and every point that stands out."""
    first, last = line["points"][drawn.first], line["points"][-1]
    said = [
        _(
            "A line of dots from %(first)s to %(last)s, the last at %(share)s.",
            first=months(first["months"][:1]),
            last=months(last["months"][-1:]),
            share=shown(last),
        )
    ]
    if line["chart"]["kind"]:
        said.append(_("The mean is %(mean)s.", mean=mean_text(line)))
    if common_limits(line):
        said.append(_("The limits are %(limits)s.", limits=common_limits(line)))
    said += [f"{row['when']}: {row['word']}." for row in signal_rows(line)]
    return " ".join(said)
