"""The secrets a respondent holds."""

import math

from hypothesis import given
from hypothesis import strategies as st

from engage.responses.receipt import (
    WORDS_IN_A_RECEIPT,
    fingerprint,
    new_token,
    receipt_of,
    word_list,
)


@given(st.text())
def test_the_same_token_always_gives_the_same_words(token):
    words = receipt_of(token)
    assert words == receipt_of(token)
    assert len(words) == WORDS_IN_A_RECEIPT
    assert set(words) <= set(word_list())


@given(st.lists(st.text(min_size=1), min_size=2, max_size=2, unique=True))
def test_two_tokens_have_different_words_and_fingerprints(tokens):
    one, other = tokens
    assert receipt_of(one) != receipt_of(other)
    assert fingerprint(one) != fingerprint(other)


def test_a_receipt_is_too_much_to_guess():
    assert WORDS_IN_A_RECEIPT * math.log2(len(word_list())) >= 60


def test_words_are_short_plain_and_all_different():
    words = word_list()
    assert len(set(words)) == len(words)
    assert not [word for word in words if not (word.isascii() and word.isalpha())]
    assert not [word for word in words if word != word.lower() or len(word) > 9]


def test_a_token_is_128_bits_and_fits_an_address():
    tokens = {new_token() for _ in range(100)}
    assert len(tokens) == 100
    assert {len(token) for token in tokens} == {22}
    assert not {letter for token in tokens for letter in token} & set("/?#%+=~")


@given(st.text())
def test_a_fingerprint_does_not_show_what_it_is_of(secret):
    stored = fingerprint(secret)
    assert len(stored) == 64
    assert len(secret) < 8 or secret not in stored, "a few letters may stand there by chance"


def test_a_code_never_holds_a_word_that_hurts_and_is_spelt_as_here():
    assert not {"pistol", "gun", "kill", "neglect", "grief", "insane", "divorce"} & set(word_list())
    assert {"colour", "labour"} <= set(word_list())
