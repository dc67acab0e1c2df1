"""One series over its waves: what is compared, what is said, and what is not."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.indicators.q.display_county import BREAKS, NOT_COMPARED, change_sentence, stretches
from engage.indicators.q.waves import Wave, composite, trend
from engage.responses.disclosure import nearest_5
from tests.indicators.statistics.examples import ORACLES

TWO = ORACLES["O2_two_proportion"][0]
EFFECTIVE = ORACLES["O2b_two_proportion_effective_n"][0]
FOUR = ORACLES["O13_cochran_armitage"]
HALVES = ORACLES["O4_composite_MOVER"][0]


def figure(positive, reason=None):
    return {
        "as_of": "2026-04-01T12:00:00+00:00",
        "base": None if reason else 500,
        "positive": positive,
        "negative": 40,
        "low": 25,
        "high": 45,
        "reason": reason,
        "weighted": None,
    }


def wave(share, people, year=2026, **details):
    made = Wave(
        survey=f"parents-{year}",
        title=f"Parents {year}",
        opened_on=f"{year}-03-02",
        wording="How satisfied?",
        scale="satisfaction5",
        is_weighted=True,
        figure=figure(round(100 * share)),
        share=share,
        n_effective=people,
        size=max(5, nearest_5(round(people))),
    )
    return replace(made, **details)


def hidden(year=2026, positive=None, reason="few"):
    return wave(0.3, 25.0, year, figure=figure(positive, reason))


def two(first, second, **details):
    """Two waves of these, each a share and an effective number of people."""
    return [wave(*first, 2025), wave(*second, 2026, **details)]


def test_one_wave_has_nothing_to_be_compared_with():
    found = trend([wave(0.33, 400)])
    assert (found["change"], found["why_not"]) == (None, "one_wave")
    assert len(found["waves"]) == 1


def test_no_wave_at_all_is_no_error():
    assert trend([])["waves"] == []
    assert trend([])["why_not"] == "one_wave"


@pytest.mark.parametrize(
    ("kind", "changed"),
    [
        ("wording", {"wording": "How happy?"}),
        ("scale", {"scale": "symbols3"}),
        ("weighting", {"is_weighted": False}),
    ],
)
def test_waves_asked_in_another_way_are_not_compared(kind, changed):
    found = trend(two((0.33, 531), (0.5, 560), **changed))
    assert [each["break"] for each in found["waves"]] == [None, kind]
    assert (found["change"], found["why_not"]) == (None, "break")
    assert kind in BREAKS
    assert "break" in NOT_COMPARED


def test_after_a_break_the_waves_are_compared_again(app):
    waves = [
        wave(0.3, 500, 2024),
        wave(0.5, 500, 2025, wording="How happy?"),
        wave(0.5, 500, 2026, wording="How happy?"),
    ]
    found = trend(waves)
    assert found["change"]["from"] == "parents-2025"
    with app.test_request_context():
        pieces = [(bool(why), len(rows)) for why, rows in stretches(found, "q-PC")]
    assert pieces == [(False, 1), (True, 2)]


@pytest.mark.parametrize(
    "last",
    [
        hidden(),
        hidden(reason="protected"),
        wave(0.03, 60.0, figure=figure("under 10")),
        wave(0.98, 60.0, figure=figure("over 90")),
        replace(wave(0.3, 400), share=None, n_effective=None),
    ],
    ids=["few", "protected", "blurred below", "blurred above", "kept before exact figures were"],
)
def test_a_wave_that_is_not_shown_as_a_number_is_not_compared(last):
    """A change from "under 10" would say what it is under 10."""
    for waves in (
        [wave(0.4, 500.0, 2025), last],
        [replace(last, opened_on="2024"), wave(0.4, 500)],
    ):
        found = trend(waves)
        assert (found["change"], found["why_not"]) == (None, "hidden")
    assert trend([wave(0.4, 500.0, 2025), last])["smallest_rise"] is None


def test_no_clear_change_is_said_in_words_as_in_the_example(app):
    first, second = (
        (EFFECTIVE["p1"], EFFECTIVE["neff1"]),
        (EFFECTIVE["p2"], EFFECTIVE["neff2"]),
    )
    found = trend(two(first, second))
    assert found["change"]["verdict"] == "none"
    assert not found["change"]["is_beyond_chance"]
    assert (found["change"]["low"], found["change"]["high"]) == (-1, 13)
    with app.test_request_context():
        said, rest = change_sentence(found)
    assert said == "No clear change since March 2025."
    assert "likely to be between -1 and 13" in rest


def test_up_is_said_only_where_chance_is_ruled_out_as_in_the_example(app):
    found = trend(two((TWO["x1"] / TWO["n1"], TWO["n1"]), (TWO["x2"] / TWO["n2"], TWO["n2"])))
    assert found["change"] == {
        "from": "parents-2025",
        "to": "parents-2026",
        "verdict": "up",
        "points": 6,
        "low": 0,
        "high": 12,
        "is_beyond_chance": True,
    }
    with app.test_request_context():
        assert change_sentence(found)[0] == "Up 6 points since March 2025."


def test_down_is_said_without_a_sign(app):
    found = trend(two((221 / 560, 560), (177 / 531, 531)))
    with app.test_request_context():
        assert change_sentence(found)[0] == "Down 6 points since March 2025."


def test_what_is_beyond_chance_but_under_three_points_is_no_clear_change():
    found = trend(two((0.40, 90000), (0.42, 90000)))
    assert found["change"]["is_beyond_chance"]
    assert found["change"]["verdict"] == "none"


def test_a_difference_is_that_of_the_figures_shown_and_tells_nothing_of_what_was_rounded():
    """33.4 % and 39.6 % are 6 apart, and so can few others be that are shown as 33 % and 40 %."""
    waves = two((0.334, 5000), (0.396, 5000))
    assert [each.figure["positive"] for each in waves] == [33, 40]
    change = trend(waves)["change"]
    assert change["points"] == 7
    rounded = trend(two((0.33, 5000), (0.40, 5000)))["change"]
    assert change == rounded


def test_what_is_called_up_is_three_points_of_those_shown():
    """33.4 % and 36.5 % are 3.1 apart and shown as 33 % and 37 %; 33.6 % and 36.4 % as 2 apart."""
    assert trend(two((0.334, 90000), (0.365, 90000)))["change"]["verdict"] == "up"
    found = trend(two((0.336, 90000), (0.3649, 90000)))["change"]
    assert (found["points"], found["verdict"]) == (2, "none")


def test_three_waves_have_a_direction_as_in_the_example():
    shares = [x / n for x, n in zip(FOUR["x"], FOUR["n"], strict=True)]
    waves = [
        wave(share, n, 2022 + place)
        for place, (share, n) in enumerate(zip(shares, FOUR["n"], strict=True))
    ]
    assert trend(waves)["direction"] == {"verdict": "up", "waves": 4}
    backwards = [replace(each, opened_on=str(2030 - n)) for n, each in enumerate(waves)][::-1]
    assert trend(backwards)["direction"]["verdict"] == "down"


def test_two_waves_have_no_direction_and_three_alike_go_neither_up_nor_down():
    assert trend(two((0.3, 500), (0.4, 500)))["direction"] is None
    alike = [wave(0.33, 500, year) for year in (2024, 2025, 2026)]
    assert trend(alike)["direction"] == {"verdict": "none", "waves": 3}


def test_the_smallest_rise_is_rounded_up_so_that_it_is_surely_enough():
    """11.2 points, from one in three and 294 equal replies."""
    assert trend([wave(1 / 3, 295)])["smallest_rise"] == 12
    assert trend([wave(1 / 3, 135)])["smallest_rise"] == 17
    assert trend([wave(1 / 3, 1414)])["smallest_rise"] == 6


def test_where_no_rise_would_show_none_is_promised():
    assert trend([wave(0.96, 30)])["smallest_rise"] is None


shares = st.floats(0, 1)
sizes = st.floats(1, 1e6)


@given(st.lists(st.tuples(shares, sizes), max_size=6))
def test_whatever_the_waves_a_trend_is_whole_numbers_in_bounds(given_waves):
    waves = [wave(*each, 2020 + year) for year, each in enumerate(given_waves)]
    found = trend(waves)
    assert (found["change"] is None) == (len(waves) < 2)
    if found["change"]:
        change = found["change"]
        assert -100 <= change["low"] <= change["points"] <= change["high"] <= 100
        assert change["verdict"] == "none" or change["is_beyond_chance"]
    rise = found["smallest_rise"]
    assert rise is None or 0 < rise <= 100


# ---- one number


def test_the_composite_is_half_and_half_as_in_the_example():
    parents = wave(HALVES["p_parent"], HALVES["neff_parent"])
    young_people = wave(HALVES["p_young"], HALVES["neff_young"])
    assert composite(parents, young_people) == {"percent": 48, "low": 43, "high": 53}


@pytest.mark.parametrize("other", [hidden(), wave(0.01, 60, figure=figure("under 10"))])
def test_there_is_no_composite_with_what_is_hidden_or_blurred(other):
    shown = wave(0.4, 500)
    assert composite(shown, other) is composite(other, shown) is None
