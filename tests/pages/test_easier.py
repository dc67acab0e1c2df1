from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.web.display import CHOICES, draft_in, page_to_go_back_to, tidy_look

ELSEWHERE = [
    "https://bad.example/",
    "//bad.example/answer/x",
    "/\\bad.example",
    "/answer/../staff",
    "/staff",
    "/have-your-say/a\n/b",
    "javascript:alert(1)",
    "answer/x/y",
    "/privacy.evil",
    "",
    "/" + "a" * 600,
]
OURS = [
    "/",
    "/answer/tok-en_1/Q1",
    "/answer/token/Q1?screen=2",
    "/have-your-say/young-people-2026",
    "/help-me/token",
    "/you-said-we-did",
    "/you-said-we-did/parents?ambition=2&page=3",
    "/indicators/q",
    "/privacy",
    "/accessibility",
]


def checked(page, *names):
    """What is chosen, row by row; a radio of each name is, and only one can be."""
    return [page.soup.select_one(f"input[name={name}][checked]")["value"] for name in names]


ROWS = tuple(CHOICES)


def link(page, words):
    found = [a for a in page.soup.select("a") if words in a.get_text()]
    return found[0]["href"]


@pytest.mark.parametrize("back", OURS)
def test_it_comes_back_to_a_page_of_ours(client, back):
    page = client.get("/easier", query_string={"back": back}).page
    assert page.heading == "Make it easier"
    assert page.soup.select_one(".govuk-back-link")["href"] == back


@pytest.mark.parametrize("back", ELSEWHERE)
def test_it_goes_nowhere_else(client, back):
    page = client.get("/easier", query_string={"back": back}).page
    assert page.soup.select_one(".govuk-back-link")["href"] == "/"
    assert client.get("/easier", query_string={"back": back, "use": 1}).location.startswith("/?")


@given(st.text(max_size=60) | st.from_regex(r"\A/(answer|privacy|\\|/).{0,30}\Z"))
def test_whatever_the_address_says_the_way_back_is_on_this_website(address):
    back = page_to_go_back_to(address)
    assert back.startswith("/")
    assert not back.startswith("//")
    assert "\\" not in back
    assert urlsplit(back)[:2] == ("", "")
    assert page_to_go_back_to(back) in (back, "/")


@given(st.lists(st.sampled_from([*sum(CHOICES.values(), ()), "", "unknown", "LARGE"])))
def test_a_look_has_one_word_of_each_row_and_is_tidy_already(words):
    look = tidy_look("-".join(words))
    assert tidy_look(look) == look
    for row in CHOICES.values():
        assert sum(word in look.split("-") for word in row) == bool(set(row) & set(words))


def test_at_first_everything_is_as_usual(client):
    page = client.get("/easier").page
    assert checked(page, *ROWS) == ["", "", "", ""]
    assert checked(page, "read") == ["standard"]
    assert page.soup.html.get("data-look") is None


def test_see_how_it_looks_shows_the_page_itself_in_the_new_look(client):
    page = client.get(
        "/easier?back=/privacy&size=largest&spacing=wide&colours=cream&motion=calm&read=easy"
    ).page
    assert page.soup.html["data-look"] == "largest wide cream calm"
    assert page.soup.html["data-theme"] == "cream"
    assert "easy" in page.soup.body["class"]
    assert checked(page, *ROWS) == ["largest", "wide", "cream", "calm"]
    assert checked(page, "read") == ["easy"]


def test_a_look_we_do_not_know_is_left_out(client):
    page = client.get("/easier?look=huge&look=dark&look=%22%3E%3Cscript%3E").page
    assert page.soup.html["data-look"] == "dark"
    assert checked(page, *ROWS) == ["", "", "dark", ""]


def test_use_these_goes_back_with_the_choices_in_the_address(client):
    reply = client.get(
        "/easier?use=1&lang=en&read=easy&size=large&spacing=&colours=dark&motion="
        "&back=/you-said-we-did%3Fpage%3D2%26look%3Dwide"
    )
    where = urlsplit(reply.location)
    assert where.path == "/you-said-we-did"
    assert parse_qs(where.query) == {"page": ["2"], "read": ["easy"], "look": ["large-dark"]}


def test_standard_words_can_be_chosen_where_easy_read_is_usual(client):
    reply = client.get("/easier?use=1&read=standard&back=/have-your-say/young-people")
    assert reply.location == "/have-your-say/young-people?read=standard"


def test_a_draft_keeps_the_choices_itself(client):
    reply = client.get("/easier?back=/answer/some-token/Q1%3Fscreen%3D2&look=dark")
    form = reply.page.soup.form
    assert (form["method"], form["action"]) == ("post", "/answer/some-token/easier")
    assert form.select_one("[name=back]")["value"] == "/answer/some-token/Q1?screen=2"
    see = form.select_one("[formmethod=get]")
    assert see["formaction"] == "/easier"
    assert reply.headers["Cache-Control"] == "no-store"
    assert reply.headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("back", ["/", "/privacy", "/help-me/token", "/have-your-say/answer"])
def test_other_pages_have_no_draft(client, back):
    assert draft_in(back) is None
    assert client.get("/easier", query_string={"back": back}).page.soup.form["method"] == "get"


def test_it_needs_no_cookie(client):
    assert "Set-Cookie" not in client.get("/easier?look=dark").headers


def test_a_language_without_words_is_not_offered(client):
    codes = {box["value"] for box in client.get("/easier").page.soup.select("[name=lang]")}
    assert "en" in codes
    assert len(client.get("/easier").page.soup.select("[name=lang][type=radio]")) != 1


def test_the_next_public_page_keeps_the_look(client):
    page = client.get("/privacy?look=large-dark&read=easy").page
    assert page.soup.html["data-look"] == "large dark"
    for words in ("You said, we did", "Accessibility", "How we are doing", "Surveys"):
        assert parse_qs(urlsplit(link(page, words)).query) == {
            "look": ["large-dark"],
            "read": ["easy"],
        }


def test_without_choices_addresses_stay_short(client):
    page = client.get("/privacy").page
    assert link(page, "Accessibility") == "/accessibility"
    assert link(page, "You said, we did") == "/you-said-we-did"


def test_staff_pages_are_not_told_the_look(client):
    assert link(client.get("/privacy?look=dark").page, "Staff sign-in") == "/staff"


def test_every_public_page_leads_to_make_it_easier_and_back(client):
    page = client.get("/you-said-we-did?page=1&look=dark").page
    easier = client.get(link(page, "Make it easier")).page
    assert easier.soup.html["data-theme"] == "dark"
    assert easier.soup.select_one(".govuk-back-link")["href"] == "/you-said-we-did?page=1"
