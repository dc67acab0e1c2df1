"""Replies beside what the population is like, whatever the numbers are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.errors import InvalidInputError
from engage.indicators.missing.balance import (
    balance,
    dominant,
    is_under_represented,
    more_to_be_level,
    overall,
    variable,
    where_next,
)
from engage.responses.disclosure_tables import ALL, staff_table

NAMES = "abcdefgh"
HALVES = {"a": 0.5, "b": 0.5}


@st.composite
def populations(draw):
    sizes = draw(st.lists(st.integers(1, 1000), min_size=2, max_size=8))
    return {name: size / sum(sizes) for name, size in zip(NAMES, sizes, strict=False)}


@st.composite
def surveys(draw, most=400):
    """Expected shares and how many of each replied."""
    expected = draw(populations())
    return expected, {name: draw(st.integers(0, most)) for name in expected}


def pairs(expected, counts):
    return [(expected[name], counts[name]) for name in expected]


def table_of(counts):
    """As staff see it."""
    table = staff_table({(name,): count for name, count in counts.items()})
    return {cell[0]: count for cell, count in table.items() if cell != (ALL,)}, table[(ALL,)]


def stand(expected, counts):
    return variable("area", expected, counts, sum(counts.values()))


def group(found, name):
    return next(each for each in found.groups if each.category == name)


# ---- balance


@given(surveys())
def test_a_balance_is_from_0_to_1(survey):
    assert 0 <= balance(pairs(*survey)) <= 1


@given(surveys(), st.randoms())
def test_a_balance_does_not_depend_on_the_order_of_the_groups(survey, random):
    given_pairs = pairs(*survey)
    shuffled = random.sample(given_pairs, len(given_pairs))
    assert balance(shuffled) == balance(given_pairs)


@given(surveys(), st.integers(2, 50))
def test_so_many_times_the_replies_are_as_balanced(survey, times):
    expected, counts = survey
    more = {name: times * count for name, count in counts.items()}
    assert balance(pairs(expected, more)) == pytest.approx(balance(pairs(expected, counts)))


@given(surveys(), st.data())
def test_one_empty_group_never_makes_a_balance_of_0(survey, data):
    expected, counts = survey
    filled = {name: count + 1 for name, count in counts.items()}
    empty = data.draw(st.sampled_from(sorted(filled)))
    assert balance(pairs(expected, filled | {empty: 0})) > 0


@given(populations())
def test_one_empty_group_costs_its_own_share_where_the_others_are_as_expected(expected):
    first, *_ = expected
    assert balance(pairs(expected, expected | {first: 0})) == pytest.approx(1 - expected[first])


@given(populations())
def test_replies_like_the_population_are_in_balance(expected):
    assert balance(pairs(expected, expected)) == pytest.approx(1)


def test_replies_of_nobody_in_the_population_have_no_balance():
    assert balance([(1.0, 0), (0.0, 5)]) == 0


def test_nobody_at_all_is_not_out_of_balance():
    assert balance([(0.5, 0), (0.5, 0)]) == 1


def test_the_mean_leaves_out_what_has_too_few_replies():
    found = [stand(HALVES, {"a": 50, "b": 50}), stand(HALVES, {"a": 100, "b": 0})]
    assert overall(found) == pytest.approx(0.75)
    assert overall([*found, stand(HALVES, {"a": 4, "b": 5})]) == pytest.approx(0.75)
    assert overall([]) is None


# ---- groups


@given(surveys())
def test_so_many_more_bring_a_group_level_and_5_fewer_do_not(survey):
    expected, counts = survey
    base = sum(counts.values())
    for name, share in expected.items():
        more = more_to_be_level(counts[name], base, share)
        assert more % 5 == 0
        assert counts[name] + more >= share * (base + more) - 1e-6
        if more:
            fewer = more - 5
            assert counts[name] + fewer < share * (base + fewer) + 1e-6


@given(surveys())
def test_a_group_that_is_short_is_under_four_fifths_of_its_share(survey):
    expected, counts = survey
    base = sum(counts.values())
    for name, share in expected.items():
        if is_under_represented(counts[name], base, share):
            assert counts[name] < 0.8 * share * base


def test_a_few_replies_short_may_be_chance():
    assert not is_under_represented(7, 20, 0.5)
    assert is_under_represented(70, 200, 0.5)


def test_a_group_a_little_short_is_never_named():
    assert not is_under_represented(45_000, 100_000, 0.5)


def test_nobody_yet_comes_first_then_the_furthest_short():
    expected = {"a": 0.5, "b": 0.2, "c": 0.1, "d": 0.2}
    found = stand(expected, {"a": 150, "b": 20, "c": 0, "d": 40})
    assert [each.category for each in found.groups] == ["c", "b", "d", "a"]
    assert [each.standing for each in found.groups] == ["nobody", "short", "level", "level"]
    assert group(found, "c").more == 25
    assert group(found, "b").share == pytest.approx(20 / 210)


def test_fewer_than_expected_by_what_may_be_chance_is_said_apart():
    assert group(stand(HALVES, {"a": 7, "b": 13}), "a").standing == "unclear"


def test_those_who_did_not_say_are_left_out_of_the_shares():
    found = variable("area", HALVES, {"a": 20, "b": 20, "not_said": 60}, 100)
    assert found.base == 40
    assert found.balance == 1


def test_a_base_under_10_has_no_share_and_no_balance():
    found = stand(HALVES, {"a": 9, "b": 0})
    assert (found.base, found.balance, group(found, "a").share) == (9, None, None)


@pytest.mark.parametrize("counts", [{}, {"a": 0, "b": 0}])
def test_before_the_first_reply_each_group_has_nobody(counts):
    found = variable("area", HALVES, counts, 0)
    assert {each.standing for each in found.groups} == {"nobody"}
    assert {each.more for each in found.groups} == {0}


def test_groups_cannot_hold_more_people_than_there_are():
    with pytest.raises(InvalidInputError, match="more people than there are"):
        variable("area", HALVES, {"a": 7, "b": 7}, 13)


def test_where_next_goes_over_all_variables():
    area = variable("area", HALVES, {"a": 180, "b": 20}, 200)
    phase = variable("phase", HALVES, {"a": 200, "b": 0}, 200)
    found = [(name, each.category) for name, each in where_next([area, phase])]
    assert found == [("phase", "b"), ("area", "b")]


def test_what_nobody_has_said_yet_is_nowhere_to_go():
    assert where_next([variable("area", HALVES, {"a": 0, "b": 0, "not_said": 90}, 90)]) == []


# ---- what is hidden stays hidden


@given(surveys(most=12))
def test_nothing_is_said_that_is_not_in_the_table_staff_may_see(survey):
    """Counts that make the same table make the same page."""
    expected, counts = survey
    shown, total = table_of(counts)
    found = variable("area", expected, shown, total)
    assert all(each.replies == shown[each.category] for each in found.groups)
    assert all(each.share is None for each in found.groups if each.replies is None)


@given(surveys(most=12))
def test_a_hidden_group_is_called_short_only_if_it_is(survey):
    expected, counts = survey
    shown, total = table_of(counts)
    found = variable("area", expected, shown, total)
    for each in found.groups:
        if each.replies is None and each.standing == "short":
            share = expected[each.category]
            assert is_under_represented(counts[each.category], found.base, share)


def test_a_hidden_total_says_nothing():
    found = variable("area", HALVES, {"a": None, "b": None}, None)
    assert {each.standing for each in found.groups} == {"hidden"}
    assert (found.base, found.balance) == (0, None)


def test_hidden_groups_weigh_in_the_balance_together():
    expected = {"a": 0.5, "b": 0.25, "c": 0.25}
    found = variable("area", expected, {"a": 40, "b": None, "c": None}, 80)
    assert found.balance == 1


def test_the_hidden_ones_who_did_not_say_are_one_or_more():
    found = variable("area", HALVES, {"a": 40, "b": None, "not_said": None}, 50)
    assert found.base == 49
    assert group(found, "b").standing == "short"
    assert group(found, "b").more == 35


# ---- one group that gives most of the replies


def test_a_category_over_two_in_five_is_named_largest_first():
    found = dominant({"web": 50, "paper": 45, "stall": 5}, 100)
    assert [(each.category, each.share) for each in found] == [("web", 0.5), ("paper", 0.45)]


def test_exactly_two_in_five_is_not_over():
    assert dominant({"a": 40, "b": 30, "c": 30}, 100) == []


def test_a_group_that_is_most_of_the_population_may_be_most_of_the_replies():
    counts = {"mainstream": 80, "special": 20}
    assert dominant(counts, 100, expected={"mainstream": 0.85, "special": 0.15}) == []
    assert dominant(counts, 100, expected={"mainstream": 0.7, "special": 0.3})


@pytest.mark.parametrize("total", [None, 9])
def test_too_few_replies_have_no_dominant_group(total):
    assert dominant({"web": 9}, total) == []


@given(surveys())
def test_at_most_two_categories_can_give_over_two_in_five(survey):
    _, counts = survey
    assert len(dominant(counts, sum(counts.values()))) <= 2
