"""On the page of themes, 1 to 4 comments are "fewer than 5" to whoever may not read answers."""

import re

import pytest

from tests.analysis.found import a_run, comments
from tests.factories import StaffFactory
from tests.loop.made import a_survey
from tests.signin import sign_in

HERE = "/staff/surveys/small/themes"
TOO_SMALL = re.compile(r"\b[1-4] comments?\b|: [1-4]\b")


@pytest.fixture
def version(session):
    version = a_survey(slug="small", title="What helps")
    session.commit()
    return version


@pytest.fixture
def page_of(app, version):
    def page_of(role):
        staff = StaffFactory(organisation=version.survey.organisation, roles=[role])
        return sign_in(app.test_client(), staff).get(HERE).page

    return page_of


def a_reading(version, themed, alone, aside, **details):
    said = comments(version, [f"Comment {n} about waiting" for n in range(themed + alone + aside)])
    return a_run(
        version,
        {"waits": said[:themed]},
        alone=said[themed : themed + alone],
        set_aside={"other_language": said[themed + alone :]},
        **details,
    )


def rest(page):
    return page.texts("section[aria-labelledby=rest] li")


def words(page):
    return " ".join(page.texts("main"))


@pytest.mark.parametrize("role", ["reader", "administrator"])
def test_small_counts_are_not_said_to_whoever_may_not_read_answers(page_of, version, role):
    a_reading(version, themed=12, alone=3, aside=1)
    page = page_of(role)
    assert rest(page) == [
        "Comments in no theme: fewer than 5",
        "Comments in another language, for a person to read: fewer than 5",
    ]
    assert "15 comments could be read." in words(page)
    assert "in all" not in words(page), "16 in all would say that one could not be read"
    assert not TOO_SMALL.search(words(page))


@pytest.mark.parametrize("role", ["survey_lead", "analyst", "safeguarding_lead"])
def test_whoever_may_read_answers_sees_the_counts_and_can_open_the_words(page_of, version, role):
    a_reading(version, themed=12, alone=3, aside=1)
    page = page_of(role)
    assert page.texts("section[aria-labelledby=rest] button") == [
        "3 comments in no theme",
        "Comments in another language, for a person to read: 1",
    ]
    assert "16 comments in all." in words(page)


def test_large_counts_are_said_to_everybody_and_only_readers_of_answers_get_buttons(
    page_of, version
):
    a_reading(version, themed=12, alone=6, aside=7)
    page = page_of("reader")
    assert rest(page) == [
        "Comments in no theme: 6",
        "Comments in another language, for a person to read: 7",
    ]
    assert page.texts("section[aria-labelledby=rest] button") == []
    assert "recorded" not in " ".join(page.texts("section[aria-labelledby=rest]"))
    assert "25 comments in all." in words(page)


@pytest.mark.parametrize("number", [1, 4])
def test_a_survey_of_a_few_comments_says_no_number_of_them(page_of, version, number):
    a_reading(version, themed=number, alone=0, aside=0)
    page = page_of("reader")
    assert "Comments that could be read: fewer than 5." in words(page)
    assert "Every comment is in a theme." in words(page)
    assert not TOO_SMALL.search(words(page))


def test_a_few_comments_in_other_languages_are_not_counted_to_a_reader(page_of, version):
    settings = {"other_languages": {"pl": 2, "uk": 1}}
    a_reading(version, themed=12, alone=0, aside=0, settings=settings)
    assert "Fewer than 5 comments in other languages" in words(page_of("reader"))
    assert "3 comments in other languages" in words(page_of("analyst"))
