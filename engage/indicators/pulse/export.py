"""The published pulse as files: the very values of the page, with what they mean beside them."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from engage.indicators.csv_file import csv_of
from engage.indicators.pulse.picture import signals_by_point
from engage.indicators.q.queries import Issue

APART = "The pulse is never added to indicator q, and its lines are never added to each other."
COLUMNS = (
    *("survey", "made_up_answers", "line", "line_name", "month_first", "month_last"),
    *("percent_positive", "base_to_nearest_5", "counted_at", "chart", "limits_are_trial"),
    *("mean", "lower_limit", "upper_limit", "stands_out", "rules"),
    *("question_standard", "question_easy_read", "definition_version", "definition", "checksum"),
)


def as_json(issues: Iterable[Issue]) -> dict[str, Any]:
    """`checksum` is the SHA-256 of `data` as JSON, keys sorted, no spaces, UTF-8."""
    return {
        "series": "pulse",
        "note": APART,
        "published": [
            {
                "made_up_answers": issue.is_invented,
                "checksum": issue.checksum,
                "data": issue.data,
            }
            for issue in issues
        ],
    }


def as_csv(issues: Iterable[Issue]) -> str:
    """One line for each published month, or months together."""
    return csv_of(
        COLUMNS,
        (
            _about(issue) | row
            for issue in issues
            for line in issue.data["lines"]
            for row in _rows(line)
        ),
    )


def _about(issue: Issue) -> dict[str, Any]:
    survey = issue.data["survey"]
    return {
        "survey": survey["title"],
        "made_up_answers": issue.is_invented,
        "question_standard": survey["wording"].get("standard", ""),
        "question_easy_read": survey["wording"].get("easy_read", ""),
        "definition_version": issue.data["definition_version"],
        "definition": issue.data["definition"],
        "checksum": issue.checksum,
    }


def _rows(line: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    chart, signals = line["chart"], signals_by_point(line)
    for at, point in enumerate(line["points"]):
        _, signal = signals.get(at + 1, (None, None))
        yield {
            "line": line["code"],
            "line_name": line["words"].get("standard", ""),
            "month_first": point["months"][0],
            "month_last": point["months"][-1],
            "percent_positive": point["positive"],
            "base_to_nearest_5": point["base"],
            "counted_at": point["as_of"],
            "chart": chart["kind"],
            "limits_are_trial": None if chart["kind"] is None else chart["is_trial"],
            "mean": chart["mean"],
            "lower_limit": chart["lower"][at] if chart["lower"] else None,
            "upper_limit": chart["upper"][at] if chart["upper"] else None,
            "stands_out": signal["kind"] if signal else "",
            "rules": " ".join(each["rule"] for each in signal["rules"]) if signal else "",
        }
