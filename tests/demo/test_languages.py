"""The words of the demonstration in other languages."""

from datetime import UTC, datetime

import pytest

from engage.demo.languages import FOLDER, add_languages
from engage.demo.surveys import OPTIONAL
from engage.surveys import catalogue, operations, queries
from engage.surveys.translation import languages_of
from engage.surveys.translation_checks import read_against
from engage.surveys.translation_files import read_file
from tests.survey_factories import HOW_IS_IT_GOING, a_pack, make_survey

SLUG = "young-people-2026"
NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)


def asked():
    return catalogue.read_template(HOW_IS_IT_GOING, a_pack(), OPTIONAL[SLUG])


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.xlf")), ids=lambda path: path.name)
def test_every_text_is_translated_and_fits_the_english_of_today(path):
    reading = read_against(asked(), read_file(path.read_bytes()))

    assert reading.problems == ()
    assert reading.empty == 0


def test_the_young_people_s_survey_speaks_polish_and_arabic_and_says_a_machine_wrote_it(session):
    version = make_survey(asked(), slug=SLUG, published=False)

    for _twice in range(2):
        add_languages(version, NOW)

    covers = languages_of(queries.definition_of(version.id))
    assert [(cover.language, cover.is_complete) for cover in covers] == [("ar", True), ("pl", True)]
    kept = queries.translations_of(version.id)
    assert {translation.status for translation in kept.values()} == {"machine_draft"}
    assert {translation.changed_by for translation in kept.values()} == {None}


def test_words_somebody_has_changed_are_not_written_over(session):
    version = make_survey(asked(), slug=SLUG, published=False)
    add_languages(version, NOW)
    operations.set_details(version, title="Another name")

    add_languages(version, NOW)

    assert len(queries.translations_of(version.id)) == 2
