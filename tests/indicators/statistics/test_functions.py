"""Every worked example through what `engage statistics` runs."""

import json
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engage.errors import InvalidInputError
from engage.indicators.statistics.functions import FUNCTIONS, call, listed
from tests.indicators.statistics.examples import CAPPED, ORACLES, agrees, without

RAKE = ORACLES["O3_raking_2x2"]
MONTHS = ORACLES["O6_p_chart"]
# The function, what goes in, what must come out.
EXAMPLES = {
    "wilson": ("wilson", ORACLES["O1_wilson_95"], ("x", "n")),
    "two waves": ("two_proportion", ORACLES["O2_two_proportion"], ("x1", "n1", "x2", "n2")),
    "two waves, effective": (
        "two_proportion",
        ORACLES["O2b_two_proportion_effective_n"],
        ("neff1", "neff2"),
    ),
    "rake": ("rake", RAKE, ("counts", "satisfied", "targets")),
    "rake nine areas": (
        "rake",
        ORACLES["O3c_raking_9x2"],
        ("counts", "satisfied", "targets", "weights"),  # weights in a test of their own
    ),
    "tiny": ("linearised_se", ORACLES["O3d_tiny"], ("w", "y")),
    "trend": ("cochran_armitage", ORACLES["O13_cochran_armitage"], ("x", "n", "t")),
    "composite": (
        "composite",
        ORACLES["O4_composite_MOVER"],
        ("p_parent", "neff_parent", "p_young", "neff_young", "alpha"),
    ),
    "areas": ("area_vs_rest", ORACLES["O5_area_vs_rest"], ("x", "n")),
    "invited list": ("fpc", ORACLES["O7_fpc"], ("N", "n", "x")),
    "planning": ("planning", without(ORACLES["O7b_planning"], "neff_378_in_42"), ()),
    "coding": ("coding", ORACLES["O8_coding"], ("coder_a", "coder_b")),
    "kappa": ("kappa", ORACLES["O8_coding"], ("coder_a", "coder_b")),
    "several codes": (
        "multicode",
        ORACLES["O8b_multicode_pct"],
        ("counts", "respondents_who_commented", "respondents_with_any_code"),
    ),
    "rates": ("rates", ORACLES["O9_rates"], ("events", "denominator")),
    "byar": ("byar", ORACLES["O9_rates"], ("events", "denominator")),
    "distribution": ("distribution", ORACLES["O10_distribution"], ("counts",)),
    "q-index": ("q_index", ORACLES["O10b_q_index"], ("responses",)),
    "mcnemar": ("mcnemar", ORACLES["O12_mcnemar"], ("table",)),
}


def agree(found, example, inputs) -> bool:
    if isinstance(example, list):
        pairs = zip(found, example, strict=True)
        return all(agrees(one, without(each, *inputs)) for one, each in pairs)
    return agrees(found, without(example, *inputs))


@pytest.mark.parametrize("name", EXAMPLES)
def test_each_worked_example_comes_out_to_the_digits_printed(name):
    function, example, inputs = EXAMPLES[name]
    assert agree(call(function, example), example, inputs)


@pytest.mark.parametrize("key", ["O3_raking_2x2", "O3c_raking_9x2"])
def test_raking_comes_out_to_eight_digits(key):
    found = call("rake", ORACLES[key])["weights"]
    assert found == pytest.approx(ORACLES[key]["weights"], abs=1e-8)


def test_raking_with_a_cap_comes_out_to_eight_digits():
    found, expected = call("rake", CAPPED), ORACLES["O3b_raking_2x2_capped_0.3_3"]
    assert found["weights"] == pytest.approx(expected["weights"], abs=1e-8)
    assert agrees(found, without(expected, "weights"))


@pytest.mark.parametrize(("key", "example"), [("O3", "O3_raking_2x2"), ("O3c", "O3c_raking_9x2")])
def test_the_linearised_standard_error_of_a_raked_share(key, example):
    found = call("rake", ORACLES[example])["linearised_se"]
    assert agrees(found, ORACLES["O3e_linearised_se"][key], 6)


def test_a_p_chart_of_months():
    found = call("p_chart", MONTHS)
    assert agrees(found, without(MONTHS, "n", "x", "baseline_points"))
    assert found["trial"] is False


def test_a_chart_of_single_values_from_exact_shares():
    example = ORACLES["O6b_XmR"]
    exact = [x / n for x, n in zip(MONTHS["x"], MONTHS["n"], strict=True)]
    assert agrees(call("xmr", {"values": exact}), without(example, "values", "baseline_points"))


def test_a_chart_of_single_values_from_printed_shares():
    """The shares are printed to six digits, so the rest cannot be nearer than that."""
    example = ORACLES["O6b_XmR"]
    found = call("xmr", example)
    for key in ("mean", "avg_moving_range", "upl", "lpl", "amr_screened"):
        assert found[key] == pytest.approx(example[key], abs=1e-6)
    assert found["flags"] == example["flags"]


