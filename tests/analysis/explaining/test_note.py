"""What families can read of how their words were read."""

from datetime import UTC, datetime, timedelta

import pytest

from engage.analysis.checking import operations as checking
from engage.analysis.models import AnalysisRun
from engage.loop import operations as loop
from engage.surveys.models import SurveyVersion
from tests.analysis.found import a_run, comments
from tests.factories import StaffFactory
from tests.loop.made import NOW, a_public_action, a_survey, a_theme, people_say

HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def version(session):
    version = a_survey(slug="small", title="What helps", title_easy="What helps you")
    session.commit()
    return version


def at(rest=""):
    return f"/how-we-read/small{rest}"


def close(version, session):
    version.closed_at = datetime.now(UTC) - timedelta(days=1)
    session.commit()


def test_an_open_survey_says_how_its_words_are_read(client, version):
    page = client.get(at()).page
    assert page.heading == "How we read what you write"
    assert "What helps" in page.texts("p.lead")
    assert "The computer has not read the comments of this survey yet." in page.html


def test_after_a_reading_it_says_what_the_machine_found_and_people_decided(client, version):
    said = comments(version, [f"Comment {n}" for n in range(40)])
    a_run(version, {"waits": said[:20], "buses": said[20:]})
    page = client.get(at()).page
    facts = dict(zip(page.texts("dt"), page.texts("dd"), strict=True))
    assert facts["Last read on"] == "22 November 2026"
    assert facts["Comments"] == "Between 30 and 100"
    assert facts["Groups the computer found"] == "2"
    assert facts["Groups people said yes to"] == "0"


def test_too_few_comments_for_themes_is_said(client, version):
    a_run(version, {"all": comments(version, ["One"])}, method="grouped_reading")
    assert "Too few for themes." in client.get(at()).page.html


@pytest.mark.parametrize(
    ("comments_read", "words"),
    [
        (29, "Fewer than 30"),
        (30, "Between 30 and 100"),
        (99, "Between 30 and 100"),
        (100, "Hundreds"),
        (5000, "Thousands"),
    ],
)
def test_how_many_comments_is_said_in_words_only(client, version, session, comments_read, words):
    run = AnalysisRun(
        survey_id=version.survey_id,
        finished_at=NOW,
        method="topic_model",
        comments_read=comments_read,
        people=comments_read,
        made_by={},
    )
    session.add(run)
    session.commit()
    assert words in client.get(at()).page.texts("dd")


def test_nothing_that_anybody_wrote_is_on_the_page(client, version, session):
    said = comments(version, ["My words alone", HOSTILE])
    a_run(version, {"my label": said})
    for read in ("", "?read=easy"):
        html = client.get(at(read)).page.html
        assert "My words alone" not in html
        assert "my label" not in html
        assert HOSTILE not in html


def test_it_is_there_in_easy_read_with_the_easy_title(client, version):
    page = client.get(at("?read=easy")).page
    assert page.texts("p.lead") == ["What helps you"]
    assert page.soup.select(".easy-pic img")
    assert "The computer has not read the words yet." in page.html


@pytest.mark.parametrize("look", ["dark", "strong", "cream", "largest-wide-light-calm"])
def test_it_follows_every_look_and_language(client, version, look):
    page = client.get(at(f"?look={look}&lang=ur&read=easy")).page
    assert page.soup.html["dir"] == "rtl"
    assert page.soup.html["data-look"]


def test_a_closed_survey_without_public_answers_is_not_found(client, version, session):
    close(version, session)
    assert client.get(at()).status_code == 404


def test_a_closed_survey_with_a_public_answer_stays(client, version, session):
    close(version, session)
    action = a_public_action(a_theme(version, people_say(version, "parent_carer", 1)))
    assert client.get(at()).status_code == 200
    loop.take_down(action, action.theme.decided_by)
    session.commit()
    assert client.get(at()).status_code == 404


def test_an_answer_of_a_theme_set_aside_does_not_count(client, version, session):
    close(version, session)
    theme = a_theme(version)
    a_public_action(theme)
    theme.state = "set_aside"
    session.commit()
    assert client.get(at()).status_code == 404


def test_a_draft_and_an_unknown_survey_are_not_found(client, session):
    a_survey(slug="draft", published=False)
    assert client.get("/how-we-read/draft").status_code == 404
    assert client.get("/how-we-read/none").status_code == 404


def test_a_version_in_the_making_does_not_change_what_is_public(client, version, session):
    session.add(
        SurveyVersion(
            survey=version.survey,
            number=2,
            template="small",
            template_version="1",
            audiences=[],
            estimated_minutes=1,
        )
    )
    session.commit()
    assert "What helps" in client.get(at()).page.texts("p.lead")


def test_made_up_answers_say_so(client, version, session):
    version.survey.is_invented = True
    session.commit()
    assert "Example with made-up answers." in client.get(at()).page.html


def checked(version, session, comments_coded, by_second=100):
    """Two people and the machine say the same of so many comments, and the round ends."""
    said = comments(version, [f"Comment {n}" for n in range(comments_coded)])
    theme = a_theme(version, name="Waits")
    theme.found = a_run(version, {"waits": said}).themes[0]
    session.commit()
    people = [StaffFactory(organisation=version.survey.organisation) for _ in range(2)]
    round = checking.begin(version.survey, people[0], NOW, seed=1)
    for item in round.items:
        item.by_machine = [theme.id] if item.position <= 2 else []
        for person in people if item.position <= by_second else people[:1]:
            checking.code(round, item, item.by_machine, person, NOW)
    checking.end(round, version.survey, people[0], early=True, now=NOW)
    session.commit()
    return people[0]


def test_when_people_checked_the_machine_the_figures_are_there(client, version, session):
    officer = checked(version, session, 30)
    html = client.get(at()).page.html
    assert "people and the computer came to 1.00." in html
    assert "Two people came to 1.00 with each other." in html
    # A later round in which nobody coded takes nothing away.
    checking.end(checking.begin(version.survey, officer), version.survey, officer, early=True)
    session.commit()
    assert "people and the computer came to 1.00." in client.get(at()).page.html


def test_a_check_of_a_few_comments_is_not_told_as_a_test(client, version, session):
    checked(version, session, 29)
    html = client.get(at()).page.html
    assert "people and the computer came to" not in html
    assert "People have not tested the computer on this survey yet." not in html
    assert "That is too few to say how well it does." in html


def test_people_who_shared_few_comments_are_not_told_to_agree(client, version, session):
    checked(version, session, 30, by_second=29)
    html = client.get(at()).page.html
    assert "people and the computer came to 1.00." in html
    assert "with each other" not in html


def test_the_page_sets_no_cookie(client, version):
    assert "Set-Cookie" not in client.get(at()).headers
