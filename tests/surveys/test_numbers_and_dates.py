"""Numbers and dates are read as people write them, and what is wrong is said plainly."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.surveys.question_types import TYPES
from engage.surveys.question_types.dates import PARTS, read_date
from engage.surveys.question_types.numbers import read_number
from tests.responses.kind_surveys import dated, number
from tests.surveys.test_question_types import WORDS, asked_as, errors, form_for


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("12", "12"),
        ("0", "0"),
        ("007", "7"),
        (" 1,000 ", "1000"),
        ("1 000", "1000"),
        ("1,00,000", "100000"),
        ("١٬٢٣٤", "1234"),
        ("১২", "12"),
        ("۴۲", "42"),
        ("\u200f٧", "7"),
        ("−5", "-5"),
    ],
)
def test_a_number_is_read_as_people_write_it(typed, kept):
    asked = asked_as(number(min=-10, max=1_000_000))
    form = form_for(asked, {"answer": typed})
    assert errors(form) == []
    assert TYPES["number"].value(form) == kept
    assert TYPES["number"].value(form_for(asked, value=kept)) == kept


@pytest.mark.parametrize(
    ("keys", "typed", "error"),
    [
        ({}, "26", "Write a number from 0 to 25"),
        ({}, "-1", "Write a number from 0 to 25"),
        ({}, "some", "Write a number from 0 to 25"),
        ({}, "5²", "Write a number from 0 to 25"),
        ({}, "9" * 5000, "Write a number from 0 to 25"),
        ({}, "2.5", "Write a whole number, with no point or comma in it"),
        ({}, "2,5", "Write a whole number, with no point or comma in it"),
        ({"max": 0}, "1", "Write a number from 0 to 0"),
        ({"min": 3, "max": None}, "2", "Write a number that is 3 or more"),
        ({"max": None}, "lots", "Write a number in digits, like 12"),
        ({"max": None}, "9999999999", "Write a smaller number"),
        ({"required": True}, "", "Write a number. You can choose “Prefer not to say”."),
    ],
)
def test_what_is_wrong_with_a_number_is_said_plainly(keys, typed, error):
    assert errors(form_for(asked_as(number(**keys)), {"answer": typed})) == [error]


def test_a_number_and_a_box_ticked_say_two_things():
    form = form_for(asked_as(number()), {"answer": "3", "answer_instead": "pnts"})
    assert errors(form) == ["You wrote an answer and ticked a box. Clear one of them."]


@pytest.mark.parametrize(("kind", "made"), [("number", number), ("date", dated)])
def test_saying_nothing_is_an_answer_too(kind, made):
    asked = asked_as(made(required=True))
    form = form_for(asked, {"answer_instead": "pnts"})
    assert errors(form) == []
    assert TYPES[kind].value(form) == "pnts"
    assert TYPES[kind].value(form_for(asked, value="pnts")) == "pnts"
    assert TYPES[kind].read_back("pnts", WORDS) == ["Prefer not to say"]


def test_a_number_reads_back_with_its_unit():
    assert TYPES["number"].read_back("1000", {"unit": "hours"}) == ["1,000 (hours)"]
    assert TYPES["number"].read_back("0", {}) == ["0"]


@given(
    st.integers(-(10**9), 10**9), st.sampled_from("0٠۰০०０"), st.sampled_from(["", ",", " ", "’"])
)
def test_every_number_is_read_in_every_script(wanted, nought, gap):
    written = f"{wanted:,}".replace(",", gap)
    typed = "".join(chr(ord(nought) + int(c)) if c.isdecimal() else c for c in written)
    assert read_number(typed) == wanted


@given(st.text(max_size=12))
def test_anything_at_all_may_be_typed_where_a_number_is_wanted(typed):
    form = form_for(asked_as(number()), {"answer": typed})
    found = errors(form)
    kept = TYPES["number"].value(form)
    assert found or kept is None or 0 <= int(kept) <= 25


def typed_date(**parts):
    return {f"answer-{part}": text for part, text in parts.items()}


@pytest.mark.parametrize(
    ("keys", "typed", "kept"),
    [
        ({}, {"day": "7", "month": "3", "year": "2026"}, "2026-03-07"),
        ({}, {"day": "٧", "month": "March", "year": "٢٠٢٦"}, "2026-03-07"),
        ({}, {"day": "29", "month": "feb", "year": "2024"}, "2024-02-29"),
        ({"precision": "month"}, {"month": "12", "year": "2025"}, "2025-12"),
        ({"precision": "year"}, {"year": "1999"}, "1999"),
    ],
)
def test_a_date_is_kept_as_precisely_as_it_is_asked(app, keys, typed, kept):
    asked = asked_as(dated(**keys))
    form = form_for(asked, typed_date(**typed))
    assert errors(form) == []
    assert TYPES["date"].value(form) == kept
    assert TYPES["date"].value(form_for(asked, value=kept)) == kept


@pytest.mark.parametrize(
    ("kept", "words"), [("2026-03-07", "7 March 2026"), ("2026-03", "March 2026"), ("2026", "2026")]
)
def test_a_date_reads_back_as_people_say_it(app, kept, words):
    assert TYPES["date"].read_back(kept, {}) == [words]


@pytest.mark.parametrize(
    ("keys", "typed", "found"),
    [
        ({}, {"day": "7", "month": "3"}, {"year": "Add the year"}),
        ({}, {"year": "2026"}, {"day": "Add the day", "month": "Add the month"}),
        ({}, {"day": "32", "month": "3", "year": "26"}, {
            "day": "Write the day as a number from 1 to 31",
            "year": "Write the year with four numbers, like 2026",
        }),
        ({}, {"day": "1", "month": "ju", "year": "2026"}, {
            "month": "Write the month as a number from 1 to 12"
        }),
        ({}, {"day": "30", "month": "2", "year": "2026"}, {
            "day": "There is no such day in that month. Check the day."
        }),
        ({"latest": "today"}, {"day": "1", "month": "1", "year": "2099"}, {
            "day": "Write a date that is not in the future"
        }),
        ({"earliest": "2020-01-01", "latest": "2020-12-31"},
         {"day": "1", "month": "1", "year": "2021"},
         {"day": "Write a date from 1 January 2020 to 31 December 2020"}),
        ({"precision": "month", "earliest": "2020-02"}, {"month": "1", "year": "2020"},
         {"month": "Write a date that is February 2020 or later"}),
        ({"precision": "year", "latest": "2020"}, {"year": "2021"},
         {"year": "Write a date that is 2020 or earlier"}),
        ({"required": True}, {"day": ""}, {
            "day": "Write the date. You can choose “Prefer not to say”."
        }),
    ],
)  # fmt: skip
def test_each_part_of_a_date_says_what_is_wrong_with_itself(app, keys, typed, found):
    form = form_for(asked_as(dated(**keys)), typed_date(**typed))
    form.validate()
    said = {name.removeprefix("answer-"): str(texts[0]) for name, texts in form.errors.items()}
    assert said == found


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.sampled_from(sorted(PARTS)))
def test_every_date_there_is_is_read(day, precision):
    typed = {"day": str(day.day), "month": str(day.month), "year": str(day.year)}
    found, problems = read_date(typed, precision)
    assert (found, problems) == (
        day.isoformat()[: {"day": 10, "month": 7, "year": 4}[precision]],
        [],
    )


@given(
    st.text(max_size=5), st.text(max_size=5), st.text(max_size=5), st.sampled_from(sorted(PARTS))
)
def test_what_is_no_date_has_something_wrong_with_a_part_that_is_asked(day, month, year, precision):
    found, problems = read_date({"day": day, "month": month, "year": year}, precision)
    assert (found is None) == bool(problems)
    assert {problem.part for problem in problems} <= set(PARTS[precision])
