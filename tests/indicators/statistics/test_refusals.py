"""What `engage statistics` cannot work out is one sentence."""

from contextlib import suppress

import pytest

from engage.errors import InvalidInputError
from engage.indicators.statistics.functions import FUNCTIONS, call, parsed
from tests.indicators.statistics.examples import CAPPED

REFUSED = {
    "a function that is not there": ("magic", {}, "There is no function"),
    "a key that is missing": ("wilson", {"x": 1}, 'The key "n" is missing.'),
    "text for a number": ("wilson", {"x": "1", "n": 2}, '"x" must be a number.'),
    "true for a number": ("wilson", {"x": True, "n": 2}, '"x" must be a number.'),
    "a number for the object": ("wilson", 3, "must be an object"),
    "an object for the table": ("area_vs_rest", {}, "must be a list"),
    "more satisfied than asked": ("wilson", {"x": 3, "n": 2}, "part of the people"),
    "nobody asked": ("wilson", {"x": 0, "n": 0}, "must be above 0"),
    "a share over 1": ("wilson", {"p": 1.5, "n": 9}, "from 0 to 1"),
    "a number of 400 digits": ("wilson", {"x": 1, "n": 10**400}, "million million"),
    "half a person": ("rates", {"events": 1.5, "denominator": 9}, "whole number"),
    "less than nobody": ("rates", {"events": -1, "denominator": 9}, "whole number"),
    "no denominator": ("rates", {"events": 1, "denominator": 0}, "denominator must be above 0"),
    "areas twice": ("area_vs_rest", [{"area": 1, "x": 1, "n": 2}] * 2, "once"),
    "an area without a name": ("area_vs_rest", [{"area": [], "x": 1, "n": 2}], "must be text"),
    "one area": ("area_vs_rest", [{"area": 1, "x": 1, "n": 2}], "at least two areas"),
    "a list for an object": ("rake", {"counts": [], "targets": {}}, '"counts" must be an object'),
    "targets without shares": ("rake", {"counts": {}, "targets": {"a": 1}}, "must be an object"),
    "too many names": ("rake", CAPPED | {"counts": {"A": 3}}, "one category for each margin"),
    "half a cap": ("rake", CAPPED | {"cap": [0.3]}, "list of two numbers"),
    "a cap below 1": ("rake", CAPPED | {"cap": [0.3, 0.9]}, "bounds of a weight"),
    "other satisfied": ("rake", CAPPED | {"satisfied": {}}, "the same names"),
    "no question": ("planning", {}, "Ask for"),
    "a strange question": ("planning", {"clustering": ["x"]}, 'must look like "m=0.05,rho=0.05"'),
    "no groups": ("planning", {"neff_9_in_10": ["rho=0.1"]}, "one person in each group"),
    "an empty table": ("mcnemar", {"table": [[0, 0], [0, 0]]}, "Nobody is in the table"),
    "three rows": ("mcnemar", {"table": [[1, 2], [3, 4], [5, 6]]}, "two rows of two"),
    "three columns": ("mcnemar", {"table": [[1, 2, 3], [3, 4, 5]]}, "two rows of two"),
    "no months": ("cusum", {}, 'Give "z", or "x" and "n".'),
    "one value": ("xmr", {"values": [1]}, "at least two points"),
    "no value": ("p_chart", {"x": [], "n": []}, "at least one point"),
    "codes of other comments": ("kappa", {"coder_a": [[1]], "coder_b": [[1], [0]]}, "the same"),
    "no comments": ("kappa", {"coder_a": [], "coder_b": []}, "a row for each comment"),
    "comments without codes": ("kappa", {"coder_a": [[]], "coder_b": [[]]}, "a row for each"),
    "rows of two lengths": ("kappa", {"coder_a": [[1], [1, 0]], "coder_b": [[1]]}, "all as long"),
    "a code of two": ("kappa", {"coder_a": [2], "coder_b": [1]}, "0 and 1 only"),
    "nobody commented": ("multicode", {"counts": [], "respondents_who_commented": 0}, "Nobody"),
    "more coded than commented": (
        "multicode",
        {"counts": [3], "respondents_who_commented": 2},
        "More people have a code",
    ),
    "an unknown answer": ("distribution", {"counts": {"6": 1}}, "may be 5, 4, 3, 2, 1"),
    "all missing": ("distribution", {"counts": {"blank": 8}}, "Nobody gave a view"),
    "an answer of 6": ("q_index", {"responses": [[6]]}, "from 1 to 5"),
    "an answer of 0": ("q_index", {"responses": [[0]]}, "from 1 to 5"),
    "nothing to round": ("rounding", {}, 'Give "half_up"'),
    "a word to round": ("rounding", {"half_up": ["ten"]}, '"ten" must be a number'),
    "no number to round": ("rounding", {"half_up": ["nan"]}, "million million"),
    "a long number to round": ("rounding", {"half_up": ["1" * 41]}, "must be a number"),
    "a row of three": ("suppress_table", {"table": [["a", 1, 2]]}, "a name and a count"),
    "a name twice": ("suppress_table", {"table": [["a", 1], ["a", 2]]}, "once"),
    "a name that is a number": ("suppress_table", {"table": [[1, 1]]}, "must be text"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_cannot_be_worked_out_is_one_sentence(what):
    name, value, sentence = REFUSED[what]
    with pytest.raises(InvalidInputError) as refused:
        call(name, value)
    said = str(refused.value)
    assert sentence in said
    assert said.endswith(".")
    assert len(said.splitlines()) == 1
    assert len(said) < 160


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "not JSON"),
        (b"{", "not JSON"),
        (b"\xff\xfe\xfa", "not JSON"),
        (b"[" * 200_000, "brackets inside each other"),
        (b'{"n": NaN}', "NaN is not a number"),
        (b'{"n": -Infinity}', "-Infinity is not a number"),
        (b'{"n": ' + b"9" * 6000 + b"}", "not JSON"),
        (b" " * 10_000_001, "over 10 MB"),
    ],
)
def test_what_is_no_json_is_one_sentence(content, sentence):
    with pytest.raises(InvalidInputError, match=sentence):
        parsed(content)


@pytest.mark.parametrize("name", FUNCTIONS)
@pytest.mark.parametrize("value", [None, 1, "x", [], [[]], [1], {}, {"x": {}}, [[{}] * 3]])
def test_no_function_falls_over(name, value):
    with suppress(InvalidInputError):
        assert call(name, value) is not None


def test_a_file_of_ten_megabytes_is_read():
    assert parsed(b" " * 9_999_999 + b"1") == 1
