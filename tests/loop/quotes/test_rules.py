"""The rules of quotes, without a database."""

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from engage.loop.quotes import course, rules
from engage.loop.quotes.course import State, after, may_follow
from engage.loop.quotes.rules import Found
from tests.loop.quotes.made import COUNTY

SAID = "We wait, and wait, for Mrs Smith in Ware to ring us back."


THEIRS = [
    SAID,
    "we wait and wait for Mrs Smith in Ware to ring us back",
    "We wait, and wait, for […] in […] to ring us back.",
    "[…] to ring us back",
    "We wait […]",
]
NOT_THEIRS = [
    "We wait for Mrs Smith",
    "We wait and never […]",
    "We wait and wait for […] Mrs Smith in Ware to ring us back",
    "We wait […] ring somebody back",
    "[…] ring us back […] to ring",
]


def test_their_own_words_lose_words_and_gain_none():
    assert [each for each in THEIRS if not rules.only_takes_out(each, SAID)] == []
    assert [each for each in NOT_THEIRS if rules.only_takes_out(each, SAID)] == []


WORDS = st.lists(st.sampled_from(["wait", "ring", "back", "we", "school"]), min_size=1, max_size=12)


@given(WORDS, st.data())
def test_whatever_is_taken_out_the_rest_is_still_theirs(said, data):
    start = data.draw(st.integers(0, len(said) - 1))
    end = data.draw(st.integers(start + 1, len(said)))
    kept = [*said[:start], rules.GAP, *said[end:]]
    assert rules.only_takes_out(" ".join(kept), " ".join(said))
    assert not rules.only_takes_out(" ".join([*kept, "more"]), " ".join(said))


OTHERS = [
    "Nobody calls this family for weeks",
    "They say: to ring us back would help",
    "They hope for her in ware to ring them",
]
TOO_LIKE = ["People hope that Smith, in WARE to ring", "we wait-and wait for ever"]


def test_other_words_have_no_five_in_a_row_of_theirs():
    assert [each for each in OTHERS if rules.shares_a_run(each, SAID)] == []
    assert [each for each in TOO_LIKE if not rules.shares_a_run(each, SAID)] == []


def test_of_a_short_sentence_all_of_it_is_theirs():
    assert rules.shares_a_run("They said that nobody rings, ever", "Nobody rings")
    assert not rules.shares_a_run("They said that nobody calls", "Nobody rings")


LOOKED_THROUGH = {
    "We live in Tring": Found(small_places=("Tring",)),
    "near tring it is bad": Found(small_places=("tring",)),
    "He plays for Tring Town FC": Found(small_places=("Tring",)),
    "All over St Albans": Found(large_places=("St Albans",)),
    "Ring 01632 960118": Found(never=("01632 960118",)),
    "At Oakfield Primary they know": Found(never=("Oakfield Primary",)),
    "My son Jayden waits": Found(perhaps=("Jayden",)),
    "Hertfordshire is slow": Found(),
}


def test_what_still_stands_is_sorted_by_what_may_be_done_about_it():
    assert {each: rules.look_through(each, COUNTY) for each in LOOKED_THROUGH} == LOOKED_THROUGH


SEASONS = {
    (2026, 3): ("spring", "2026"),
    (2026, 8): ("summer", "2026"),
    (2026, 11): ("autumn", "2026"),
    (2026, 12): ("winter", "2026/27"),
    (2027, 2): ("winter", "2026/27"),
    (2000, 1): ("winter", "1999/00"),
}


def test_a_winter_is_of_two_years():
    assert {month: rules.season_of(date(*month, 5)) for month in SEASONS} == SEASONS


def test_the_season_is_that_of_the_clocks_here():
    late = datetime(2026, 5, 31, 23, 30, tzinfo=UTC)  # half past midnight in London
    assert rules.signed("", "web", late, {}).season == "summer"


def test_the_role_is_left_out_where_few_of_it_answered():
    at = datetime(2026, 10, 5, tzinfo=UTC)
    for counts in ({}, {"parent_carer": None}, {"young_person": 40}):
        assert rules.signed("parent_carer", "web", at, counts).audience == ""
    assert rules.signed("parent_carer", "web", at, {"parent_carer": 10}).channel == "web"


WAITING = State(course.WAITING, prepared_by=1)


def test_nobody_approves_their_own_words():
    assert course.APPROVED not in may_follow(WAITING, 1, 7, is_ours=True)
    assert course.APPROVED in may_follow(WAITING, 2, 7, is_ours=True)


def test_only_the_partner_that_vetoed_may_lift_the_veto():
    vetoed = State(course.WAITING, frozenset({8}), prepared_by=1)
    assert course.APPROVED not in may_follow(vetoed, 2, 7, is_ours=True)
    assert may_follow(vetoed, 3, 8, is_ours=False) == {course.VETO_LIFTED}
    assert may_follow(vetoed, 4, 9, is_ours=False) == {course.VETOED}


def test_what_was_vetoed_is_approved_anew():
    assert after(State(course.APPROVED), course.VETOED) == course.WAITING
    assert after(State(course.WAITING), course.VETO_LIFTED) == course.WAITING


def test_what_a_partner_does_not_see_it_cannot_veto():
    assert not may_follow(State(course.SENT_BACK), 3, 8, is_ours=False)
    assert not may_follow(State(course.TAKEN_DOWN), 3, 8, is_ours=False)
