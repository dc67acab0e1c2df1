from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.responses.disclosure import (
    Percentage,
    blurred,
    public_count,
    public_counts,
    public_percentage,
    staff_counts,
    withheld,
)


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
