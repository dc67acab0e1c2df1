"""Every kind of question can be asked, answered, shown again and read back."""

from pathlib import Path
from typing import get_args

import pytest
from werkzeug.datastructures import MultiDict
from wtforms import Form
from wtforms.fields.choices import SelectChoice

from engage.surveys.interchange import QuestionKind
from engage.surveys.question_types import TYPES, tidy
from tests.responses.kind_surveys import statements, zero_to_ten
from tests.survey_factories import ask, small_definition

PARTIALS = Path(__file__).parents[2] / "engage/templates/responses/kinds"
OPTIONS = ("a", "b", "c", {"code": "pnts", "standard": "Prefer not to say", "missing": True})
OPTION = {"standard": "An answer", "easy_read": "An answer"}
WORDS = {"a": "Apple", "b": "Bee", "c": "Cat", "pnts": "Prefer not to say"}
FROM_A_LIST = {"single", "scale", "loop", "multi", "rank"}


def question(kind, **keys):
    """Of this kind. A scale and a loop are asked as a single choice, so one stands for them."""
    if kind in ("text", "info"):
        return small_definition([ask("Q1", kind, **keys)]).question("Q1")
    if kind == "loop":
        keys["loop_over"] = "USED"
    offered = [{**OPTION, "code": code} for code in "abc"]
    usual = {"options": offered if kind in ("scale", "loop") else list(OPTIONS)}
    if kind in ("single", "multi", "rank"):
        asked = ask("Q1", kind, **usual, **keys)
    else:
        asked = ask("Q1", kind, **keys) | usual
    return small_definition([ask("USED", "multi", options=("x", "y")), asked]).question("Q1")


def form_for(asked, sent=None, value=None):
    kind = TYPES[asked.type]
    choices = [SelectChoice(option.code, option.wordings[0].text) for option in asked.options]
    made = type("AForm", (Form,), kind.fields(asked, choices))
    return made(MultiDict(sent or {}) if sent is not None else None, data=kind.form_data(value))


def errors(form):
    form.validate()
    return [str(text) for texts in form.errors.values() for text in texts]


def test_every_kind_of_the_survey_format_has_a_class_and_a_page():
    assert set(TYPES) == set(get_args(QuestionKind))
    assert {kind.template for kind in TYPES.values()} <= {page.stem for page in PARTIALS.iterdir()}


@pytest.mark.parametrize(
    ("kind", "sent", "value", "lines"),
    [
        ("single", {"answer": "a"}, "a", ["Apple"]),
        ("scale", {"answer": "b"}, "b", ["Bee"]),
        ("loop", {"answer": "c"}, "c", ["Cat"]),
        ("multi", {"answer": ["a", "b"]}, ["a", "b"], ["Apple", "Bee"]),
        ("rank", {"answer_1": "b", "answer_2": "a"}, ["b", "a"], ["1. Bee", "2. Apple"]),
        ("text", {"answer": " The bus \r\n is late "}, "The bus \n is late", None),
    ],
)
def test_what_is_answered_is_kept_and_reads_back(kind, sent, value, lines):
    asked = question(kind)
    form = form_for(asked, sent)
    assert errors(form) == []
    kept = TYPES[kind].value(form)
    assert kept == value
    assert TYPES[kind].read_back(kept, WORDS) == (lines or [value])


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("single", "a"),
        ("scale", "b"),
        ("loop", "c"),
        ("multi", ["a", "c"]),
        ("rank", ["c", "a"]),
        ("text", "The bus"),
    ],
)
def test_a_kept_answer_is_shown_again_as_it_was(kind, value):
    assert TYPES[kind].value(form_for(question(kind), value=value)) == value


@pytest.mark.parametrize("kind", sorted(FROM_A_LIST | {"text"}))
@pytest.mark.parametrize("sent", [{}, {"answer": ""}, {"answer_1": ""}])
def test_a_blank_is_no_answer(kind, sent):
    form = form_for(question(kind), sent)
    assert errors(form) == []
    assert TYPES[kind].value(form) is None


@pytest.mark.parametrize(
    ("kind", "error"),
    [
        *[(k, "Choose an answer. You can choose “Prefer not to say”.") for k in ("single", "rank")],
        ("multi", "Choose an answer. You can choose “Prefer not to say”."),
        ("text", "Write an answer"),
    ],
)
def test_a_required_question_wants_an_answer(kind, error):
    assert errors(form_for(question(kind, required=True), {"other": "x"})) == [error]


@pytest.mark.parametrize("kind", sorted(FROM_A_LIST))
def test_an_answer_that_is_not_offered_is_refused(kind):
    name = "answer_1" if kind == "rank" else "answer"
    found = errors(form_for(question(kind), {name: "made up"}))
    assert found == ["Choose one of the answers on this page"]


