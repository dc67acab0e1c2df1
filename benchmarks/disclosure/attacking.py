"""Each way of publishing, and what the reader finds out when it is set on many surveys."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from benchmarks.disclosure import pulse, questions, questions_read, said
from benchmarks.disclosure.attack import SMALL, Key, Knowledge, Rules
from benchmarks.disclosure.changes import Wave, change_in
from benchmarks.disclosure.reading import attacked
from benchmarks.disclosure.simulate import (
    CENSUS,
    FIRST,
    SECOND,
    Publish,
    Simulated,
    publish_by_the_rules,
    publish_everything,
    publish_without_1_to_4,
    published_trend,
    survey,
    truth,
)

EXACT = Rules(step=1, smallest_base=0, smallest_count=0, is_blurred=False)
THE_RULES = "the rules"
WAYS: dict[str, tuple[Publish, said.Count, Rules]] = {
    THE_RULES: (publish_by_the_rules, said.by_the_rules, Rules()),
    "only 1 to 4 hidden": (publish_without_1_to_4, said.but_1_to_4, EXACT),
    "no rules": (publish_everything, said.exactly, EXACT),
}

PULSE_WAYS: dict[str, tuple[pulse.Publish, Rules]] = {
    THE_RULES: (pulse.publish_by_the_rules, Rules()),
    "no rules": (pulse.publish_everything, EXACT),
}

FORGETTING = "questions forgotten"  # one that comes back is taken for a new one
QUESTION_WAYS = {
    THE_RULES: questions.publish_by_the_rules,
    FORGETTING: questions.publish_forgetting_questions,
}


@dataclass
class Result:
    """How many small numbers were true, which were found out, and what could not have been."""

    small: int = 0
    recovered: list[Key] = field(default_factory=list)
    contradicted: list[Key] = field(default_factory=list)  # the reader is wrong: a fault in it

    def compare(self, knowledge: Knowledge, true: Mapping[Key, int]) -> None:
        small = {key for key, count in true.items() if count in SMALL}
        self.small += len(small)
        self.recovered += sorted(small & knowledge.small_cells().keys(), key=str)
        for key, (low, high) in knowledge.spans.items():
            if not low <= true.get(key, low) <= high:
                self.contradicted.append(key)


@dataclass(frozen=True)
class Attacked:
    """One survey, what was published of it, and what the reader knows."""

    simulated: Simulated
    published: Sequence[Mapping[str, Any]]
    knowledge: Knowledge


def attack(way: str, surveys: int) -> Result:
    """Each survey on its own, and with the one before it, of which the next is the later wave."""
    is_blurred, result = WAYS[way][-1].is_blurred, Result()
    for seed in range(0, surveys, 2):
        pair = [_attacked(survey(each), way) for each in (seed, seed + 1)]
        if is_blurred:
            _compare_waves(*pair)
        for each in pair:
            result.compare(each.knowledge, _true(each.simulated))
    return result


def attack_alone(way: str, seeds: Iterable[int]) -> Result:
    """Only these surveys, none beside another."""
    result = Result()
    for seed in seeds:
        found = _attacked(survey(seed), way)
        result.compare(found.knowledge, _true(found.simulated))
    return result


def _true(simulated: Simulated) -> dict[Key, int]:
    return truth(simulated) | said.truth(simulated)


def _attacked(simulated: Simulated, way: str) -> Attacked:
    publish, count, rules = WAYS[way]
    first = publish(simulated, simulated.early, {}, FIRST)
    second = publish(simulated, simulated.late, first, SECOND)
    publications = [(FIRST.isoformat(), first), (SECOND.isoformat(), second)]
    census = CENSUS if simulated.is_weighted else None
    read_said = partial(said.read, counts=said.published(simulated, count))
    return Attacked(simulated, (first, second), attacked(publications, rules, census, read_said))


def _compare_waves(before: Attacked, after: Attacked) -> None:
    """The later wave as it stood each time, beside what was last said of the one before."""
    earlier = before.published[-1]
    changes = [
        change
        for later in after.published
        for change in change_in(
            published_trend(earlier, later), _wave(before, earlier), _wave(after, later)
        )
    ]
    news = [change.narrow() for change in changes]
    if any(news):
        for each in (before, after):
            each.knowledge.think()


def _wave(attacked: Attacked, data: Mapping[str, Any]) -> Wave | None:
    """Of weighted waves the difference is of weighted shares, which the reader does not follow."""
    figure = data["headline"]
    if attacked.simulated.is_weighted or not isinstance(figure["positive"], int):
        return None
    base, positive = ((figure["as_of"], "headline", part) for part in ("base", "positive"))
    return attacked.knowledge, base, positive, figure["positive"]


def attack_pulse(way: str, services: int) -> Result:
    """Months of the pulse, each counted again as answers come late."""
    publish, rules = PULSE_WAYS[way]
    result = Result()
    for seed in range(services):
        moments = pulse.service(seed)
        published = publish(moments)
        result.compare(pulse.attacked(published, rules), pulse.truth(moments, published))
    return result


def attack_questions(way: str, surveys: int, first: int = 0) -> Result:
    """Surveys of which the questions come, go and come back, published six times each.

    `first` is where their numbers begin: other surveys than those the rules were made by.
    """
    publish, result = QUESTION_WAYS[way], Result()
    for seed in range(first, first + surveys):
        survey = questions.survey(seed)
        knowledge = questions_read.attacked(survey, publish(survey), Rules())
        result.compare(knowledge, questions_read.truth(survey))
    return result
