"""What may be published, and what someone who subtracts could learn from it."""

import random
from datetime import UTC, datetime, timedelta

import pytest

from engage.indicators.q.figures import issued
from engage.indicators.q.series import DOMAINS, Reply
from engage.indicators.q.settling import Publication
from tests.indicators.q_pages import source

NOW = datetime(2026, 4, 1, 12, tzinfo=UTC)
LATER = NOW + timedelta(days=7)
AREAS = [f"dspl{number}" for number in range(1, 10)]


def said(value, people=1, area=None, sent_at=NOW, **details):
    return [Reply({"headline": value}, area, sent_at, **details)] * people


def published(replies, before=None, now=NOW, series="q-PC"):
    return issued(source(series), replies, AREAS, Publication(before or {}, {}), now).data


def oracle_o10():
    counts = {5: 60, 4: 117, 3: 96, 2: 138, 1: 120, None: 48}
    return [reply for value, people in counts.items() for reply in said(value, people)]


def test_a_published_figure_is_whole_with_its_range_and_rounded_base():
    headline = published(oracle_o10())["headline"]
    assert headline == {
        "as_of": NOW.isoformat(),
        "base": 530,
        "positive": 33,
        "negative": 49,
        "low": 29,
        "high": 37,
        "reason": None,
        "weighted": None,
    }


def test_the_missing_are_left_out_and_reported_to_the_nearest_10():
    assert published(oracle_o10())["missing"] == 50
    assert published(said(5, 40) + said(None, 43))["missing"] == 40


@pytest.mark.parametrize(
    "replies", [[], said(None, 80), said(5), said(5, 29)], ids=["nobody", "no view", "one", "29"]
)
def test_fewer_than_thirty_views_publish_no_figure(replies):
    headline = published(replies)["headline"]
    assert headline["reason"] == "few"
    assert [headline[key] for key in ("base", "positive", "negative", "low", "high")] == [None] * 5


def test_nobody_and_nearly_nobody_look_the_same():
    nobody, one = published(said(1, 30)), published(said(1, 29) + said(5))
    assert nobody["headline"]["positive"] == one["headline"]["positive"] == "under 15"
    assert nobody["headline"]["low"] is one["headline"]["low"] is None


def test_people_who_live_elsewhere_are_not_in_q_of_parents():
    data = published(said(5, 40) + said(1, 20, area="outside"))
    assert (data["headline"]["positive"], data["left_out"]) == ("over 85", 20)


def test_answers_someone_else_gave_for_a_young_person_are_not_in_q_of_young_people():
    replies = said(4, 20) + said(2, 20) + said(1, 12, said_for_them=True)
    data = published(replies, series="q-YP")
    assert (data["headline"]["positive"], data["left_out"]) == (50, 10)


def test_three_symbol_answers_count_and_where_they_are_many_the_figure_is_given_without_them():
    data = published(said(5, 90) + said(1, 90) + said(5, 60, is_three_point=True))
    assert (data["headline"]["positive"], data["three_point"]) == (63, 25)
    assert data["without_three_point"]["positive"] == 50


def test_beside_so_few_others_the_figure_without_three_symbols_would_tell_of_people():
    data = published(said(5, 30) + said(1, 30) + said(5, 20, is_three_point=True))
    assert (data["three_point"], data["without_three_point"]) == (25, None)


def test_a_few_three_symbol_answers_are_not_told_apart():
    assert published(said(5, 40) + said(1, 9, is_three_point=True))["without_three_point"] is None


def test_the_share_who_read_easy_read_is_given_for_thirty_or_more():
    assert published(said(5, 20) + said(1, 20, is_easy_read=True))["easy_read"] == 50
    assert published(said(5, 9) + said(1, 20, is_easy_read=True))["easy_read"] is None


def test_domains_confidence_and_index_are_published_beside_the_headline():
    values = {"headline": 4, "confidence": 3, **dict.fromkeys(DOMAINS, 4)}
    low = {"headline": 2, "confidence": 2, **dict.fromkeys(DOMAINS, 2), "domain_info": None}
    replies = [Reply(values, None, NOW)] * 30 + [Reply(low, None, NOW)] * 30
    data = published(replies)
    assert [data["domains"][part]["positive"] for part in DOMAINS] == [
        50,
        50,
        50,
        50,
        50,
        "over 85",
    ]
    assert data["confidence"]["positive"] == 50
    assert data["index"] == {"score": 50, "base": 60}


