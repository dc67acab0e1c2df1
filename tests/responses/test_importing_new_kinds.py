"""Numbers, dates, areas, statements and 0 to 10, taken in from a file."""

from datetime import UTC, datetime

import pytest
import yaml

from engage.errors import InvalidInputError
from engage.responses.importing import import_file
from engage.responses.models import Answer
from tests.responses.kind_surveys import area, dated, number, statements, zero_to_ten
from tests.survey_factories import make_small_survey

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
QUESTIONS = [zero_to_ten("Z"), statements("S"), number("N", max=2000), dated("D"), area("A")]
MAPPED = {
    "Z": {"column": "Likely"},
    "S~heard": {"column": "Heard", "values": {"+": "agree", "-": "disagree"}},
    "S~safe": {"column": "Safe"},
    "N": {"column": "Hours", "values": {"none": None}},
    "D": {"column": "When", "format": "%d/%m/%Y"},
    "A": {"column": "Area", "values": {"Area 5": "dspl5"}},
}
HEADINGS = "Id,Likely,Heard,Safe,Hours,When,Area\n"


@pytest.fixture
def take_in(session, tmp_path):
    """Import these rows, and read what became of them: the values by question code."""
    survey = make_small_survey(QUESTIONS, slug="kinds").survey

    def take_in(rows, questions=MAPPED):
        file, said = tmp_path / "answers.csv", tmp_path / "mapping.yaml"
        file.write_text(HEADINGS + rows, encoding="utf-8")
        mapping = {"row_id": "Id", "submitted": {"day": "2026-05-04"}, "questions": questions}
        said.write_text(yaml.safe_dump(mapping), encoding="utf-8")
        import_file(survey, file, said, NOW)
        return {answer.question.code: answer.value for answer in session.query(Answer)}

    return take_in


def test_every_kind_is_read_from_its_column(take_in):
    assert take_in('1,9,+,agree,"1,000",27/03/2026,Area 5\n') == {
        "Z": "9",
        "S": {"heard": "agree", "safe": "agree"},
        "N": "1000",
        "D": "2026-03-27",
        "A": "dspl5",
    }


def test_an_empty_cell_is_no_answer_and_a_missing_answer_is_one(take_in):
    assert take_in("1,,+,,none,,pnts\n2,pnts,,,pnts,pnts,\n") == {
        "S": {"heard": "agree"},
        "A": "pnts",
        "Z": "pnts",
        "N": "pnts",
        "D": "pnts",
    }


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("1,11,,,,,", "“Likely” has a value the mapping does not know for Z: “11”"),
        ("1,,maybe,,,,", "“Heard” has a value the mapping does not know for S: “maybe”"),
        ("1,,heard,,,,", "“Heard” has a value the mapping does not know for S: “heard”"),
        ("1,,,,2001,,", "“Hours” has a number that N does not take: “2001”"),
        ("1,,,,unit,,", "“Hours” has a value the mapping does not know for N: “unit”"),
        ("1,,,,,30/02/2026,", "“When” has a date that D does not take: “30/02/2026”"),
        ("1,,,,,,AL10", "“Area” has a value the mapping does not know for A: “AL10”"),
    ],
)
def test_a_cell_that_is_no_answer_is_told(take_in, row, problem):
    with pytest.raises(InvalidInputError, match=problem):
        take_in(row + "\n")


@pytest.mark.parametrize(
    ("code", "problem"),
    [
        ("S", "Map each statement of “S” by itself, as “S~heard”"),
        ("S~nothing", "The question “S” has no statement “nothing”"),
        ("Z~heard", "The question “Z” has no statement “heard”"),
    ],
)
def test_statements_are_mapped_one_by_one(take_in, code, problem):
    with pytest.raises(InvalidInputError, match=problem):
        take_in("1,9,,,,,\n", {code: {"column": "Likely"}})
