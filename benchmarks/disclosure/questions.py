"""Invented surveys whose questions come, go, change places and come back. Nobody in them is real.

At first each form says which question plays which part, and a new form may have another in the
same role: the answers to both are then one figure. From some moment on staff say it for all forms
at once, as on the page of what feeds q, and change their minds each time.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from benchmarks.disclosure.simulate import FIRST, SOURCE
from engage.indicators.q.figures import issued
from engage.indicators.q.series import Reply
from engage.indicators.q.settling import Publication
from engage.responses.disclosure import NEW_ANSWERS

QUESTIONS = ("PC10", "PC11", "PC12")
PLACES = ("headline", "domain_needs", "domain_listened")
AREAS = ("north", "south")
MOMENTS = 6
FEWEST_AT_FIRST, MOST_AT_FIRST = 40, 250
MOST_NEWCOMERS = 40
AS_BEFORE, IS_DROPPED, IS_SINGLE = 0.3, 0.2, 0.2  # how often

Feeds = Mapping[str, str]  # the question that plays each part
Run = tuple[int, int, str]  # those who came from one moment until before another, and a question


@dataclass(frozen=True)
class Person:
    came: int  # with which publication they were counted first
    area: str | None
    values: Mapping[str, int | None]  # by question; only those that their form asked


@dataclass(frozen=True)
class Survey:
    """`forms` has, of each moment, what fed q and which questions were asked of newcomers.

    `said` has what staff say at each moment, None as long as they leave it to the forms.
    """

    people: Sequence[Person]
    forms: Sequence[tuple[Feeds, frozenset[str]]]
    said: Sequence[Feeds | None]

    def question(self, moment: int, came: int, part: str) -> str | None:
        """Which question plays the part at that moment, for those who came then."""
        feeds, asked = self.forms[came]
        code = (self.said[moment] or feeds).get(part)
        return code if code in asked else None

    def runs(self, moment: int, part: str) -> tuple[Run, ...]:
        """Whose answers to which questions are the figure of that part.

        Forms that do not ask the headline are not counted at all.
        """
        found: list[Run] = []
        for came in range(moment + 1):
            code = self.question(moment, came, part)
            if code is None or self.question(moment, came, "headline") is None:
                continue
            if found and found[-1][1:] == (came, code):
                found[-1] = (found[-1][0], came + 1, code)
            else:
                found.append((came, came + 1, code))
        return tuple(found)

    def asked(self, moment: int) -> dict[str, str]:
        codes = {part: {code for *_, code in self.runs(moment, part)} for part in PLACES}
        return {part: " ".join(sorted(each)) for part, each in codes.items() if each}

    def replies(self, moment: int) -> Iterator[Reply]:
        for person in self.people:
            if person.came > moment:
                continue
            plays = {part: self.question(moment, person.came, part) for part in PLACES}
            if plays["headline"] is not None:
                values = {part: person.values[code] for part, code in plays.items() if code}
                yield Reply(values, person.area, when(person.came) - timedelta(hours=1))


def when(moment: int) -> datetime:
    return FIRST + timedelta(days=moment)


def survey(seed: int) -> Survey:
    chance = random.Random(f"questions {seed}")
    moods = {code: chance.uniform(0.05, 0.95) for code in QUESTIONS}
    silence = {code: chance.choice((0.05, 0.3, 0.7)) for code in QUESTIONS}
    forms = list(_forms(chance))
    many = [chance.randint(FEWEST_AT_FIRST, MOST_AT_FIRST)]
    # Fewer than ten are never published: see engage/responses/snapshots.py.
    many += [chance.randint(NEW_ANSWERS, MOST_NEWCOMERS) for _ in range(MOMENTS - 1)]
    people = [
        Person(
            came,
            chance.choices((*AREAS, None), (5, 3, 1))[0],
            {
                code: _value(chance, moods[code], silence[code])
                for code in QUESTIONS
                if code in forms[came][1]
            },
        )
        for came, newcomers in enumerate(many)
        for _ in range(newcomers)
    ]
    return Survey(people, forms, list(_said(chance)))


def _value(chance: random.Random, mood: float, silence: float) -> int | None:
    if chance.random() < silence:
        return None
    if chance.random() < 0.12:
        return 3
    return 4 if chance.random() < mood else 2


def _forms(chance: random.Random) -> Iterator[tuple[Feeds, frozenset[str]]]:
    feeds = _feeds(chance)
    for _ in range(MOMENTS):
        feeds = feeds if chance.random() < AS_BEFORE else _feeds(chance)
        spare = [code for code in QUESTIONS if code not in feeds.values()]
        gone = {code for code in spare if chance.random() < IS_DROPPED}
        yield feeds, frozenset(QUESTIONS) - gone


def _said(chance: random.Random) -> Iterator[Feeds | None]:
    """What was said once holds until something else is."""
    since, now = chance.randint(0, MOMENTS - 1), _feeds(chance)
    for moment in range(MOMENTS):
        now = now if chance.random() < AS_BEFORE else _feeds(chance)
        yield now if moment >= since else None


def _feeds(chance: random.Random) -> Feeds:
    """There is always a headline; another part may be left without a question."""
    codes = chance.sample(QUESTIONS, len(QUESTIONS))
    found = dict(zip(PLACES, codes, strict=True))
    if chance.random() < IS_SINGLE:
        del found[chance.choice(PLACES[1:])]
    return found


def publish(survey: Survey, *, remembers: bool) -> list[Mapping[str, Any]]:
    """What everybody may read, one after another; `remembers`: which questions were asked before.

    Without it a question that comes back is taken for a new one.
    """
    past, counted, found = Publication({}, {}), 0, []
    for moment in range(MOMENTS):
        replies = list(survey.replies(moment))
        if found and len(replies) < counted + NEW_ANSWERS:
            continue  # nothing would be kept: see engage/responses/snapshots.py
        source = replace(SOURCE, asked=survey.asked(moment))
        made = issued(source, replies, AREAS, past, when(moment))
        kept = made.exact if remembers else _without("by_question", made.exact)
        past = Publication(made.data, kept, [*past.earlier, made.data])
        counted = len(replies)
        found.append(made.data)
    return found


def publish_by_the_rules(survey: Survey) -> list[Mapping[str, Any]]:
    return publish(survey, remembers=True)


def publish_forgetting_questions(survey: Survey) -> list[Mapping[str, Any]]:
    return publish(survey, remembers=False)


def _without(name: str, data: Mapping[str, Any]) -> dict[str, Any]:
    return {key: each for key, each in data.items() if key != name}
