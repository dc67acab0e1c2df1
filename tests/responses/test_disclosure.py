from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.responses.disclosure import (
    Percentage,
    PublicShares,
    bases_like,
    blur_bound,
    blurred,
    half_up,
    nearest_5,
    public_count,
    public_counts,
    public_percentage,
    public_shares,
    span_of,
    staff_counts,
    tells_of_everyone,
    whole_percent,
    withheld,
)
from engage.responses.disclosure_changes import change_tells_of_few
from engage.responses.disclosure_solving import narrowed, that_make, together


@pytest.mark.parametrize(
    ("counts", "published"),
    [
        ({}, {}),
        ({"yes": 42, "no": 13}, {"yes": 40, "no": 15}),
        ({"yes": 40, "no": 9, "unsure": 2}, {"yes": 40, "no": None, "unsure": None}),
        ({"yes": 40, "no": 12, "unsure": 9}, {"yes": 40, "no": None, "unsure": None}),
        ({"yes": 40, "no": 0}, {"yes": None, "no": None}),
        ({"yes": 9}, {"yes": None}),
    ],
)
def test_the_public_sees_rounded_counts_and_no_small_ones(counts, published):
    assert public_counts(counts) == published


@pytest.mark.parametrize(
    ("count", "published"), [(0, None), (9, None), (10, 10), (12, 10), (13, 15)]
)
def test_a_count_on_its_own_follows_the_same_rule(count, published):
    assert public_count(count) == published


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ({}, {}),
        ({"yes": 42, "no": 5}, {"yes": 42, "no": 5}),
        ({"yes": 42, "no": 3, "unsure": 2}, {"yes": 42, "no": None, "unsure": None}),
        ({"yes": 42, "no": 9, "unsure": 4}, {"yes": 42, "no": None, "unsure": None}),
        ({"yes": 42, "no": 0, "unsure": 4}, {"yes": None, "no": 0, "unsure": None}),
        ({"yes": 4}, {"yes": None}),
    ],
)
def test_staff_see_exact_counts_and_no_small_ones(counts, shown):
    assert staff_counts(counts) == shown


@pytest.mark.parametrize(
    ("part", "whole", "base", "published"),
    [
        (13, 40, 40, Percentage(33, base=40)),  # 32.5 goes up
        (27, 80, 80, Percentage(34, base=80)),  # 33.75
        (10, 29, 29, None),
        (10, 30, 30, Percentage(33, base=30)),
        (0, 32, 32, Percentage(0, base=30)),
        (Decimal("11.6"), Decimal("35.2"), 33, Percentage(33, base=35)),  # weighted: 32.95
    ],
)
def test_percentages_are_whole_and_need_thirty_people(part, whole, base, published):
    assert public_percentage(part, whole, base) == published


@pytest.mark.parametrize(
    ("percent", "published"),
    [(0, "under 5"), (4, "under 5"), (5, 5), (50, 50), (95, 95), (96, "over 95"), (100, "over 95")],
)
def test_nearly_nobody_and_nearly_everybody_are_not_told_apart_from_nobody_and_all(
    percent, published
):
    assert blurred(percent) == published


@pytest.mark.parametrize(
    ("bases", "hidden"),
    [
        ({}, set()),
        ({"north": 80, "south": 30}, set()),
        ({"north": 80, "south": 29, "east": 40}, {"south", "east"}),
        ({"north": 80, "south": 29, "east": 12, "west": 40}, {"south", "east"}),
        ({"north": 80, "south": 3, "east": 0, "west": 40}, {"south", "east", "west"}),
        ({"north": 80, "south": 0}, {"north", "south"}),
        ({"south": 4}, {"south"}),
    ],
)
def test_a_small_part_of_a_whole_is_never_hidden_alone(bases, hidden):
    assert withheld(bases) == hidden


def test_a_part_that_has_to_stay_hidden_takes_another_with_it():
    bases = {"north": 80, "south": 31, "east": 40}
    assert withheld(bases, also={"south"}) == {"south", "east"}


