"""What the record says of the machine, held against the code that it speaks of."""

import re
from pathlib import Path

import numpy as np
import pytest
from babel import Locale

from engage.analysis import calibration, embedding, languages, multilingual, sentiment
from engage.analysis.explaining.facts import known_facts
from engage.analysis.frame import codebook
from engage.analysis.tagging import examples, pieces
from engage.analysis.themes import projection
from engage.analysis.words import DATA
from tools import sentiment_ratings, train_sentiment

ROOT = Path(__file__).parents[3]
FIGURE = re.compile(r"(?<![\w.])\d?\.\d+")


def model(name):
    return next(each for each in known_facts().models if each.name.startswith(name))


@pytest.mark.parametrize(
    ("name", "checksums"),
    [
        (
            "bge-small",
            embedding.KNOWN_CHECKSUMS | {calibration.FILE.name: calibration.CHECKSUM},
        ),
        ("universal-sentence-encoder", multilingual.KNOWN_CHECKSUMS),
        ("Feedback map", {projection.FILE.name: projection.CHECKSUM}),
    ],
)
def test_a_checksum_in_the_record_is_the_one_that_the_code_asks_for(name, checksums):
    assert model(name).pinned == checksums
    assert set(model(name).files) == set(checksums)


def test_every_file_the_makers_trained_is_named_by_one_model():
    trained = {path.relative_to(DATA).as_posix() for path in DATA.rglob("*.npz")}
    named = [name for each in known_facts().models for name in each.files]
    assert trained <= set(named)
    assert len(named) == len(set(named))


def test_the_model_for_other_languages_names_each_it_knows_and_from_how_many_comments():
    names = Locale("en").languages
    said = model("universal-sentence-encoder").task
    assert all(names[code] in said for code in multilingual.LANGUAGES)
    assert f"{languages.FEWEST} comments or more" in said
    assert f"{languages.FEWEST} or more" in model("py3langid").task


def test_the_language_guesser_knows_as_many_languages_as_it_says():
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415

    known = len(set(LanguageIdentifier.from_model_file(MODEL_FILE).nb_classes))
    assert f"{known} languages" in model("py3langid").training


def test_the_feedback_map_has_as_many_numbers_as_it_says():
    held = projection.installed_projection()
    numbers, directions = held.directions.shape
    assert f"{numbers} numbers" in model("Feedback map").input
    assert f"{directions} numbers" in model("Feedback map").output


def test_the_head_knows_as_many_places_as_it_says():
    places = len(sentiment.load_head(sentiment.HEAD).space.landmarks)
    assert f"{places} known places" in model("Sentiment head").architecture
    assert places == train_sentiment.LANDMARKS


def test_the_word_list_is_as_long_as_it_says():
    lines = (DATA / sentiment.LEXICON).read_text("utf-8").splitlines()
    assert f"{round(len(lines), -2):,} words" in model("VADER").architecture


def test_the_code_book_learns_from_as_many_sentences_as_it_says():
    said = model("Code book").architecture
    assert f"{codebook.FEWEST} sentences or more" in said
    assert f"{codebook.MOST:,} sentences at most" in said


def test_the_ambition_guide_learns_as_it_says():
    assert examples.CONFIRMED_WEIGHT == 0.5
    assert "counts half as much" in model("Ambition guide").training
    assert pieces.LENGTH == 4
    assert "pieces of four letters" in model("Ambition guide").architecture


def test_what_was_learnt_from_is_told_for_each_model_that_the_makers_trained():
    by_model = known_facts().rows_by_model()
    assert set(by_model) == {"Sentiment head", "Feedback map"}
    assert all(model(name).files for name in by_model)
    assert all("development data below" in model(name).training for name in by_model)


def test_the_rows_are_those_that_the_cards_name():
    head = (ROOT / "docs/model-card-sentiment.md").read_text("utf-8")
    learnt = (ROOT / "docs/decisions/0014-a-map-learnt-from-feedback.md").read_text("utf-8")
    for each in known_facts().training_data:
        assert f"{each.rows:,}" in (head if each.taught == "Sentiment head" else learnt)
    assert f"{known_facts().rows_by_model()['Sentiment head']:,} training texts" in head
    assert f"{known_facts().taught_both:,} taught" in head
    assert "45 codes under 9 headings" in learnt


def test_the_rows_of_the_word_list_are_as_many_as_its_words():
    rows = [each.rows for each in known_facts().training_data if "word list" in each.name]
    assert rows == [len(list(sentiment_ratings.rated_words()))]


def test_every_figure_stands_in_the_source_it_names():
    for each in (*known_facts().measured, known_facts().feelings_right_of_ten):
        source = (ROOT / each.source).read_text("utf-8")
        there = {float(figure) for figure in FIGURE.findall(source)}
        said = f"{each.figure} {each.beside}" if hasattr(each, "figure") else each.exact
        assert {float(figure) for figure in FIGURE.findall(said)} <= there, each


def test_of_ten_feelings_no_more_are_right_than_were_measured():
    of_ten = known_facts().feelings_right_of_ten
    [accuracy] = FIGURE.findall(of_ten.exact)
    assert of_ten.right == int(np.floor(10 * float(accuracy)))
