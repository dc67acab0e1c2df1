import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.analysis.prepare import (
    MOST_CHARACTERS,
    clean,
    natural,
    prepare,
    question_tone,
    sentences,
    set_aside,
)
from engage.analysis.types import Comment


def said(text: str) -> list[str]:
    return [sentence.text for sentence in sentences(prepare([Comment("1", text)])[0])]


@pytest.mark.parametrize("text", ["", "   ", "\x00\x07", "\n\r\n"])
def test_a_comment_without_anything_is_empty(text: str) -> None:
    assert set_aside(clean(text)) == "empty"


@pytest.mark.parametrize("text", ["😀", "😀😀", "...", "12345", "\ud800", "👍🏽 !!", "❤️"])
def test_a_picture_or_marks_alone_are_a_reason_of_their_own(text: str) -> None:
    assert set_aside(clean(text)) == "only_marks"


@pytest.mark.parametrize(
    "text",
    [
        "n/a",
        "N.A.",
        "None",
        "nothing",
        "Nothing at all!",
        "No comment",
        "Don't know",
        "Not sure",
        "I can't think of anything",
        "No thank you",
        "nothing comes to mind",
        "NIL",
        "Nope.",
    ],
)
def test_an_answer_that_says_nothing_is_set_aside(text: str) -> None:
    assert set_aside(text) == "no_answer"


@pytest.mark.parametrize(
    "text",
    [
        "Nothing was ready when we came",
        "No one listened",
        "None of the staff knew his name",
        "Not enough places",
        "Nothing, you were all lovely",
        "Transport",
        "بہت اچھا",
    ],
)
def test_an_answer_that_says_something_is_kept(text: str) -> None:
    assert set_aside(text) == ""


def test_sentences_end_where_a_reader_would_end_them() -> None:
    assert said("Dr. Smith was kind. We waited, e.g. three hours!\nThen home") == [
        "Dr. Smith was kind.",
        "We waited, e.g. three hours!",
        "Then home",
    ]


def test_a_turn_of_thought_begins_a_new_sentence() -> None:
    assert said("The staff were very kind but the wait was far too long") == [
        "The staff were very kind",
        "but the wait was far too long",
    ]


def test_a_smile_stays_with_its_sentence() -> None:
    assert said("Lovely people. 😀\nThank you.") == ["Lovely people. 😀", "Thank you."]


def test_control_characters_leave_no_trace() -> None:
    assert clean("a\x00b\x1b c") == "a b c"


def test_a_very_long_comment_is_cut_with_a_note() -> None:
    prepared = prepare([Comment("1", "word " * MOST_CHARACTERS)])[0]
    last = sentences(prepared)[-1]
    assert prepared.clipped
    assert "cut here" in last.text


def test_ids_sort_as_people_count() -> None:
    assert sorted(["b2", "10", "2", "b10", ""], key=natural) == ["2", "10", "b2", "b10", ""]


@pytest.mark.parametrize(
    ("question", "tone"),
    [
        ("What could we do better?", "improve"),
        ("What was good?", "praise"),
        ("Please tell us why", "neutral"),
        ("What were you satisfied and/or dissatisfied with?", "neutral"),
        ("", "neutral"),
    ],
)
def test_the_tone_of_a_question_is_read_from_its_words(question: str, tone: str) -> None:
    assert question_tone(question) == tone


@given(st.text(max_size=200))
def test_no_word_is_lost_in_splitting(text: str) -> None:
    cleaned = clean(text)
    assert "".join("".join(said(text)).split()) in ("", "".join(cleaned.split())) or any(
        mark in cleaned for mark in "•▪●-–—;,"
    )


@given(st.text(), st.text())
def test_ids_can_always_be_compared(first: str, second: str) -> None:
    assert (natural(first) < natural(second)) != (natural(first) >= natural(second))