@given(st.dictionaries(st.sampled_from("abcdefghi"), st.integers(0, 90), min_size=2))
def test_what_is_hidden_is_nothing_or_at_least_two_parts_and_ten_people(bases):
    hidden = withheld(bases)
    together = sum(bases[name] for name in hidden)
    assert not hidden or hidden == set(bases) or (len(hidden) > 1 and together >= 10)
    assert all(base >= 30 for name, base in bases.items() if name not in hidden)


@pytest.mark.parametrize(
    ("count", "rest", "published"),
    [
        (4, 26, "under 15"),
        (0, 30, "under 15"),
        (5, 25, 17),
        (26, 4, "over 85"),
        (30, 0, "over 85"),
        (25, 5, 83),
        (4, 38, "under 15"),  # 42 people look like 40, of whom four may be of 38
        (4, 39, "under 10"),
        (4, 78, "under 10"),
        (4, 79, "under 5"),
        (5, 78, 6),
        (79, 4, "over 95"),
        (5, 115, "under 5"),  # 4.2 %, as before
        (115, 5, "over 95"),
        (6, 114, 5),
    ],
)
def test_a_share_of_up_to_four_people_is_never_told(count, rest, published):
    percent = half_up(Decimal(100 * count) / (count + rest))
    assert blurred(percent, count, rest) == published


@given(st.integers(30, 2000), st.integers(0, 4))
def test_four_people_and_nobody_are_under_the_same_multiple_of_5(base, few):
    bound = blur_bound(base)
    assert bound % 5 == 0
    assert 100 * few / base < bound <= 15
    assert blurred(0, few, base - few) == f"under {bound}"
    assert blurred(100, base - few, few) == f"over {100 - bound}"
    assert blur_bound(nearest_5(base)) == bound


@given(st.integers(30, 1000), st.integers(30, 1000))
def test_the_words_grow_no_wider_with_more_people(one, other):
    assert blur_bound(min(one, other)) >= blur_bound(max(one, other)) >= 5


def test_only_a_base_under_85_needs_wider_words_than_under_5():
    assert [base for base in range(30, 200) if blur_bound(base) > 5] == [*range(30, 83)]
    assert [base for base in range(30, 200) if blur_bound(base) > 10] == [*range(30, 43)]


@given(st.integers(0, 10_000))
def test_counts_go_to_the_nearest_5(count):
    assert nearest_5(count) % 5 == 0
    assert -2 <= nearest_5(count) - count <= 2


@given(st.integers(0, 10_000), st.integers(0, 9_999))
def test_percentages_go_half_up(whole, ten_thousandths):
    value = Decimal(whole) + Decimal(ten_thousandths) / 10_000
    assert half_up(value) == whole + (ten_thousandths >= 5000)


def three(positive, neutral, negative):
    return {"positive": positive, "neutral": neutral, "negative": negative}


BOTH = ("positive", "negative")


@pytest.mark.parametrize(
    ("counts", "base", "positive", "negative"),
    [
        (three(10, 9, 10), None, None, None),
        (three(10, 10, 10), 30, 33, 33),
        (three(18, 1, 11), 30, 60, None),  # 30 less 18 less 11 would be the one
        (three(11, 1, 18), 30, None, 60),
        (three(18, 6, 12), 35, 50, 33),
        (three(27, 3, 2), 30, 84, "under 15"),
        (three(4, 0, 26), 30, "under 15", "over 85"),
        (three(120, 4, 76), 200, 60, 38),  # a per cent is two people, so four cannot be told
        (three(13, 4, 13), None, None, None),  # the rule itself would tell the four
    ],
)
def test_shares_side_by_side_do_not_tell_of_a_few(counts, base, positive, negative):
    expected = PublicShares(base, {"positive": positive, "negative": negative})
    assert public_shares(counts, BOTH) == expected


def test_of_equal_shares_the_first_by_name_is_withheld():
    shares = public_shares(three(20, 2, 20), BOTH).shares
    assert shares == {"positive": 48, "negative": None}


def test_answers_that_are_not_shown_are_not_in_the_result():
    assert public_shares(three(20, 20, 20), ("neutral",)) == PublicShares(60, {"neutral": 33})
    assert public_shares(three(20, 20, 20), ()).shares == {}


