"""Somebody whose words ask for more than a survey can give is shown the right door."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.safeguarding.doors import DOORS, doors_for


@pytest.mark.parametrize(
    ("said", "door"),
    [
        ("I want to complain about the transport team", "complaint"),
        ("I would like to make a formal complaint", "complaint"),
        ("how do I make a complaint", "complaint"),
        ("I have two months to appeal", "deadline"),
        ("the tribunal deadline is on Friday", "deadline"),
        ("They refused the plan. How long have we got to appeal?", "deadline"),
        ("who can help me with the EHC plan", "advice"),
        ("I don't know my rights", "advice"),
        ("where do I get advice", "advice"),
        ("how do i apply for an ehcp", "advice"),
    ],
)
def test_words_that_ask_for_a_door_are_shown_it(said, door):
    assert door in doors_for(said)


@pytest.mark.parametrize(
    "said",
    [
        "I have no complaints, the staff are lovely",
        "I can't complain",
        "we won the tribunal last year",
        "SENDIASS were great",
        "The Christmas appeal raised money for the pool",
        "He helps me with maths",
        "",
    ],
)
def test_other_words_open_no_door(said):
    assert doors_for(said) == ()


def test_several_doors_come_in_one_order():
    said = "I don't know my rights. The appeal deadline is Friday. I want to complain."

    assert doors_for(said) == DOORS


@given(st.text())
def test_no_words_are_too_odd(said):
    assert set(doors_for(said)) <= set(DOORS)
