from datetime import UTC, date, datetime, timedelta

import pytest

from engage.clock import today
from engage.loop import lifecycle, operations, steps
from engage.responses.models import Snapshot
from tests.loop.made import (
    ALL,
    CHILD,
    HOSTILE,
    NOW,
    PARENT,
    WHOLE,
    a_public_action,
    a_survey,
    a_theme,
    an_action,
    count,
    people_say,
)

LIMIT = 40 * 1024


def address(version, rest=""):
    return f"{ALL}/{version.survey.slug}{rest}"


def every_page(version):
    return [
        "/",
        "/?read=easy",
        ALL,
        f"{ALL}?read=easy",
        address(version),
        address(version, "?read=easy"),
        address(version, ".json"),
    ]


def words_of(client, path):
    """All that a page sends, once it is sure that it is a page."""
    reply = client.get(path)
    assert reply.status_code == 200
    return reply.text


def pages_with(words, client, version):
    return [page for page in every_page(version) if words in words_of(client, page)]


@pytest.mark.parametrize("path", [ALL, f"{ALL}?read=easy"])
def test_with_nothing_published_the_page_says_so_kindly(client, path):
    assert "Nothing is here yet" in client.get(path).page.texts(".lead")[-1]


def test_a_survey_without_answers_says_so_kindly(client, version):
    assert "We have not written our answers yet" in client.get(address(version)).page.html


def test_a_survey_that_was_never_published_is_not_found(client, session):
    assert client.get(address(a_survey(published=False))).status_code == 404


@pytest.mark.parametrize("path", [f"{ALL}/none", f"{ALL}/none.json"])
def test_an_unknown_survey_is_not_found(client, path):
    assert client.get(path).status_code == 404


def test_a_draft_is_on_no_page(client, version):
    an_action(a_theme(version), we_did="Secret plan")
    assert pages_with("Secret plan", client, version) == []


def test_what_was_taken_down_is_on_no_page(client, version):
    action = a_public_action(a_theme(version), we_did="Secret plan")
    operations.take_down(action, action.written_by, NOW)
    assert pages_with("Secret plan", client, version) == []


def test_an_answer_to_a_theme_set_aside_is_on_no_page(client, version):
    action = a_public_action(a_theme(version), we_did="Secret plan")
    action.theme.state = "set_aside"
    assert pages_with("Secret plan", client, version) == []


def test_a_published_answer_is_on_every_page(client, version):
    a_public_action(a_theme(version), we_did="Open plan.")
    assert pages_with("Open plan.", client, version) == every_page(version)


def test_each_kind_is_shown_with_who_answers_for_it(client, version):
    theme = a_theme(version)
    for kind in WHOLE:
        a_public_action(theme, kind, owner=f"Head of {kind}")
    page = client.get(address(version)).page
    told = page.texts(".pair > footer span")
    assert [kind for kind in WHOLE if f"Who answers for this: Head of {kind}" not in told] == []
    assert len(page.texts(".pair")) == len(WHOLE)


def test_what_we_cannot_do_says_why_what_instead_and_how_to_challenge_it(client, version):
    a_public_action(a_theme(version), "cannot")
    said = client.get(address(version)).page.texts(".pair__two")[0]
    assert "We do not have the money." in said
    assert "Who decided: The SEND board." in said
    assert "Instead: Free travel training" in said
    assert "If you disagree, you can ask for a review" in said


def test_what_we_did_says_where_how_many_and_how_we_know(client, version):
    a_public_action(a_theme(version), "did")
    said = client.get(address(version)).page.texts(".pair__two")[0]
    assert "Where: In all nine areas" in said
    assert "About 1,140 people have had this." in said
    assert "How we know: Letters were counted" in said
    assert "Done on 1 September 2026." in said


def test_one_of_each_kind_comes_in_turn(client, version):
    theme = a_theme(version)
    for kind in ("cannot", "did", "did", "passed_on", "will", "doing"):
        a_public_action(theme, kind)
    signs = client.get(address(version)).page.texts(".pair .status")
    assert signs == [
        "We did",
        "We are doing",
        "We will do",
        "We can’t, because",
        "We passed it on",
        "We did",
    ]


def test_the_figures_count_every_kind_alike(client, version):
    theme = a_theme(version)
    for kind in ("did", "did", "cannot"):
        a_public_action(theme, kind)
    page = client.get(ALL).page
    assert page.texts(".figures dd") == ["2", "0", "0", "1", "0", "0", "0"]


def test_the_number_of_people_is_rounded(client, version):
    theme = a_theme(version, people_say(version, PARENT, 42) + people_say(version, CHILD, 13))
    a_public_action(theme)
    count(version)
    said = client.get(address(version)).page.texts(".pair > header p")
    assert said == ["About 55 people said this: parent or carer 40, child or young person 15."]