def test_weighted_shares_are_of_the_weighted_whole():
    weights = {"positive": 10.0, "neutral": 10.5, "negative": 19.5}
    shown = public_shares(three(20, 20, 20), BOTH, weights)
    assert shown == PublicShares(60, {"positive": 25, "negative": 49})


def test_a_weighted_share_goes_half_up_although_it_is_a_float():
    weights = {"positive": 32.5, "neutral": 33.5, "negative": 34.0}
    assert public_shares(three(20, 20, 20), BOTH, weights).shares["positive"] == 33


def test_a_few_people_of_great_weight_are_withheld_since_under_15_would_be_untrue():
    weights = {"positive": 5.0, "neutral": 15.0, "negative": 10.0}
    assert public_shares(three(4, 16, 10), BOTH, weights).shares["positive"] is None
    weights = {"positive": 4.4, "neutral": 15.0, "negative": 10.6}
    assert public_shares(three(4, 16, 10), BOTH, weights).shares["positive"] == "under 15"
    weights = {"positive": 20.0, "neutral": 5.0, "negative": 5.0}
    assert public_shares(three(26, 2, 2), BOTH, weights).shares["positive"] is None
    weights = {"positive": 90.0, "neutral": 5.0, "negative": 5.0}
    assert public_shares(three(26, 2, 2), BOTH, weights).shares["positive"] == "over 85"


def test_a_weighted_share_exactly_at_the_bound_is_withheld():
    weights = {"positive": 15.0, "neutral": 50.0, "negative": 35.0}
    assert public_shares(three(4, 16, 10), BOTH, weights).shares["positive"] is None
    weights = {"positive": 85.0, "neutral": 10.0, "negative": 5.0}
    assert public_shares(three(26, 2, 2), BOTH, weights).shares["positive"] is None
    weights = {"positive": 85.4, "neutral": 10.0, "negative": 4.6}
    assert public_shares(three(26, 2, 2), BOTH, weights).shares["positive"] == "over 85"


def test_a_weighted_share_that_would_be_four_people_unweighted_is_plainly_weighted():
    """Four of 40, or all but four, are never shown as 10 % or 90 %, so nobody is misled."""
    weights = {"positive": 10.0, "neutral": 50.0, "negative": 40.0}
    shown = public_shares(three(8, 16, 16), BOTH, weights)
    assert shown.shares == {"positive": 10, "negative": 40}
    shown = public_shares({"yes": 32, "no": 8}, ("yes",), {"yes": 90.0, "no": 10.0})
    assert shown.shares == {"yes": 90}


def test_weights_of_nothing_show_nothing():
    nothing = public_shares(three(20, 20, 20), BOTH, three(0.0, 0.0, 0.0))
    assert nothing == PublicShares(None, {"positive": None, "negative": None})


def test_what_is_withheld_unweighted_is_withheld_weighted_too():
    weights = {"positive": 18.0, "neutral": 3.0, "negative": 9.0}
    assert public_shares(three(18, 1, 11), BOTH, weights).shares["negative"] is None


def all_counts(published):
    for exact in range(max(30, published - 2), published + 3):
        for positive in range(exact + 1):
            for neutral in range(exact - positive + 1):
                yield positive, neutral, exact - positive - neutral


@pytest.mark.parametrize("shown", [BOTH, ("positive", "neutral", "negative"), ("positive",)])
def test_nobody_who_knows_the_rules_can_solve_a_few(shown):
    """Every survey that would look like this one: no answer of all of them is the same 1 to 4."""
    alike = {}
    for counts in all_counts(30):
        seen = public_shares(three(*counts), shown)
        alike.setdefault((seen.base, *seen.shares.values()), []).append(counts)
    for surveys in alike.values():
        for numbers in zip(*surveys, strict=True):
            assert len(set(numbers)) > 1 or numbers[0] not in range(1, 5)


