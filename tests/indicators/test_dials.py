"""Four dials side by side, and the sentence that stands under them."""

from datetime import date
from decimal import Decimal
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.indicators.others.measured import Figure, for_everybody
from engage.indicators.q.county import take_county_snapshot
from engage.indicators.q.dials import dials, divergence, reading
from engage.indicators.q.display_county import TEXTS
from tests.indicators.conftest import NOW, PARENTS, answer, same_organisation
from tests.indicators.factories_figures import make_figure
from tests.survey_factories import make_survey

B, W, S = "better", "worse", "same"
ROUTES = (
    "Fewer complaints, no change in satisfaction: check complaint routes, fatigue, and who replied."
)
_ids = count(1)


def measured(year, value, series="complaints", unit="percent", **details):
    usual = {
        "numerator": None,
        "denominator": None,
        "respondents": None,
        "place": "Hertfordshire",
        "area": None,
        "source": "A table of the council",
        "source_date": None,
        "note": "",
        "is_synthetic": False,
    }
    return Figure(
        id=next(_ids),
        series=series,
        label=series.capitalize(),
        period_from=date(year, 1, 1),
        period_to=date(year, 12, 31),
        value=None if value is None else Decimal(value),
        unit=unit,
        **{**usual, **details},
    )


def rate(year, events, of=12_950, series="complaints"):
    value = f"{100 * events / of:.1f}"
    return measured(year, value, series, numerator=events, denominator=of)


def changed(verdict):
    return {"change": {"verdict": verdict}}


# ---- the acceptance case


@pytest.fixture
def facts_of_2022_to_2025(session, publish):
    """Complaints fall, compliments rise; neither the forum's survey nor q changes."""
    for slug, opened in (("parents-2024", NOW.replace(year=2024)), ("parents-2025", NOW)):
        whose = same_organisation()
        version = make_survey(
            PARENTS, slug=slug, title="Parents", opens_at=opened, organisation=whose
        )
        answer(version, {"headline": "fairly_satisfied"}, 33)
        answer(version, {"headline": "fairly_dissatisfied"}, 67)
    quarters = (
        {
            "period_from": date(2023, 1, 1),
            "period_to": date(2023, 3, 31),
        },
        {"period_from": date(2025, 4, 1), "period_to": date(2025, 6, 30)},
    )
    for series, values in (("complaints", ("6.7", "3.7")), ("compliments", ("1.7", "4.8"))):
        for value, quarter in zip(values, quarters, strict=True):
            make_figure(series, value, label=series.capitalize(), **quarter)
    for year, value, people in ((2023, "3", 931), (2024, None, 1414), (2025, "3.3", 852)):
        days = {"period_from": date(year, 1, 1), "period_to": date(year, 12, 31)}
        about = {"label": "HPCI annual survey", "unit": "score 0-10", "respondents": people}
        make_figure("independent:hpci", value, **about, **days)
    publish()
    take_county_snapshot(NOW, "Hertfordshire")
    session.commit()


def test_the_facts_of_2022_to_2025_give_exactly_this_sentence(client, facts_of_2022_to_2025):
    page = client.get("/indicators/q").page
    assert page.texts("#dials ~ .callout") == [ROUTES]


def test_every_dial_says_what_it_is_and_was_and_where_it_is_from(client, facts_of_2022_to_2025):
    ours, written, cases, others = client.get("/indicators/q").page.texts("section .card:has(h3)")
    assert "33% satisfied" in ours
    assert "No clear change since" in ours
    assert "No comments in accepted themes yet, or too few to show." in written
    assert "Complaints: 3.7% 1 April 2025 to 30 June 2025." in cases
    assert "It was 6.7% (1 January 2023 to 31 March 2023)." in cases
    assert "Compliments: 4.8%" in cases
    assert cases.count("Better than before.") == 2
    assert "HPCI annual survey: 3.3 out of 10" in others
    assert "It was 3 out of 10 (1 January 2023 to 31 December 2023)." in others
    assert "852 people answered." in others
    assert "Source: A table of the council." in others


