"""The rules of quotes, without a database."""

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from engage.loop.quotes import course, rules
from engage.loop.quotes.course import State, after, may_follow
from engage.loop.quotes.rules import Found, Signed
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
    "We wait […] \U0001f595",
    "We wait […] ^",
    "We wait \u202e[…]",
]


def test_their_own_words_lose_words_and_gain_none():
    assert [each for each in THEIRS if not rules.only_takes_out(each, SAID)] == []
    assert [each for each in NOT_THEIRS if rules.only_takes_out(each, SAID)] == []


def test_nothing_stands_where_somebody_took_something_out():
    taken_out = "We wait for […] in Ware 🙂"
    theirs = ["We wait for […] in Ware 🙂", "We wait […] in Ware", "[…] in Ware"]
    assert [each for each in theirs if not rules.only_takes_out(each, taken_out)] == []
    assert not rules.only_takes_out("We wait for in Ware", taken_out)
    assert not rules.only_takes_out("We wait for Mrs […] in Ware", taken_out)


SAYS = {
    "We wait for Mrs O'Neill": "Mrs O’Neill",
    "We wait for Zoë’s call": "Zoe\u0308",
    "We wait for Ann Marie": "ann-marie",
    "We wait for Ca\u00adrol": "Carol",
}


def test_what_was_taken_out_is_found_however_it_is_written():
    assert [words for words, gone in SAYS.items() if not rules.says(words, gone)] == []
    assert not rules.says("We wait for Carolina", "Carol")


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
    "The Tring-based group": Found(small_places=("Tring",)),
    "All over T\u00adri\u034fng": Found(small_places=("Tring",)),
    "\uff34\uff52\uff49\uff4e\uff47 is slow": Found(small_places=("Tring",)),
    "Ask #TringMums or Tring2": Found(small_places=("Tring",)),
    "Ask #tringmums": Found(small_places=("tring",)),
    "He has Angelman syndrome": Found(perhaps=("Angelman syndrome",)),
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
    begin, end = rules.season_bounds(late)
    assert begin <= late < end
    assert rules.season_of(begin.date()) == ("summer", "2026")
    begin, end = rules.season_bounds(datetime(2027, 1, 5, tzinfo=UTC))
    assert (begin.date(), end.date()) == (date(2026, 12, 1), date(2027, 3, 1))


def test_only_what_ten_people_share_is_told():
    phoned = Signed("parent_carer", "phone", "spring", "2026")
    in_autumn = Signed("parent_carer", "phone", "autumn", "2026")
    by_web = Signed("parent_carer", "web", "autumn", "2026")
    people = {phoned: 10, in_autumn: 1, by_web: 12}
    # Many by phone and many in autumn, but one of both.
    assert rules.signed(in_autumn, True, people) == Signed("parent_carer", "phone")
    assert rules.signed(by_web, True, people) == by_web
    assert rules.signed(by_web, False, people) == Signed("", "", "autumn", "2026")
    assert rules.signed(by_web, True, {}) == Signed("parent_carer")
    assert rules.signed(by_web, False, {}) == Signed()


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
