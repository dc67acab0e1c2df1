"""From exact counts to what staff may see, and who could help."""

from hypothesis import given
from hypothesis import strategies as st

from engage.framework import load_pack
from engage.indicators.ledger.sums import Entry
from engage.indicators.missing.findings import find
from engage.indicators.missing.where_to_go import ways_used, who_could_help

PACK = load_pack("hertfordshire")
counts = st.dictionaries(st.sampled_from("abcd"), st.integers(0, 30), min_size=1)


def look(by_variable=None, channels=None, days=None, margins=None):
    return find(by_variable or {}, channels or {}, days or {}, margins or {})


@given(counts)
def test_no_count_of_1_to_4_leaves_as_a_number(found):
    shown = look({"area": found}).tables["area"].shown
    assert not {1, 2, 3, 4} & set(shown.values())
    assert (
        sum(count is None for count in shown.values()) != 1 or look({"area": found}).total is None
    )


@given(counts)
def test_a_named_day_or_way_leaves_no_few_others_to_be_found(found):
    total = sum(found.values())
    named = [each for _, each in look(channels=found, days=found).large]
    with_share = {each.category for each in named if each.share is not None}
    if named and with_share == {each.category for each in named}:
        assert total - sum(found[each] for each in with_share) not in (1, 2, 3, 4)


def test_a_group_that_margins_know_and_nobody_chose_is_in_the_table():
    found = look({"area": {"a": 40}}, margins={"area": {"a": 0.5, "b": 0.5}})
    assert found.tables["area"].shown == {"a": 40, "b": 0}
    assert found.next[0][1].category == "b"


def test_margins_of_what_nobody_was_asked_are_left_out():
    assert not look({}, margins={"area": {"a": 0.5, "b": 0.5}}).variables


def test_having_said_nothing_is_no_setting_that_dominates():
    assert not look({"setting": {"not_said": 90, "left_out": 10}}).large


def helpers(variable, category, audience="parent_carer"):
    found = who_could_help(PACK.organisations, variable, category, audience)
    return {each.type for each in found}


def test_those_near_a_group_can_help_and_those_who_speak_for_it():
    assert helpers("area", "dspl1") == {"dspl_area", "voluntary_sector", "parent_carer_forum"}
    assert helpers("setting", "college", "young_person") == {"college", "youth_voice"}
    assert helpers("setting", "ehe") == {"voluntary_sector", "parent_carer_forum"}
    assert helpers("phase", "0-4", None) == {"early_years"}


def entry(channel, audience, in_area=True, label="Event"):
    return Entry(*("e", label, "2026", "2026", in_area, ()), channel=channel, audiences=(audience,))


def test_ways_are_those_of_the_ledger_that_reached_these_people_here():
    entries = [
        entry("summit", "young_person", label="One"),
        entry("summit", "young_person", label="Two"),
        entry("outreach", "parent_carer"),
        entry("regional", "young_person", in_area=False),
        entry("", "young_person"),
    ]
    (way,) = ways_used(entries, "young_person")
    assert (way.channel, way.activities) == ("summit", ("One", "Two"))
    assert len(ways_used(entries, None)) == 2