def test_without_how_many_of_how_many_the_page_says_that_nothing_was_tested(
    client, facts_of_2022_to_2025
):
    assert client.get("/indicators/q").page.html.count("Not tested against chance") == 3


def test_made_up_figures_are_marked_and_never_stand_before_real_ones(
    client, facts_of_2022_to_2025, session
):
    newer = {"period_from": date(2026, 1, 1), "period_to": date(2026, 3, 31)}
    make_figure("complaints", "2", label="Complaints", is_synthetic=True, **newer)
    make_figure("independent:made-up", "5", label="An invented survey", is_synthetic=True, **newer)
    take_county_snapshot(NOW, "Hertfordshire")
    session.commit()
    cases, others = client.get("/indicators/q").page.soup.select(".card:has(h3)")[2:]
    assert "Complaints: 3.7%" in cases.get_text(" ")
    assert not cases.select(".tag")
    (marked,) = [each for each in others.select("p") if each.select(".tag")]
    assert "An invented survey: 5%" in marked.get_text(" ")


# ---- each rule


@pytest.mark.parametrize(
    ("survey", "cases", "independent", "text"),
    [
        (B, [B, B], [B], "all_better"),
        (W, [W, W], [W], "all_worse"),
        (S, [S, S], [S], "no_change"),
        (B, [S], [S], "not_corroborated"),
        (B, [B], [W], "not_corroborated"),
        (S, [B, B], [S], "routes"),
        (S, [B, S], [S], "routes"),
        (None, [B], [S], "routes"),
        (S, [B], [], "routes"),
        (W, [B], [S], "less_content"),
        (S, [B], [W], "less_content"),
        (B, [W], [B], "more_complaints"),
        (S, [W], [B], "more_complaints"),
        (S, [W], [S], "mixed"),
        (W, [S], [B], "mixed"),
        (None, [B], [], "not_enough"),
        (S, [], [S], "not_enough"),
        (None, [], [], "not_enough"),
    ],
)
def test_each_rule_of_the_sentence(survey, cases, independent, text):
    assert divergence(survey, cases, independent) == text


@pytest.mark.parametrize(("survey", "text"), [(S, "mixed"), (W, "mixed"), (B, "more_complaints")])
def test_complaints_and_compliments_that_disagree_never_say_fewer_complaints(survey, text):
    assert divergence(survey, [B, W], [S] if survey != B else [B]) == text


def test_more_compliments_alone_are_not_called_fewer_complaints():
    figures = {
        "complaints": [measured(2024, "5"), measured(2025, "5")],
        "compliments": [
            measured(2024, "1", "compliments"),
            measured(2025, "4", "compliments"),
        ],
    }
    assert dials(changed("none"), figures)["text"] == "compliments"


ways = st.sampled_from([B, W, S])


@given(st.none() | ways, st.lists(ways, max_size=3), st.lists(ways, max_size=3))
def test_every_sentence_has_words_and_the_order_of_figures_changes_nothing(survey, cases, others):
    found = divergence(survey, cases, others)
    assert found in TEXTS
    assert divergence(survey, cases[::-1], others[::-1]) == found


@given(st.lists(ways, min_size=1, max_size=3), st.lists(ways, max_size=3))
def test_no_improvement_is_claimed_where_any_measure_is_not_better(cases, others):
    is_better = divergence(B, cases, others) == "all_better"
    assert is_better == all(way == B for way in [*cases, *others])


# ---- one reading


def test_with_numerators_and_denominators_ranges_decide():
    """3.7 of a hundred after 3.1: more than half a point, and no more than chance at this size."""
    apart = reading("complaints", [rate(2024, 870), rate(2025, 479)])
    assert (apart.direction, apart.is_tested) == (B, True)
    near = reading("complaints", [rate(2024, 31, 1000), rate(2025, 37, 1000)])
    assert (near.direction, near.is_tested) == (S, True)


