"""What people confirmed teaches the machine."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from engage.analysis.frame.codebook import FEWEST, Confirmed, learn, micro_f1

BUS, FOOD, BOTH = frozenset({1}), frozenset({2}), frozenset({1, 2})


def vector(*parts):
    row = np.array(parts, dtype=np.float32)
    return row / np.linalg.norm(row)


def texts_about(word, themes, direction, count=12):
    return [
        Confirmed(f"The {word} was number {n}", vector(*direction, n / 100), themes)
        for n in range(1, count + 1)
    ]


TAUGHT = [
    *texts_about("bus", BUS, (1, 0)),
    *texts_about("food", FOOD, (0, 1)),
    *texts_about("bus and the food", BOTH, (0.7, 0.7)),
]


def suggested(book, text, direction):
    return set(book.suggest([text], np.stack([vector(*direction, 0.05)]))[0])


def test_a_text_like_those_confirmed_is_suggested_for_their_theme():
    book = learn(TAUGHT)
    assert suggested(book, "Our bus was number 40", (1, 0)) == {1}
    assert suggested(book, "The food was number 40", (0, 1)) == {2}


def test_a_text_about_two_things_is_suggested_for_both():
    assert suggested(learn(TAUGHT), "The bus and the food was number 40", (0.7, 0.7)) == {1, 2}


def test_a_theme_with_few_confirmed_texts_suggests_nothing():
    few = texts_about("bus", BUS, (1, 0), FEWEST - 1)
    assert learn([*few, *texts_about("food", FOOD, (0, 1))]).themes == (2,)
    assert learn(few) is None


def test_one_theme_for_everything_teaches_nothing():
    assert learn(texts_about("bus", BUS, (1, 0), 30)) is None
    assert learn([]) is None


def test_the_order_changes_nothing():
    forth, back = learn(TAUGHT), learn(TAUGHT[::-1])
    rows = np.stack([vector(1, 0.2, 0.1)])
    assert np.array_equal(forth.scores(["A bus"], rows), back.scores(["A bus"], rows))


def test_texts_without_one_word_are_no_accident():
    taught = [Confirmed("!", vector(1, n), BUS if n % 2 else FOOD) for n in range(24)]
    assert learn(taught).suggest(["?"], np.stack([vector(1, 0)])) is not None


@settings(max_examples=20)
@given(
    st.lists(st.lists(st.booleans(), min_size=3, max_size=3), min_size=1, max_size=8),
    st.lists(st.lists(st.booleans(), min_size=3, max_size=3), min_size=8, max_size=8),
)
def test_f1_is_1_for_the_same_and_the_same_both_ways(one, other):
    said, true = np.array(one), np.array(other[: len(one)])
    assert micro_f1(said, true) == micro_f1(true, said)
    assert 0 <= micro_f1(said, true) <= 1
    if said.any():
        assert micro_f1(said, said) == 1
