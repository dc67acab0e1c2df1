"""Questions that come, go and come back: what a reader finds who knows which was asked when.

A few invented surveys here, to be quick; `python -m benchmarks.disclosure` has 200.
"""

from benchmarks.disclosure.attack import Rules
from benchmarks.disclosure.attacking import FORGETTING, THE_RULES, attack_questions
from benchmarks.disclosure.questions import (
    MOMENTS,
    PLACES,
    QUESTIONS,
    Person,
    Survey,
    publish_by_the_rules,
    publish_forgetting_questions,
    survey,
)
from benchmarks.disclosure.questions_read import attacked

SURVEYS = 4


def test_by_the_rules_a_question_that_comes_back_tells_no_small_number():
    result = attack_questions(THE_RULES, SURVEYS)
    assert result.small > 1500
    assert result.recovered == result.contradicted == []


def test_some_are_read_off_where_it_is_forgotten_what_was_asked_before():
    result = attack_questions(FORGETTING, SURVEYS)
    assert result.recovered
    assert result.contradicted == []


def test_questions_of_these_surveys_come_back_in_the_same_part_and_in_another():
    surveys = [survey(seed) for seed in range(SURVEYS)]
    assert any(_comes_back(each, (part,)) for each in surveys for part in PLACES)
    assert any(_comes_back(each, PLACES) for each in surveys)


def _comes_back(survey, parts):
    """Whether some question played one of the parts, was gone from them, and plays one again."""
    asked = [
        {code for part in parts for *_, code in survey.runs(moment, part)}
        for moment in range(MOMENTS)
    ]
    return any(_is_there_and_back([code in each for each in asked]) for code in QUESTIONS)


def _is_there_and_back(there):
    return any(
        there[moment] and not there[moment + 1] and any(there[moment + 2 :])
        for moment in range(len(there) - 2)
    )


def test_the_reader_takes_what_a_question_said_before_it_went_from_what_it_says_after():
    """9, 14 and 9 people, then 14, 18 and 22: four newcomers were neither satisfied nor not."""
    there_and_back = Survey(
        [
            *_people(0, (4, 9), (3, 14), (2, 9)),
            *_people(1, (None, 10)),
            *_people(2, (4, 5), (3, 4), (2, 13)),
        ],
        [({"headline": "PC10"}, frozenset(QUESTIONS))] * MOMENTS,
        [{"headline": "PC10"}, {"headline": "PC11"}, *[{"headline": "PC10"}] * (MOMENTS - 2)],
    )
    told = {(((1, 3, "PC10"),), "everywhere", "neutral"): 4}
    assert _found(there_and_back, publish_forgetting_questions) == told
    assert _found(there_and_back, publish_by_the_rules) == {}


def _people(came, *said):
    """All of them were satisfied when asked the other question."""
    return [
        Person(came, None, {"PC10": value, "PC11": 4}) for value, many in said for _ in range(many)
    ]


def _found(survey, publish):
    return attacked(survey, publish(survey), Rules()).small_cells()
