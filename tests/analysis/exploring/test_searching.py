"""Finding comments by words in any form, and by what they mean; and where they lie on the map."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.analysis.exploring.placing import places
from engage.analysis.exploring.searching import by_meaning, by_words
from engage.analysis.simple import HashingEmbedder

TEXTS = {1: "We waited for months", 2: "The bus was late", 3: "Waiting is hard on families"}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("wait", [1, 3]),
        ("WAITS", [1, 3]),
        ("family waiting", [3]),
        ("bus, late!", [2]),
        ("train", []),
        ("", []),
        ("???", []),
    ],
)
def test_every_word_must_be_there_in_some_form(query, found):
    assert by_words(query, TEXTS) == found


def test_the_nearest_in_meaning_comes_first_and_what_is_far_does_not_come():
    embed = HashingEmbedder().embed
    said = ["the bus was late", "the late bus again", "my teacher is kind"]
    rows = list(zip([7, 8, 9], embed(said), strict=True))

    assert by_meaning(embed(["the bus was late"])[0], rows)[:2] == [7, 8]
    assert 9 not in by_meaning(embed(["the bus was late"])[0], rows)
    assert by_meaning(embed(["bus"])[0], []) == []


@given(st.integers(2, 6), st.integers(8, 40), st.integers(0, 99))
def test_the_map_is_the_same_each_time_and_keeps_to_its_paper(themes, sentences, seed):
    rows = np.random.RandomState(seed).normal(size=(sentences, 16)).astype(np.float32)
    labels = [n % themes for n in range(sentences)]

    dots, spots = places(list(rows), labels, themes)

    assert (dots, spots) == places(list(rows), labels, themes)
    assert len(spots) == themes
    assert all(0 <= each.x <= 100 and 0 <= each.y <= 100 for each in [*dots, *spots])
    assert all(spot.nearest != number for number, spot in enumerate(spots))


def test_two_equal_comments_can_be_drawn():
    row = np.ones(4, dtype=np.float32) / 2
    dots, spots = places([row, row], [0, 1], 2)
    assert len(dots) == len(spots) == 2
