"""Each way of publishing, and what the reader finds out when it is set on many surveys."""

from dataclasses import dataclass, field

from benchmarks.disclosure.attack import SMALL, Key, Rules
from benchmarks.disclosure.reading import attacked
from benchmarks.disclosure.simulate import (
    FIRST,
    SECOND,
    Publish,
    Simulated,
    publish_by_the_rules,
    publish_everything,
    publish_without_1_to_4,
    survey,
    truth,
)

EXACT = Rules(step=1, smallest_base=0, smallest_count=0, is_blurred=False)
WAYS: dict[str, tuple[Publish, Rules]] = {
    "the rules": (publish_by_the_rules, Rules()),
    "only 1 to 4 hidden": (publish_without_1_to_4, EXACT),
    "no rules": (publish_everything, EXACT),
}


@dataclass
class Result:
    """How many small numbers were true, which were found out, and what could not have been."""

    small: int = 0
    recovered: list[Key] = field(default_factory=list)
    contradicted: list[Key] = field(default_factory=list)  # the reader is wrong: a fault in it


def attack(way: str, surveys: int) -> Result:
    publish, rules = WAYS[way]
    result = Result()
    for seed in range(surveys):
        _attack_one(survey(seed), publish, rules, result)
    return result


def _attack_one(simulated: Simulated, publish: Publish, rules: Rules, result: Result) -> None:
    first = publish(simulated.early, {}, FIRST)
    second = publish(simulated.late, first, SECOND)
    publications = [(FIRST.isoformat(), first), (SECOND.isoformat(), second)]
    knowledge, true = attacked(publications, rules), truth(simulated)
    small = {key for key, count in true.items() if count in SMALL}
    result.small += len(small)
    result.recovered += sorted(small & knowledge.small_cells().keys(), key=str)
    for key, (low, high) in knowledge.spans.items():
        if not low <= true.get(key, low) <= high:
            result.contradicted.append(key)
