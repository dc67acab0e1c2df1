"""Rules about the answers of a question, taken together. Pure."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from engage.surveys.easyread import lists
from engage.surveys.easyread.findings import Severity
from engage.surveys.easyread.rules import BOTH, Asked, Hit, Rule
from engage.surveys.easyread.text import length

MOST_ANSWERS = 5
MOST_STEPS = 3
MOST_WORDS = 5
SETS_APART = re.compile(
    r"(?:don['’]?t|do not|not) (?:know|sure|want to say|remember)|prefer not|rather not|unsure",
    re.IGNORECASE,
)
_RANGE = re.compile(r"^\D*(\d+)\s*(?:-|–|to)\s*(\d+)\D*$")
_VAGUE = re.compile(
    r"\b(?:often|frequently|regularly|usually|occasionally|rarely|seldom)\b", re.IGNORECASE
)
_COUNTS = re.compile(
    r"\bhow (?:many|old)\b|\bwhat age\b|\bwhich (?:year|day|number)\b", re.IGNORECASE
)


def too_many(asked: Asked) -> Iterator[Hit]:
    if len(asked.answers) > MOST_ANSWERS and not asked.on_pages:
        yield Hit(f"{len(asked.answers)} answers")


def long_answers(asked: Asked) -> Iterator[Hit]:
    yield from (Hit(answer) for answer in asked.answers if length(answer) > MOST_WORDS)


def no_way_out(asked: Asked) -> Iterator[Hit]:
    if asked.answers and not asked.set_apart:
        yield Hit(asked.text, "I do not know")


def numbered_steps(asked: Asked) -> Iterator[Hit]:
    bare = [answer for answer in asked.answers if re.fullmatch(r"\d+", answer.strip())]
    if len(bare) > MOST_STEPS and not _COUNTS.search(asked.text):
        yield Hit(", ".join(bare))


def many_steps(asked: Asked) -> Iterator[Hit]:
    if asked.kind == "scale" and len(asked.answers) > MOST_STEPS:
        yield Hit(", ".join(asked.answers))


def same_twice(asked: Asked) -> Iterator[Hit]:
    said = Counter(answer.strip().lower() for answer in (*asked.answers, *asked.set_apart))
    yield from (Hit(answer) for answer, times in said.items() if times > 1)


def overlaps(asked: Asked) -> Iterator[Hit]:
    """ "1 to 5" and "5 to 10": which is 5?"""
    spans = [(answer, match) for answer in asked.answers if (match := _RANGE.match(answer))]
    for (before, first), (after, second) in pairwise(spans):
        if int(first[1]) <= int(second[1]) <= int(first[2]) <= int(second[2]):
            yield Hit(f"{before}, {after}")


def lopsided(asked: Asked) -> Iterator[Hit]:
    """More good answers to choose from than bad ones, or the other way."""
    sides = Counter(lists.sides().get(answer.strip().lower(), "") for answer in asked.answers)
    good, bad = sides["+"], sides["-"]
    if good + bad >= len(asked.answers) - 1 and good + bad > 1 and abs(good - bad) > 1:
        yield Hit(", ".join(asked.answers))


def vague_often(asked: Asked) -> Iterator[Hit]:
    vague = [answer for answer in asked.answers if _VAGUE.search(answer)]
    if len(vague) > 1:
        yield Hit(", ".join(vague), "every day, some days, never")


def without_pictures(asked: Asked) -> Iterator[Hit]:
    if asked.kind == "scale" and asked.pictured < len(asked.answers):
        yield Hit(asked.text)


def writing_only(asked: Asked) -> Iterator[Hit]:
    if asked.kind == "text" and not set(asked.ways) - {"text"}:
        yield Hit(asked.text)


ANSWER_RULES: tuple[Rule[Asked], ...] = (
    Rule(
        "too-many-answers",
        Severity.STOP,
        f"More than {MOST_ANSWERS} answers at once. Offer fewer, or put them on pages.",
        too_many,
    ),
    Rule(
        "long-answer",
        Severity.LOOK,
        f"More than {MOST_WORDS} words to choose. One or two are best.",
        long_answers,
    ),
    Rule(
        "number-scale",
        Severity.STOP,
        "Numbers say nothing about good or bad. Use words with faces.",
        numbered_steps,
    ),
    Rule(
        "many-steps",
        Severity.LOOK,
        f"{MOST_STEPS} steps are easier to tell apart.",
        many_steps,
        is_structural=True,
    ),
    Rule(
        "no-way-out",
        Severity.STOP,
        "People need an answer for when they do not know.",
        no_way_out,
        is_structural=True,
    ),
    Rule(
        "same-answer-twice",
        Severity.STOP,
        "Two answers read the same.",
        same_twice,
        wordings=BOTH,
    ),
    Rule(
        "answers-overlap",
        Severity.STOP,
        "Some people fit both.",
        overlaps,
        wordings=BOTH,
    ),
    Rule(
        "lopsided-answers",
        Severity.STOP,
        "One side has more answers than the other, which pulls people to it.",
        lopsided,
        wordings=BOTH,
    ),
    Rule(
        "vague-often",
        Severity.LOOK,
        "“Often” and “rarely” mean something else to each person.",
        vague_often,
    ),
    Rule(
        "picture",
        Severity.LOOK,
        "Each step of a scale needs a picture.",
        without_pictures,
        is_structural=True,
    ),
    Rule(
        "writing-only",
        Severity.LOOK,
        "Let people speak, draw or show as well as write.",
        writing_only,
        is_structural=True,
    ),
)
