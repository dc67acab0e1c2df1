"""Weights for one wave, and what may be published with them: pure parts, then end to end."""

from collections import Counter
from datetime import UTC, date, datetime
from math import isclose, isfinite

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.indicators.q.display import RANGE_NAMES, WHY_NOT_WEIGHTED
from engage.indicators.q.figures import issued
from engage.indicators.q.series import Reply
from engage.indicators.q.settling import Publication
from engage.indicators.q.shares import leading
from engage.indicators.q.weighted import Population, weights_for
from engage.indicators.statistics.weighting import effective_size
from tests.indicators.q_pages import source
from tests.indicators.statistics.examples import ORACLES

NOW = datetime(2026, 4, 1, 12, tzinfo=UTC)
LATER = datetime(2026, 4, 8, 12, tzinfo=UTC)
NINE = ORACLES["O3c_raking_9x2"]
SUPPORT = {"ehcp": 0.25, "sen_support": 0.75}


def population(**shares):
    return Population(
        shares or {"support": SUPPORT}, "census", "Census", "The council", date(2025, 1, 16), True
    )


def of(support, people, **rest):
    return [{"support": support, **rest}] * people


def reply(value, **is_like):
    return Reply({"headline": value}, is_like.get("area"), NOW, is_like=is_like)


def published(replies, areas=(), **about):
    return issued(source(**about), replies, areas, Publication({}, {}), NOW)


def sums(people, weights):
    each = [weights.of(person) for person in people]
    return each, sum(each) / len(each)


# ---- the weights


kinds = st.fixed_dictionaries(
    {
        "support": st.sampled_from(["ehcp", "sen_support", "another", None]),
        "area": st.sampled_from(["north", "south", None]),
    }
)


@given(
    st.lists(kinds, min_size=80, max_size=180),
    st.floats(0.02, 0.98),
    st.floats(0.02, 0.98),
)
def test_weights_are_positive_with_mean_one_or_there_are_none_with_a_reason(people, ehcp, north):
    shares = {
        "support": {"ehcp": ehcp, "sen_support": 1 - ehcp},
        "area": {"north": north, "south": 1 - north},
    }
    weights = weights_for(people, population(**shares))
    assert weights.lead or weights.why_not in WHY_NOT_WEIGHTED
    if not weights.exist:
        return
    each, mean = sums(people, weights)
    assert all(isfinite(weight) and weight > 0 for weight in each)
    assert isclose(mean, 1, abs_tol=1e-9)
    assert 0 < effective_size(each, [1] * len(each)) <= len(people) + 1e-6


def test_those_who_are_too_few_among_the_replies_count_for_more():
    weights = weights_for(of("ehcp", 60) + of("sen_support", 60), population())
    assert weights.lead
    assert weights.of({"support": "ehcp"}) == pytest.approx(0.5)
    assert weights.of({"support": "sen_support"}) == pytest.approx(1.5)
    assert weights.deff == pytest.approx(1.25)


def test_a_variable_nobody_was_asked_is_left_out():
    people = of("ehcp", 60) + of("sen_support", 60)
    both = population(support=SUPPORT, phase={"0-4": 0.5, "5-10": 0.5})
    weights = weights_for(people, both)
    assert weights.variables == ("support",)
    assert weights.by_kind == weights_for(people, population()).by_kind


def test_somebody_who_did_not_say_keeps_their_weight():
    people = of("ehcp", 50) + of("sen_support", 50) + of(None, 20)
    assert weights_for(people, population()).of({"support": None}) == pytest.approx(1)


