"""Invented survey comments that tell how well comments needing a safeguarding eye are found."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import yaml

Kind = Literal["direct", "indirect", "negative"]
Who = Literal["child", "young_person", "parent", "professional"]
Part = Literal["dev", "held_out"]

FOLDER = Path(__file__).parent / "safeguarding"
FILES = ("disclosure.yaml", "hard_negatives.yaml")


@dataclass(frozen=True)
class Sentence:
    """One comment. Rules may be improved with `dev`; `held_out` is only for measuring."""

    text: str
    kind: Kind
    who: Who
    part: Part

    @property
    def should_be_read_first(self) -> bool:
        return self.kind != "negative"


def sentences() -> list[Sentence]:
    return [Sentence(**row) for name in FILES for row in _rows(FOLDER / name)]


def _rows(file: Path) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return rows
