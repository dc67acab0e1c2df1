"""Figures in a CSV file: taken whole, or refused with a sentence for each mistake."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.framework import load_pack
from engage.indicators.others.csv_lines import FileRefusedError
from engage.indicators.others.figure_file import read_figures
from engage.indicators.others.importing import known

KNOWN = known(load_pack("hertfordshire"), date(2026, 4, 1))
EXAMPLE = Path(__file__).parents[3] / "docs" / "examples" / "figures.csv"
USUAL = {
    "series": "ind-2018-l",
    "label": "Pupils with SEND",
    "period_from": "2024-09-01",
    "period_to": "2024-12-20",
    "value": "8.10",
    "unit": "percent",
    "numerator": "",
    "denominator": "",
    "respondents": "",
    "place": "",
    "area": "",
    "source": "A table of the council",
    "source_date": "2025-02-01",
    "note": "",
}


def file(*rows):
    lines = [",".join(USUAL)]
    lines += [",".join({**USUAL, **row}.values()) for row in rows]
    return "\n".join(lines).encode()


def refused(*rows):
    with pytest.raises(FileRefusedError) as refusal:
        read_figures(file(*rows), KNOWN)
    return refusal.value.lines


def one(**row):
    (found,) = read_figures(file(row), KNOWN)
    return found


def test_a_figure_keeps_its_digits_source_and_date():
    found = one()
    assert str(found.value) == "8.10"
    assert (found.source, found.source_date) == ("A table of the council", date(2025, 2, 1))
    assert (found.place, found.area) == ("Hertfordshire", None)


def test_a_figure_of_an_area_is_named_after_it():
    found = one(area="dspl2")
    assert (found.place, found.area) == ("Stevenage", "dspl2")


def test_without_a_label_it_is_called_as_its_series_is():
    assert one(label="").label == "Days missed"
    assert one(series="complaints", label="").label == "Complaints"
    assert one(series="independent:hpci-survey", label="").label == "Hpci survey"


def test_a_survey_without_a_score_says_how_many_answered():
    found = one(series="independent:hpci", value="", unit="score 0-10", respondents="1414")
    assert (found.value, found.respondents) == (None, 1414)


def test_dates_may_be_written_as_in_britain():
    assert one(source_date="28/02/2025").source_date == date(2025, 2, 28)


@pytest.mark.parametrize("code", [f"ind-2018-{letter}" for letter in "abcdefghijklmnop"])
def test_every_indicator_that_others_measure_takes_a_figure(code):
    assert one(series=code).series == code


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"series": "ind-2018-z"}, "“ind-2018-z” is no indicator we know"),
        ({"series": "independent:"}, "“independent:” is no indicator we know"),
        ({"series": "ind-2018-q"}, "“ind-2018-q” is counted here from surveys"),
        ({"series": "ind-2015-o"}, "“ind-2015-o” is counted here from surveys"),
        ({"series": ""}, "“series” is empty"),
        ({"value": "lots"}, "“lots” in “value” is not a number"),
        ({"value": "6.7%"}, "“6.7%” in “value” is not a number"),
        ({"value": "nan"}, "“nan” in “value” is not a number"),
        ({"value": "1e5"}, "“1e5” in “value” is not a number"),
        ({"value": "100.1"}, "“value” is more than 100 percent"),
        ({"value": "-1"}, "“value” is less than nothing"),
        ({"value": ""}, "“value” is empty"),
        ({"value": "11", "unit": "score 0-10"}, "not on the scale of 0 to 10"),
        ({"unit": ""}, "“unit” is empty"),
        ({"period_from": "Autumn"}, "“Autumn” in “period_from” is not a date"),
        ({"period_from": "2025-02-30"}, "“2025-02-30” in “period_from” is not a date"),
        ({"period_from": "2024-12-21"}, "The period ends before it begins"),
        ({"source_date": ""}, "“” in “source_date” is not a date"),
        ({"source_date": "2026-04-02"}, "“source_date” is still to come"),
        ({"source": ""}, "“source” is empty"),
        ({"source": "=HYPERLINK(1)"}, "begins like a formula"),
        ({"note": "@SUM(A1)"}, "begins like a formula"),
        ({"source": "x" * 301}, "“source” is longer than 300 letters"),
        ({"area": "dspl77"}, "“dspl77” is no area we know"),
        ({"numerator": "5", "denominator": "0"}, "“denominator” is zero"),
        ({"numerator": "5", "denominator": "4"}, "“numerator” is larger than “denominator”"),
        ({"numerator": "50", "denominator": "100"}, "50 of 100 is 50.0 percent, not 8.10"),
        ({"respondents": "-2"}, "“respondents” is less than nothing"),
    ],
)
def test_a_bad_line_is_named_with_its_number_and_a_sentence(row, words):
    found = refused({"label": "Another"}, row)
    assert all(line.startswith("Line 3: ") for line in found)
    assert any(words in line for line in found)


def test_the_undefined_indicator_says_why_it_takes_no_figure():
    (said,) = refused({"series": "ind-2018-r"})
    assert said == (
        "Line 2: “ind-2018-r” is not defined, so no figure can stand for it. "
        "What was indicator r for outcome 4?"
    )


def test_a_gap_or_a_score_may_be_under_zero():
    assert one(value="-0.4", unit="score").value == Decimal("-0.4")
    assert one(value="-12", unit="percentage points").value == -12


def test_the_same_figure_twice_is_refused():
    assert refused({}, {"value": "9"}) == ["Line 3: The same figure stands in line 2 already."]


def test_the_example_in_the_documents_is_taken():
    assert len(read_figures(EXAMPLE.read_bytes(), KNOWN)) == 3


TYPED = st.text(
    alphabet=st.characters(exclude_characters=',;"\r\n\x00', exclude_categories=["Cs"]), max_size=15
)
ROW = st.fixed_dictionaries(
    {},
    optional={
        name: st.one_of(TYPED, st.sampled_from(["", "0", "7", "-3", "1e9", "2025-01-01"]))
        for name in USUAL
    },
)


def taken_or_refused(content):
    try:
        return read_figures(content, KNOWN), []
    except FileRefusedError as refusal:
        return [], refusal.lines


@given(st.lists(ROW, min_size=1, max_size=4))
def test_whatever_is_typed_each_line_is_taken_or_refused_with_its_number(rows):
    found, refusals = taken_or_refused(file(*rows))
    assert all(line.startswith("Line ") for line in refusals)
    if refusals:
        return
    assert len(found) == len(rows)
    for figure in found:
        assert figure.period_from <= figure.period_to
        assert figure.value is not None or figure.respondents is not None
        assert not figure.source.startswith(("=", "+", "-", "@"))