@pytest.mark.parametrize(
    ("people", "spoken_for", "why_not"),
    [
        (of("ehcp", 200), None, "no_margins"),
        ([], population(), "few"),
        (of("ehcp", 1), population(), "few"),
        (of("ehcp", 29), population(), "few"),
        (of("ehcp", 50) + of("sen_support", 49), population(), "few"),
        (of(None, 120), population(), "no_margins"),
        ([{}] * 120, population(), "no_margins"),
        (of("ehcp", 120), population(), "small_groups"),
        (of("nobody knows", 120), population(), "small_groups"),
        (of("ehcp", 300) + of("sen_support", 15), population(), "design_effect"),
        (
            of("ehcp", 60) + of("sen_support", 60),
            population(support={"ehcp": 0.4, "sen_support": 0.3}),
            "bad_margins",
        ),
        (
            of("ehcp", 60) + of("sen_support", 60),
            population(support={"ehcp": 0.0, "sen_support": 1.0}),
            "bad_margins",
        ),
    ],
    ids=[
        *("no margins", "nobody", "one respondent", "29", "99", "all missing"),
        *("never asked", "one category", "an unknown category", "very few of many"),
        *("shares that do not sum to one", "a share of nothing"),
    ],
)
def test_where_the_weighted_figure_may_not_lead_there_is_a_reason_in_words(
    people, spoken_for, why_not
):
    weights = weights_for(people, spoken_for)
    assert (weights.lead, weights.why_not) == (False, why_not)
    assert str(WHY_NOT_WEIGHTED[why_not]).startswith("Not weighted")


def test_a_hundred_people_are_weighted():
    assert weights_for(of("ehcp", 50) + of("sen_support", 50), population()).lead


def test_an_unknown_margin_beside_a_known_one_takes_no_part_and_nothing_breaks():
    people = of("ehcp", 60, area="elsewhere") + of("sen_support", 60, area="elsewhere")
    both = population(support=SUPPORT, area={"north": 0.5, "south": 0.5})
    weights = weights_for(people, both)
    assert weights.lead
    assert weights.of(people[0]) == pytest.approx(0.5)
    replies = [reply(4, **each) for each in people]
    margins = published(replies, spoken_for=both).data["weights"]["margins"]
    assert margins["area"] == {"north": [50, None], "south": [50, None]}


# ---- what is published with them


def replies_of_the_example():
    """531 people as in the oracle: where they live, what support they get, whether satisfied."""
    return [
        reply(4 if number < NINE["satisfied"][cell] else 2, area=area, support=support)
        for cell, people in NINE["counts"].items()
        for area, support in [cell.split("|")]
        for number in range(people)
    ]


@pytest.fixture(scope="module")
def example():
    areas = list(NINE["targets"]["area"])
    return published(replies_of_the_example(), areas, spoken_for=population(**NINE["targets"]))


def test_the_example_of_531_is_published_weighted_beside_unweighted(example):
    headline = example.data["headline"]
    assert (headline["positive"], headline["base"]) == (33, 530)
    assert (headline["low"], headline["high"]) == (29, 37)
    assert headline["weighted"] == {
        "positive": 27,
        "negative": 73,
        "low": 22,
        "high": 32,
        "n_effective": 295,
    }


def test_the_weighted_figure_of_the_example_leads_and_its_range_says_what_it_assumes(example):
    assert leading(example.data["headline"], example.data)["positive"] == 27
    assert example.data["range"] == "weighted"
    assert str(RANGE_NAMES["weighted"]).startswith("95 per cent uncertainty range: assumes that")
    assert example.data["weights"]["deff"] == "1.8"


def test_the_exact_figures_of_the_example_are_kept_for_the_next_wave(example):
    """Weights are cut to 0.3 to 3, so they are near the oracle's, and not the same."""
    exact = example.exact
    assert exact["is_weighted"]
    assert 100 * exact["share"] == pytest.approx(NINE["weighted_pct"], abs=0.1)
    assert exact["n_effective"] == pytest.approx(NINE["kish_neff"], abs=1)


