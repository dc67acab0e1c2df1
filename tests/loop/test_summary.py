import pytest

from engage.loop.summary import UNKNOWN, Voices, completed, summarise

PARENT, CHILD = "parent_carer", "young_person"


def voices(parents: int, children: int, strangers: int = 0, **themes: range) -> Voices:
    who = [PARENT] * parents + [CHILD] * children + [UNKNOWN] * strangers
    said_by = {int(name[1:]): set(people) for name, people in themes.items()}
    return Voices(dict(enumerate(who)), said_by, (PARENT, CHILD))


def test_counts_are_rounded_to_5():
    assert summarise(voices(42, 13))["people"] == 55
    assert summarise(voices(42, 13))["audiences"] == {PARENT: 40, CHILD: 15}


@pytest.mark.parametrize("children", range(10))
def test_a_small_audience_hides_the_other_too_so_that_the_total_tells_nothing(children):
    assert summarise(voices(42, children))["audiences"] == {PARENT: None, CHILD: None}


@pytest.mark.parametrize("strangers", range(1, 10))
def test_people_who_did_not_say_are_no_way_round_it(strangers):
    counted = summarise(voices(42, 20, strangers))["audiences"]
    assert counted == {PARENT: 40, CHILD: None, UNKNOWN: None}


def test_a_theme_of_fewer_than_10_people_has_no_number_at_all():
    assert summarise(voices(42, 13, t7=range(9)))["themes"]["7"] == {
        "people": None,
        "audiences": {},
    }


def test_a_theme_counts_people_and_not_sentences():
    assert summarise(voices(42, 13, t7=range(30, 55)))["themes"]["7"]["people"] == 25


def test_with_one_audience_the_total_is_its_count():
    alone = Voices(dict.fromkeys(range(21), PARENT), {}, (PARENT,))
    assert summarise(alone)["audiences"] == {PARENT: 20}


def test_a_new_theme_is_added_and_what_was_public_stays_as_it_was():
    before = summarise(voices(42, 13, t1=range(20)))
    again = summarise(voices(41, 13, t1=range(12), t2=range(30)))
    after = completed(before, again)
    assert after["people"] == before["people"]
    assert after["themes"]["1"] == before["themes"]["1"]
    assert after["themes"]["2"]["people"] == 30


def test_with_no_new_theme_there_is_nothing_to_complete():
    before = summarise(voices(42, 13, t1=range(20)))
    assert completed(before, summarise(voices(42, 13, t1=range(12)))) is None
