"""Words to test with, kept as data: hostile strings, and questions that are or are not easy read.

`hostile.json` holds only ASCII, so that no editor meets what is in it; a long string is written as
a text and how many times it comes. The wordings are measured by `part`: a rule may be written with
the `dev` half in view, and says how good it is by the `held_out` half.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml

FOLDER = Path(__file__).parent


@cache
def hostile() -> Mapping[str, tuple[str, ...]]:
    """Hostile strings by kind."""
    kinds = json.loads((FOLDER / "hostile.json").read_text(encoding="ascii"))
    return {kind: tuple(map(_whole, strings)) for kind, strings in kinds.items()}


def every_hostile() -> list[str]:
    return [words for strings in hostile().values() for words in strings]


def some_hostile(of_each: int) -> list[str]:
    """So many of each kind, from its beginning to its end."""
    return [words for strings in hostile().values() for words in _spread(strings, of_each)]


@dataclass(frozen=True, slots=True)
class Wording:
    """A survey question as somebody wrote it; `problem` is what is wrong with a bad one."""

    question: str
    options: tuple[str, ...]
    part: Literal["dev", "held_out"]
    problem: str | None


@cache
def wordings(which: Literal["good", "bad"]) -> tuple[Wording, ...]:
    items = yaml.safe_load((FOLDER / "wording" / f"{which}.yaml").read_text(encoding="utf-8"))
    return tuple(
        Wording(item["question"], tuple(item.get("options", ())), item["part"], item.get("problem"))
        for item in items
    )


def _whole(item: Any) -> str:
    return item if isinstance(item, str) else item["text"] * item["times"]


def _spread(strings: tuple[str, ...], count: int) -> tuple[str, ...]:
    step = max(1, len(strings) // count)
    return strings[::step][:count]
