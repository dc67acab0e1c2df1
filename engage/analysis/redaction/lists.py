"""The lists the rules read: words, first names, surnames, rare conditions. Pure.

All of them lie in `data/` as plain text, so that they can be mended without touching code.
"""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from engage.framework.yaml_files import read_yaml

DATA = Path(__file__).parent / "data"
SURE, ALSO_A_WORD, NEEDS_A_CLUE = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Rule:
    code: str
    kind: str
    why: str


def lines(file: str) -> list[str]:
    """What stands in a list, one a line; a line that begins with # is a note."""
    text = (DATA / file).read_text(encoding="utf-8")
    return [line.strip() for line in text.splitlines() if line.strip() and line[0] != "#"]


@lru_cache(maxsize=1)
def _settings() -> dict[str, Any]:
    return dict(read_yaml(DATA / "rules.yaml"))


@lru_cache(maxsize=1)
def rules() -> dict[str, Rule]:
    return {code: Rule(code, **given) for code, given in _settings()["rules"].items()}


@lru_cache(maxsize=1)
def instead() -> dict[str, str]:
    """By rule, the words that stand in square brackets where something was taken out."""
    kinds = _settings()["kinds"]
    return {code: f"[{kinds[rule.kind]}]" for code, rule in rules().items()}


@lru_cache(maxsize=32)
def words(name: str) -> frozenset[str]:
    return frozenset(_settings()[name])


@lru_cache(maxsize=1)
def first_names() -> dict[str, int]:
    """How far each first name can be trusted: SURE, ALSO_A_WORD or NEEDS_A_CLUE."""
    return {_plain(line): len(line) - len(line.rstrip("*")) for line in lines("first_names.txt")}


@lru_cache(maxsize=1)
def surnames() -> dict[str, int]:
    return {_plain(line): len(line) - len(line.rstrip("*")) for line in lines("surnames.txt")}


@lru_cache(maxsize=1)
def rare_conditions() -> tuple[str, ...]:
    return tuple(lines("rare_conditions.txt"))


@lru_cache(maxsize=1)
def not_names() -> tuple[str, ...]:
    return tuple(lines("not_names.txt"))


def _plain(line: str) -> str:
    return line.rstrip("*").casefold()