def test_areas_stay_in_map_order_and_small_ones_keep_their_row():
    replies = said(4, 45, "dspl2") + said(2, 90, "dspl1") + said(4, 12, "dspl3")
    areas = published(replies)["areas"]
    assert list(areas) == AREAS
    assert areas["dspl1"]["base"] == 90
    assert areas["dspl3"] == {
        "as_of": NOW.isoformat(),
        "base": None,
        "positive": None,
        "negative": None,
        "low": None,
        "high": None,
        "reason": "few",
        "weighted": None,
    }


def test_one_small_area_hides_the_next_smallest_and_both_give_one_reason():
    replies = [reply for area in AREAS[2:] for reply in said(4, 80, area)]
    areas = published(replies + said(4, 6, AREAS[0]) + said(4, 50, AREAS[1]))["areas"]
    assert [areas[code]["reason"] for code in AREAS[:3]] == ["protected", "protected", None]


def test_a_figure_waits_for_ten_more_views_even_when_the_rest_moves_on():
    few, many = AREAS[0], AREAS[1]
    first = said(4, 15, few) + said(2, 15, few) + said(4, 60, many) + said(4, 12, AREAS[2])
    before = published(first)
    more = said(5, 9, few, LATER) + said(1, 40, many, LATER)
    after = published(first + more, before, LATER)
    assert after["areas"][few] == before["areas"][few]
    assert after["areas"][many]["base"] == 100
    assert after["headline"]["base"] == 150
    tenth = said(5, 1, few, LATER)
    assert published(first + more + tenth, before, LATER)["areas"][few]["base"] == 40


def test_an_area_that_was_hidden_stays_so_until_ten_more_have_answered():
    crowd = said(4, 60, AREAS[1]) + said(4, 60, AREAS[2])
    first = said(4, 28, AREAS[0]) + crowd
    before = published(first)
    after = published(first + said(5, 2, AREAS[0], LATER), before, LATER)
    assert after["areas"][AREAS[0]]["positive"] is None
    assert after["areas"][AREAS[0]]["as_of"] == NOW.isoformat()


def random_survey(seed):
    """People by area: most areas crowded, one to three nearly empty, some people of no area.

    A lone small area is the hardest to hide, so it is the commonest here.
    """
    chance = random.Random(seed)
    crowds = {code: chance.choice([30, 33, 48, 90, 200]) for code in AREAS}
    nearly_empty = chance.sample(AREAS, chance.choice([1, 1, 2, 3]))
    crowds |= {code: chance.choice([0, 1, 4, 6, 9]) for code in nearly_empty}
    replies = [
        reply
        for code, people in crowds.items()
        for _ in range(people)
        for reply in said(chance.randint(1, 5), area=code)
    ]
    return crowds, replies + said(3, chance.choice([0, 0, 3, 20]))


@pytest.mark.parametrize("seed", range(50))
def test_no_area_with_fewer_than_ten_can_be_worked_out_by_subtraction(seed):
    """The attacker knows how we round, and how many said no area: only the areas are unknown."""
    crowds, replies = random_survey(seed)
    data = published(replies)
    areas = data["areas"]
    small = [code for code in AREAS if crowds[code] < 10]
    assert not [code for code in small if areas[code]["base"] is not None]
    if not small or data["headline"]["base"] is None:
        return
    hidden = [code for code in AREAS if areas[code]["base"] is None]
    no_area = len(replies) - sum(crowds.values())
    shown = [areas[code]["base"] for code in AREAS if areas[code]["base"] is not None]
    most_hidden = data["headline"]["base"] + 2 - sum(base - 2 for base in shown) - no_area
    # Two unknowns and at least ten people: each may still be anything from nobody to ten.
    assert len(hidden) >= 2
    assert most_hidden >= 10
    assert sum(crowds[code] for code in hidden) >= 10
    assert len({areas[code]["reason"] for code in hidden}) == 1


@pytest.mark.parametrize("seed", range(50))
def test_every_published_percentage_rests_on_thirty_and_every_base_is_rounded(seed):
    crowds, replies = random_survey(seed)
    areas = published(replies)["areas"]
    shown = {code: figure for code, figure in areas.items() if figure["base"] is not None}
    assert all(crowds[code] >= 30 for code in shown)
    assert all(figure["base"] % 5 == 0 for figure in shown.values())
