"""Published figures as files: the very values of the page, with what they mean beside them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from engage.framework import Area
from engage.indicators.csv_file import csv_of
from engage.indicators.q.calculations import Grade, range_code
from engage.indicators.q.queries import Issue
from engage.indicators.q.series import CONFIDENCE, HEADLINE

APART = "q-PC and q-YP are two series. They are never added together."
COLUMNS = (
    "series",
    "survey",
    "made_up_answers",
    "measure",
    "area",
    "percent_positive",
    "percent_negative",
    "range_low",
    "range_high",
    "base_to_nearest_5",
    "hidden_because",
    "counted_at",
    "range_is",
    "question_standard",
    "question_easy_read",
    "definition_version",
    "definition",
    "weighted_percent_positive",
    "weighted_percent_negative",
    "weighted_range_low",
    "weighted_range_high",
    "weighted_range_is",
    "effective_base_to_nearest_5",
    "not_weighted_because",
    "checksum",
)


def as_json(issues: Iterable[Issue], areas: Sequence[Area]) -> dict[str, Any]:
    """`checksum` is the SHA-256 of `data` as JSON, keys sorted, no spaces, UTF-8."""
    return {
        "indicator": "q",
        "note": APART,
        "areas": [
            {"code": area.code, "number": area.number, "name": area.short_name} for area in areas
        ],
        "published": [
            {
                "series": issue.series,
                "made_up_answers": issue.is_invented,
                "checksum": issue.checksum,
                "data": issue.data,
            }
            for issue in issues
        ],
    }


def as_csv(issues: Iterable[Issue], areas: Sequence[Area]) -> str:
    """One line for each figure, the headline first, then areas, domains and confidence."""
    names = {area.code: area.short_name for area in areas}
    return csv_of(
        COLUMNS,
        (
            _about(issue, measure) | _numbers(figure, issue.data["grade"]) | _where(area, names)
            for issue in issues
            for measure, area, figure in _figures(issue.data)
        ),
    )


def _where(area: str, names: Mapping[str, str]) -> dict[str, Any]:
    """The area in words; of areas nothing is weighted, whatever the headline is."""
    if area == "all":
        return {"area": area}
    return {"area": names.get(area, area), "not_weighted_because": "areas_are_not_weighted"}


def _figures(data: Mapping[str, Any]) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    yield HEADLINE, "all", data[HEADLINE]
    for code, figure in data["areas"].items():
        yield HEADLINE, code, figure
    for part, figure in data["domains"].items():
        yield part, "all", figure
    yield CONFIDENCE, "all", data[CONFIDENCE]


def _about(issue: Issue, measure: str) -> dict[str, Any]:
    data = issue.data
    words = data["survey"]["wordings"].get(measure, {})
    return {
        "series": issue.series,
        "survey": data["survey"]["title"],
        "made_up_answers": issue.is_invented,
        "measure": measure,
        "range_is": range_code(data["grade"], is_weighted=False),
        "question_standard": words.get("standard", ""),
        "question_easy_read": words.get("easy_read", ""),
        "definition_version": data["definition_version"],
        "definition": data["definition"],
        "not_weighted_because": data.get("weights", {}).get("why_not"),
        "checksum": issue.checksum,
    }


def _numbers(figure: Mapping[str, Any], grade: Grade) -> dict[str, Any]:
    weighted = figure.get("weighted") or {}
    return {
        "weighted_range_is": range_code(grade, is_weighted=True) if weighted else None,
        "weighted_percent_positive": weighted.get("positive"),
        "weighted_percent_negative": weighted.get("negative"),
        "weighted_range_low": weighted.get("low"),
        "weighted_range_high": weighted.get("high"),
        "effective_base_to_nearest_5": weighted.get("n_effective"),
        "percent_positive": figure["positive"],
        "percent_negative": figure["negative"],
        "range_low": figure["low"],
        "range_high": figure["high"],
        "base_to_nearest_5": figure["base"],
        "hidden_because": figure["reason"],
        "counted_at": figure["as_of"],
    }
