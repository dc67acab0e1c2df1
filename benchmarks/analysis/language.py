"""How often the language guesser is right: English comments, and invented phrases in others.

The phrases were written for this, before the guesser was tried on them. `codes` holds each answer
that is right: short Czech and Slovak can be the same words. A phrase is found when it is not taken
for English, which is what keeps it out of English themes, and named when the code is right too.
"""

import csv
from pathlib import Path

from benchmarks.analysis.data import comments
from benchmarks.analysis.rows import Row, at_least
from engage.analysis.language import LangidGuesser

PHRASES = Path(__file__).with_name("phrases.csv")
FEWEST_WORDS = 3
ENGLISH = "en"
QUICK = 1_000


def table(feedback: Path, *, quick: bool = False) -> list[Row]:
    guesser = LangidGuesser(ENGLISH)
    texts = [text for text in comments(feedback) if len(text.split()) >= FEWEST_WORDS]
    english = guesser.guess(texts[:QUICK] if quick else texts)
    codes, phrases = _phrases()
    guessed = guesser.guess(phrases)
    named = sum(code in right for code, right in zip(guessed, codes, strict=True))
    languages = {code for right in codes for code in right}
    missed = sorted(
        f"{right[0]} as {code}"
        for code, right in zip(guessed, codes, strict=True)
        if code not in right
    )
    return [
        Row(
            f"language, English of {FEWEST_WORDS} words or more ({len(english):,})",
            english.count(ENGLISH) / len(english),
            at_least(0.99),
            "0.992",
        ),
        Row(
            f"language, {len(phrases)} phrases in {len(languages)} others: named",
            named / len(phrases),
            at_least(0.96),
            "1.00 on 28",
            note=f"missed: {', '.join(missed)}" if missed else "",
        ),
        Row(
            "the same phrases: not taken for English",
            1 - guessed.count(ENGLISH) / len(phrases),
        ),
    ]


def _phrases() -> tuple[list[tuple[str, ...]], list[str]]:
    with PHRASES.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened))
    return [tuple(row["codes"].split("|")) for row in rows], [row["phrase"] for row in rows]