@pytest.mark.parametrize("people", [1, 4, 9])
def test_fewer_than_10_people_are_never_a_number(client, version, people):
    theme = a_theme(version, people_say(version, CHILD, people))
    a_public_action(theme)
    people_say(version, PARENT, 12)  # enough that theirs alone would be a number
    count(version)
    *pages, data = every_page(version)[2:]
    for path in pages:
        page = client.get(path).page
        assert "Fewer than 10 people said this." in page.texts(".pair > header p"), path
        assert "child or young person" not in page.html, path
    shown = client.get(data).json
    assert shown["actions"][0]["people"] is None
    assert shown["actions"][0]["people_by_audience"] == {}
    assert shown["people_by_audience"] == {PARENT: None, CHILD: None}


def test_reaching_fewer_than_10_people_is_not_a_number_either(client, version):
    a_public_action(a_theme(version), "did", reached=3)
    assert "Fewer than 10 people have had this so far." in client.get(address(version)).text
    assert client.get(address(version, ".json")).json["actions"][0]["reached"] is None


def test_before_the_first_count_an_answer_shows_without_a_number(client, version):
    a_public_action(a_theme(version, people_say(version, PARENT, 42)))
    said = client.get(address(version)).page.texts(".pair > header p")
    assert said == ["We will show how many people when the next count is made."]


def test_a_theme_accepted_after_the_count_shows_without_a_number_until_the_next(client, version):
    said = people_say(version, PARENT, 42)
    count(version)
    a_public_action(a_theme(version, said))
    assert "when the next count is made" in client.get(address(version)).text
    count(version)
    assert "About 40 people said this" in client.get(address(version)).text


def test_answers_that_come_in_later_change_no_page(client, version):
    theme = a_theme(version, people_say(version, PARENT, 42))
    a_public_action(theme)
    count(version)
    before = client.get(address(version)).text
    people_say(version, PARENT, 9)
    count(version)
    assert client.get(address(version)).text == before  # the next count needs 10 more


def test_the_page_says_who_was_asked_when_and_how_many_answered(client, session):
    version = a_survey(
        opens_at=datetime(2026, 9, 1, tzinfo=UTC), closes_at=datetime(2026, 12, 18, tzinfo=UTC)
    )
    people_say(version, PARENT, 42)
    count(version)
    facts = client.get(address(version)).page.texts(".facts dd")
    assert facts == [
        "Parent or carer; Child or young person",
        "1 September 2026 to 17 December 2026",
        "About 40 people answered.",
        "22 November 2026",
    ]


@pytest.mark.parametrize(("days", "words"), [(1, "1 day late."), (12, "12 days late.")])
def test_what_is_late_says_so(client, version, days, words):
    theme, due = a_theme(version), today() - timedelta(days=days)
    things = ["1 thing is late.", "2 things are late.", "3 things are late."]
    for late, kind in enumerate(("doing", "will", "passed_on"), start=1):
        a_public_action(theme, kind, due_on=due)
        page = client.get(address(version)).page
        assert "will be done" not in page.html, kind
        assert (kind, page.texts(".pair > footer span").count(words)) == (kind, late)
        assert things[late - 1] in page.html, kind


def test_what_is_done_or_cannot_be_done_is_never_late(client, version):
    theme = a_theme(version)
    a_public_action(theme, "did", due_on=date(2020, 1, 1))
    a_public_action(theme, "cannot", due_on=date(2020, 1, 1))
    assert "late" not in " ".join(client.get(address(version)).page.texts(".pair"))


def test_what_cannot_be_done_now_is_late_too_and_says_when_it_is_looked_at(client, version):
    due = today() - timedelta(days=12)
    a_public_action(a_theme(version), "cannot", reason="not_now", due_on=due)
    said = client.get(address(version)).page.texts(".pair")[0]
    assert "We will look at it again by" in said
    assert "12 days late." in said
    (action,) = client.get(address(version, ".json")).json["actions"]
    assert (action["due_on"], action["days_late"]) == (due.isoformat(), 12)


@pytest.mark.parametrize("kind", [kind for kind in WHOLE if kind != "cannot"])
def test_what_there_is_instead_stays_with_what_cannot_be_done(client, version, kind):
    a_public_action(a_theme(version), kind, instead="Secret plan", instead_easy="Secret plan")
    assert pages_with("Secret plan", client, version) == []


def test_the_data_have_no_day_that_nobody_waits_for(client, version):
    theme = a_theme(version)
    for kind, reason in (("did", ""), ("already", ""), ("cannot", "money")):
        a_public_action(theme, kind, reason=reason, due_on=date(2020, 1, 1))
    actions = client.get(address(version, ".json")).json["actions"]
    days = {each["kind"]: (each["due_on"], each["days_late"]) for each in actions}
    assert days == dict.fromkeys(("did", "already", "cannot"), (None, 0))


def test_new_comments_open_it_again_for_staff_and_change_no_page(client, version, session):
    said = people_say(version, PARENT, 42)
    action = a_public_action(a_theme(version, said), "already")
    steps.close(action, "It works", action.written_by, NOW)
    count(version)
    before = [words_of(client, page) for page in every_page(version)]
    for comment in said[:3]:
        comment.response.submitted_at = NOW + timedelta(days=1)
    session.commit()
    assert lifecycle.why_again(action.course) == "comments"
    assert [words_of(client, page) for page in every_page(version)] == before
    assert client.get(address(version, ".json")).json["actions"][0]["is_looked_at_again"] is False


