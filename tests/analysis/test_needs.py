"""A comment is scored without the words that only name a disability, and shown with them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.analysis.mood import feel
from engage.analysis.needs import BEFORE, DOES, HAS, HOW, also_scored, as_scored, phrases
from engage.analysis.prepare import prepare, sentences
from engage.analysis.sentiment import VaderScorer
from engage.analysis.types import Comment


@pytest.mark.parametrize(
    ("said", "scored"),
    [
        ("My autistic son loves it.", "My son loves it."),
        ("My son who is autistic loves it.", "My son loves it."),
        ("My son, who is autistic, loves it.", "My son loves it."),
        ("My son who’s deaf and blind waited.", "My son waited."),
        ("My son (who has Down's syndrome) likes it.", "My son likes it."),
        ("My son Tom, who has an EHC plan, likes it.", "My son Tom likes it."),
        ("Children with complex needs are ignored.", "Children are ignored."),
        ("An autistic boy was hit.", "A boy was hit."),
        ("Autistic children are sent home.", "Children are sent home."),
        ("My severely autistic, non-verbal 9 year old son cried.", "My 9 year old son cried."),
        ("A boy with ADHD, epilepsy and a feeding tube likes it.", "A boy likes it."),
        ("A child who is non-verbal and uses a wheelchair fell.", "A child fell."),
        (
            "My son is autistic and the staff were great.",
            "My son is here and the staff were great.",
        ),
        ("He's autistic and has ADHD.", "He's here."),
        ("I have ADHD and nobody asked.", "I am here and nobody asked."),
        ("My children have autism.", "My children are here."),
        ("My daughter uses a wheelchair and fell.", "My daughter walks and fell."),
        ("My children use Makaton and sing.", "My children speak and sing."),
        ("My daughter signs and laughs.", "My daughter speaks and laughs."),
        ("There is no room for a wheelchair user.", "There is no room for a user."),
        ("People in wheelchairs cannot get in.", "People cannot get in."),
        ("SEND children get nothing.", "Children get nothing."),
        ("No disabled toilet for my disabled son.", "No disabled toilet for my son."),
    ],
)
def test_words_that_name_a_need_are_taken_out_and_the_rest_reads_naturally(
    said: str, scored: str
) -> None:
    assert as_scored(said) == scored


@pytest.mark.parametrize(
    "said",
    [
        "The autism assessment took two years.",
        "Waiting for an EHCP is awful.",
        "The wheelchair was broken for weeks.",
        "SEND support is poor.",
        "He has ADHD support at school.",
        "They send children home.",
        "They were deaf to our worries.",
        "The doctor signs the form.",
        "We cannot see a dentist.",
        "The staff do not talk to us.",
        "The deaf club is good.",
        "My son with red hair.",
        "Autistic.",
    ],
)
def test_what_a_complaint_is_about_is_kept(said: str) -> None:
    assert as_scored(said) == said


def test_every_phrase_of_the_file_is_taken_out_where_it_stands() -> None:
    lines = phrases()
    asked = [f"My {words} son waited." for words in lines[BEFORE]]
    asked += [f"My son with {words} waited." for words in lines[HAS]]
    asked += [f"My son, who is {words}, waited." for words in lines[BEFORE]]
    asked += [f"My son who {words.split(' = ')[0]} waited." for words in lines[DOES]]
    assert [text for text in asked if as_scored(text) != "My son waited."] == []
    states = [f"My son is {words}." for words in lines[HOW]]
    assert [text for text in states if as_scored(text) != "My son is here."] == []
    deeds = [words.split(" = ") for words in lines[DOES] if " = " in words]
    plain = [(as_scored(f"My son {said}."), f"My son {instead}.") for said, instead in deeds]
    assert [got for got, wanted in plain if got != wanted] == []


@given(st.text(max_size=80), st.sampled_from([p for some in phrases().values() for p in some]))
def test_any_text_around_any_phrase_gives_a_text(around: str, phrase: str) -> None:
    assert isinstance(as_scored(f"{around} my son, {phrase}, {around}"), str)


def test_a_very_long_line_of_needs_is_read_to_its_end() -> None:
    """How long that takes is in `benchmarks.scaling`."""
    assert as_scored("my son " * 2_000 + "is deaf") == "my son " * 2_000 + "is here"
    assert as_scored("autistic " * 2_000).split() == ["autistic"] * 2_000, "no name of anybody"
    assert "severe" not in as_scored("my son with " + "severe " * 2_000 + "autism " * 50)


def test_a_need_changes_neither_the_score_nor_the_label_and_nothing_else_does() -> None:
    texts = ("My son is happy here.", "My blind, disabled son is happy here.")
    read = prepare([Comment(str(n), text) for n, text in enumerate(texts)])
    split = [sentences(item) for item in read]
    said = {sentence.text for part in split for sentence in part}
    assert also_scored(said) == {texts[0]}
    vectors = {text: np.ones(2, np.float32) for text in said | also_scored(said)}
    moods = feel(read, split, vectors, VaderScorer())
    assert moods.scores[0] == moods.scores[1] > 0
    assert moods.labels[0] == moods.labels[1]
    assert [part[0].text for part in split] == list(texts)
