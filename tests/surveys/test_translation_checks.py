"""What a translator’s file may say about a survey."""

import pytest

from engage.errors import InvalidInputError
from engage.surveys.translation import (
    texts_of,
)
from engage.surveys.translation_checks import (
    FileText,
    TranslationFile,
    read_against,
    refuse_another,
)
from tests.survey_factories import ask, small_definition
from tests.surveys.translation_files import a_file, only

LOOP = {"standard": "How good was {service}?", "easy_read": "Was {service} good?"}


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"survey": "schools"}, "for the survey “schools”"),
        ({"version": 1}, "for version 1 of the survey"),
        ({"language": "ro"}, "in the language “ro”"),
    ],
)
def test_a_file_for_something_else_is_refused_whole(changes, sentence):
    with pytest.raises(InvalidInputError, match=sentence):
        refuse_another(a_file(**changes), "parks-2026", 2, "pl")


def test_english_is_never_changed():
    with pytest.raises(InvalidInputError, match="English words"):
        refuse_another(a_file(language="en"), "parks-2026", 2, "en")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"id": "question/Q9"}, "has no text of this name"),
        ({"english": "Another question?"}, "The English has changed"),
        ({"target": "Jak było?"}, "{service} is missing"),
        ({"target": "Jak było {serwis} i {service}?"}, "{serwis} is not in the English"),
        ({"target": "{service}" + "o" * 5000}, "longer than 5,000"),
    ],
)
def test_a_line_that_cannot_be_used_is_reported_and_not_taken(changes, sentence):
    survey = small_definition([ask("Q1", wording=LOOP)])

    reading = read_against(survey, only(a_file(survey), "question/Q1", **changes))

    assert reading.taken == ()
    (problem,) = reading.problems
    assert sentence in problem
    assert problem.startswith(changes.get("id", "question/Q1"))


def test_one_bad_line_does_not_lose_the_others():
    survey = small_definition([ask("Q1", wording=LOOP)])

    reading = read_against(survey, a_file(survey, title="Ankieta", question_Q1="Bez nazwy"))

    assert [text.target for text in reading.taken] == ["Ankieta"]
    assert len(reading.problems) == 1


def test_blanks_and_line_ends_of_the_english_do_not_matter():
    survey = small_definition([ask("Q1", wording={"standard": "One\ntwo"})])
    line = only(a_file(survey), "question/Q1", english="One two ", target="Raz")

    assert len(read_against(survey, line).taken) == 1


def test_an_empty_target_is_not_translated():
    reading = read_against(small_definition(), a_file())

    assert (reading.taken, reading.empty) == ((), len(texts_of(small_definition(), "pl")))


def test_the_first_of_two_lines_with_one_id_is_taken():
    file = only(a_file(), "title", target="Raz")
    twice = TranslationFile(
        file.survey, 2, "pl", (*file.texts, FileText("title", "A small survey", "Dwa"))
    )

    reading = read_against(small_definition(), twice)

    assert [text.target for text in reading.taken] == ["Raz"]
    assert "in the file twice" in reading.problems[0]


def test_the_same_english_is_filled_in_when_asked():
    survey = small_definition([ask("Q1"), ask("Q2"), ask("Q3")])
    file = a_file(survey, question_Q1_option_yes="Tak")

    assert len(read_against(survey, file).taken) == 1
    reading = read_against(survey, file, fill_same=True)

    filled = {text.id for text in reading.taken}
    assert reading.filled == 5  # standard and easy read, under three questions
    assert "question/Q3/option/yes/easy" in filled


def test_english_that_is_said_in_two_ways_is_not_filled_in():
    survey = small_definition([ask("Q1"), ask("Q2"), ask("Q3")])
    file = a_file(survey, question_Q1_option_yes="Tak", question_Q2_option_yes="Owszem")

    assert read_against(survey, file, fill_same=True).filled == 0
