"""Which pages a person sees: tables, and rules that hold whatever is said."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.surveys.branching import codes, path, shuffled
from tests.survey_factories import ask, small_definition

WHO = ask("WHO", options=("parent_carer", "young_person"), role="audience")
WHY = ask("WHY", "text", show_if={"question": "Q1", "in": ["no"]})
SERVICES = ("a", "b", "c", "d", {"code": "none", "standard": "None", "missing": True})
USED = ask("USED", "multi", options=SERVICES)
GOOD_OR_BAD = [{"code": code, "standard": code, "easy_read": code} for code in ("good", "bad")]
RATED = ask("RATED", "loop", loop_over="USED") | {"options": GOOD_OR_BAD}


def keys(definition, said, seed=""):
    return [step.key for step in path(definition, said, seed)]


@pytest.mark.parametrize(
    ("show_if", "said", "asked"),
    [
        ({"in": ["no"]}, {}, False),
        ({"in": ["no"]}, {"Q1": "no"}, True),
        ({"in": ["no"]}, {"Q1": "yes"}, False),
        ({"in": ["no", "yes"]}, {"Q1": "yes"}, True),
        # A missing answer may lead somewhere too.
        ({"in": ["not_sure"]}, {"Q1": "not_sure"}, True),
        # Nothing speaks against asking who gave no answer, or none that says anything.
        ({"not_in": ["no"]}, {}, True),
        ({"not_in": ["no"]}, {"Q1": "not_sure"}, True),
        ({"not_in": ["no"]}, {"Q1": "yes"}, True),
        ({"not_in": ["no"]}, {"Q1": "no"}, False),
        ({"in": ["no"]}, {"Q1": "made up"}, False),
    ],
)
def test_a_question_may_depend_on_an_earlier_answer(show_if, said, asked):
    definition = small_definition([ask("Q1"), ask("Q2", show_if={"question": "Q1", **show_if})])
    assert ("Q2" in keys(definition, said)) is asked


@pytest.mark.parametrize(
    ("said", "asked"),
    [({}, False), ({"Q1": "not_sure"}, False), ({"Q1": "yes"}, True), ({"Q1": "no"}, False)],
)
def test_a_question_that_needs_special_care_is_asked_only_where_the_answer_is_known(said, asked):
    careful = ask("Q2", show_if={"question": "Q1", "not_in": ["no"]}, privacy="special_category")
    assert ("Q2" in keys(small_definition([ask("Q1"), careful]), said)) is asked


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ({"Q1": ["a"]}, True),
        ({"Q1": ["a", "c"]}, True),
        ({"Q1": ["b"]}, False),
        ({"Q1": []}, False),
    ],
)
def test_one_of_several_choices_is_enough(said, asked):
    first = ask("Q1", "multi", options=("a", "b", "c"))
    definition = small_definition([first, ask("Q2", show_if={"question": "Q1", "in": ["a"]})])
    assert ("Q2" in keys(definition, said)) is asked


def test_an_answer_counts_only_while_its_question_is_asked():
    chain = [
        ask("Q1"),
        ask("Q2", show_if={"question": "Q1", "in": ["yes"]}),
        ask("Q3", show_if={"question": "Q2", "in": ["yes"]}),
    ]
    definition = small_definition(chain)
    assert keys(definition, {"Q1": "yes", "Q2": "yes"}) == ["Q1", "Q2", "Q3"]
    assert keys(definition, {"Q1": "no", "Q2": "yes"}) == ["Q1"]


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ({}, ["WHO", "P", "Y", "ALL"]),
        ({"WHO": "parent_carer"}, ["WHO", "P", "ALL"]),
        ({"WHO": "young_person"}, ["WHO", "Y", "ALL"]),
    ],
)
def test_a_question_may_be_for_some_only(said, asked):
    definition = small_definition(
        [
            WHO,
            ask("P", audience=["parent_carer"]),
            ask("Y", audience=["young_person"]),
            ask("ALL"),
        ],
        ("parent_carer", "young_person"),
    )
    assert keys(definition, said) == asked


@pytest.mark.parametrize(
    ("said", "rounds"),
    [
        ({}, []),
        ({"USED": []}, []),
        ({"USED": ["none"]}, []),
        ({"USED": ["c", "a"]}, ["RATED~a", "RATED~c"]),
        ({"USED": ["a", "none", "made up"]}, ["RATED~a"]),
    ],
)
def test_a_looped_question_goes_round_what_was_chosen(said, rounds):
    assert keys(small_definition([USED, RATED]), said) == ["USED", *rounds]


def test_some_choices_may_be_left_out_of_the_rounds():
    definition = small_definition([USED, RATED | {"loop_exclude": ["a"]}])
    assert keys(definition, {"USED": ["a", "b"]}) == ["USED", "RATED~b"]


def test_a_few_of_many_are_drawn_the_same_for_the_same_person():
    definition = small_definition([USED, RATED | {"max_loops": 2}])
    said = {"USED": ["a", "b", "c", "d"]}
    drawn = {tuple(keys(definition, said, f"person {n}")) for n in range(40)}
    assert {len(steps) for steps in drawn} == {3}
    assert len(drawn) > 1
    assert keys(definition, said, "person 1") == keys(definition, said, "person 1")


# ---- whatever is said

FREE = small_definition([ask(f"Q{number}") for number in range(6)])
ANSWERS = st.sampled_from(["yes", "no", "not_sure", "made up", None])
CONDITIONS = st.tuples(
    st.sampled_from(["in", "not_in"]),
    st.lists(st.sampled_from(["yes", "no"]), min_size=1, max_size=2, unique=True),
)


@st.composite
def surveys(draw):
    """A survey of six questions, each free or hanging on an earlier one."""
    questions = list(FREE.questions())
    for number in range(1, len(questions)):
        if draw(st.booleans()):
            kind, among = draw(CONDITIONS)
            on = draw(st.integers(0, number - 1))
            condition = {"question": f"Q{on}", kind: among}
            questions[number] = replace(questions[number], show_if=condition)
    return replace(FREE, sections=(replace(FREE.sections[0], questions=tuple(questions)),))


SAID = st.dictionaries(st.sampled_from([f"Q{n}" for n in range(7)]), ANSWERS).map(
    lambda said: {code: value for code, value in said.items() if value}
)


@given(surveys(), SAID, st.text(max_size=4))
def test_the_same_answers_give_the_same_path(survey, said, seed):
    assert path(survey, said, seed) == path(survey, dict(reversed(said.items())), seed)


@given(surveys(), SAID)
def test_what_is_off_the_path_counts_for_nothing(survey, said):
    steps = path(survey, said)
    on_it = {step.question.code for step in steps}
    assert path(survey, {code: v for code, v in said.items() if code in on_it}) == steps


@given(surveys(), SAID)
def test_no_question_is_asked_whose_condition_fails(survey, said):
    asked = [step.question for step in path(survey, said)]
    heard = {q.code: {said[q.code]} - {"not_sure"} for q in asked if q.code in said}
    for question in asked:
        condition = question.show_if or {}
        given_there = heard.get(condition.get("question"), set())
        assert "in" not in condition or given_there & set(condition["in"])
        assert "not_in" not in condition or not given_there & set(condition["not_in"])


@given(surveys(), SAID)
def test_the_path_keeps_the_order_of_the_survey_and_asks_nothing_twice(survey, said):
    asked = keys(survey, said)
    assert asked == [q.code for q in survey.questions() if q.code in set(asked)]


@given(surveys(), SAID, st.sampled_from(["yes", "no"]))
def test_a_later_answer_changes_nothing_before_it(survey, said, value):
    asked = keys(survey, said)
    last = asked[-1]
    assert keys(survey, said | {last: value})[: len(asked)] == asked


@given(st.lists(st.text(max_size=3), unique=True), st.text(max_size=3))
def test_an_order_by_chance_loses_nothing_and_stays(items, seed):
    once = shuffled(items, seed)
    assert sorted(once) == sorted(items)
    assert shuffled(reversed(items), seed) == once


@pytest.mark.parametrize(
    ("value", "found"),
    [
        *[(None, set()), ("a", {"a"}), (["a", "b"], {"a", "b"}), ([], set())],
        *[({"s": "a", "t": "b"}, {"a", "b"}), ("2026-03", {"2026-03"})],
    ],
)
def test_the_codes_in_an_answer(value, found):
    assert codes(value) == found
