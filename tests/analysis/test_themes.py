from pathlib import Path

import numpy as np
import pytest

from engage.analysis.meanings import unit_rows
from engage.analysis.pipeline import analyse
from engage.analysis.simple import simple_tools
from engage.analysis.themes import candidate_counts, merged, word_rows
from engage.analysis.themes.clusters import SteadyGroups, k_means, seconds, without_strays
from engage.analysis.themes.keywords import keywords
from engage.analysis.themes.neighbours import drawn_together
from engage.analysis.themes.points import placed, principal_axes
from engage.analysis.themes.projection import WORTH, Projection, installed_projection
from engage.analysis.types import NO_THEME, AnalysisError, Comment, Settings


@pytest.mark.parametrize(
    ("comments", "fewest", "most"), [(30, 3, 6), (100, 6, 9), (300, 10, 14), (5000, 20, 24)]
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


def rows(count: int, size: int = 12) -> np.ndarray:
    found = np.random.RandomState(3).randn(count, size).astype(np.float32)
    return found / np.linalg.norm(found, axis=1, keepdims=True)


def test_the_map_counts_in_full_for_feedback_and_not_at_all_elsewhere() -> None:
    learnt = Projection(directions=np.eye(4)[:, :2], middle=np.array([1.0, 0.0, 0.0, 0.0]))
    alike, across = np.eye(4, dtype=np.float32)[:1], np.eye(4, dtype=np.float32)[1:2]
    assert learnt.worth(alike) == WORTH
    assert learnt.worth(across) == learnt.worth(np.ones((3, 5), dtype=np.float32)) == 0


def test_the_map_in_the_package_is_the_one_that_was_tested(tmp_path: Path) -> None:
    assert installed_projection().directions.shape == (384, 40)
    (wrong := tmp_path / "feedback_projection.npz").write_bytes(b"another file")
    with pytest.raises(AnalysisError, match="not the one that was tested"):
        installed_projection(wrong)


def test_axes_are_those_of_most_spread_and_do_not_depend_on_how_rows_are_read() -> None:
    points = rows(300) * np.array([9, 5, *[1] * 10], dtype=np.float32)
    middle = points.mean(axis=0, dtype=np.float64)
    spread = placed(points, middle, principal_axes(points, middle, 3)).var(axis=0)
    assert spread[0] > spread[1] > spread[2]


def test_a_text_between_two_themes_has_a_second_and_a_stray_has_none() -> None:
    nearness = np.array([[0.8, 0.7], [0.9, 0.1], [0.2, 0.1]])
    found = seconds(np.array([0, 0, NO_THEME]), nearness)
    assert found.tolist() == [1, NO_THEME, NO_THEME]


def test_at_most_one_text_in_twenty_is_in_no_theme() -> None:
    nearness = np.linspace(0.0, 1.0, 400).reshape(200, 2)
    kept = without_strays(nearness.argmax(axis=1), nearness)
    assert 0 < (kept == NO_THEME).mean() <= 0.05


def test_many_rows_are_grouped_as_few_are() -> None:
    middles = np.eye(4)
    points = np.repeat(middles, 6_000, axis=0) + 0.01 * np.random.RandomState(1).randn(24_000, 4)
    labels = k_means(points, 4, 1, 3)
    assert [len(set(labels[at : at + 6_000])) for at in range(0, 24_000, 6_000)] == [1] * 4
    assert len(set(labels.tolist())) == 4


def test_keywords_meet_in_the_texts_and_stand_where_they_are_most_at_home() -> None:
    bus, lunch = "the bus driver came late", "the lunch was cold soup"
    texts = [bus] * 10 + [lunch] * 10 + ["lunch bus"]
    labels = np.array([0] * 10 + [1] * 11)
    ranked = [
        [("bus", 0.9), ("driver", 0.8), ("lunch", 0.1)],
        [("lunch", 0.9), ("cold", 0.8), ("soup", 0.7), ("bus", 0.2)],
    ]
    assert keywords(texts, labels, ranked) == (("bus", "driver"), ("lunch", "cold", "soup"))


def test_a_text_said_in_an_odd_way_comes_nearer_to_those_like_it() -> None:
    alike = np.repeat(np.eye(3)[:2], 20, axis=0)
    odd = np.array([[0.6, 0.0, 0.8]])
    moved = drawn_together(np.vstack([alike, odd]))
    assert moved[-1] @ alike[0] > 0.8 > odd[0] @ alike[0]
    assert np.allclose(moved[:-1], alike)
    assert np.allclose(np.linalg.norm(moved, axis=1), 1)


def test_of_a_handful_of_texts_none_is_moved() -> None:
    few = rows(9).astype(np.float64)
    assert np.array_equal(drawn_together(few), few)


def test_where_there_are_very_many_texts_a_part_of_them_is_asked_who_is_near(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    near = np.repeat(np.eye(2), 30, axis=0)
    whole = drawn_together(near)
    monkeypatch.setattr("engage.analysis.themes.neighbours.MOST_ASKED", 20)
    assert np.allclose(drawn_together(near), whole)


def test_groups_nobody_asked_for_are_joined_where_they_lie_together() -> None:
    points = unit_rows(np.repeat(np.eye(12)[:2], 30, axis=0) + 0.2 * rows(60))
    as_found = SteadyGroups([4], 1).fit(points)
    as_asked = SteadyGroups([4], 1, is_given=True).fit(points)
    assert (as_found.labels_.max() + 1, as_asked.labels_.max() + 1) == (2, 4)