def test_the_early_warning_from_printed_places():
    """They are printed to six digits, and sums of twenty of them are a little further off."""
    example = ORACLES["O6c_CUSUM"]
    found = call("cusum", example)
    assert found["z"] == example["z"]
    for key in ("c_plus", "c_minus"):
        assert found[key] == pytest.approx(example[key], abs=1e-5)
    assert (found["first_signal_plus"], found["first_signal_minus"]) == (17, None)


def test_people_who_answer_in_groups_count_for_fewer():
    example = ORACLES["O7b_planning"]
    found = call("planning", example)["neff_378_in_42"]
    assert agrees(found, example["neff_378_in_42"], at_least=2)


def test_the_early_warning_of_the_months_themselves():
    found = call("cusum", {"x": MONTHS["x"], "n": MONTHS["n"]})
    assert agrees(found, without(ORACLES["O6c_CUSUM"], "k", "h"))


@pytest.mark.parametrize("name", ["rounding", "half_up"])
def test_rounding_is_half_up_and_differences_are_of_what_was_not_rounded(name):
    example = ORACLES["O11_rounding"]
    found = call(name, example)
    assert {key: found[key] for key in ("half_up", "python_round", "nearest5")} == {
        key: example[key] for key in ("half_up", "python_round", "nearest5")
    }
    assert found["diff_note"] == without(example["diff_note"], "p1", "p2")


def test_a_table_hides_small_counts_and_one_more():
    example = ORACLES["O11b_suppression_one_way"]
    found = call("suppress_table", example)
    assert found == {key: example[key] for key in ("suppressed", "published")}


def test_the_range_may_be_asked_for_a_share():
    assert call("wilson", {"p": 0.5, "n": 10}) == call("wilson", {"x": 5, "n": 10})


def test_one_code_may_be_given_without_rows():
    flat = call("kappa", {"coder_a": [1, 0, 1, 0], "coder_b": [1, 0, 0, 0]})
    rows = call("kappa", {"coder_a": [[1], [0], [1], [0]], "coder_b": [[1], [0], [0], [0]]})
    assert flat == rows
    assert flat["kappa_by_code"] == [0.5]


def test_raking_without_satisfied_says_the_weights_alone():
    found = call("rake", {"counts": RAKE["counts"], "targets": RAKE["targets"]})
    assert agrees(found["weights"], RAKE["weights"])
    assert "weighted_pct" not in found


def test_an_area_where_nobody_answered_has_no_test():
    rows = [{"area": "north", "x": 5, "n": 10}, {"area": 2, "x": 2, "n": 9}]
    found = call("area_vs_rest", [*rows, {"area": 3, "x": 0, "n": 0}])
    assert found[2] == {"area": 3, "n": 0}
    assert found[:2] == call("area_vs_rest", rows)
    assert [each["area"] for each in found] == ["north", 2, 3]


def test_everybody_on_the_list_replied():
    found = call("fpc", {"N": 10, "n": 10, "x": 3})
    assert found == {
        "fpc": 0.0,
        "neff_fpc": None,
        "wilson_fpc": [0.3, 0.3],
        "wilson_nofpc": found["wilson_nofpc"],
    }


def test_fewer_than_twelve_months_have_trial_limits():
    few = {"x": MONTHS["x"][:11], "n": MONTHS["n"][:11]}
    assert call("p_chart", few)["trial"] is True
    assert call("xmr", {"values": few["x"]})["trial"] is True


def test_a_list_in_gives_a_list_out():
    assert call("wilson", []) == []
    assert len(call("wilson", [{"x": 1, "n": 2}, {"x": 1, "n": 3}])) == 2


def test_each_function_is_listed_on_one_line():
    assert [line.split()[0] for line in listed()] == list(FUNCTIONS)
    assert (
        len(
            {
                line.index(each.about)
                for line, each in zip(listed(), FUNCTIONS.values(), strict=True)
            }
        )
        == 1
    )


KEYS = {
    name: ([example] if isinstance(example, dict) else example[:1])[0]
    for name, example, _ in EXAMPLES.values()
} | {"p_chart": MONTHS, "xmr": ORACLES["O6b_XmR"], "rounding": ORACLES["O11_rounding"]}
anything = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.integers(-3, 12),
        st.floats(),
        st.floats(0, 1),
        st.text(max_size=5),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=8,
)


@pytest.mark.parametrize("name", KEYS)
@settings(max_examples=20)
@given(st.data())
def test_an_input_that_is_anything_at_all_is_a_number_or_a_sentence(name, data):
    example = dict(KEYS[name])
    for key in data.draw(st.sets(st.sampled_from(sorted(example)), min_size=1, max_size=2)):
        example[key] = data.draw(anything)
    value = [example, KEYS[name]] if name == "area_vs_rest" else example
    with suppress(InvalidInputError):
        json.dumps(call(name, value), allow_nan=False)
