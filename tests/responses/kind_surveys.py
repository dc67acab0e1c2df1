"""A survey with every kind of question, to answer as people do."""

from typing import Any

from tests.survey_factories import ask, worded

PNTS = {"code": "pnts", "standard": "Prefer not to say", "easy_read": "I don’t want to say"}
PNTS |= {"missing": True}
AGREE = (
    {"code": "agree", "standard": "Agree", "easy_read": "Yes"},
    {"code": "disagree", "standard": "Disagree", "easy_read": "No"},
    PNTS,
)
LIKELY = {
    "low": {"standard": "Not at all likely", "easy_read": "No, never"},
    "high": {"standard": "Very likely", "easy_read": "Yes, sure"},
}
STATEMENTS = (
    {"code": "heard", "standard": "I am listened to", "easy_read": "People listen to me"},
    {"code": "safe", "standard": "I feel safe", "easy_read": "I feel safe there"},
)


def zero_to_ten(code: str = "Q1", **keys: Any) -> dict[str, Any]:
    return ask(code, "zero_to_ten") | {"ends": LIKELY, "options": [PNTS]} | keys


def statements(code: str = "Q1", **keys: Any) -> dict[str, Any]:
    usual = {"statements": list(STATEMENTS), "options": list(AGREE)}
    return ask(code, "statements") | usual | keys


def number(code: str = "Q1", **keys: Any) -> dict[str, Any]:
    usual = {"min": 0, "max": 25, "unit": worded("hours"), "options": [PNTS]}
    return ask(code, "number") | usual | keys


def dated(code: str = "Q1", **keys: Any) -> dict[str, Any]:
    return ask(code, "date") | {"options": [PNTS]} | keys


def area(code: str = "Q1", **keys: Any) -> dict[str, Any]:
    return ask(code, "area") | keys