@given(st.integers(30, 90), st.data())
def test_a_share_that_is_shown_is_true(base, data):
    positive = data.draw(st.integers(0, base))
    neutral = data.draw(st.integers(0, base - positive))
    counts = three(positive, neutral, base - positive - neutral)
    for name, share in public_shares(counts, BOTH).shares.items():
        exact = 100 * Decimal(counts[name]) / base
        if isinstance(share, int):
            assert share == half_up(exact)
            assert 5 <= counts[name] <= base - 5
        elif share is not None:
            side, bound = share.split()
            assert exact < int(bound) if side == "under" else exact > int(bound)


@pytest.mark.parametrize(
    ("before", "after", "tells"),
    [
        (three(18, 6, 12), three(20, 8, 20), True),  # 36 and 48 people: two more are neutral
        (three(16, 20, 14), three(16, 21, 15), True),
        (three(28, 20, 5), three(43, 60, 8), True),
        (three(4, 12, 24), three(9, 12, 26), True),  # no longer "under 15"
        (three(180, 60, 120), three(186, 62, 124), False),
        (three(18, 6, 12), three(18, 6, 12), False),
        (three(10, 9, 10), three(20, 8, 20), False),  # not shown at first
        (three(20, 8, 20), three(10, 9, 10), False),
    ],
)
def test_two_publications_together_do_not_tell_what_a_few_newcomers_said(before, after, tells):
    names = ("positive", "neutral", "negative")
    pair = [public_shares(each, BOTH) for each in (before, after)]
    assert change_tells_of_few(*pair, names) is tells


def ways_to_be(shares, names):
    """Every way two answers can have been given that is published as these shares."""
    for base in bases_like(shares.base):
        for first in range(base + 1):
            counts = dict(zip(names, (first, base - first), strict=True))
            spans = {name: span_of(shares.shares.get(name), base) for name in names}
            if all(spans[name][0] <= counts[name] <= spans[name][1] for name in names):
                yield counts


def newcomers_that_can_be(before, after, names):
    """By answer, each number of newcomers that fits both publications; nobody goes away."""
    found = {name: set() for name in names}
    for earlier, later in product(ways_to_be(before, names), ways_to_be(after, names)):
        came = {name: later[name] - earlier[name] for name in names}
        if min(came.values()) >= 0:
            for name in names:
                found[name].add(came[name])
    return found


@pytest.mark.parametrize("base", [30, 33, 41])
@pytest.mark.parametrize("more", [range(4), range(4, 8), range(8, 12)], ids=str)
def test_what_two_publications_tell_is_what_trying_every_way_tells(base, more):
    names = ("yes", "no")
    for first, yes, no in product(range(5, base - 4, 3), more, (1, 4, 5, 8)):
        before = public_shares({"yes": first, "no": base - first}, ["yes"])
        after = public_shares({"yes": first + yes, "no": base - first + no}, ["yes"])
        if before.base is None or after.base is None:
            continue
        can_be = newcomers_that_can_be(before, after, names).values()
        tells = any(len(each) == 1 and min(each) in (1, 2, 3, 4) for each in can_be)
        assert change_tells_of_few(before, after, names) is tells, (first, yes, no)


def test_some_changes_tell_of_one_and_some_of_four():
    """Or what is tried above would be about nothing."""
    told = set()
    names = ("yes", "no")
    for base, yes, no in product((30, 33), (1, 4), (1, 4, 9)):
        for first in range(5, base - 4):
            before = public_shares({"yes": first, "no": base - first}, ["yes"])
            after = public_shares({"yes": first + yes, "no": base - first + no}, ["yes"])
            if before.base and after.base:
                came = newcomers_that_can_be(before, after, names).values()
                told |= {min(each) for each in came if len(each) == 1}
    assert {1, 4} <= told


@pytest.mark.parametrize("missing", ["before", "after"])
def test_a_publication_without_figures_tells_nothing_beside_another(missing):
    pair = {name: public_shares({"yes": 20, "no": 20}, ["yes"]) for name in ("before", "after")}
    pair[missing] = PublicShares(None, {"yes": None})
    assert change_tells_of_few(pair["before"], pair["after"], ("yes", "no")) is False