def test_the_easy_page_has_the_easy_words_and_says_so_to_the_stylesheet(client, version):
    a_public_action(a_theme(version), you_said_easy="You wait.", we_did_easy="More staff. In May.")
    page = client.get(address(version, "?read=easy")).page
    assert page.texts("body.easy")
    assert page.texts(".easy-pic p") == [
        "You wait.",
        "More staff.",
        "In May.",
        "This will be done by 26 February 2097.",
    ]
    assert "You wait." not in client.get(address(version)).page.texts(".pair__two p")


def test_words_that_are_not_in_easy_read_say_so(client, version):
    a_public_action(a_theme(version))
    assert "not in easy read yet" in client.get(address(version, "?read=easy")).page.html
    assert "not in easy read yet" not in client.get(address(version)).page.html


def test_usual_words_that_nobody_reads_are_not_missed_in_easy_read(client, version):
    easy = dict.fromkeys(("you_said_easy", "we_did_easy"), "Short.")
    a_public_action(a_theme(version), "did", instead="Free travel training", **easy)
    assert "not in easy read yet" not in client.get(address(version, "?read=easy")).page.html


def test_the_reading_switch_leads_to_the_other_version_of_the_same_page(client, version):
    a_public_action(a_theme(version))
    links = client.get(f"{ALL}?ambition=ambition-2").page.tree.cssselect(".switch a")
    assert [link.get("href") for link in links] == [
        f"{ALL}?ambition=ambition-2",
        f"{ALL}?read=easy&ambition=ambition-2",
    ]


def test_an_ambition_is_chosen(client, version):
    a_public_action(a_theme(version, name="Waiting", ambition="ambition-2"))
    a_public_action(a_theme(version, name="Letters", ambition="ambition-1"))
    page = client.get(f"{ALL}?ambition=ambition-1").page
    assert page.texts(".pair h3") == ["Letters"]
    assert page.texts(".chips [aria-current]") == [
        "1 Ambition 1: Listening and working together (1)"
    ]


def test_an_address_that_makes_no_sense_shows_the_first_page(client, version):
    a_public_action(a_theme(version))
    for asked in ("ambition=none", "page=x", "page=-1", "page=0", "read=x"):
        pairs = client.get(f"{ALL}?{asked}").page.texts(".pair")
        assert (asked, len(pairs)) == (asked, 1)


def test_many_answers_have_more_than_one_page(client, version):
    theme = a_theme(version)
    for _ in range(13):
        a_public_action(theme)
    first = client.get(ALL).page
    assert len(first.texts(".pair")) == 12
    (following,) = first.tree.xpath("//a[@rel='next']/@href")
    assert len(client.get(following).page.texts(".pair")) == 1


def test_hostile_words_are_words(client, version):
    parts = dict.fromkeys(("you_said", "we_did", "owner", "instead", "challenge"), HOSTILE)
    a_public_action(a_theme(version, name=HOSTILE), "cannot", **parts)
    assert pages_with(HOSTILE, client, version) == [address(version, ".json")]


def test_pages_take_as_many_queries_however_many_answers(client, version, queries):
    def how_many(path):
        queries.clear()
        client.get(path)
        return path, len(queries)

    a_public_action(a_theme(version))
    for path in every_page(version):
        client.get(path)
    one = [how_many(path) for path in every_page(version)]
    for kind in WHOLE:
        a_public_action(a_theme(version), kind)
    assert [how_many(path) for path in every_page(version)] == one


def test_a_full_page_is_small(client, version):
    long = "We hire two more speech therapists and tell every family how long it takes. " * 3
    for kind in [*WHOLE] * 4:
        a_public_action(a_theme(version), kind, you_said=long, we_did=long, we_did_easy=long)
    count(version)
    sizes = {page: len(client.get(page).data) for page in every_page(version)[:6]}
    assert {page: size for page, size in sizes.items() if size > LIMIT} == {}


def test_made_up_answers_are_called_so(client, version):
    version.survey.is_invented = True
    a_public_action(a_theme(version))
    for address in every_page(version)[:6]:
        page = client.get(address).page
        assert "Example with made-up answers" in page.texts(".tag"), address
        assert "Example with made-up answers." in page.texts(".foot .quiet"), address


def test_real_answers_are_not_called_made_up(client, version):
    a_public_action(a_theme(version))
    assert pages_with("made-up", client, version) == []


def test_the_data_say_what_the_page_says(client, version):
    a_public_action(a_theme(version, people_say(version, PARENT, 42)), "cannot")
    count(version)
    data = client.get(address(version, ".json")).json
    assert data["people"] == 40
    assert data["totals"] == {kind: int(kind == "cannot") for kind in WHOLE}
    assert data["actions"][0]["reason"] == "money"
    assert data["actions"][0]["people"] == 40


def test_reading_writes_nothing(client, version, session):
    a_public_action(a_theme(version, people_say(version, PARENT, 42)))
    client.get(address(version))
    assert session.query(Snapshot).count() == 0
