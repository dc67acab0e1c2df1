"""Stopping for now, coming back with six words, and what a code shows once answers are sent."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from engage.responses import coming_back
from engage.responses.models import Answer, NotUnderstood, Response
from engage.web import tries
from tests.survey_factories import ask, make_small_survey


@pytest.fixture(autouse=True)
def nobody_has_tried():
    tries.forget_all()


@pytest.fixture
def begin(client):
    """Start the small survey in some wording or language; the address of the first question."""

    def begin(slug="small", **choices):
        return client.post(f"/have-your-say/{slug}", data=choices).location

    return begin


def code_on(page):
    return " ".join(page.texts(".code li"))


def stop_for_now(client, url, **fields):
    saved = client.post(url, data={"go": "later", **fields})
    return client.get(saved.location).page


def send_all(client, url, *answers):
    """Answer page after page, send, and return the thank-you page."""
    for value in answers:
        url = client.post(url, data={"answer": value}).location
    return client.get(client.post(url).location).page


def test_somebody_stops_and_goes_on_with_six_words_on_another_phone(client, begin, app):
    make_small_survey(slug="small")
    saved = stop_for_now(client, begin(), answer="yes")
    assert saved.heading == "Saved"
    code = code_on(saved)
    assert len(code.split()) == 6

    other_phone = app.test_client()
    there = other_phone.post("/your-code", data={"words": code.upper().replace(" ", ", ")})

    assert there.status_code == 303
    assert there.location.endswith("/Q2")
    assert "checked" in other_phone.get(there.location.replace("/Q2", "/Q1")).page.html


def test_the_saved_page_says_until_when_and_has_a_picture_for_the_camera(client, begin):
    make_small_survey(slug="small")
    saved = stop_for_now(client, begin())
    last_day = (datetime.now(UTC) + timedelta(days=30)).date()
    assert f"{last_day.day} {last_day:%B %Y}" in saved.html
    picture = saved.soup.select_one("img.qr")
    assert picture["src"].startswith("data:image/svg+xml")
    assert picture["alt"]


def test_stopping_on_a_question_that_must_be_answered_asks_for_nothing(client, begin):
    make_small_survey([ask("Q1", required=True), ask("Q2")], slug="small")
    assert stop_for_now(client, begin()).heading == "Saved"


def test_the_way_back_leads_to_the_first_page_when_nothing_was_answered(client, begin):
    make_small_survey(slug="small")
    code = code_on(stop_for_now(client, begin()))
    assert client.post("/your-code", data={"words": code}).location.endswith("/Q1")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Write all six words of your code."),
        ("anchor", "Write all six words of your code."),
        ("qqqqqqqq", "“qqqqqqqq” is not a word of a code. Look at it again."),
    ],
)
def test_a_code_that_cannot_be_one_is_explained(client, typed, said):
    page = client.post("/your-code", data={"words": typed}).page
    assert page.status == 422
    assert page.texts(".govuk-error-summary a") == [said]
    assert page.soup.select_one("input[name=words]")["value"] == typed


def test_a_misspelt_word_is_met_with_the_nearest_one(client, begin):
    make_small_survey(slug="small")
    words = code_on(stop_for_now(client, begin())).split()
    long = max(words, key=len)
    misspelt = " ".join(word if word != long else f"{long}x" for word in words)
    page = client.post("/your-code", data={"words": misspelt}).page
    assert f"Did you mean “{long}”?" in page.html


def test_a_code_that_nobody_has_opens_nothing(client, begin):
    make_small_survey(slug="small")
    code = code_on(stop_for_now(client, begin()))
    turned = " ".join(reversed(code.split()))
    page = client.post("/your-code", data={"words": turned}).page
    assert "We do not know this code" in page.html


def test_who_guesses_codes_has_to_wait(client, begin, monkeypatch):
    monkeypatch.setattr(tries, "TRIES", tries.RateLimitItemPerHour(2))
    make_small_survey(slug="small")
    turned = " ".join(reversed(code_on(stop_for_now(client, begin())).split()))
    seen = [client.post("/your-code", data={"words": turned}).status_code for _ in range(3)]
    assert seen == [422, 422, 429]


def test_the_code_of_sent_answers_shows_what_became_of_them(client, begin):
    make_small_survey(slug="small")
    code = code_on(send_all(client, begin(), "yes", "The bus is late"))

    page = client.post("/your-code", data={"words": code}).page

    assert page.heading == "What became of your answers"
    assert "A person will read your words" in page.html
    assert "The bus is late" not in page.html, "only the copy shows the words"


def test_the_code_gives_a_copy(client, begin):
    make_small_survey(slug="small")
    code = code_on(send_all(client, begin(), "yes", "The bus is late"))
    page = client.post("/your-code/copy", data={"words": code}).page
    assert "The bus is late" in page.html
    assert "Yes" in page.texts("dd")[0]


def test_answers_can_be_taken_back_for_good(client, begin, session):
    make_small_survey(slug="small")
    code = code_on(send_all(client, begin(), "yes", "The bus is late"))

    sure = client.post("/your-code/withdraw", data={"words": code}).page
    assert sure.heading == "Take your answers back?"
    assert session.query(Response).count() == 1, "nothing is deleted before they are sure"

    gone = client.post("/your-code/withdraw", data={"words": code, "sure": "yes"})
    assert client.get(gone.location).page.heading == "Your answers are deleted"
    assert session.query(Response).count() == session.query(Answer).count() == 0
    assert client.post("/your-code", data={"words": code}).status_code == 422


def test_the_link_alone_neither_shows_nor_withdraws_what_was_sent(client, begin):
    make_small_survey(slug="small")
    first = begin()
    send_all(client, first, "yes", "The bus is late")
    token = first.split("/")[2]
    for path in ("saved", "go-on", "Q2", ""):
        there = client.get(f"/answer/{token}/{path}".rstrip("/"))
        assert there.location.endswith("/thank-you")


def test_i_do_not_understand_is_kept_and_lets_the_person_go_on(client, begin, session):
    make_small_survey([ask("Q1", required=True), ask("Q2")], slug="small")
    first = begin()

    second = client.post(first, data={"go": "not-understood"}).location

    assert second.endswith("/Q2")
    assert session.query(NotUnderstood).count() == 1
    check = client.post(second, data={"answer": "yes"}).location
    assert client.post(check).location.endswith("/thank-you"), "nor is it asked for at the end"


def test_how_pages_look_is_kept_with_the_draft(client, begin):
    make_small_survey(slug="small")
    first = begin()
    token = first.split("/")[2]

    back = client.post(
        f"/answer/{token}/easier", data={"look": ["large", "dark"], "read": "easy", "back": first}
    )

    assert back.location == first
    page = client.get(first).page
    assert page.soup.html["data-look"] == "large dark"
    assert page.soup.html["data-theme"] == "dark"
    assert "easy" in page.soup.body["class"]


@pytest.mark.parametrize(
    "back", ["https://elsewhere.example/", "//elsewhere.example", "/answer/other/Q1", "/staff"]
)
def test_making_it_easier_leads_back_to_ones_own_pages_only(client, begin, back):
    make_small_survey(slug="small")
    token = begin().split("/")[2]
    there = client.post(f"/answer/{token}/easier", data={"back": back}).location
    assert there == f"/answer/{token}/go-on"


def test_the_language_chosen_on_the_first_page_is_kept(client, begin, session):
    version = make_small_survey(slug="small")
    version.survey.is_invented = True
    session.commit()
    page = client.get(begin(lang="ar", look="dark")).page
    assert (page.soup.html["lang"], page.soup.html["dir"]) == ("ar", "rtl")
    assert "مغادرة هذه الصفحة" in page.html, "and the words around the question are in it"
    assert page.soup.html["data-theme"] == "dark"


def test_who_reads_it_is_said_before_the_first_open_question_and_not_again(client, begin):
    make_small_survey([ask("Q1"), ask("Q2", "text"), ask("Q3", "text")], slug="small")
    first = begin()
    pages = [client.get(first.replace("/Q1", f"/{code}")).page for code in ("Q1", "Q2", "Q3")]
    assert ["Who reads what you write" in page.html for page in pages] == [False, True, False]


def test_a_page_drawn_for_one_person_holds_nothing_of_another(client, begin):
    make_small_survey(slug="small")
    one, other = begin(), begin()
    client.post(one.replace("/Q1", "/Q2"), data={"answer": "A secret of one"})
    pages = [client.get(url).page.html for url in (one, other, other.replace("/Q1", "/Q2"))]
    tokens = [url.split("/")[2] for url in (one, other)]
    assert tokens[0] not in pages[1] + pages[2]
    assert "A secret of one" not in pages[2]
    assert re.search(tokens[1], pages[1])


def test_somebody_sees_their_own_answer_on_a_page_that_others_saw_blank(client, begin):
    make_small_survey(slug="small")
    client.get(begin())
    mine = begin()
    client.post(mine, data={"answer": "yes"})
    assert client.get(mine).page.soup.select("input[checked]")[0]["value"] == "yes"


def test_a_complaint_is_shown_its_own_door_before_and_after_sending(client, begin):
    make_small_survey(slug="small")
    second = client.post(begin(), data={"answer": "yes"}).location
    check = client.post(second, data={"answer": "I want to make a formal complaint"}).location
    assert client.get(check).page.texts(".callout strong"), "the door is offered before"
    thanks = client.post(check).location
    assert client.get(thanks).page.texts(".callout strong"), "and after"


def test_english_words_on_an_arabic_page_are_marked_as_english(client, begin):
    make_small_survey(slug="small")
    page = client.get(begin(lang="ar")).page
    question = page.soup.select_one("h1 [lang]")
    assert (question["lang"], question["dir"], question.get_text()) == ("en", "ltr", "Question Q1?")
    options = page.soup.select("label [lang=en][dir=ltr]")
    assert [option.get_text() for option in options] == ["Yes", "No", "Not sure"]
    assert page.soup.title.get_text().startswith("Question Q1?")


def test_the_history_of_a_shared_phone_does_not_show_the_code(client, begin, session):
    make_small_survey(slug="small")
    first = begin()
    assert code_on(send_all(client, first, "yes", "The bus is late")), "at once it does"
    session.query(Response).update({"submitted_at": datetime.now(UTC) - timedelta(minutes=16)})
    session.commit()
    later = client.get(client.get(first).location).page
    assert later.heading == "Thank you. We have your answers."
    assert code_on(later) == ""


def test_a_flood_of_words_is_turned_away_without_looking_each_of_them_up(client, monkeypatch):
    looked_up = []
    monkeypatch.setattr(coming_back, "unknown_words", lambda words: looked_up.append(words) or {})
    page = client.post("/your-code", data={"words": "qqa " * 3000}).page
    assert page.texts(".govuk-error-summary a") == ["Write all six words of your code."]
    assert looked_up == []


def test_wrong_words_count_as_tries_too(client, monkeypatch):
    monkeypatch.setattr(tries, "TRIES", tries.RateLimitItemPerHour(2))
    seen = [client.post("/your-code", data={"words": "qqq"}).status_code for _ in range(3)]
    assert seen == [422, 422, 429]
