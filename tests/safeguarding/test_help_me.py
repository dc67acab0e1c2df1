""" "Please help me": what somebody in need reads, and what becomes of what they write."""

from datetime import timedelta
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.jobs import queue
from engage.jobs.models import Job
from engage.safeguarding import operations, queries
from engage.safeguarding.forms import form_key, way_back
from engage.safeguarding.models import Alert
from tests.factories import OrganisationFactory, StaffFactory, ready_plan

SAID = {"words": "I am scared to go home", "reach": "At school", "when": "Before lunch"}
NUMBERS = ["999", "0800 1111", "01632 960118", "01632 960119"]


@pytest.fixture
def council(session):
    organisation = OrganisationFactory(code="council")
    ready_plan(organisation)
    return organisation


@pytest.fixture
def send(client, council):
    """Fills in the form as it came, hidden fields and all, and sends it."""

    def send(address="/help-me/council", **typed):
        page = client.get(address).page
        hidden = {field["name"]: field["value"] for field in page.soup.select("form [type=hidden]")}
        return client.post("/help-me/council", data=hidden | typed)

    return send


def numbers_on(page):
    return [link.text for link in page.soup.select("section[aria-labelledby=numbers] a")]


# ---- what they read


@pytest.mark.parametrize("read", ["standard", "easy"])
def test_the_page_says_who_reads_it_when_and_whom_to_ring(client, council, read):
    answer = client.get(f"/help-me/council?read={read}")

    page = answer.page
    assert page.heading == "Please help me"
    assert numbers_on(page) == NUMBERS
    assert page.soup.select_one('a[href="tel:999"]')
    for words in (council.name, "keep children safe", "9am to 5pm, Monday to Friday"):
        assert words in page.html
    assert page.texts("form label") == [
        "What do you want to tell us?",
        "How can we reach you safely?",
        "When is a good time?",
    ]
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in answer.headers
    assert page.soup.select_one("[data-leave]")["href"] == council.leave_url


def test_easy_read_has_easy_words(client, council):
    page = client.get("/help-me/council?read=easy").page

    assert "easy" in page.soup.body["class"]
    assert "It is not your fault." in page.texts("li")
    assert "not for emergencies" not in page.html


def test_it_says_that_it_is_not_for_emergencies(client, council):
    assert "not for emergencies" in client.get("/help-me/council").page.html


def test_how_somebody_reads_goes_along(client, send):
    answer = send("/help-me/council?lang=ur&read=easy&look=large-dark", **SAID)

    for part in ("lang=ur", "read=easy", "look=large-dark"):
        assert part in answer.location
    thanks = client.get(answer.location).page
    assert thanks.soup.html["dir"] == "rtl"
    assert "easy" in thanks.soup.body["class"]


def test_turning_to_easy_words_keeps_what_was_typed(send, session):
    page = send(switch="easy", **SAID).page

    assert "easy" in page.soup.body["class"]
    assert page.soup.select_one("#words").text.strip() == SAID["words"]
    assert page.soup.select_one("#when")["value"] == SAID["when"]
    assert page.soup.select_one("[name=read]")["value"] == "easy"
    assert session.query(Alert).count() == 0


def test_where_nobody_reads_there_are_numbers_only(client, session):
    OrganisationFactory(code="new", help_phone="01632 960118")

    page = client.get("/help-me/new").page

    assert numbers_on(page) == NUMBERS[:3]
    assert "Nobody reads messages here at the moment" in page.html
    assert not page.soup.select("form")


def test_a_test_that_has_grown_old_closes_no_door(client, council, session):
    ready_plan(council).tested_at = None
    session.commit()

    assert client.get("/help-me/council").page.soup.select("form")


def test_an_organisation_that_is_not_there_is_not_found(client):
    assert client.get("/help-me/nowhere").status_code == 404
    assert client.post("/help-me/nowhere", data=SAID).status_code == 404


# ---- what becomes of it


def test_what_they_write_becomes_an_alert(client, send, council, session):
    answer = send(**SAID)

    assert answer.status_code == 303
    alert = session.query(Alert).one()
    assert (alert.organisation_id, alert.kind, alert.level) == (council.id, "help", 3)
    assert alert.words == [["What do you want to tell us?", SAID["words"]]]
    assert alert.contact == {"reach": "At school", "when": "Before lunch"}
    assert session.query(Job).filter_by(name="safeguarding.mail").count() == 1
    thanks = client.get(answer.location).page
    assert thanks.heading == "Thank you for telling us"
    assert numbers_on(thanks) == NUMBERS


@pytest.mark.parametrize("given", SAID)
def test_any_one_box_is_enough_and_only_that_is_kept(send, session, given):
    send(**{given: SAID[given]})

    alert = session.query(Alert).one()
    assert [text for _question, text in alert.words] == (
        [SAID["words"]] if given == "words" else []
    )
    assert alert.contact == ({given: SAID[given]} if given != "words" else {})


@pytest.mark.parametrize("typed", [{}, {"words": "  ", "reach": "\n", "when": " "}])
def test_an_empty_form_is_a_mistake_that_says_what_to_do(send, session, typed):
    refused = send(**typed)

    assert refused.status_code == 422
    summary = refused.page.soup.select_one(".govuk-error-summary")
    assert summary.has_attr("autofocus")
    (link,) = summary.select("a")
    assert link.text == "Write in one of the boxes, or ring a number"
    assert refused.page.soup.select_one(link["href"]).name == "textarea"
    assert numbers_on(refused.page) == NUMBERS
    assert session.query(Alert).count() == 0


