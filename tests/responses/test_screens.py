"""Long lists a few to a screen, in easy read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.responses.screens import MOST_ON_A_SCREEN, merged, screens
from tests.survey_factories import ask, small_definition

MISSING = {"code": "pnts", "standard": "Prefer not to say", "missing": True}


def question(size, **keys):
    options = [f"o{n}" for n in range(size)] + [MISSING]
    asked = ask("Q1", "multi", options=options, **({"easy_read_display": "pages"} | keys))
    return small_definition([asked]).question("Q1")


def shown(asked, easy_read=True):
    return [[o.code for o in screen] for screen in screens(asked, asked.options, easy_read)]


@pytest.mark.parametrize(
    ("size", "easy_read", "sizes"),
    [(5, True, [6]), (6, True, [6, 2]), (12, True, [6, 6, 3]), (12, False, [13])],
)
def test_a_long_list_is_cut_in_easy_read_only(size, easy_read, sizes):
    assert [len(screen) for screen in shown(question(size), easy_read)] == sizes


def test_a_long_list_is_parted_without_the_survey_asking_for_it():
    asked = small_definition([ask("Q1", "multi", options=[f"o{n}" for n in range(9)])])
    assert [len(screen) for screen in shown(asked.question("Q1"))] == [5, 4]


@pytest.mark.parametrize("type", ["rank", "single"])
def test_what_is_ordered_or_has_values_stays_whole(type):
    options = [{"code": f"o{n}", "standard": f"{n}", "value": n} for n in range(9)]
    asked = small_definition([ask("Q1", type, options)])
    assert len(shown(asked.question("Q1"))) == 1


def test_the_answers_that_say_nothing_stand_on_every_screen():
    assert all(screen[-1] == "pnts" for screen in shown(question(12)))


def test_groups_keep_together():
    options = [
        {"code": f"o{n}", "standard": "x", "group": "first" if n < 4 else "second"}
        for n in range(7)
    ]
    asked = ask("Q1", "multi", options=options, easy_read_display="pages", grouped=True)
    found = shown(small_definition([asked]).question("Q1"))
    assert [len(screen) for screen in found] == [4, 3]


@given(st.integers(1, 30))
def test_every_answer_is_on_a_screen_once_and_in_order(size):
    found = shown(question(size))
    real = [code for screen in found for code in screen if code != "pnts"]
    assert real == [f"o{n}" for n in range(size)]
    assert all(len(screen) <= MOST_ON_A_SCREEN + 1 for screen in found)


LONG = question(12)
SCREENS = screens(LONG, LONG.options, True)
REAL = [f"o{n}" for n in range(12)]


@given(
    st.lists(st.sampled_from(REAL), unique=True),
    st.integers(0, 2),
    st.data(),
)
def test_one_screen_changes_only_what_is_on_it(saved, at, data):
    screen = SCREENS[at]
    real = [option.code for option in screen if not option.is_missing]
    chosen = data.draw(st.lists(st.sampled_from(real), unique=True))

    after = merged(saved, chosen, screen, many=True)

    assert set(after) & set(real) == set(chosen)
    assert set(after) - set(real) == set(saved) - set(real)
    assert len(after) == len(set(after))
    assert set(merged(after, chosen, screen, many=True)) == set(after)


@given(st.lists(st.sampled_from([*REAL, "pnts"]), unique=True), st.integers(0, 2))
def test_an_answer_that_stands_alone_takes_the_place_of_the_rest(saved, at):
    assert merged(saved, ["pnts"], SCREENS[at], many=True) == ["pnts"]


@given(st.sampled_from(REAL), st.integers(0, 2))
def test_of_a_single_choice_the_last_stands(saved, at):
    code = SCREENS[at][0].code
    assert merged([saved], [code], SCREENS[at], many=False) == [code]


@pytest.mark.parametrize(
    ("saved", "chosen", "after"),
    [
        (["pnts"], ["o1"], ["o1"]),  # it stands on every screen, so it was unticked here
        (["o7"], [], ["o7"]),
        (["o1"], [], []),
        ([], ["o1", "pnts"], ["o1", "pnts"]),  # for the form to refuse, in words
    ],
)
def test_what_is_left_after_the_first_screen(saved, chosen, after):
    assert merged(saved, chosen, SCREENS[0], many=True) == after
