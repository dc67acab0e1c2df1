"""Somebody who subtracts all that is published finds no number of 1 to 4.

60 invented surveys here, to be quick; `python -m benchmarks.disclosure` has 200.
"""

from benchmarks.disclosure.attack import Knowledge, Rules, Shares, people, wilson
from benchmarks.disclosure.attacking import EXACT, attack
from benchmarks.disclosure.reading import attacked
from benchmarks.disclosure.simulate import FIRST, SECOND

SURVEYS, FEWER = 60, 10


def test_by_the_rules_no_small_number_is_recovered_and_the_reader_is_never_misled():
    result = attack("the rules", SURVEYS)
    assert result.small > 5000
    assert result.recovered == []
    assert result.contradicted == []


def test_without_the_rules_nearly_every_small_number_is_read_off():
    result = attack("no rules", FEWER)
    assert len(result.recovered) > 0.8 * result.small
    assert result.contradicted == []


def test_hiding_only_1_to_4_lets_many_be_worked_out_again():
    result = attack("only 1 to 4 hidden", FEWER)
    assert len(result.recovered) > 0.4 * result.small
    assert result.contradicted == []


def test_the_reader_takes_the_parts_from_the_total():
    knowledge = Knowledge(EXACT, {("total",): (20, 20), ("a",): (17, 17)})
    knowledge.sums = [(("total",), (("a",), ("b",)))]
    knowledge.think()
    assert knowledge.small_cells() == {("b",): 3}


def test_the_reader_takes_one_result_from_the_next():
    knowledge = Knowledge(EXACT, {("all",): (50, 50), ("a",): (40, 40), ("c",): (7, 7)})
    knowledge.sums = [(("all",), (("a",), ("b",))), (("b",), (("c",), ("d",)))]
    knowledge.think()
    assert knowledge.small_cells() == {("d",): 3}


def test_the_reader_multiplies_percentages_and_solves_for_the_rest():
    knowledge = Knowledge(Rules())
    knowledge.learn(("base",), (30, 32))
    shown = {("yes",): (60, 60), ("no",): (37, 37)}
    knowledge.shares = [Shares(("base",), (("yes",), ("unsure",), ("no",)), shown)]
    knowledge.think()
    assert knowledge.small_cells() == {("unsure",): 1}


def test_the_reader_compares_two_publications():
    def data(base):
        return {"headline": {"base": base, "positive": 50, "negative": 50, "as_of": None}}

    times = [(FIRST.isoformat(), data(20)), (SECOND.isoformat(), data(24))]
    found = attacked(times, EXACT).small_cells()
    assert found[("new", "headline", "base")] == 4
    assert found[("new", "headline", "positive")] == 2


def test_the_reader_knows_what_the_words_mean():
    assert people("under 15", 30, Rules()) == (0, 4)
    assert people("over 85", 30, Rules()) == (26, 30)
    assert people(17, 30, Rules()) == (5, 5)
    assert people(13, 30, Rules()) == (1, 0)  # never shown so
    assert people(13, 30, EXACT) == (4, 4)


def test_a_range_of_the_exact_share_tells_more_than_one_of_the_published_share():
    """27 of 61 and 26 of 58 are near 44 %, but their exact shares have other ranges."""

    def known(ends):
        knowledge = Knowledge(Rules())
        knowledge.learn(("base",), (58, 62))
        shares = Shares(("base",), (("yes",), ("no",)), {("yes",): (45, 45)}, ends, 60)
        knowledge.shares = [shares]
        knowledge.think()
        return knowledge.of(("yes",))

    assert known(wilson(0.45, 60)) == (26, 28)
    assert known(wilson(28 / 62, 60)) in {(26, 28), (28, 28)}
