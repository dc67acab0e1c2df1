"""Somebody who subtracts all that is published finds no number of 1 to 4.

A few invented surveys here, to be quick; `python -m benchmarks.disclosure` has 200.
"""

import pytest

from benchmarks.disclosure.attack import Knowledge, Rules, Shares, people, wilson
from benchmarks.disclosure.attacking import EXACT, THE_RULES, attack, attack_alone, attack_pulse
from benchmarks.disclosure.changes import Change
from benchmarks.disclosure.flags import Flag
from benchmarks.disclosure.reading import attacked
from benchmarks.disclosure.simulate import FIRST, SECOND, survey
from benchmarks.disclosure.weights import Group, WeightedShares

SURVEYS, FEWER, SERVICES = 6, 2, 6
# They told by weights of fewer than 100 people, or by what exact weights leave of the base.
THAT_ONCE_TOLD = (21, 22, 98, 142, 166)


def test_by_the_rules_no_small_number_is_recovered_and_the_reader_is_never_misled():
    """Of every six surveys two are set side by side as waves, and four are weighted."""
    result = attack(THE_RULES, SURVEYS)
    assert result.small > 700
    assert result.recovered == []
    assert result.contradicted == []


def test_no_weighted_survey_tells_that_once_did():
    assert all(survey(seed).is_weighted for seed in THAT_ONCE_TOLD)
    result = attack_alone(THE_RULES, THAT_ONCE_TOLD)
    assert result.recovered == result.contradicted == []


def test_without_the_rules_nearly_every_small_number_is_read_off():
    result = attack("no rules", FEWER)
    assert len(result.recovered) > 0.7 * result.small
    assert result.contradicted == []


def test_hiding_only_1_to_4_lets_many_be_worked_out_again():
    result = attack("only 1 to 4 hidden", FEWER)
    assert len(result.recovered) > 0.4 * result.small
    assert result.contradicted == []


def test_no_small_number_of_the_pulse_is_recovered_however_often_a_month_is_counted():
    result = attack_pulse(THE_RULES, SERVICES)
    assert result.small > 10
    assert result.recovered == result.contradicted == []


def test_a_pulse_without_the_rules_is_read_off():
    result = attack_pulse("no rules", FEWER)
    assert len(result.recovered) > 0.7 * result.small
    assert result.contradicted == []


def test_the_reader_solves_a_weighted_share_beside_a_plain_one():
    """20 of each group, of weight 1.6 and 0.4: 8 and 2 of them are 34 % of the weight."""
    known = Knowledge(EXACT, {("base",): (40, 40), ("yes",): (10, 10), ("no",): (30, 30)})
    one, two = (
        Group(share, (name,), (name, "base"), ((name, "yes"), (name, "no")))
        for name, share in (("plan", 0.8), ("support", 0.2))
    )
    known.spans |= {(name,): (20, 20) for name in ("plan", "support")}
    known.spans |= {(name, "base"): (20, 20) for name in ("plan", "support")}
    shown = {("yes",): 34}
    known.clues = [WeightedShares(("base",), (("yes",), ("no",)), (one, two), shown)]
    known.think()
    assert known.of(("plan", "yes")) == (8, 8)
    assert known.small_cells() == {("support", "yes"): 2}


def test_the_reader_knows_what_it_takes_for_an_area_to_be_called_higher():
    def positive(verdict):
        known = Knowledge(EXACT, {("a", "base"): (40, 40), ("a", "yes"): (0, 40)})
        known.spans |= {("b", "base"): (400, 400), ("b", "yes"): (200, 200)}
        flag = Flag((("a", "base"), ("a", "yes")), [(("b", "base"), ("b", "yes"))], verdict)
        known.clues = [flag]
        known.think()
        return known.of(("a", "yes"))

    assert positive("higher") == (27, 40)
    assert positive("lower") == (0, 13)
    assert positive("none") == (13, 27)


def test_the_reader_takes_the_points_of_a_change_from_exact_shares():
    """40 % of 200 people and 42 % of 210 are three points apart where one is 79 and one 89."""

    def known(base, few, most):
        knowledge = Knowledge(EXACT)
        knowledge.learn(("base",), (base, base))
        knowledge.learn(("yes",), (few, most))
        return knowledge, ("base",), ("yes",)

    before, after = known(200, 79, 80), known(210, 88, 89)
    shown = (*before, 40), (*after, 42)
    assert not Change(*shown, 2, False).narrow(), "the shares say that themselves"
    assert Change(*shown, 3, False).narrow()
    assert (before[0].of(("yes",)), after[0].of(("yes",))) == ((79, 79), (89, 89))


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


@pytest.mark.parametrize(
    ("why_not", "base"), [("few", (98, 99)), (None, (98, 102)), ("no_margins", (98, 102))]
)
def test_the_reader_knows_how_many_it_takes_to_be_weighted(why_not, base):
    figure = {"base": 100, "positive": None, "negative": None, "as_of": None}
    data = {"headline": figure, "weights": {"why_not": why_not}}
    known = attacked([(FIRST.isoformat(), data)], Rules())
    assert known.of((FIRST.isoformat(), "headline", "base")) == base


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
