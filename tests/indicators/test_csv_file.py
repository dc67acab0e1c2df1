"""Figures as a CSV file: numbers stay numbers, and words never run in a spreadsheet."""

import csv
import io
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.indicators.csv_file import csv_of


def cell(value):
    (row,) = csv.DictReader(io.StringIO(csv_of(("what",), [{"what": value}]), newline=""))
    return row["what"]


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+44", "-2+3", "-1e5", "@SUM(A1)", "\tx", " =1", "\n=1", "\N{MINUS SIGN}1"]
    + ["\N{FULLWIDTH EQUALS SIGN}1+1"],
)
def test_words_that_would_run_get_an_apostrophe(text):
    assert cell(text) == f"'{text}"


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        *[("Parents", "Parents"), (None, ""), (33, "33"), (-0.4, "-0.4"), ("-0.4", "-0.4")],
        *[(Decimal("-0.40"), "-0.40"), (Decimal("1E-7"), "0.0000001"), (True, "yes")],
        (False, "no"),
    ],
)
def test_numbers_and_ordinary_words_stay_as_they_are(value, printed):
    assert cell(value) == printed


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4))
def test_every_number_is_read_back_as_it_was(number):
    assert Decimal(cell(number)) == number
    assert cell(format(number, "f")) == cell(number)


def test_what_a_row_does_not_say_stays_empty():
    assert csv_of(("one", "other"), [{"other": 1}]) == "one,other\r\n,1\r\n"


def test_a_column_that_nobody_named_is_a_mistake_of_ours():
    with pytest.raises(ValueError, match="other"):
        csv_of(("one",), [{"other": 1}])
