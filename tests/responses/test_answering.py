"""Answering, as a person with a phone and no JavaScript meets it."""

import re
from base64 import urlsafe_b64decode
from datetime import UTC, datetime, timedelta

import pytest

from engage.jobs.models import Job
from engage.responses.models import Answer, NotUnderstood, Response
from engage.responses.receipt import receipt_of
from tests.responses.kind_surveys import zero_to_ten
from tests.survey_factories import ask, make_small_survey, make_survey, worded


@pytest.fixture
def begin(client):
    """Start a survey and return the address of its first question."""

    def begin(slug, read="standard"):
        return client.post(f"/have-your-say/{slug}", data={"read": read}).location

    return begin


def kept(session, code="Q1"):
    """The value and the other words of a draft's answer."""
    session.expire_all()
    return session.query(Response).one().draft.get(code)


def answer(client, url, *values, **more):
    """Send one page; the next address."""
    sent = client.post(url, data={"answer": list(values), **more})
    assert sent.status_code == 303, sent.page.texts(".govuk-error-message")
    return sent.location


def test_a_person_answers_checks_and_sends(client, begin, session):
    make_small_survey(slug="small")
    welcome = client.get("/have-your-say/small").page
    assert welcome.heading == "A small survey"

    second = answer(client, begin("small"), "yes")
    check = answer(client, second, "The bus comes late")
    page = client.get(check).page
    assert page.heading == "Check your answers, then send them"
    assert "The bus comes late" in page.html

    thanks = client.get(client.post(check).location).page
    assert thanks.heading == "Thank you. We have your answers."
    assert len(thanks.texts(".code li")) == 6
    assert {a.value for a in session.query(Answer)} == {"yes", "The bus comes late"}


def test_sending_twice_is_one_response_with_one_receipt(client, begin, session):
    make_small_survey(slug="small")
    check = answer(client, answer(client, begin("small"), "yes"))

    first, second = client.post(check), client.post(check)

    assert first.location == second.location
    receipts = [client.get(sent.location).page.texts(".code") for sent in (first, second)]
    assert receipts[0] == receipts[1]
    assert session.query(Response).count() == 1


def test_the_database_holds_neither_the_token_nor_the_receipt(client, begin, session):
    make_small_survey(slug="small")
    url = begin("small")
    token = url.split("/")[2]
    row = session.query(Response).one()
    stored = "\n".join(str(getattr(row, column.name)) for column in Response.__table__.columns)
    assert row.started_on.isoformat() in stored, "what is stored can be found this way"
    assert token not in stored
    assert urlsafe_b64decode(token + "==").hex() not in stored
    assert not set(receipt_of(token)) & set(re.findall(r"[a-z]+", stored))


def test_once_sent_the_token_shows_only_the_receipt(client, begin):
    make_small_survey(slug="small")
    first = begin("small")
    check = answer(client, answer(client, first, "yes"), "secret words")
    client.post(check)

    for url in (first, check):
        assert client.get(url).location.endswith("/thank-you")
    assert "secret words" not in client.get(client.get(check).location).page.html


def test_an_answer_after_sending_changes_nothing(client, begin, session):
    make_small_survey(slug="small")
    first = begin("small")
    second = answer(client, first, "yes")
    client.post(answer(client, second, "kept"))

    for url, typed in ((first, "no"), (second, "My uncle hits me\nand <i>nobody</i> knows")):
        late = client.post(url, data={"answer": typed})
        assert late.status_code == 409
        assert late.page.heading == "We did not keep this"
        assert "They stay as you sent them." in late.page.html
    shown = late.page.soup.select_one(".as-typed").get_text()
    assert shown == "My uncle hits me\nand <i>nobody</i> knows", "nothing that was typed is lost"
    assert "Please help me" in late.page.html
    assert {a.value for a in session.query(Answer)} == {"yes", "kept"}


def test_the_same_answer_twice_on_a_bad_line_is_no_mistake(client, begin):
    make_small_survey(slug="small")
    first = begin("small")
    second = answer(client, first, "yes")
    client.post(answer(client, second, "kept"))

    for url, again in ((first, "yes"), (second, "kept"), (second, "")):
        assert client.post(url, data={"answer": again}).location.endswith("/thank-you")


