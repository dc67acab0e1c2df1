"""A comment with what people took out of it left out."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.analysis.redaction.applying import (
    Decided,
    as_read,
    find_words,
    in_pieces,
    is_decided,
    sentence_as_read,
)
from engage.analysis.redaction.suggestion import Suggestion

TEXT = "My son Jayden goes to Oakfield Primary.  Jayden likes\nit."


def out(start, words, rule="name_on_list", is_out=True):
    return Decided(start, start + len(words), rule, is_out)


JAYDEN, AGAIN = out(7, "Jayden"), out(41, "Jayden")
SCHOOL = out(22, "Oakfield Primary", "school_named")


def test_a_kind_word_stands_for_what_was_taken_out():
    assert as_read(TEXT, [SCHOOL, JAYDEN]).startswith("My son [a name] goes to [a school].")


def test_what_was_left_in_stands():
    assert as_read(TEXT, [out(7, "Jayden", is_out=False)]) == TEXT


def test_what_a_person_marked_is_taken_out():
    assert as_read("he is king", [out(6, "king", "person")]) == "he is [taken out]"


def test_marks_that_overlap_leave_one_gap():
    assert as_read("Jayden Smith ran", [out(0, "Jayden"), out(3, "den Smith")]) == "[a name] ran"


def test_a_sentence_is_found_whatever_its_spaces_are():
    assert sentence_as_read(TEXT, "Jayden likes it.", [AGAIN]) == "[a name] likes\nit."


def test_a_sentence_with_nothing_taken_out_stays_as_it_is():
    assert sentence_as_read(TEXT, "Jayden likes it.", [JAYDEN]) == "Jayden likes\nit."
    assert sentence_as_read(TEXT, "Jayden likes it.", []) == "Jayden likes it."


def test_a_sentence_that_was_tidied_still_loses_what_was_taken_out():
    assert sentence_as_read(TEXT, "Tidied: jayden likes it", [JAYDEN]) == (
        "Tidied: [a name] likes it"
    )


def test_a_sentence_that_stands_twice_loses_what_one_of_them_lost():
    text = "Ask Sue. Ask Sue."
    assert sentence_as_read(text, "Ask Sue.", [out(13, "Sue")]) == "Ask [a name]."


def test_a_suggestion_within_what_was_decided_is_decided():
    assert is_decided(Suggestion(8, 10, "name_on_list", ""), [JAYDEN])
    assert not is_decided(Suggestion(5, 10, "name_on_list", ""), [JAYDEN])


def test_words_are_found_in_any_letters_but_not_inside_another_word():
    assert find_words("Jo told JO and Joan", "jo") == [(0, 2), (8, 10)]
    assert find_words("anything", "  ") == []


def in_two(text):
    """As some keyboards send it: the letter, then its accent."""
    return unicodedata.normalize("NFD", text)


def in_one(text):
    """As the machine keeps sentences."""
    return unicodedata.normalize("NFC", text)


@pytest.mark.parametrize("name", ["José", "Zoë", "Siân", "Łukasz Wójcik", "Nguyễn", "김민준"])
def test_a_name_is_hidden_though_its_accents_were_typed_as_letters_of_their_own(name):
    typed = in_two(f"Café days are good. My son {name} waits. {name} is ten.")
    start = typed.index(in_two(name))
    read = sentence_as_read(typed, in_one(f"My son {name} waits."), [out(start, in_two(name))])
    assert read == "My son [a name] waits."


def test_a_name_typed_in_two_letters_is_hidden_in_a_sentence_that_was_tidied():
    typed = in_two("My son José waits")
    read = sentence_as_read(typed, "Tidied: José waits", [out(7, in_two("José"))])
    assert read == "Tidied: [a name] waits"


accented = st.text("áéîöüñçÅ", min_size=1, max_size=6)


@given(st.text("abc ê", max_size=20), accented, st.text("abc ê", max_size=20))
def test_however_letters_are_typed_what_was_taken_out_is_gone(before, name, after):
    sentence = in_one(f"{before}x {name} x{after}")
    typed = in_two(sentence)
    start = len(in_two(f"{before}x "))
    read = sentence_as_read(typed, sentence, [out(start, in_two(name))])
    assert not set(in_one(name)) & set(read)
    assert "[a name]" in read


places = st.tuples(st.integers(0, 60), st.integers(0, 60)).map(sorted)


@given(st.text(max_size=60), st.lists(places, max_size=6))
def test_nothing_taken_out_is_left(text, some):
    decided = [Decided(a, b, "person", is_out=True) for a, b in some if a < b <= len(text)]
    covered = {n for d in decided for n in range(d.start, d.end)}
    kept = "".join(letter for n, letter in enumerate(text) if n not in covered)
    read = as_read(text, decided)
    assert read.replace("[taken out]", "") == kept or "[taken out]" in text


def test_marks_in_a_text_are_numbered_and_one_within_another_is_left_out():
    marked = [(0, 3), (8, 16), (9, 12), (16, 18)]
    found = in_pieces("Ann and Bob King me", marked)
    assert found == [("Ann", 1), (" and ", 0), ("Bob King", 2), (" m", 4), ("e", 0)]


@given(st.text(max_size=60), st.lists(places, max_size=6).map(sorted))
def test_the_pieces_are_the_whole_text(text, some):
    marked = [(a, b) for a, b in some if a < b <= len(text)]
    assert "".join(piece for piece, _number in in_pieces(text, marked)) == text
