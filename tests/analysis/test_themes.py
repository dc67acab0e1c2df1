import numpy as np
import pytest

from engage.analysis.pipeline import analyse
from engage.analysis.simple import simple_tools
from engage.analysis.themes import candidate_counts, merged, word_rows
from engage.analysis.types import AnalysisError, Comment, Settings


@pytest.mark.parametrize(
    ("comments", "fewest", "most"), [(30, 3, 6), (100, 6, 9), (300, 10, 14), (5000, 24, 24)]
)
def test_the_numbers_of_themes_worth_trying(comments: int, fewest: int, most: int) -> None:
    counts = candidate_counts(comments * 2, comments, Settings())
    assert (counts[0], counts[-1]) == (fewest, most) or fewest <= counts[0] <= counts[-1] <= most


def test_a_number_that_cannot_be_had_is_refused() -> None:
    with pytest.raises(AnalysisError, match="ask for a number"):
        candidate_counts(30, 30, Settings(themes=90))


def test_groups_that_lie_the_same_way_become_one() -> None:
    points = np.array([[1.0, 0.0], [0.99, 0.14], [0.0, 1.0], [0.0, 1.0], [-1.0, 0.0]])
    assert merged(points, np.array([0, 1, 2, 2, 3])).tolist() == [0, 0, 1, 1, 2]


def test_words_two_texts_share_bring_them_together() -> None:
    # Each word in another number of texts: of equally strong directions any mixture would do.
    texts = [*["a bus"] * 4, *["no lunch"] * 3, *["our club"] * 2, *"abcdefghijklmn"]
    rows = word_rows(texts, 1)
    assert rows[0] @ rows[1] > 0.9 > 0.1 > rows[0] @ rows[4]


def test_texts_without_a_shared_word_have_empty_rows() -> None:
    assert not word_rows(["bus", "lunch"], 1).any()


def test_a_sentence_stands_with_the_comment_it_is_in() -> None:
    texts = ["The bus was late. I cried.", "The lunch was cold. I sang."] * 20
    comments = [Comment(str(n), f"{text} Number {n}.") for n, text in enumerate(texts)]
    assert analyse(comments, simple_tools(), [], Settings()).themes
