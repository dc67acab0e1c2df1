"""What a survey file may say about each kind of question, and what is said of one that is wrong."""

import pytest

from engage.errors import InvalidInputError
from engage.surveys.catalogue import read_survey
from engage.surveys.interchange import to_yaml
from engage.surveys.preview import preview
from tests.responses.kind_surveys import (
    PNTS,
    STATEMENTS,
    area,
    dated,
    number,
    statements,
    zero_to_ten,
)
from tests.survey_factories import a_pack, ask, make_survey, small_definition

EVERY_KIND = [
    zero_to_ten("Z"),
    statements("S"),
    number("N"),
    dated("D", precision="month", earliest="2020-01", latest="today"),
    area("A", role="weight_area"),
]
WORDS = {"standard": "x", "easy_read": "x"}


def test_every_kind_written_out_reads_back_equal():
    survey = small_definition(EVERY_KIND)
    assert read_survey(to_yaml(survey), a_pack()) == survey


def test_an_area_question_offers_every_area_and_ways_to_say_none():
    asked = small_definition(EVERY_KIND).question("A")
    codes = [option.code for option in asked.options]
    assert codes == [*(f"dspl{n}" for n in range(1, 10)), "outside", "not_sure", "pnts"]
    assert asked.option("dspl3").weight_margin == "dspl3"


def test_words_in_other_languages_go_with_the_numbers_statements_and_units():
    polish = {"pl": {"standard": "po polsku"}}
    survey = small_definition(
        [
            zero_to_ten("Z", ends={"low": WORDS | {"translations": polish}, "high": WORDS}),
            statements("S", statements=[STATEMENTS[0] | {"translations": polish}]),
            number("N", unit=WORDS | {"translations": polish}),
        ]
    )
    found = [
        words.text
        for question in survey.questions()
        for option in question.options
        for words in option.wordings
        if words.language == "pl"
    ]
    assert found == ["0 – po polsku", "po polsku", "po polsku"]


@pytest.mark.parametrize(
    ("question", "problem"),
    [
        (ask("Q1", "zero_to_ten"), "has no answers to choose from"),
        (
            zero_to_ten(options=[PNTS, WORDS | {"code": "other"}]),
            "needs “ends”, the words for 0 and for 10, and no other answers but missing ones",
        ),
        (zero_to_ten(randomise=True), "a question of type “zero_to_ten” takes no “randomise”"),
        (
            zero_to_ten(feeds_q="headline"),
            "a question of type “zero_to_ten” cannot feed q; use a scale",
        ),
        (statements(statements=[]), "needs “statements”"),
        (statements(options=[]), "has no answers to choose from"),
        (
            statements(options=[WORDS | {"code": "heard"}]),
            "the answer code “heard” is given twice",
        ),
        (
            statements(options=[WORDS | {"code": "other", "free_text": True}]),
            "an answer to a “statements” question takes no “free_text”",
        ),
        (
            ask("Q1", "single", statements=list(STATEMENTS)),
            "a statement is only for questions of type “statements”",
        ),
        (ask("Q1", "text", min=3), "“min” is only for questions of type “number”"),
        (ask("Q1", "text", precision="day"), "“precision” is only for questions of type “date”"),
        (number(min=30), "“max” is smaller than “min”, which is 0 unless the question says so"),
        (
            number(options=[WORDS | {"code": "a"}]),
            "the answers beside a number must be missing ones",
        ),
        (
            number(options=[PNTS | {"code": "7"}]),
            "the answers beside a number need codes that begin with a letter",
        ),
        (
            dated(precision="month", latest="2026-01-31"),
            "“latest” must be as precise as the question: “2026-12”",
        ),
        (
            dated(earliest="2026-02-30"),
            "“earliest” must be as precise as the question: “2026-12-31”",
        ),
        (dated(earliest="2026-02-01", latest="2026-01-01"), "“earliest” is later than “latest”"),
        (
            area(options=[WORDS | {"code": "a"}]),
            "takes its answers from the areas; leave “options” out",
        ),
    ],
)
def test_what_is_wrong_with_a_kind_is_told_in_one_sentence(question, problem):
    with pytest.raises(InvalidInputError) as error:
        small_definition([question])
    assert str(error.value) == f"The survey: Q1: {problem}."


@pytest.mark.parametrize(
    ("made", "condition", "problem"),
    [
        (statements, {"in": ["heard"]}, "show_if names “heard”, which is no answer of Q1"),
        (number, {"in": ["7"]}, "show_if names “7”, which is no answer of Q1"),
        (number, {"in": ["unit"]}, "show_if names “unit”, which is no answer of Q1"),
    ],
)
def test_what_is_no_answer_leads_nowhere(made, condition, problem):
    after = ask("Q2", show_if={"question": "Q1"} | condition)
    with pytest.raises(InvalidInputError, match=problem):
        small_definition([made(), after])


def test_a_loop_goes_round_a_list_of_answers_only():
    round_it = ask("Q2", "loop", scale="quality5", loop_over="Q1")
    with pytest.raises(InvalidInputError, match="has no list of answers to go round"):
        small_definition([statements(), round_it])


@pytest.mark.parametrize(
    ("keys", "problem"),
    [
        ({"statements": [WORDS | {"code": "a-b"}]}, "unknown code “a-b”"),
        ({"statements": [{"code": "a"}]}, "“standard” is missing"),
        ({"ends": {"low": WORDS}}, "“ends high” is missing"),
        ({"unit": {}}, "“unit standard” is missing"),
    ],
)
def test_a_key_that_is_broken_is_named(keys, problem):
    with pytest.raises(InvalidInputError, match=problem):
        small_definition([ask("Q1", "text") | keys])


def test_the_preview_says_how_each_kind_is_answered():
    (section,) = preview(small_definition(EVERY_KIND), easy_read=True)
    shown = {question.number: question for question in section.questions}
    assert shown[1].options[0].text == "0 – No, never"
    assert shown[2].statements == ("People listen to me", "I feel safe there")
    assert [option.text for option in shown[2].options] == ["Yes", "No", "I don’t want to say"]
    assert shown[3].how == "A number from 0 to 25 (hours)."
    assert [option.text for option in shown[3].options] == ["I don’t want to say"]
    assert shown[4].how == "A date: month and year."
    assert shown[5].how == "By town or the first half of a postcode. Only the area is kept."


def test_the_preview_page_shows_every_kind(staff_client):
    make_survey(
        small_definition(EVERY_KIND),
        slug="kinds",
        organisation=staff_client.staff.organisation,
    )
    page = staff_client.get("/staff/surveys/kinds/preview").page
    assert page.status == 200
    assert "Words to read, nothing to answer." not in page.html
    assert "Question Z?" in page.html