def test_choices_that_came_too_late_are_read_back_in_words(client, begin):
    other = {"code": "other", "standard": "Someone else", "free_text": True}
    make_small_survey([ask("Q1", "multi", ["yes", other])], slug="small")
    first = begin("small")
    client.post(answer(client, first, "yes"))

    late = client.post(first, data={"answer": ["other"], "other_other": "A neighbour"})

    assert late.page.texts(".as-typed") == ["Someone else", "A neighbour"]


def test_an_answer_to_a_question_that_is_not_asked_any_more_is_shown_back(client, begin):
    deeper = ask("Q2", "text", show_if={"question": "Q1", "in": ["yes"]})
    make_small_survey([ask("Q1"), deeper, ask("Q3")], slug="small")
    first = begin("small")
    second = answer(client, first, "yes")
    answer(client, first, "no")

    late = client.post(second, data={"answer": "because"})

    assert late.status_code == 409
    assert "Your other answers have changed what we ask you." in late.page.html
    assert late.page.texts(".as-typed") == ["because"]
    assert client.post(second.replace("Q2", "NONE"), data={"answer": "a"}).status_code == 404


def test_what_is_written_beside_i_do_not_understand_is_kept(client, begin, session):
    make_small_survey(slug="small")
    second = answer(client, begin("small"), "yes")

    answer(client, second, "I think it is about buses", go="not-understood")

    assert kept(session, "Q2")[0] == "I think it is about buses"
    assert session.query(NotUnderstood).count() == 1


def test_changing_an_answer_takes_away_what_depended_on_it(client, begin, session):
    make_small_survey(
        [
            ask("Q1"),
            ask("Q2", "text", show_if={"question": "Q1", "in": ["yes"]}),
            ask("Q3"),
        ],
        slug="small",
    )
    first = begin("small")
    second = answer(client, first, "yes")
    third = answer(client, second, "because")
    check = answer(client, third, "no")

    answer(client, first, "no")

    assert "because" not in client.get(check).page.html
    client.post(check)
    assert sorted(a.value for a in session.query(Answer)) == ["no", "no"]


def test_wording_switches_at_any_question_and_keeps_what_was_typed(client, begin, session):
    make_small_survey(slug="small")
    second = answer(client, begin("small"), "yes")
    assert "easy" not in client.get(second).page.soup.body["class"]

    back = client.post(second, data={"answer": "half a thought", "switch": "easy"}).location

    assert back == second
    page = client.get(second).page
    assert "easy" in page.soup.body["class"]
    assert page.soup.textarea.get_text().removeprefix("\n") == "half a thought"


def test_the_wording_switches_before_a_required_question_is_answered(client, begin):
    make_small_survey([ask("Q1", required=True), ask("Q2")], slug="small")
    first = begin("small")

    switched = client.post(first, data={"switch": "easy"})

    assert switched.status_code == 303
    assert switched.location == first
    assert "easy" in client.get(first).page.soup.body["class"]
    # Turning to other words is not a way past the question.
    assert client.post(first.rsplit("/", 1)[0]).location == first


def test_more_choices_open_before_a_required_question_is_answered(client, begin):
    codes = [f"o{n}" for n in range(8)] + [{"code": "pnts", "standard": "No", "missing": True}]
    question = ask("Q1", "single", codes, required=True, easy_read_display="pages")
    make_small_survey([question], slug="small")
    url = begin("small", read="easy")
    assert client.post(url, data={"go": "screen-2"}).location.endswith("?screen=2")


def test_a_screen_that_no_button_asks_for_is_just_going_on(client, begin):
    make_small_survey(slug="small")
    url = begin("small")
    for go in ("screen-²", "screen-" + "9" * 5000, "screen--1", "nowhere"):
        after = client.post(url, data={"answer": "yes", "go": go}).location
        assert (go, after.rpartition("/")[2]) == (go, "Q2")


def test_an_address_with_a_nul_in_it_is_no_fault_of_ours(client):
    for path in ("/have-your-say/%00", "/you-said-we-did/%00", "/answer/%00/%00"):
        assert (path, client.get(path).status_code in (400, 404)) == (path, True)


def test_leaving_a_question_blank_takes_its_answer_away(client, begin, session):
    make_small_survey(slug="small")
    first = begin("small")
    answer(client, first, "yes")
    answer(client, first)
    assert kept(session) is None


