"""Which questions can play a part of q, and what is wrong with what was typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.framework import load_pack
from engage.indicators.feeding.playing_parts import Ways, can_play, mistakes, whole_number
from engage.indicators.others.importing import categories
from engage.indicators.q.series import PARTS, VARIABLES
from engage.surveys import catalogue
from tests.survey_factories import ask, small_definition

PACK = load_pack("hertfordshire")
KNOWN = categories(PACK)
OPEN = Ways("B", "", 0)


def question(*args, **keys):
    return next(small_definition([ask("Q", *args, **keys)]).questions())


def option(code, **keys):
    return {"code": code, "standard": code, "easy_read": code} | keys


def scale(*values):
    return [option(f"v{value}", value=value) for value in values]


@pytest.mark.parametrize(
    ("code", "not_asked"),
    [
        ("parent-carer-satisfaction", []),
        ("young-people-how-is-it-going", ["confidence", "setting"]),
    ],
)
def test_each_part_of_the_templates_can_play_it(code, not_asked):
    definition = catalogue.read_template(code, PACK)
    asked = {part: definition.feeding_q(part) for part in PARTS}
    asked |= {role: definition.by_role(role) for role in VARIABLES.values()}
    assert [name for name, found in asked.items() if found is None] == not_asked
    able = [name for name, found in asked.items() if found and can_play(found, name, KNOWN)]
    assert able == [name for name in asked if name not in not_asked]


def test_both_templates_ask_where_people_learn():
    parents = catalogue.read_template("parent-carer-satisfaction", PACK)
    assert parents.by_role("setting").code == "PC06"
    young = catalogue.read_template("young-people-how-is-it-going", PACK, frozenset({"YP04"}))
    assert young.by_role("setting").code == "YP04"
    assert parents.template_version == young.template_version == "1.1.0"


def test_three_symbols_have_places_on_a_scale():
    assert can_play(question(options=scale(5, 3, 1)), "headline", KNOWN)


@pytest.mark.parametrize(
    "other",
    [
        question("text"),
        question("multi", scale(5, 3, 1)),
        question(options=scale(*range(11))),
        question(options=["yes", "no"]),
        question(options=scale(5)),
        question(options=scale(9, 1)),
    ],
)
def test_what_has_no_places_from_1_to_5_plays_no_part(other):
    assert not can_play(other, "headline", KNOWN)


def test_only_a_question_with_that_answer_says_who_answered():
    assert can_play(question(options=["alone", "proxy_for"]), "completion_mode", KNOWN)
    assert not can_play(question(options=["alone", "helped"]), "completion_mode", KNOWN)


def test_a_role_needs_two_of_the_categories_of_its_variable():
    assert can_play(question(options=["dspl1", "dspl2"]), "weight_area", KNOWN)
    assert not can_play(question(options=["dspl1", "moon"]), "weight_area", KNOWN)
    assert can_play(question(options=["special", "mainstream"]), "setting", KNOWN)


def test_no_question_for_any_part_is_no_mistake():
    assert not mistakes(
        {"headline": "", "confidence": ""}, {"headline": (), "confidence": ()}, OPEN
    )


def test_all_that_is_wrong_is_said_at_once():
    able = {"headline": {"Q1"}, "confidence": {"Q1"}, "domain_info": set()}
    chosen = {"headline": "Q1", "confidence": "Q1", "domain_info": "Q9"}
    assert mistakes(chosen, able, Ways("A", "6", 7)) == {
        "confidence": "twice",
        "domain_info": "not_there",
        "invited": "too_few",
    }


@pytest.mark.parametrize("grade", ["B", "C"])
def test_only_a_list_asks_how_many_were_invited(grade):
    assert not mistakes({}, {}, Ways(grade, "nobody knows", 7))


@given(st.integers(1, 2_000_000), st.integers(0, 2_000_000))
def test_a_list_is_as_long_as_the_replies_or_longer(invited, replied):
    found = mistakes({}, {}, Ways("A", f"{invited:,}", replied))
    assert found == ({} if invited >= replied else {"invited": "too_few"})


@given(st.text(max_size=30))
def test_whatever_is_typed_is_a_whole_number_or_none(typed):
    found = whole_number(typed)
    assert found is None or 0 <= found < 10**12
