"""Invented comments of 15 words for measuring speed: seeded, and no comment twice.

About a third of the comments are two sentences, because the work grows with sentences.
"""

import csv
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

WORDS = 15
SEED = 7
VOCABULARY = Path(__file__).with_name("invented_words.yaml")


def comments(count: int, seed: int = SEED) -> Iterator[str]:
    """`count` comments, always the same ones for the same seed."""
    words = yaml.safe_load(VOCABULARY.read_text(encoding="utf-8"))
    chance = random.Random(seed)
    said: set[str] = set()
    while len(said) < count:
        text = _comment(chance, words)
        if len(text.split()) == WORDS and text not in said:
            said.add(text)
            yield text


def _comment(chance: random.Random, words: dict[str, Any]) -> str:
    about = chance.choice(words["about"])
    when, where, how = (chance.choice(words[part]) for part in ("when", "where", "how"))
    if chance.random() < 0.5:
        return _sentence(_event(chance, words, about), when, where, how)
    first = _sentence(_event(chance, words, about), chance.choice((when, where)))
    return f"{first} {_sentence(_event(chance, words, about), how)}"


def _event(chance: random.Random, words: dict[str, Any], about: dict[str, list[str]]) -> str:
    thing, happened = chance.choice(about["things"]), chance.choice(about["happened"])
    if chance.random() < 0.5:
        return f"our {thing} {happened}"
    return f"the {thing} for {chance.choice(words['who'])} {happened}"


def _sentence(*parts: str) -> str:
    text = " ".join(parts)
    return f"{text[0].upper()}{text[1:]}."


def write(file: Path, count: int) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w", encoding="utf-8", newline="") as opened:
        rows = csv.writer(opened)
        rows.writerow(("id", "comment"))
        rows.writerows((str(n), text) for n, text in enumerate(comments(count), start=1))
    return file
