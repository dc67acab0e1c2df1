"""Which findings look like a code that people had before."""

import numpy as np

from engage.analysis.frame.likeness import Known, directions, likeness, pairs, words_of
from engage.analysis.matching import change, is_large


def row(*parts):
    return np.array(parts, dtype=np.float32).tobytes()


def test_a_theme_is_known_by_how_it_differs_from_the_middle_of_its_survey():
    # All lie close together, as the middles of themes do: raw, any two are alike by 0.99.
    one = directions({1: row(10, 1, 0), 2: row(10, 0, 1), 3: row(10, -1, -1)})
    other = directions({7: row(10, 2, 0), 8: row(10, 0, 2), 9: row(10, -2, -2)})
    assert likeness(Known(one[1]), Known(other[7])) > 0.9
    assert likeness(Known(one[1]), Known(other[8])) == 0


def test_of_fewer_than_three_themes_the_middle_says_nothing():
    assert directions({1: row(1, 0), 2: row(0, 1)}) == {}
    assert directions({1: row(1, 0), 2: row(0, 1), 3: None}) == {}


def test_the_numbers_of_two_models_are_not_compared():
    assert directions({1: row(1, 0), 2: row(0, 1), 3: row(1, 1, 1)}) == {}
    assert likeness(Known(np.ones(2, np.float32)), Known(np.ones(3, np.float32))) == 0


def test_shared_keywords_speak_for_a_code():
    code = Known(words=words_of(["bus", "late", "driver"]))
    assert likeness(code, Known(words=words_of(["Bus", "Driver", "seat", "stop"]))) > 0
    assert likeness(code, Known(words=words_of(["bus", "seat", "stop"]))) == 0


def test_the_same_answers_speak_for_a_code():
    code = Known(answers=frozenset({1, 2, 3}))
    assert likeness(code, Known(answers=frozenset({1, 2, 4}))) == 0.5
    assert likeness(code, Known(answers=frozenset({1, 5, 6}))) == 0


def test_nothing_known_is_like_nothing():
    assert likeness(Known(), Known()) == 0


def test_each_code_is_proposed_once_the_likest_first():
    codes = {1: Known(answers=frozenset({1, 2, 3, 4}))}
    found = {
        7: Known(answers=frozenset({1, 2, 3})),
        8: Known(answers=frozenset({1, 2, 3, 4})),
    }
    assert pairs(codes, found) == {8: 1}


def test_a_change_is_large_past_a_third():
    assert change({1, 2, 3}, {3, 4}) == (1, 2)
    assert not is_large(1, 1, 6)
    assert is_large(2, 1, 6)