@pytest.mark.parametrize(
    ("sent", "error"),
    [
        (["a", "pnts"], "You chose an answer that stands alone. Untick it, or untick the others."),
        (["a", "b", "c"], "Choose up to 2 answers"),
    ],
)
def test_several_choices_have_limits(sent, error):
    assert errors(form_for(question("multi", max_choices=2), {"answer": sent})) == [error]


@pytest.mark.parametrize(
    ("sent", "error"),
    [
        (["a", "a"], "Choose a different answer for each place"),
        (["a", "pnts"], "You chose an answer that stands alone. Clear it, or clear the others."),
    ],
)
def test_places_of_a_ranking_differ(sent, error):
    form = form_for(question("rank"), {f"answer_{n}": code for n, code in enumerate(sent, 1)})
    assert errors(form) == [error]


def test_two_places_are_compared_though_the_first_is_blank():
    form = form_for(question("rank"), {"answer_1": "", "answer_2": "a", "answer_3": "a"})
    assert errors(form) == ["Choose a different answer for each place"]


def test_a_ranking_with_a_gap_closes_up():
    form = form_for(question("rank"), {"answer_1": "", "answer_2": "b", "answer_3": "a"})
    assert errors(form) == []
    assert TYPES["rank"].value(form) == ["b", "a"]


def test_a_required_ranking_with_only_a_second_place_is_an_answer():
    form = form_for(question("rank", required=True), {"answer_1": "", "answer_2": "b"})
    assert errors(form) == []


def test_a_ranking_has_as_many_places_as_it_says():
    assert len(list(form_for(question("rank", max_choices=2)))) == 2
    assert [str(field.label.text) for field in form_for(question("rank", max_choices=4))] == [
        "First",
        "Second",
        "Third",
        "Number 4",
    ]


def test_something_to_read_asks_nothing():
    asked = question("info")
    assert list(form_for(asked)) == []
    assert TYPES["info"].value(form_for(asked, {"answer": "x"})) is None
    assert not TYPES["info"].is_answered


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (None, ""),
        ("  a  ", "a"),
        ("a\x00b\x07c", "abc"),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("a\tb", "a\tb"),
        ("café 🐝", "café 🐝"),
        ("👨‍👩‍👧", "👨‍👩‍👧"),
        ("می‌روم", "می‌روم"),
        ("a\xa0b", "a b"),
        ("\ud800", ""),
        ("good\u202edoog", "gooddoog"),
        ("\ufeffa\u2028b", "a\nb"),
    ],
)
def test_what_is_typed_is_tidied_and_keeps_every_letter(typed, kept):
    assert tidy(typed) == kept


# ---- 0 to 10, statements


def asked_as(made):
    return small_definition([made]).question("Q1")


def test_a_number_from_0_to_10_has_words_at_both_ends_and_the_same_codes_in_easy_read():
    asked = asked_as(zero_to_ten())
    assert [option.code for option in asked.options] == [*map(str, range(11)), "pnts"]
    ends = [[words.text for words in asked.options[at].wordings] for at in (0, 10)]
    assert ends[0] == ["0 – Not at all likely", "0 – No, never"]
    assert ends[1] == ["10 – Very likely", "10 – Yes, sure"]
    assert TYPES["zero_to_ten"].value(form_for(asked, {"answer": "0"})) == "0"


def test_statements_are_kept_by_their_code_and_read_back_in_their_order():
    asked = asked_as(statements())
    form = form_for(asked, {"answer_safe": "agree", "answer_heard": "disagree"})
    assert errors(form) == []
    kept = TYPES["statements"].value(form)
    assert kept == {"heard": "disagree", "safe": "agree"}
    words = {option.code: option.wordings[0].text for option in asked.options}
    lines = ["I am listened to: Disagree", "I feel safe: Agree"]
    assert TYPES["statements"].read_back(kept, words) == lines
    assert TYPES["statements"].value(form_for(asked, value=kept)) == kept


def test_a_required_question_of_statements_names_those_without_an_answer():
    form = form_for(asked_as(statements(required=True)), {"answer_heard": "agree"})
    assert errors(form) == ["Choose an answer for “I feel safe”"]


def test_a_statement_is_no_answer_to_a_statement():
    form = form_for(asked_as(statements()), {"answer_heard": "safe"})
    assert errors(form) == ["Choose one of the answers on this page"]


@pytest.mark.parametrize(
    ("kept", "is_whole"),
    [(None, False), ({"safe": "agree"}, False), ({"safe": "agree", "heard": "pnts"}, True)],
)
def test_a_required_question_of_statements_is_answered_when_each_of_them_is(kept, is_whole):
    assert TYPES["statements"].is_whole(asked_as(statements()), kept) is is_whole
    assert TYPES["single"].is_whole(question("single"), "a")