def test_a_required_question_says_so_in_plain_words_and_keeps_its_place(client, begin):
    make_small_survey([ask("Q1", required=True), ask("Q2")], slug="small")
    first = begin("small")

    refused = client.post(first, data={})

    assert refused.status_code == 422
    assert refused.page.soup.title.get_text().startswith("Error: ")
    assert refused.page.texts(".govuk-error-summary a") == [
        "Choose an answer. You can choose “Not sure”."
    ]
    # Going round it leads back: nothing is sent without it.
    check = first.rsplit("/", 1)[0]
    assert client.post(check).location == first


def test_an_option_that_does_not_exist_is_refused(client, begin, session):
    names = {"single": "answer", "multi": "answer", "rank": "answer_1"}
    make_small_survey([ask(kind, kind) for kind in names], slug="small")
    first = begin("small")
    for kind, name in names.items():
        refused = client.post(first.replace("/single", f"/{kind}"), data={name: "nonsense"})

        assert (kind, refused.status_code) == (kind, 422)
        said = refused.page.texts(".govuk-error-summary a")
        assert said == ["Choose one of the answers on this page"], kind
        assert kept(session, kind) is None, kind


def test_an_answer_that_is_too_long_is_kept_on_the_page(client, begin, session):
    make_small_survey([ask("Q1", "text", max_chars=300)], slug="small")
    url = begin("small")

    refused = client.post(url, data={"answer": "a" * 100_000})

    assert refused.status_code == 422
    assert "Make it shorter" in refused.page.texts(".govuk-error-summary a")[0]
    assert refused.page.soup.textarea.get_text().removeprefix("\n") == "a" * 100_000


def test_a_flood_is_refused_with_a_sentence(client, begin):
    make_small_survey([ask("Q1", "text")], slug="small")
    url = begin("small")
    refused = client.post(url, data={"answer": "a" * 2_000_000})
    assert refused.status_code == 413
    assert refused.page.heading == "That is too long"


def test_hostile_words_are_only_words(client, begin):
    make_small_survey([ask("Q1", "text")], slug="small")
    url = begin("small")
    for words in ("<script>alert(1)</script>", "\x00\x07 bell", "=1+1", "🐝 'quoted'"):
        page = client.get(answer(client, url, words)).page
        assert "<script>alert" not in page.html, words


def test_other_please_say_keeps_the_words_of_what_was_chosen(client, begin, session):
    other = {"code": "other", "standard": "Someone else", "free_text": True}
    make_small_survey([ask("Q1", "single", ["yes", other])], slug="small")
    url = begin("small")

    answer(client, url, "other", other_other="A neighbour")
    assert kept(session) == ["other", {"other": "A neighbour"}]

    answer(client, url, "yes", other_other="")
    assert kept(session) == ["yes", {}]


def test_an_unknown_survey_and_a_dead_token_are_not_found(client):
    assert client.get("/have-your-say/none").page.status == 404
    assert client.get("/answer/AAAAAAAAAAAAAAAAAAAAAA/Q1").page.status == 404
    assert client.post("/answer/AAAAAAAAAAAAAAAAAAAAAA", data={}).page.status == 404


def test_a_closed_survey_says_so_kindly(client):
    past = datetime.now(UTC) - timedelta(days=3)
    make_small_survey(slug="small", opens_at=past - timedelta(days=9), closes_at=past)
    page = client.get("/have-your-say/small").page
    assert page.status == 409
    assert "This survey has closed" in page.html


def test_who_began_before_the_end_may_finish_for_a_day(client, begin, session):
    version = make_small_survey(slug="small")
    url = begin("small")
    version.closed_at = datetime.now(UTC) - timedelta(hours=20)
    session.commit()
    answer(client, url, "yes")

    version.closed_at = datetime.now(UTC) - timedelta(hours=30)
    session.commit()
    assert client.post(url, data={"answer": "no"}).status_code == 409


def test_sending_asks_for_what_comes_next_in_the_same_transaction(client, begin, session):
    make_small_survey(slug="small")
    check = answer(client, answer(client, begin("small"), "yes"))
    client.post(check)
    assert "analysis.refresh" in {job.name for job in session.query(Job)}


