"""A reader of questions that come and go, who knows which one played which part, and when. Pure.

What is put together is one question: of those who came by one moment, by another, and between,
wherever in the publications it stood. A figure of two questions is the sum of both.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import combinations
from typing import Any

from benchmarks.disclosure.attack import Key, Knowledge, Rules, Shares
from benchmarks.disclosure.questions import (
    AREAS,
    MOMENTS,
    PLACES,
    QUESTIONS,
    Run,
    Survey,
    when,
)
from benchmarks.disclosure.reading import figures, missing

EVERYWHERE, NOWHERE = "everywhere", "nowhere"
WHERE = (EVERYWHERE, *AREAS, NOWHERE)
ANSWERS = ("positive", "neutral", "negative")
KINDS = ("people", "silent", "base", *ANSWERS)
MOMENT_OF = {when(moment).isoformat(): moment for moment in range(MOMENTS)}


def attacked(survey: Survey, published: Sequence[Mapping[str, Any]], rules: Rules) -> Knowledge:
    knowledge = Knowledge(rules)
    for run in _all_runs(survey):
        _read_run(knowledge, survey, run)
    _compare(knowledge, survey)
    for data in published:
        for path, figure in figures(data):
            _read_figure(knowledge, survey, path, figure)
        _read_who_was_silent(knowledge, survey, data)
    knowledge.think()
    return knowledge


def _cuts(survey: Survey, question: str) -> list[int]:
    """The moments at which the question begins or ends to be counted anywhere."""
    ends = {
        end
        for moment in range(MOMENTS)
        for part in PLACES
        for first, after, code in survey.runs(moment, part)
        if code == question
        for end in (first, after)
    }
    return sorted(ends)


def _all_runs(survey: Survey) -> Iterator[Run]:
    for question in QUESTIONS:
        for first, after in combinations(_cuts(survey, question), 2):
            yield first, after, question


def _key(runs: tuple[Run, ...], where: str, kind: str) -> Key:
    return runs, where, kind


def _read_run(knowledge: Knowledge, survey: Survey, run: Run) -> None:
    """All answers make the base, with the silent ones the people, and the areas everywhere."""
    for where in WHERE:
        people, silent, base, *answers = (_key((run,), where, kind) for kind in KINDS)
        knowledge.sums += [(people, (base, silent)), (base, tuple(answers))]
        if not _was_asked(survey, run):
            knowledge.learn(people, (0, 0))
    for kind in KINDS:
        areas = tuple(_key((run,), where, kind) for where in (*AREAS, NOWHERE))
        knowledge.sums.append((_key((run,), EVERYWHERE, kind), areas))


def _was_asked(survey: Survey, run: Run) -> bool:
    first, after, question = run
    return any(question in asked for _feeds, asked in survey.forms[first:after])


def _compare(knowledge: Knowledge, survey: Survey) -> None:
    """Nobody's answer goes away: those by one moment and those since are those by the next."""
    for question in QUESTIONS:
        for first, middle, after in combinations(_cuts(survey, question), 3):
            for where in WHERE:
                for kind in KINDS:
                    whole, before, since = (
                        _key(((*ends, question),), where, kind)
                        for ends in ((first, after), (first, middle), (middle, after))
                    )
                    knowledge.sums.append((whole, (before, since)))


def _read_figure(
    knowledge: Knowledge, survey: Survey, path: tuple[str, ...], figure: Mapping[str, Any]
) -> None:
    where = path[-1] if path[0] == "areas" else EVERYWHERE
    part = "headline" if path[0] == "areas" else path[-1]
    if figure["base"] is None or part not in PLACES:
        return
    runs = survey.runs(MOMENT_OF[figure["as_of"]], part)
    base, *answers = (_key(runs, where, kind) for kind in ("base", *ANSWERS))
    _put_together(knowledge, runs, where)
    knowledge.learn(base, knowledge.rules.base(figure["base"]))
    shown = {key: (figure[key[-1]],) * 2 for key in answers if figure.get(key[-1]) is not None}
    knowledge.shares.append(Shares(base, tuple(answers), shown))


def _read_who_was_silent(knowledge: Knowledge, survey: Survey, data: Mapping[str, Any]) -> None:
    """How many gave no view of the headline, and how many were asked about each part."""
    found = {("headline",): data["headline"]} | dict(figures(data["domains"]))
    for (part,), figure in found.items():
        row = data["questions"].get(part)
        runs = survey.runs(MOMENT_OF[figure["as_of"]], part)
        if row and row["asked"] is not None:
            _put_together(knowledge, runs, EVERYWHERE)
            knowledge.learn(_key(runs, EVERYWHERE, "people"), knowledge.rules.count(row["asked"]))
    runs = survey.runs(MOMENT_OF[data["headline"]["as_of"]], "headline")
    _put_together(knowledge, runs, EVERYWHERE)
    silent = missing(data["missing"], knowledge.rules)
    knowledge.learn(_key(runs, EVERYWHERE, "silent"), silent)


def _put_together(knowledge: Knowledge, runs: tuple[Run, ...], where: str) -> None:
    """A figure of several questions, or of people from here and there, is made of each of them."""
    if len(runs) == 1:
        return
    people, silent, base, *answers = (_key(runs, where, kind) for kind in KINDS)
    knowledge.sums += [(people, (base, silent)), (base, tuple(answers))]
    for kind in KINDS:
        parts = tuple(_key((run,), where, kind) for run in runs)
        knowledge.sums.append((_key(runs, where, kind), parts))


def truth(survey: Survey) -> dict[Key, int]:
    """Of every question, everywhere and in each area: by each moment, and between any two."""
    every = [(run,) for run in _all_runs(survey)]
    every += [survey.runs(moment, part) for moment in range(MOMENTS) for part in PLACES]
    counted = _counted(survey)
    return {
        _key(runs, where, kind): sum(
            counted[came, code, where, kind]
            for first, after, code in runs
            for came in range(first, after)
        )
        for runs in dict.fromkeys(every)
        for where in WHERE
        for kind in KINDS
    }


def _counted(survey: Survey) -> Counter[tuple[int, str, str, str]]:
    found: Counter[tuple[int, str, str, str]] = Counter()
    for person in survey.people:
        for code, value in person.values.items():
            for where in (EVERYWHERE, person.area or NOWHERE):
                found.update((person.came, code, where, kind) for kind in _kinds_of(value))
    return found


@cache
def _kinds_of(value: int | None) -> tuple[str, ...]:
    if value is None:
        return "people", "silent"
    answer = "neutral" if value == 3 else "positive" if value > 3 else "negative"
    return "people", "base", answer
