"""What the demonstration tells, read from its files."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import yaml

from engage.demo.answers import Comment

DATA = Path(__file__).parent / "data"


def read(name: str) -> Any:
    return yaml.safe_load((DATA / f"{name}.yaml").read_text(encoding="utf-8"))


def read_comments(name: str) -> list[Comment]:
    return [
        Comment(row["question"], str(row["text"]), row["mood"]) for row in read(name)["comments"]
    ]


def moment_of(told: Mapping[str, Any], now: datetime) -> datetime:
    return now - timedelta(days=told["days_ago"])


def last_day(survey: Mapping[str, Any], now: datetime) -> datetime:
    return now - timedelta(days=survey["closed_days_ago"])
