from datetime import UTC, datetime

import pytest

from engage.extensions import db
from engage.loop import operations
from engage.pages.comb import MOST_FILLED, comb
from engage.web.i18n import LANGUAGES
from tests.loop.made import CHILD, NOW, PARENT, a_public_action, a_survey, a_theme, people_say

LIMIT = 40 * 1024
INFORMATION = ["/privacy", "/accessibility", "/credits"]


def test_an_open_survey_says_who_it_is_for_how_long_it_takes_and_until_when(client, session):
    version = a_survey(closes_at=datetime(2099, 12, 18, tzinfo=UTC))
    page = client.get("/").page
    assert page.soup.select_one(".card h3 a")["href"] == f"/have-your-say/{version.survey.slug}"
    assert page.texts(".card .facts dd") == [
        "Parent or carer; Child or young person",
        "About 2 minutes",
        "Thursday 17 December 2099",
    ]
    assert "2 questions. You can skip any you want." in page.texts(".card p")


def test_a_survey_that_has_closed_is_not_offered(client, session):
    a_survey(closes_at=datetime(2026, 1, 1, tzinfo=UTC))
    page = client.get("/").page
    assert page.texts(".card") == []
    assert "No survey is open today. Please come back." in page.texts("#open p")


def test_a_survey_that_is_a_draft_is_not_offered(client, session):
    a_survey(published=False)
    assert client.get("/").page.texts(".card") == []


def test_the_easy_page_is_another_page(client, session):
    a_survey()
    page = client.get("/?read=easy").page
    assert "easy" in page.soup.body["class"]
    assert "Tell us what you think about your help." in page.texts(".lead p")
    assert page.soup.select_one(".card h3 a")["href"].endswith("?read=easy")


def test_the_page_is_there_in_each_language_by_its_own_name(client):
    page = client.get("/?lang=ur").page
    assert page.texts(".langs a") == list(LANGUAGES.values())
    assert page.texts(".langs [aria-current]") == ["اردو"]
    assert (page.soup.html["lang"], page.soup.html["dir"]) == ("ur", "rtl")


def test_a_language_nobody_translated_is_english(client):
    assert client.get("/?lang=xx").page.soup.html["lang"] == "en"


@pytest.mark.parametrize(("path", "current"), [("/", "Standard"), ("/?read=easy", "Easy read")])
def test_the_page_says_in_which_wording_it_is(client, path, current):
    assert client.get(path).page.texts(".switch [aria-current]") == [current]


def test_the_comb_is_empty_before_anything_is_counted(client, session):
    version = a_survey()
    people_say(version, PARENT, 40)
    db.session.commit()
    page = client.get("/").page
    assert (
        page.soup.select_one("figure .comb")["aria-label"] == "A honeycomb. No cell is filled yet."
    )
    assert page.texts(".figures dd") == ["0", "0"]


def test_the_comb_fills_from_the_public_counts(client, session):
    version = a_survey()
    people_say(version, PARENT, 42)
    people_say(version, CHILD, 21)
    operations.take_loop_snapshot(version.survey_id, NOW)
    db.session.commit()
    page = client.get("/").page
    label = page.soup.select_one("figure .comb")["aria-label"]
    assert label == "A honeycomb. 12 cells are filled. Each stands for about 5 people."
    assert page.texts(".figures dd") == ["65", "0", "0"]


def test_a_hidden_group_fills_no_cell(client, session):
    version = a_survey()
    people_say(version, PARENT, 42)
    people_say(version, CHILD, 3)
    operations.take_loop_snapshot(version.survey_id, NOW)
    db.session.commit()
    assert client.get("/").page.soup.select("figure use.y") == []


@pytest.mark.parametrize("people", [0, 1, 5, 10, 275, 1083, 20_000, 4_000_000])
def test_the_comb_always_keeps_cells_for_the_next_person(people):
    drawn = comb({"p": people, "y": people // 3, "w": 10 if people else 0})
    assert drawn.filled <= MOST_FILLED < len(drawn.cells)
    assert sum(cell.group != "c" for cell in drawn.cells) == drawn.filled


def test_the_comb_is_the_same_each_time():
    assert comb({"p": 620, "y": 300, "w": 160}) == comb({"p": 620, "y": 300, "w": 160})


def test_the_last_three_answers_are_shown(client, session):
    theme = a_theme(a_survey())
    for _ in range(4):
        a_public_action(theme)
    page = client.get("/").page
    assert len(page.texts(".pair")) == 3
    assert page.soup.find("a", string="See all 4")["href"] == "/you-said-we-did"


def test_made_up_answers_behind_the_comb_are_called_so(client, session):
    version = a_survey(closes_at=datetime(2026, 1, 1, tzinfo=UTC))
    version.survey.is_invented = True
    people_say(version, PARENT, 42)
    operations.take_loop_snapshot(version.survey_id, NOW)
    db.session.commit()
    assert "Example with made-up answers" in client.get("/").page.texts(".tag")


def test_the_home_page_takes_as_many_queries_however_many_counts(client, session, queries):
    def one_more() -> None:
        version = a_survey(closes_at=datetime(2026, 1, 1, tzinfo=UTC))
        people_say(version, PARENT, 12)
        operations.take_loop_snapshot(version.survey_id, NOW)
        db.session.commit()

    one_more()
    client.get("/")
    queries.clear()
    client.get("/")
    before = len(queries)
    one_more()
    one_more()
    queries.clear()
    client.get("/")
    assert len(queries) == before


@pytest.mark.parametrize("path", [*INFORMATION, "/privacy?read=easy"])
def test_an_information_page_opens_without_the_database(client, queries, path):
    page = client.get(path).page
    assert page.status == 200
    assert queries == []


@pytest.mark.parametrize("path", ["/", "/?read=easy", *INFORMATION])
def test_a_page_is_small_sets_no_cookie_and_shouts_at_nobody(client, session, path):
    a_survey()
    db.session.commit()
    reply = client.get(path)
    assert len(reply.data) <= LIMIT
    assert "Set-Cookie" not in reply.headers
    assert "!" not in reply.page.soup.get_text()


def test_the_privacy_page_says_what_is_kept_and_for_how_long(client):
    words = client.get("/privacy").page.soup.main.get_text()
    assert "We use no cookies on the pages you answer" in words
    assert "30 days" in words


def test_the_accessibility_page_says_what_was_not_checked(client):
    assert "What we have not checked yet" in client.get("/accessibility").page.texts("h2")


def test_the_credits_name_every_picture(client):
    page = client.get("/credits").page
    assert "Very sad face: OpenMoji 1F622, CC BY-SA 4.0" in page.texts("details li")


def test_health_is_ok_and_asks_the_database_nothing(client, queries):
    assert client.get("/health").json == {"ok": True}
    assert queries == []


def test_an_unknown_page_is_not_found(client):
    assert client.get("/nowhere").page.heading == "Page not found"