def test_the_range_on_the_dial_is_that_of_the_example():
    (case,) = dials(None, {"complaints": [rate(2025, 479)]})["cases"]
    assert (case["now"]["value"], case["now"]["low"], case["now"]["high"]) == ("3.7", "3.4", "4.0")
    assert case["direction"] is case["before"] is None


def test_where_only_one_of_two_says_of_how_many_the_size_is_eyed():
    found = reading("complaints", [measured(2024, "6.7"), rate(2025, 479)])
    assert (found.direction, found.is_tested) == (B, False)


@pytest.mark.parametrize(
    ("series", "before", "now", "direction"),
    [
        ("complaints", "6.7", "3.7", B),
        ("complaints", "3.7", "6.7", W),
        ("compliments", "1.7", "4.8", B),
        ("compliments", "4.8", "1.7", W),
        ("independent:hpci", "3", "3.3", S),
        ("independent:hpci", "3", "3.5", None),
        ("ind-2018-c", "3.5", "3", B),
    ],
)
def test_without_them_half_a_point_is_needed(series, before, now, direction):
    found = reading(series, [measured(2024, before, series), measured(2025, now, series)])
    assert (found.direction, found.is_tested) == (direction, False)


@pytest.mark.parametrize(
    "other",
    [
        measured(2024, "9", unit="score 0-10"),
        measured(2024, "9", is_synthetic=True),
        measured(2024, "9", area="dspl1"),
        measured(2024, None),
    ],
    ids=["another unit", "made up", "of one area", "without a value"],
)
def test_only_what_is_alike_is_compared(other):
    assert reading("complaints", [other, measured(2025, "3")]).before is None


def test_nothing_measured_is_no_reading():
    assert reading("complaints", []) is None
    assert reading("complaints", [measured(2025, None)]) is None
    found = dials(None, {})
    assert (found["cases"], found["independent"], found["text"]) == ([], [], "not_enough")


def test_no_events_at_all_is_a_rate_of_nothing():
    found = reading("complaints", [rate(2024, 50, 100), rate(2025, 0, 100)])
    assert (found.direction, found.is_tested) == (B, True)


def test_what_one_person_said_is_on_no_dial():
    one = for_everybody([measured(2025, "3", "independent:x", respondents=1)])
    assert dials(None, {"independent:x": one})["independent"] == []


@pytest.mark.parametrize(("verdict", "way"), [("up", B), ("down", W), ("none", S)])
def test_the_survey_dial_is_the_change_of_q(verdict, way):
    assert dials(changed(verdict), {})["survey"] == way
    assert dials({"change": None}, {})["survey"] is dials(None, {})["survey"] is None


@pytest.mark.parametrize("unit", ["per 100 pupils", "percentage points", "percent change"])
def test_more_events_than_people_have_no_range_and_stop_nothing(unit):
    before = measured(
        2024, "140", "independent:suspensions", unit=unit, numerator=1400, denominator=1000
    )
    now = measured(
        2025, "150", "independent:suspensions", unit=unit, numerator=1500, denominator=1000
    )
    found = dials(None, {"independent:suspensions": [before, now]})
    assert found["independent"][0]["now"]["low"] is None


def test_another_place_is_never_the_one_before():
    england = measured(2024, "9", "complaints", place="England")
    here = measured(2025, "5", "complaints")
    assert reading("complaints", [england, here]).before is None


def test_made_up_figures_take_no_part_in_what_is_said_of_a_real_survey():
    up = {"change": {"verdict": "up"}}
    made_up = [
        measured(year, value, "complaints", is_synthetic=True)
        for year, value in ((2024, "6.7"), (2025, "3.7"))
    ]
    assert dials(up, {"complaints": made_up})["text"] == "not_enough"
    assert dials(up, {"complaints": made_up})["cases"][0]["direction"] == "better"