def test_answering_sets_no_cookie_and_leaves_no_copy(client, begin):
    make_small_survey(slug="small")
    url = begin("small")
    for reply in (client.get("/have-your-say/small"), client.get(url), client.post(url)):
        assert "Set-Cookie" not in reply.headers
        assert reply.headers["Cache-Control"] == "no-store"
        assert reply.headers["Referrer-Policy"] == "same-origin"


def test_opening_a_question_costs_no_more_as_the_survey_grows(client, begin, queries):
    counts = []
    for size in (3, 30):
        make_small_survey([ask(f"Q{n}") for n in range(size)], slug=f"size-{size}")
        url = begin(f"size-{size}")
        client.get(url)
        queries.clear()
        client.get(url)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 3


def test_long_lists_come_five_to_a_screen_in_easy_read(client, begin, session):
    codes = [f"o{n}" for n in range(8)] + [{"code": "pnts", "standard": "No", "missing": True}]
    make_small_survey([ask("Q1", "multi", codes, easy_read_display="pages")], slug="small")
    url = begin("small", read="easy")
    assert len(client.get(url).page.soup.select("input[name=answer]")) == 6

    second = answer(client, url, "o1", go="screen-2")
    assert second.endswith("?screen=2")
    answer(client, second, "o7")

    assert kept(session)[0] == ["o1", "o7"]
    answer(client, url, "pnts")
    assert kept(session)[0] == ["pnts"]


def test_an_answer_that_stands_alone_on_another_screen_gives_way(client, begin, session):
    codes = [f"o{n}" for n in range(7)] + [{"code": "none", "standard": "None", "exclusive": True}]
    make_small_survey([ask("Q1", "multi", codes, easy_read_display="pages")], slug="small")
    url = begin("small", read="easy")
    answer(client, f"{url}?screen=2", "none")
    assert kept(session)[0] == ["none"]
    answer(client, url, "o1")
    assert kept(session)[0] == ["o1"]


EVERY_TEMPLATE = [
    "parent-carer-satisfaction",
    "young-people-how-is-it-going",
    "education-professionals",
    "consultation-strategy-ambitions",
    "ehcp-process-annual-review",
    "transitions-preparing-for-adulthood",
    "event-feedback",
    "local-offer-feedback",
    "quality-offer-self-evaluation",
    "sensory-provision",
    "pulse-after-contact",
]


@pytest.mark.parametrize("template", EVERY_TEMPLATE)
def test_every_template_can_be_answered_from_end_to_end(client, begin, template):
    make_survey(template, slug="whole")
    for read in ("standard", "easy"):
        url, pages = begin("whole", read), 0
        while "/answer/" in url and url.count("/") == 3:
            page = client.get(url).page
            assert page.heading, (read, url)
            url = answer(client, url, *first_choices(page), **first_ranks(page))
            pages += 1
            assert pages < 200, (read, url)
        check = client.get(url).page.heading
        assert (read, check.startswith("Check your answers")) == (read, True)
        thanks = client.get(client.post(url).location).page.heading
        assert (read, thanks.startswith("Thank you")) == (read, True)


def first_choices(page):
    if page.tree.find(".//textarea") is not None:
        return ["Some words of my own"]
    return page.tree.xpath("//input[@name='answer']/@value")[:1]


def first_ranks(page):
    selects = enumerate(page.tree.iterfind(".//select"), start=1)
    return {select.name: select.value_options[place] for place, select in selects}


@pytest.mark.parametrize(("read", "is_open"), [("easy", True), ("standard", False)])
def test_hard_words_are_explained_on_the_page_of_the_question(client, begin, read, is_open):
    make_small_survey([ask("Q1") | {"wording": worded("Do you have an EHCP?")}], slug="small")
    part = client.get(begin("small", read=read)).page.soup.select_one("form details")
    assert part.dt.get_text() == "EHCP"
    assert part.dd.get_text() == "A paper that says what help you must get."
    assert part.has_attr("open") is is_open


def test_a_long_list_is_parted_in_easy_read_and_a_scale_is_not(client, begin):
    many = [f"o{n}" for n in range(8)]
    make_small_survey([ask("Q1", "multi", many), zero_to_ten("Q2")], slug="small")
    first = begin("small", read="easy")
    shown = lambda url: len(client.get(url).page.soup.select("input[name=answer]"))  # noqa: E731
    assert shown(first) == 5
    assert shown(first.replace("/Q1", "/Q2")) == 12, "0 to 10, and an answer that says nothing"