def test_pressing_twice_is_one_alert(client, council, session):
    key = client.get("/help-me/council").page.soup.select_one("[name=key]")["value"]

    places = {client.post("/help-me/council", data=SAID | {"key": key}).location for _ in range(3)}

    assert len(places) == 1
    assert session.query(Alert).count() == 1
    queue.work_off()
    assert session.query(Job).filter_by(name="safeguarding.mail").count() == 1


def test_other_words_under_the_same_key_are_not_lost(client, council, session):
    key = client.get("/help-me/council").page.soup.select_one("[name=key]")["value"]
    client.post("/help-me/council", data=SAID | {"key": key})
    client.post("/help-me/council", data=SAID | {"key": key, "words": "And there is more"})

    assert session.query(Alert).count() == 2


def test_the_key_is_new_each_time_and_never_from_the_address(client, council):
    keys = [
        client.get("/help-me/council?key=0123456789abcdef").page.soup.select_one("[name=key]")
        for _ in range(2)
    ]

    assert len({key["value"] for key in keys} | {"0123456789abcdef"}) == 3


@pytest.mark.parametrize("key", ["", "short", "a" * 65, "<b>0123456789abcdef</b>", None])
def test_a_spoilt_key_loses_nobodys_words(client, council, session, key):
    data = SAID if key is None else SAID | {"key": key}

    assert client.post("/help-me/council", data=data).status_code == 303
    assert session.query(Alert).count() == 1


def test_very_many_words_are_kept(send, session):
    send(words="help " * 20_000)

    assert len(session.query(Alert).one().words[0][1]) == 99_999


def test_it_is_kept_even_where_the_reader_has_just_left(client, council, session):
    plan = ready_plan(council)
    plan.lead.active = plan.deputy.active = False
    session.commit()

    answer = client.post("/help-me/council", data=SAID)

    assert session.query(Alert).count() == 1
    assert "We cannot say when somebody will read it" in client.get(answer.location).page.html


def test_what_another_website_sends_is_refused(client, council, session):
    foreign = {"Sec-Fetch-Site": "cross-site"}

    assert client.post("/help-me/council", data=SAID, headers=foreign).status_code == 403
    assert session.query(Alert).count() == 0


def test_where_it_came_from_is_kept_where_it_was_said(send, session):
    send("/help-me/council?about=How+is+it%0Agoing?" + "x" * 300, **SAID)

    about = session.query(Alert).one().about
    assert about.startswith("How is it going?")
    assert len(about) == 200


# ---- the way back


@pytest.mark.parametrize(
    "path",
    [
        "/answer/a-token_1/Q1~item",
        "/answer/token",
        "/have-your-say/parks-2026?lang=pl&read=easy",
    ],
)
def test_there_is_a_way_back_to_the_survey(client, send, session, path):
    address = f"/help-me/council?back={quote(path, safe='')}"

    assert client.get(address).page.soup.select_one(f'a[href="{path}"]')
    thanks = client.get(send(address, **SAID).location)
    assert thanks.page.soup.select_one(f'a[href="{path}"]')
    assert "token" not in str(vars(session.query(Alert).one()))


ELSEWHERE = (
    "https://evil.example/answer/",
    "//evil.example/answer/x",
    "/answer//evil.example",
    "/answer/\\evil.example",
    "/answer/../staff",
    "/answer/%2e%2e/staff",
    "/answer/a\n/b",
    "/staff/answer/x",
    "/answerx/y",
    "/answer/",
    "javascript:alert(1)",
    "/answer/<script>",
    "/have-your-say/@evil.example",
)


def test_there_is_no_way_to_anywhere_else(client, council):
    for path in ELSEWHERE:
        page = client.get("/help-me/council", query_string={"back": path}).page

        assert page.status == 200, path
        assert "Go back to the survey" not in page.html, path


@given(st.text(max_size=60), st.sampled_from(["", "/answer/", "/have-your-say/", "//", "/\\"]))
def test_a_way_back_is_always_one_of_ours(text, start):
    back = way_back(start + text)

    assert back == "" or back.startswith(("/answer/", "/have-your-say/"))
    assert "//" not in back
    assert "\\" not in back
    assert ".." not in back


@given(st.text(max_size=80))
def test_a_key_is_always_one_we_would_make(text):
    assert 16 <= len(form_key(text)) <= 64


# ---- nobody who asks again is taken for the same press


@pytest.fixture
def same_page(client, council):
    """Sends the same page with the same words, as somebody who went back in their browser."""
    key = client.get("/help-me/council").page.soup.select_one("[name=key]")["value"]
    return lambda: client.post("/help-me/council", data=SAID | {"key": key})


def test_who_asks_again_after_an_hour_is_heard_again(same_page, session):
    same_page()
    same_page()
    first = session.query(Alert).one()

    def known_as(later):
        return queries.help_reference(
            first.organisation_id, first.reference, first.raised_at + later
        )

    assert known_as(timedelta(minutes=59)) == first.reference
    assert known_as(timedelta(hours=1)) != first.reference


def test_who_asks_again_once_somebody_is_on_it_is_heard_again(same_page, session, council):
    same_page()
    operations.acknowledge(session.query(Alert).one(), StaffFactory(organisation=council))
    session.commit()

    same_page()

    assert session.query(Alert).count() == 2


def test_a_cry_for_help_is_taken_even_when_the_disk_is_nearly_full(send, session, app, monkeypatch):
    monkeypatch.setitem(app.config, "MIN_FREE_MEGABYTES", 10**12)

    assert send(**SAID).status_code < 400
    assert session.query(Alert).count() == 1
