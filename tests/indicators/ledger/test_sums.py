"""Sums within one unit, and none across units."""

from collections import defaultdict

from hypothesis import given
from hypothesis import strategies as st

from engage.framework import load_pack
from engage.indicators.ledger.sums import (
    UNITS_OF_PEOPLE,
    Count,
    Entry,
    for_everybody,
    from_pack,
    totals,
    voices_check,
)

PACK = load_pack("hertfordshire")
PRINTED = [from_pack(activity) for activity in PACK.activities]


def entry(*counts, in_area=True):
    return Entry("e", "Event", "2026", "2026", in_area, tuple(counts))


def test_the_sums_are_those_the_pack_worked_out_by_hand():
    found = {total.unit: total for total in totals(PRINTED, PACK.units)}
    for by_hand in PACK.sums_by_unit:
        total = found[by_hand.code]
        assert total.everywhere == by_hand.value
        assert total.at_least == by_hand.at_least
        assert total.in_area == (by_hand.value_in_area or by_hand.value)
    assert found.keys() == {by_hand.code for by_hand in PACK.sums_by_unit}
    assert [found[unit].everywhere for unit in PACK.units] == [859, 207, 224, 557, 23, 50, 42, 6]


def test_a_regional_event_is_left_out_of_the_reach_of_the_county():
    (total,) = totals(
        [entry(Count("attendees", 40)), entry(Count("attendees", 99), in_area=False)],
        ["attendees"],
    )
    assert (total.in_area, total.everywhere) == (40, 139)


def test_one_part_that_is_over_makes_the_sum_at_least():
    (total,) = totals([entry(Count("hours", 50, "over")), entry(Count("hours", 3))], ["hours"])
    assert (total.in_area, total.in_area_at_least) == (53, True)


def test_the_sentence_of_1000_voices_mixes_answers_with_people():
    check = voices_check(PACK)
    assert [(part.unit, part.value) for part in check.sums] == [
        ("survey_answers", 859),
        ("people_met", 207),
    ]
    assert check.mixed == 1066
    assert str(check.mixed)[1:] in check.claim.check
    assert {part.value for part in check.parts} == {531, 193, 135, 130, 77}


def test_a_county_without_that_claim_has_nothing_to_check():
    assert voices_check(PACK.model_copy(update={"claims": ()})) is None


UNITS = [*PACK.units, "something new"]
COUNTS = st.builds(
    Count,
    unit=st.sampled_from(UNITS),
    value=st.integers(0, 2000),
    qualifier=st.sampled_from(["exact", "over", "at_least"]),
    as_printed=st.just("7 people"),
)
ENTRIES = st.lists(
    st.builds(
        Entry,
        code=st.just("e"),
        label=st.just("Event"),
        date_from=st.just("2026"),
        date_to=st.just("2026"),
        in_area=st.booleans(),
        counts=st.lists(COUNTS, max_size=4, unique_by=lambda each: each.unit).map(tuple),
    ),
    max_size=8,
)


@given(ENTRIES)
def test_every_count_is_in_the_sum_of_its_own_unit_and_in_no_other(entries):
    own, near = defaultdict(list), defaultdict(list)
    for each in entries:
        for count in each.counts:
            own[count.unit].append(count.value)
            near[count.unit] += [count.value] * each.in_area
    found = totals(entries, PACK.units)
    assert [each.unit for each in found] == [unit for unit in UNITS if unit in own]
    assert [each.everywhere for each in found] == [sum(own[each.unit]) for each in found]
    assert [each.in_area for each in found] == [sum(near[each.unit]) for each in found]
    assert [each.activities for each in found] == [len(own[each.unit]) for each in found]


def is_few(count):
    return count.unit in UNITS_OF_PEOPLE and count.value < 10


@given(ENTRIES)
def test_fewer_than_ten_people_are_never_told_nor_left_over_by_subtraction(entries):
    shown = for_everybody(entries)
    kept = [count for each in entries for count in each.counts]
    told = [count for each in shown for count in each.counts]
    assert told == [Count(each.unit, None) if is_few(each) else each for each in kept]
    # What is left when the shown parts are taken from a sum is nobody.
    assert {each.unit: each.everywhere for each in totals(shown, PACK.units)} == {
        unit: sum(each.value or 0 for each in told if each.unit == unit)
        for unit in {each.unit for each in told}
    }
