"""Where a town or the first half of a postcode lies, as far as the county knows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.framework import load_pack
from engage.framework.places import find_place, first_half, without_second_half

PACK = load_pack("hertfordshire")
DISTRICTS = [district.district for district in PACK.postcode_districts]
TOWNS = [(town, area.code) for area in PACK.areas for town in area.towns]


@pytest.mark.parametrize(
    ("typed", "half"),
    [
        ("AL10 9NL", "AL10"),
        ("al109nl", "AL10"),
        ("AL1 0AA", "AL1"),
        ("AL10AA", "AL1"),
        ("AL1 0", "AL1"),
        ("AL109", "AL10"),
        ("al 10", "AL10"),
        ("AL10-9NL.", "AL10"),
        ("ＡＬ１０", "AL10"),
        ("AL١٠", "AL10"),
        ("EC1A 1BB", "EC1A"),
        ("W1A1AA", "W1A"),
        ("12 High Street, Hatfield, AL9 5AB", "AL9"),
        ("Flat B2, Hatfield, AL9 5AB", "AL9"),
        ("Hatfield, AL9", "AL9"),
        ("Hatfield", None),
        ("", None),
    ],
)
def test_a_postcode_is_cut_to_its_first_half(typed, half):
    assert first_half(typed) == half


@given(
    st.sampled_from(DISTRICTS),
    st.from_regex(r"[0-9][A-Za-z]{2}", fullmatch=True),
    st.sampled_from(["", " ", "  ", "-", "\u00a0"]),
    st.booleans(),
)
def test_nothing_of_the_second_half_is_left(district, rest, gap, is_small):
    typed = district + gap + rest
    assert without_second_half(typed.lower() if is_small else typed) == district


@given(st.text(max_size=30))
def test_anything_at_all_may_be_typed(text):
    found = find_place(PACK, text)
    assert found.must_ask or len(found.areas) == 1


@pytest.mark.parametrize("district", PACK.postcode_districts, ids=DISTRICTS)
def test_a_district_is_settled_only_where_the_county_is_sure(district):
    found = find_place(PACK, district.district)
    if district.must_ask:
        assert found.must_ask
        assert set(found.areas) == set(district.could_be)
    elif district.check_outside:
        assert (found.must_ask, found.areas) == (True, (district.default_area, "outside"))
    else:
        assert (found.must_ask, found.areas) == (False, (district.default_area,))


@pytest.mark.parametrize(("town", "area"), TOWNS)
def test_every_town_of_the_county_is_known(town, area):
    assert find_place(PACK, f" {town.upper()} ").areas == (area,)


@pytest.mark.parametrize(
    ("typed", "area"),
    [("St. Albans", "dspl7"), ("saint albans", "dspl7"), ("Bishop’s  stortford", "dspl3")],
)
def test_a_town_may_be_written_in_several_ways(typed, area):
    assert find_place(PACK, typed).areas == (area,)


def test_a_town_in_two_areas_is_not_settled():
    first, second, *rest = PACK.areas
    second = second.model_copy(update={"towns": (*second.towns, "Hitchin")})
    pack = PACK.model_copy(update={"areas": (first, second, *rest)})
    found = find_place(pack, "Hitchin")
    assert (found.must_ask, found.areas) == (True, ("dspl1", "dspl2"))


@pytest.mark.parametrize("typed", ["Codicote", "Welwyn", "M25", "ZZ99", "near Hatfield", "?"])
def test_a_place_that_no_list_names_is_never_guessed(typed):
    found = find_place(PACK, typed)
    assert (found.must_ask, found.areas) == (True, ())
