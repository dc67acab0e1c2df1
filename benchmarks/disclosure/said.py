"""The counts of "You said, we did", about the people that the figures of q are about.

They are made when an answer is published, so on days of their own: how many answered in all, and
how many spoke of each theme. The reports print the same, and the figures of q as published; their
shares under regulation 56 are of another survey. What they print is compared with the snapshots
in tests/indicators/test_attacker_reports.py.
"""

import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from benchmarks.disclosure.attack import Key, Knowledge
from benchmarks.disclosure.simulate import FEW, FIRST, SECOND, Simulated
from engage.loop.summary import Voices, summarise
from engage.responses.disclosure import NEW_ANSWERS

BETWEEN = FIRST + timedelta(days=3)
AUDIENCE = "parent_carer"
THEMES = range(5)
SINCE = "since"

Counts = Mapping[str, Any]
Count = Callable[[Voices], Counts]


def by_the_rules(voices: Voices) -> Counts:
    return summarise(voices)


def exactly(voices: Voices) -> Counts:
    themes = {str(theme): {"people": len(people)} for theme, people in voices.said_by.items()}
    return {"people": len(voices.audience_of), "themes": themes}


def but_1_to_4(voices: Voices) -> Counts:
    found = exactly(voices)
    hidden = {"people": None}
    themes = found["themes"].items()
    shown = {name: hidden if 0 < each["people"] <= FEW else each for name, each in themes}
    return {**found, "themes": shown}


def published(simulated: Simulated, count: Count) -> dict[str, Counts]:
    """By moment: once between two publications of q, and with the second, where ten more came."""
    found = {BETWEEN.isoformat(): count(_voices(simulated, _came_by_then(simulated)))}
    if len(simulated.late) - _came_by_then(simulated) >= NEW_ANSWERS:
        found[SECOND.isoformat()] = count(_voices(simulated, len(simulated.late)))
    return found


def _came_by_then(simulated: Simulated) -> int:
    return random.Random(f"said {simulated.seed}").randint(
        len(simulated.early), len(simulated.late)
    )


def _voices(simulated: Simulated, people: int) -> Voices:
    spoke = {theme: {*these} for theme, these in _speakers(simulated, people).items()}
    return Voices(dict.fromkeys(range(people), AUDIENCE), spoke, [AUDIENCE])


def _speakers(simulated: Simulated, people: int) -> dict[int, Sequence[int]]:
    """Of each theme: some are of nearly nobody. The same people say the same at every moment."""
    chance = random.Random(f"themes {simulated.seed}")
    shares = [chance.choice((0.005, 0.02, 0.1, 0.4)) for _ in THEMES]
    said = [[chance.random() < share for share in shares] for _ in simulated.late]
    return {theme: [who for who in range(people) if said[who][theme]] for theme in THEMES}


def read(knowledge: Knowledge, counts: Mapping[str, Counts]) -> None:
    """Who answered by then are those of the publication before, and some of those since."""
    for time, found in counts.items():
        knowledge.learn(_people(time), knowledge.rules.count(found["people"]))
        for theme in THEMES:
            these, others = (time, "theme", theme), (time, "not theme", theme)
            knowledge.sums.append((_people(time), (these, others)))
            shown = found["themes"][str(theme)]["people"]
            knowledge.learn(these, knowledge.rules.count(shown))
    between, last = BETWEEN.isoformat(), SECOND.isoformat()
    for before, after in ((FIRST.isoformat(), between), (between, last)):
        came = (SINCE, before, *_people(after))
        knowledge.sums.append((_people(after), (_people(before), came)))
    for name in ("theme", "not theme"):
        for theme in THEMES:
            came = (SINCE, between, last, name, theme)
            knowledge.sums.append(((last, name, theme), ((between, name, theme), came)))


def _people(time: str) -> Key:
    return time, "people", frozenset()


def truth(simulated: Simulated) -> dict[Key, int]:
    first, between, last = (each.isoformat() for each in (FIRST, BETWEEN, SECOND))
    then, in_all = _came_by_then(simulated), len(simulated.late)
    early = len(simulated.early)
    found: Counter[Key] = Counter()
    found[_people(between)] = then
    found[SINCE, first, *_people(between)] = then - early
    found[SINCE, between, *_people(last)] = in_all - then
    for time, people in ((between, then), (last, in_all)):
        for theme, these in _speakers(simulated, people).items():
            found[time, "theme", theme] = len(these)
            found[time, "not theme", theme] = people - len(these)
    for name in ("theme", "not theme"):
        for theme in THEMES:
            came = found[last, name, theme] - found[between, name, theme]
            found[SINCE, between, last, name, theme] = came
    return dict(found)
