"""Four dials side by side, and what to make of it where they do not agree. Pure.

They are never blended: a survey, the themes of comments, complaints and compliments, and what
others measured come from different people asked different things.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from engage.indicators.others.measured import Figure
from engage.indicators.statistics.proportions import Interval, wilson
from engage.indicators.statistics.rates import byar

Direction = Literal["better", "worse", "same"]
# Without a spread or a base nothing can be tested; a smaller gap is called the same.
LEAST_GAP_UNTESTED = Decimal("0.5")
COMPLAINTS, COMPLIMENTS = "complaints", "compliments"
TRIBUNAL = "ind-2018-c"
INDEPENDENT = "independent:"
FEWER_IS_BETTER = frozenset({COMPLAINTS, TRIBUNAL})
MORE_IS_BETTER = frozenset({COMPLIMENTS})
# Of these a file can say how many of how many, and then chance is ruled out.
PER_HUNDRED = "per 100 "
DAYS_ALIKE = 31  # a quarter is not set beside a rolling year


@dataclass(frozen=True, slots=True)
class Reading:
    """One measure now and before. `is_tested` where chance was ruled out, not merely eyed."""

    series: str
    now: Figure
    before: Figure | None
    direction: Direction | None
    is_tested: bool


def reading(series: str, figures: Sequence[Figure]) -> Reading | None:
    """The newest figure of a series beside the one before; `figures` oldest first.

    Only figures of the whole county with a value in the same unit. None without any.
    """
    known = [each for each in figures if each.value is not None and each.area is None]
    # One made up for the demonstration never stands before a real one, however new.
    told = [each for each in known if not each.is_synthetic] or known
    if not told:
        return None
    now = told[-1]
    before = next((each for each in reversed(told[:-1]) if _alike(each, now)), None)
    if before is None:
        return Reading(series, now, None, None, is_tested=False)
    tested = _by_range(series, before, now)
    direction = tested or _by_size(series, before, now)
    return Reading(series, now, before, direction, is_tested=tested is not None)


def _alike(one: Figure, other: Figure) -> bool:
    names = ("label", "unit", "place", "is_synthetic")
    same = all(getattr(one, name) == getattr(other, name) for name in names)
    return same and abs(_days(one) - _days(other)) <= DAYS_ALIKE


def _days(figure: Figure) -> int:
    return (figure.period_to - figure.period_from).days


def _by_range(series: str, before: Figure, now: Figure) -> Direction | None:
    """Where both say how many of how many: changed only if their ranges are apart."""
    then_range, now_range = _range(series, before), _range(series, now)
    if then_range is None or now_range is None:
        return None
    if now_range.low > then_range.high:
        return _way(series, now, is_up=True)
    return _way(series, now, is_up=False) if now_range.high < then_range.low else "same"


def _range(series: str, figure: Figure) -> Interval | None:
    """In per cent. Complaints are events, of which one person may make several; else people."""
    if figure.unit != "percent" and not figure.unit.startswith(PER_HUNDRED):
        return None
    if figure.numerator is None or not figure.denominator:
        return None
    if series in (COMPLAINTS, COMPLIMENTS):
        found = byar(figure.numerator, figure.denominator)
        return Interval(found.low, found.high)
    if figure.numerator > figure.denominator:
        return None  # events too, of a kind we do not know
    ends = wilson(figure.numerator / figure.denominator, figure.denominator)
    return Interval(100 * ends.low, 100 * ends.high)


def _by_size(series: str, before: Figure, now: Figure) -> Direction | None:
    gap = (now.value or Decimal(0)) - (before.value or Decimal(0))
    if abs(gap) < LEAST_GAP_UNTESTED:
        return "same"
    return _way(series, now, is_up=gap > 0)


def _way(series: str, now: Figure, *, is_up: bool) -> Direction | None:
    """None where nobody says which way is better: more complaints upheld may be good or bad."""
    if series in FEWER_IS_BETTER:
        return "worse" if is_up else "better"
    if series in MORE_IS_BETTER or now.unit.startswith("score"):
        return "better" if is_up else "worse"
    return None


def divergence(
    survey: Direction | None, cases: Sequence[Direction], independent: Sequence[Direction]
) -> str:
    """Which sentence stands under the dials.

    `survey` is the change of q; `cases` are complaints and compliments; `independent` what
    others asked. Themes take no part: how comments sound is never a stand-in for being asked.
    """
    asked = [*([survey] if survey else []), *independent]
    if not asked or not cases:
        return "not_enough"
    for rule, code in RULES:
        if rule(survey, cases, independent, asked):
            return code
    return "mixed"


def _all(directions: Sequence[Direction], way: Direction) -> bool:
    return bool(directions) and all(each == way for each in directions)


Directions = Sequence[Direction]
Rule = Callable[[Direction | None, Directions, Directions, Directions], bool]
# The first rule that holds. They speak of: q, cases, independent measures, and all who were asked.
RULES: tuple[tuple[Rule, str], ...] = (
    (lambda q, c, i, a: _all([*a, *c], "better"), "all_better"),
    (lambda q, c, i, a: _all([*a, *c], "worse"), "all_worse"),
    (lambda q, c, i, a: _all([*a, *c], "same"), "no_change"),
    (lambda q, c, i, a: q == "better" and bool(i) and "better" not in i, "not_corroborated"),
    (lambda q, c, i, a: "better" in c and "worse" not in c and _all(a, "same"), "routes"),
    (lambda q, c, i, a: "better" in c and "worse" not in c and "worse" in a, "less_content"),
    (lambda q, c, i, a: "worse" in c and "better" in a and "worse" not in a, "more_complaints"),
)


def dials(
    trend: Mapping[str, Any] | None, measured: Mapping[str, Sequence[Figure]]
) -> dict[str, Any]:
    """As plain values to publish; themes, which take no part in the text, are published apart.

    `measured` holds figures by series, oldest first.
    """
    cases = [found for name in (COMPLAINTS, COMPLIMENTS) if (found := _read(name, measured))]
    outside = sorted(name for name in measured if name.startswith((INDEPENDENT, TRIBUNAL)))
    independent = [found for name in outside if (found := _read(name, measured))]
    survey = survey_direction(trend)
    return {
        "survey": survey,
        "cases": [as_data(each) for each in cases],
        "independent": [as_data(each) for each in independent],
        "text": _text(survey, cases, independent),
    }


def _read(series: str, measured: Mapping[str, Sequence[Figure]]) -> Reading | None:
    return reading(series, measured.get(series, ()))


def _text(
    survey: Direction | None, cases: Sequence[Reading], independent: Sequence[Reading]
) -> str:
    # What is made up is shown, marked, and says nothing beside what was really asked or counted.
    is_real = survey or any(not each.now.is_synthetic for each in (*cases, *independent))
    if is_real:
        cases, independent = _real(cases), _real(independent)
    found = divergence(survey, _directions(cases), _directions(independent))
    fewer = any(each.series == COMPLAINTS and each.direction == "better" for each in cases)
    # "Fewer complaints" is only said where there are fewer.
    return "compliments" if found == "routes" and not fewer else found


def _real(readings: Sequence[Reading]) -> list[Reading]:
    return [each for each in readings if not each.now.is_synthetic]


def _directions(readings: Sequence[Reading]) -> list[Direction]:
    return [each.direction for each in readings if each.direction]


def survey_direction(trend: Mapping[str, Any] | None) -> Direction | None:
    change = trend and trend.get("change")
    if not change:
        return None
    ways: dict[str, Direction] = {"up": "better", "down": "worse", "none": "same"}
    return ways[change["verdict"]]


def as_data(found: Reading) -> dict[str, Any]:
    return {
        "series": found.series,
        "direction": found.direction,
        "is_tested": found.is_tested,
        "now": _figure_data(found.series, found.now),
        "before": _figure_data(found.series, found.before) if found.before else None,
    }


def _figure_data(series: str, figure: Figure) -> dict[str, Any]:
    ends = _range(series, figure)
    return {
        "label": figure.label,
        "value": None if figure.value is None else format(figure.value, "f"),
        "unit": figure.unit,
        "low": ends and _one_place(ends.low),
        "high": ends and _one_place(ends.high),
        "period_from": figure.period_from.isoformat(),
        "period_to": figure.period_to.isoformat(),
        "respondents": figure.respondents,
        "source": figure.source,
        "source_date": figure.source_date and figure.source_date.isoformat(),
        "note": figure.note,
        "is_synthetic": figure.is_synthetic,
    }


def _one_place(rate: float) -> str:
    return format(Decimal(rate).quantize(Decimal("0.1")), "f")