def test_numbers_that_make_a_total_narrow_each_other():
    assert narrowed({"a": (0, 9), "b": (3, 5)}, 6) == {"a": (1, 3), "b": (3, 5)}
    assert narrowed({"a": (0, 9), "b": (3, 5)}, 14) == {"a": (9, 9), "b": (5, 5)}
    assert narrowed({"a": (0, 9), "b": (3, 5)}, 3) == {"a": (0, 0), "b": (3, 3)}
    assert narrowed({"a": (0, 9), "b": (3, 5)}, 15) is None
    assert narrowed({"a": (0, 9), "b": (3, 5)}, 2) is None
    assert narrowed({"a": (5, 4), "b": (0, 5)}, 5) is None


@given(
    st.dictionaries(
        st.sampled_from("abc"), st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=1
    ),
    st.integers(0, 18),
)
def test_narrowed_numbers_are_exactly_those_which_can_be(spans, total):
    ways = list(that_make(spans, total))
    if not ways:
        assert narrowed(spans, total) is None
        return
    assert narrowed(spans, total) == {
        name: (min(way[name] for way in ways), max(way[name] for way in ways)) for name in spans
    }


def test_three_people_of_whom_at_most_one_said_yes_are_two_ways_to_be():
    ways = that_make({"yes": (0, 1), "no": (0, 9)}, 3)
    assert list(ways) == [{"yes": 0, "no": 3}, {"yes": 1, "no": 2}]


def test_what_can_be_in_one_of_several_ways_can_be():
    assert together([{"a": (2, 3)}, {"a": (5, 6)}, {"a": (1, 1)}]) == {"a": (1, 6)}
    assert together([]) == {}


@pytest.mark.parametrize(
    ("count", "group", "tells"),
    [
        (0, 29, True),
        (0, 30, False),
        (1, 29, False),
        (28, 29, True),
        (27, 29, False),
        (19, 20, True),
        (18, 20, False),
        (18, 19, False),  # 94.7 %
        (29, 30, False),
    ],
)
def test_nearly_all_or_none_of_a_small_group_is_about_each_of_them(count, group, tells):
    assert tells_of_everyone(count, group) is tells


@pytest.mark.parametrize(
    ("share", "base", "people"),
    [
        (None, 40, (0, 40)),
        ("under 15", 30, (0, 4)),
        ("under 5", 200, (0, 8)),  # 4 and a half per cent of 200 are 9 people
        ("over 85", 30, (26, 30)),
        ("over 95", 200, (191, 200)),
        (50, 200, (99, 100)),
        (17, 30, (5, 5)),
        (5, 100, (5, 5)),
        (95, 100, (95, 95)),
        (86, 36, (31, 31)),
    ],
)
def test_a_share_that_is_shown_stands_for_so_many_people(share, base, people):
    assert span_of(share, base) == people


@pytest.mark.parametrize(("shown", "people"), [(30, range(30, 33)), (40, range(38, 43))])
def test_a_base_that_is_shown_stands_for_so_many_people(shown, people):
    assert bases_like(shown) == people


@given(count=st.integers(0, 400), rest=st.integers(0, 400))
def test_the_people_in_a_share_are_among_those_it_stands_for(count, rest):
    base = count + rest
    if base < 30:
        return
    shown = blurred(half_up(Decimal(100 * count) / base), count, rest)
    fewest, most = span_of(shown, base)
    assert fewest <= count <= most


@pytest.mark.parametrize(
    ("share", "percent"), [(0.285, 29), (0.284, 28), (0.0, 0), (1.0, 100), (-0.031, -3)]
)
def test_a_share_is_whole_per_cent(share, percent):
    assert whole_percent(share) == percent


def test_two_hidden_parts_of_just_ten_people_hide_each_other():
    assert withheld({"a": 4, "b": 6, "c": 100}) == {"a", "b"}
    assert withheld({"a": 4, "b": 5, "c": 100}) == {"a", "b", "c"}


def test_where_the_people_are_not_known_only_the_ends_are_blurred():
    assert blurred(7) == 7
    assert blurred(7, count=2) == 7
    assert blurred(7, rest=2) == 7
    assert blurred(4) == "under 5"
    assert blurred(96) == "over 95"
    assert blurred(100) == "over 95"