def test_what_a_part_is_worth_beside_a_headline_that_stays_is_by_the_cost_shown_there():
    def people(plans, support, came):
        both = {"headline": 4, "domain_needs": 4}
        part = {"headline": None, "domain_needs": 2}
        kinds = [(both, "ehcp", plans), (both, "sen_support", support), (part, "ehcp", came)]
        return [
            Reply(values, None, NOW, is_like={"support": kind})
            for values, kind, many in kinds
            for _ in range(many)
        ]

    spoken_for = population()
    first = published(people(80, 80, 0), spoken_for=spoken_for)
    later = issued(source(spoken_for=spoken_for), people(80, 80, 60), (), first, LATER)
    part = later.data["domains"]["domain_needs"]
    assert later.data["weights"] == first.data["weights"]
    assert (part["base"], later.data["weights"]["deff"]) == (220, "1.2")
    assert part["weighted"]["n_effective"] == 185


def test_areas_are_not_weighted_and_two_small_ones_hide_each_other(example):
    areas = example.data["areas"]
    assert all(figure["weighted"] is None for figure in areas.values())
    assert [code for code, figure in areas.items() if figure["reason"]] == ["4", "6"]
    assert set(example.data["area_tests"].values()) == {"none"}


def test_few_people_of_great_weight_are_not_shown_as_a_share():
    """4 of 120 are "under 5", and weighted they would be over: then there is no figure."""
    many = [reply(2, support="ehcp")] * 90 + [reply(2, support="sen_support")] * 26
    people = many + [reply(4, support="sen_support")] * 4
    data = published(people, spoken_for=population(support={"ehcp": 0.3, "sen_support": 0.7})).data
    assert data["headline"]["positive"] == "under 5"
    assert data["headline"]["weighted"]["positive"] is None
    assert data["weights"]["why_not"] is None
    assert leading(data["headline"], data)["reason"] == "protected"


@pytest.mark.parametrize("people", [0, 1, 29, 30])
@pytest.mark.parametrize("value", [None, 5, 1])
def test_any_base_publishes_a_figure_or_a_reason(people, value):
    replies = [reply(value, support="ehcp")] * people
    headline = published(replies, spoken_for=population()).data["headline"]
    assert (headline["positive"] is None) == (headline["reason"] is not None)


def test_a_list_of_which_many_replied_is_surer_and_may_be_called_a_confidence_interval():
    people = [reply(4)] * 60 + [reply(2)] * 60
    listed = published(people, grade="A", invited=150)
    open_link = published(people)
    assert listed.data["range"] == "confidence"
    assert listed.exact["n_effective"] == pytest.approx(120 * 149 / 30)
    assert open_link.exact["n_effective"] == 120


def test_events_give_no_percentage():
    data = published([reply(4)] * 200, areas=["1"], grade="C", spoken_for=population()).data
    assert data["headline"]["reason"] == data["areas"]["1"]["reason"] == "events"
    assert data["headline"]["positive"] is data["range"] is None


answers = st.tuples(
    st.sampled_from([1, 2, 3, 4, 5, None]), st.sampled_from(["ehcp", "sen_support", None])
)


@given(st.lists(answers, max_size=160), st.floats(0.05, 0.95))
def test_whatever_is_answered_every_number_is_whole_or_worded_and_none_is_not_a_number(
    given_answers, ehcp
):
    spoken_for = population(support={"ehcp": ehcp, "sen_support": 1 - ehcp})
    replies = [reply(value, support=support) for value, support in given_answers]
    found = published(replies, spoken_for=spoken_for)
    headline = found.data["headline"]
    for figure in (headline, headline["weighted"] or {}, leading(headline, found.data)):
        for name in ("positive", "negative", "low", "high"):
            value = figure.get(name)
            assert value is None or isinstance(value, int | str)
            assert not isinstance(value, int) or 0 <= value <= 100
    exact = [found.exact[name] for name in ("share", "n_effective", "is_weighted")]
    assert Counter(map(type, exact)).keys() <= {float, int, bool, type(None)}
    assert all(value == value for value in exact), "nothing is NaN"
