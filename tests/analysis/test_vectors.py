"""Vectors kept in the database: the same, bit for bit, and gone with the words."""

from datetime import date, timedelta

import numpy as np
import pytest

from engage.analysis import vectors
from engage.analysis.meanings import (
    KeptScores,
    Meanings,
    comment_rows,
    embedded,
    unit_row,
    unit_rows,
    vector_key,
)
from engage.analysis.models import TextVector
from engage.analysis.simple import HashingEmbedder, WordCountSentiment
from engage.analysis.types import Sentence
from engage.analysis.vectors import DatabaseCache
from engage.jobs import queue
from tests.analysis.comments import some_comments
from tests.analysis.found import comments
from tests.loop.made import CHILD, PARENT
from tests.survey_factories import ask, make_small_survey

TODAY = date(2026, 3, 1)
QUESTIONS = (
    ask("WHO", options=(PARENT, CHILD), role="audience"),
    ask("SAY", "text", role="free_text", ambitions=["ambition-2"]),
)


def kept(texts, today=TODAY):
    cache = DatabaseCache("hashing-128")
    rows = HashingEmbedder(cache).embed(texts)
    cache.store(today)
    return rows


def test_what_was_kept_is_what_was_embedded_bit_for_bit(session, monkeypatch):
    texts = [comment.text for comment in some_comments(1_200)]
    first = kept(texts)
    monkeypatch.setattr(HashingEmbedder, "_embed_all", None)
    assert np.array_equal(first, kept(texts[::-1])[::-1])


def test_vectors_are_found_by_their_keys_and_what_is_not_kept_is_left_out(session):
    [row] = kept(["The bus was late"])
    [key] = keys("The bus was late")
    found = vectors.kept_vectors([key, key, *keys("Never said")])
    assert list(found) == [key]
    assert np.array_equal(found[key], row)


def test_rows_get_length_1_and_nothing_stays_nothing():
    rows = np.array([[3.0, 4.0], [0.0, 0.0]], dtype=np.float32)
    assert unit_rows(rows).tolist() == pytest.approx(np.array([[0.6, 0.8], [0, 0]]))
    assert unit_rows(rows).dtype == unit_row(rows[0]).dtype == np.float32
    assert unit_row(rows[0]) == pytest.approx(unit_rows(rows[0]))


def test_a_comment_is_the_mean_of_its_sentences_and_the_longer_counts_more():
    vectors = {"Yes.": np.array([1.0, 0.0]), "It was late again.": np.array([0.0, 1.0])}
    said = [Sentence("1", n, text) for n, text in enumerate(vectors)]
    one, both, none = comment_rows([said[:1], said, []], vectors)
    assert one.tolist() == [1, 0]
    assert 0 < both[0] < both[1]
    assert np.linalg.norm(both) == pytest.approx(1)
    assert none.tolist() == [0, 0]


def test_nothing_is_written_until_the_reading_ends(session):
    HashingEmbedder(DatabaseCache("hashing-128")).embed(["The bus was late"])
    assert session.query(TextVector).count() == 0


def test_two_workers_may_keep_the_same_text(session):
    one, other = DatabaseCache("hashing-128"), DatabaseCache("hashing-128")
    for cache in (one, other):
        HashingEmbedder(cache).embed(["The bus was late"])
    one.store(TODAY)
    other.store(TODAY)
    assert session.query(TextVector).count() == 1


def test_a_vector_that_is_used_is_noted_once_a_week(session):
    for days in (0, 3, 10):
        kept(["The bus was late"], TODAY + timedelta(days=days))
    assert session.query(TextVector).one().used_on == TODAY + timedelta(days=10)


@pytest.fixture
def answers(session):
    version = make_small_survey(QUESTIONS, (PARENT, CHILD))
    said = comments(version, ["The bus was late. Nobody rang.", "The club is kind."])
    session.commit()
    return said


def left(session, today=TODAY):
    vectors.forget(vectors.forgettable(["An anchor"], today))
    session.flush()
    return {row.key for row in session.query(TextVector)}


def keys(*texts):
    return {vector_key("hashing-128", text) for text in texts}


def test_a_vector_stays_while_a_comment_holds_its_words(session, answers):
    texts = ["Nobody rang.", "The club is kind.", "The bus was late. Nobody rang.", "An anchor"]
    kept([*texts, "What nobody says any more"])
    assert left(session) == keys(*texts)


def test_words_that_are_held_are_still_somebodys(session, answers):
    kept(["Nobody rang."])
    answers[0].response.is_held = True
    session.flush()
    assert left(session) == keys("Nobody rang.")


def test_a_vector_that_nobody_used_for_two_months_goes(session, answers):
    kept(["Nobody rang."])
    assert left(session, TODAY + timedelta(days=60)) == keys("Nobody rang.")
    assert left(session, TODAY + timedelta(days=61)) == set()


def test_words_taken_back_leave_no_vector_behind(session, answers):
    survey = answers[0].response.version.survey_id
    queue.enqueue("analysis.refresh", survey_id=survey)
    session.commit()
    queue.work_off()
    gone, stays = keys("Nobody rang."), keys("The club is kind.")
    assert gone | stays <= {row.key for row in session.query(TextVector)}

    session.delete(answers[0].response)
    queue.enqueue("analysis.forget_quotes", survey_id=survey)
    session.commit()
    queue.work_off()
    there = {row.key for row in session.query(TextVector)}
    assert stays <= there
    assert not gone & there


def test_the_sweep_is_asked_for_each_day():
    assert "analysis.forget_vectors" in queue.DAILY


def test_a_table_of_meanings_is_a_mapping_that_copies_nothing():
    meanings = embedded(["b", "a", "b"], HashingEmbedder())
    assert list(meanings) == ["a", "b"]
    assert "a" in meanings
    assert len(meanings) == 2
    assert meanings["a"].base is not None
    assert meanings.rows(["b", "a"]).tolist() == [meanings["b"].tolist(), meanings["a"].tolist()]
    assert isinstance(embedded([], HashingEmbedder()), Meanings)


def test_a_text_is_scored_once_whatever_its_place():
    asked = []

    class Listening(WordCountSentiment):
        def score(self, texts, vectors, tones):
            asked.extend(zip(texts, tones, strict=True))
            return super().score(texts, vectors, tones)

    scorer = KeptScores(Listening())
    rows = np.zeros((3, 2), dtype=np.float32)
    tones = ["neutral", "neutral", "improve"]
    first = scorer.score(["so kind", "so bad", "so kind"], rows, tones)
    again = scorer.score(["so kind"], rows[:1], ["neutral"])
    assert first.tolist() == [1.0, -1.0, 1.0]
    assert again.tolist() == [1.0]
    assert len(asked) == 3
