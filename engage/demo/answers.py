"""Plausible invented answers: a seeded person walks through a survey. Pure.

A person has a mood, from 0 (nothing works) to 1 (all is well), and chooses on every scale near
it. Comments written for the demonstration bring their own mood with them.
"""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from operator import attrgetter
from typing import Any

from engage.surveys.branching import loop_items, walk
from engage.surveys.definition import OptionDefinition, QuestionDefinition, SurveyDefinition
from engage.surveys.parts import answers_of, statements_of
from engage.surveys.question_types.dates import LENGTH, TODAY, limits_of, precision_of

MOODS = {"positive": 0.82, "mixed": 0.5, "neutral": 0.5, "negative": 0.18}
USUAL_MOOD = (0.44, 0.24)  # mean and spread of someone who wrote nothing
BLANK = 0.04  # how often a closed question is left out
MISSING = 0.03  # how often somebody says "don't know" or "prefer not to say"
SELDOM = 0.05
# By the role of the question, how often people of each margin of the census reply.
USUAL: Mapping[str, Mapping[str | None, float]] = {
    "weight_area": {
        f"dspl{number}": often
        for number, often in enumerate((1.4, 0.9, 1.2, 0.9, 1.1, 0.8, 1.5, 1.3, 1.3), start=1)
    },
    "weight_support": {"ehcp": 1.0, "sen_support": 1.4, "no_support": 0.06},
    "weight_phase": {"0-4": 0.5, "5-10": 1.3, "11-15": 1.2, "16-25": 0.35},
}
# Nobody in the demonstration is made up in the questions that need special care.
LEFT_OUT = "special_category"
# Invented dates lie in the year before this day.
LAST_DAY = "2025-12-31"
DAYS_BACK = 365


@dataclass(frozen=True)
class Comment:
    question: str
    text: str
    mood: str


@dataclass(frozen=True)
class Person:
    """One invented respondent: the answers by question code."""

    answers: Mapping[str, Any]
    easy_read: bool


def people(
    survey: SurveyDefinition, comments: Sequence[Comment], how_many: int, seed: int
) -> list[Person]:
    """`how_many` invented people, who between them say each comment once."""
    chance = random.Random(seed)  # noqa: S311  made-up data, and the same every time
    said = deal(comments, how_many, chance)
    return [answer_all(survey, theirs, chance) for theirs in said]


def deal(
    comments: Sequence[Comment], how_many: int, chance: random.Random
) -> list[dict[str, Comment]]:
    """Who says what: nobody answers a question twice, and most who write, write once."""
    hands: list[dict[str, Comment]] = [{} for _ in range(how_many)]
    for comment in comments:
        free = [hand for hand in hands if comment.question not in hand]
        silent = [hand for hand in free if not hand]
        chance.choice(silent if silent and chance.random() < 0.8 else free)[comment.question] = (
            comment
        )
    return hands


def answer_all(
    survey: SurveyDefinition, comments: Mapping[str, Comment], chance: random.Random
) -> Person:
    moods = [MOODS[comment.mood] for comment in comments.values()]
    mood = sum(moods) / len(moods) if moods else chance.gauss(*USUAL_MOOD)
    answers: dict[str, Any] = {}
    # Each is asked once: the rounds of a loop are answered together.
    for question, _rounds in groupby(walk(survey, answers), key=attrgetter("question")):
        value = answer_one(question, survey, answers, comments, (mood, chance))
        if value is not None:
            answers[question.code] = value
    easy = 0.75 if survey.starts_easy_read else 0.12
    return Person(answers, chance.random() < easy)


def answer_one(
    question: QuestionDefinition,
    survey: SurveyDefinition,
    answers: Mapping[str, Any],
    comments: Mapping[str, Comment],
    temper: tuple[float, random.Random],
) -> Any:
    mood, chance = temper
    if question.type == "text":
        comment = comments.get(question.code)
        return comment.text if comment else None
    if question.type == "info" or question.settings.get("privacy") == LEFT_OUT:
        return None
    if not question.is_required and chance.random() < BLANK:
        return None
    if question.type == "loop":
        known = {other.code: other for other in survey.questions()}
        offered = loop_items(question, known, answers, "")
        return {
            "offered": offered,
            "given": {item: choose(question, mood, chance) for item in offered},
        }
    if question.type == "statements":
        said = statements_of(question)
        return {statement.code: choose(question, mood, chance) for statement in said}
    if question.type in MADE:
        return MADE[question.type](question, chance)
    return choose(question, mood, chance)


def choose(question: QuestionDefinition, mood: float, chance: random.Random) -> str:
    real = [option for option in answers_of(question) if not option.is_missing]
    missing = [option for option in answers_of(question) if option.is_missing]
    if missing and chance.random() < MISSING:
        return chance.choice(missing).code
    if all(option.value is not None for option in real):
        return nearest(real, mood + chance.gauss(0, 0.16)).code
    return chance.choices(real, likely(question, real))[0].code


def likely(question: QuestionDefinition, options: Sequence[OptionDefinition]) -> list[float]:
    """How often each is chosen: as on an open link, where families with a plan reply more."""
    usual = USUAL.get(question.role or "")
    if usual is None:
        return [1.0 / (1 + 0.35 * place) for place in range(len(options))]
    return [usual.get(option.weight_margin, SELDOM) for option in options]


def nearest(options: Sequence[OptionDefinition], mood: float) -> OptionDefinition:
    """The point of a scale closest to a mood between 0 and 1."""
    values = [option.value or 0 for option in options]
    low, high = min(values), max(values)
    return min(options, key=lambda o: abs((o.value or 0) - (low + mood * (high - low))))


def choose_some(question: QuestionDefinition, chance: random.Random) -> list[str]:
    real = [o.code for o in question.options if not (o.is_missing or o.is_exclusive)]
    most = min(question.settings.get("max_choices") or 4, len(real))
    how_many = most if question.type == "rank" else chance.randint(1, most)
    return chance.sample(real, how_many)


def make_number(question: QuestionDefinition, chance: random.Random) -> str:
    """Small numbers more often than large ones, as most counts are."""
    least = int(question.settings.get("min", 0))
    most = question.settings.get("max")
    spread = (least + 20 if most is None else int(most)) - least
    return str(least + int(spread * chance.random() ** 2))


def make_date(question: QuestionDefinition, chance: random.Random) -> str:
    """A day among the last that the question takes; the same ones on every day of the year."""
    limits = limits_of({**question.settings, "latest": _last_day(question)})
    last = date.fromisoformat(((limits.last or "") + "-12-28")[:10])
    made = (last - timedelta(days=chance.randrange(DAYS_BACK))).isoformat()
    kept = made[: LENGTH[precision_of(question.settings)]]
    return max(kept, limits.first or kept)


def _last_day(question: QuestionDefinition) -> str:
    last = question.settings.get("latest")
    return str(LAST_DAY if last in (None, TODAY) else last)


MADE: Mapping[str, Callable[[QuestionDefinition, random.Random], Any]] = {
    "multi": choose_some,
    "rank": choose_some,
    "number": make_number,
    "date": make_date,
}
