""" "Tell me what happened": asking, saying yes, and being told."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from engage.demo.people import token_to_try
from engage.demo.telling import FOLLOWERS, make_code, make_followers
from engage.jobs import queue
from engage.jobs.models import Job
from engage.loop import operations as loop
from engage.loop import steps
from engage.loop.telling import letters, operations, queries
from engage.loop.telling.models import Follower
from engage.responses.queries import token_of
from engage.responses.receipt import receipt_of
from engage.web import tries
from tests.factories import StaffFactory
from tests.indicators.rivals import writing_it_first
from tests.loop.made import a_check, a_partner, a_survey, a_theme, people_say, whole
from tests.loop.telling.made import (
    CANARY,
    after,
    ask,
    day_passes,
    follow,
    link_in,
    news_mails,
    published,
    subject_of,
    words_of,
)
from tests.signin import sign_in

# ---- asking


def test_somebody_asks_says_yes_and_is_told_once_of_all_that_is_new(client, sink, session, theme):
    page = client.get("/tell-me/parents").page
    assert "one year after you asked" in page.html
    answer = ask(client)
    assert answer.status_code == 303
    assert "heron" not in answer.location
    assert "Set-Cookie" not in answer.headers
    assert client.get(answer.location).page.heading == "Look at your e-mails"
    queue.work_off()
    (first,) = sink.mails
    assert first["To"] == CANARY
    assert "one year after you asked" in words_of(first)
    yes = link_in(first, letters.YES_PAGE)
    assert session.scalars(select(Follower)).one().confirmed_on is None  # opening is no yes
    done = client.post(client.get(yes).page.soup.select_one("form")["action"])
    assert client.get(done.location).page.heading == "Thank you. We will tell you."

    other = a_theme(theme.survey.versions[0], name="Buses")
    one, two = published(theme, "did"), published(other, "cannot")
    published(a_theme(a_survey(), name="Of another survey"))
    after(session)

    (told,) = news_mails(sink)
    said = words_of(told)
    for words in ("Waiting for help", "We did it.", "Buses", "We cannot do it.", "Parents"):
        assert words in said
    for action in (one, two):
        assert f"https://engage.example/you-said-we-did/answer/{action.id}" in said
    assert "Of another survey" not in said
    assert "one year after you asked" in said
    assert "made-up" not in said
    assert told.get_content_type() == "text/plain"
    # Nothing is new: no mail, today or tomorrow.
    day_passes(session)
    assert len(news_mails(sink)) == 1


def test_at_most_one_mail_a_day_and_the_rest_comes_the_next_day(client, sink, session, theme):
    follow(client, sink, session)
    action = published(theme, "did")
    after(session)
    partner = a_partner(theme.survey)
    steps.record_check(action, a_check("partly", at=datetime.now(UTC)), partner)
    session.commit()
    after(session)
    assert len(news_mails(sink)) == 1

    day_passes(session)

    first, second = news_mails(sink)
    assert "Families checked this: partly." in words_of(second)
    assert "We did it." not in words_of(second)
    assert first["Message-ID"] != second["Message-ID"]


def test_an_answer_that_is_given_anew_says_nothing_of_the_one_before(client, sink, session, theme):
    follow(client, sink, session)
    action, by = published(theme, "did"), theme.decided_by
    steps.record_check(action, a_check("partly", at=datetime.now(UTC)), a_partner(theme.survey))
    loop.publish(action, by, datetime.now(UTC), whole("cannot"))
    session.commit()
    after(session)
    said = words_of(news_mails(sink)[0])
    assert "We cannot do it." in said
    assert "We did it." not in said
    assert "Families checked this" not in said


def test_what_came_on_a_day_before_or_is_taken_down_is_no_news(client, sink, session, theme):
    published(theme, at=datetime.now(UTC) - timedelta(days=3))
    follow(client, sink, session)
    down = published(theme, "doing")
    loop.take_down(down, theme.decided_by)
    session.commit()
    after(session)
    day_passes(session)
    assert news_mails(sink) == []


def test_nobody_is_asked_for_where_nobody_follows(session, theme):
    published(theme)
    assert not session.query(Job).filter(Job.name == operations.TELL_JOB).count()


@pytest.mark.parametrize("typed", ["", "heron", "heron@", "a@b.example\nBcc: c@d.example"])
def test_what_is_no_address_stays_in_the_box_and_is_kept_nowhere(client, session, theme, typed):
    answer = ask(client, typed)
    assert answer.status_code == 422
    box = answer.page.soup.select_one("#email")
    assert box["value"] == " ".join(typed.split())
    assert answer.page.texts("#email-error")
    assert not session.query(Follower).count()


def test_the_page_says_the_same_for_an_address_that_is_known(client, sink, session, theme):
    new = ask(client)
    queue.work_off()
    again = ask(client, CANARY.upper())
    queue.work_off()
    client.post(link_in(sink.mails[0], letters.YES_PAGE))
    known = ask(client)
    queue.work_off()
    assert new.location == again.location == known.location
    assert new.status_code == again.status_code == known.status_code
    assert session.query(Follower).count() == 1
    assert len(sink.mails) == 1  # not twice on one day, and not after the yes


def test_an_address_is_not_flooded_and_a_network_is_stopped(
    client, sink, session, theme, monkeypatch
):
    for number in range(7):
        a_survey(slug=f"another-{number}")
        assert ask(client, slug=f"another-{number}").status_code == 303
    queue.work_off()
    assert len(sink.mails) == 5
    monkeypatch.setattr(tries, "TRIES", type(tries.TRIES)(1))
    assert [ask(client).status_code for _ in range(2)] == [303, 429]


def test_pages_and_mails_speak_their_language_and_their_reading(client, sink, session, theme):
    theme.survey.is_invented = True
    ask(client)  # as they ask again, so they are answered
    follow(client, sink, session, lang="pl", read="easy")
    (first,) = sink.mails
    assert subject_of(first) == "Czy możemy ci powiedzieć, co z tego wynikło?"
    assert link_in(first, letters.YES_PAGE).endswith("?lang=pl&read=easy")
    page = client.get(link_in(first, letters.YES_PAGE)).page
    assert page.soup.html["lang"] == "pl"
    easy = client.get("/tell-me/parents?read=easy").page
    assert "We can send you an e-mail." in easy.html
    published(theme)
    after(session)
    (told,) = news_mails(sink)
    assert "lang=pl" in link_in(told, letters.ANSWER_PAGE)
    assert subject_of(told) == "Powiedzieliście, zrobiliśmy: jest coś nowego"
    about = {"Ankieta: Mums and dads", "Przykład ze zmyślonymi odpowiedziami."}
    for message in (first, told):
        assert about <= set(words_of(message).splitlines())


# ---- staff


def test_staff_see_how_many_and_never_who(app, session, theme):
    staff = StaffFactory(organisation=theme.survey.organisation, roles=["survey_lead"])
    client, page = sign_in(app.test_client(), staff), "/staff/surveys/parents/followers"
    assert "Fewer than 10 people want to be told." in client.get(page).page.html
    for number in range(12):
        operations.ask(theme.survey, f"heron{number}@home.example", "en", False)
    session.query(Follower).update({"confirmed_on": date(2026, 1, 1)})
    session.commit()
    html = client.get(page).page.html
    assert "About 10 people want to be told." in html
    assert "heron" not in html
    stranger = sign_in(app.test_client(), StaffFactory(roles=["survey_lead"]))
    assert stranger.get(page).status_code == 404
    reader = StaffFactory(organisation=theme.survey.organisation, roles=["reader"])
    assert sign_in(app.test_client(), reader).get(page).status_code == 403


def test_the_ways_in_are_on_the_public_page(client, theme):
    page = client.get("/you-said-we-did/parents").page
    assert page.soup.select_one('a[href^="/tell-me/parents"]')
    assert client.get("/tell-me/no-such-survey").status_code == 404


def test_two_who_ask_with_one_address_at_one_moment_are_one(client, session, theme):
    with writing_it_first(Follower):
        assert ask(client).status_code == 303
    assert not session.query(Job).filter(Job.name == operations.YES_JOB).count()


def test_the_demonstration_has_people_to_tell_and_a_code_to_try(session, tmp_path, monkeypatch):
    monkeypatch.setenv("ENGAGE_INSTANCE", str(tmp_path))
    version = a_survey(slug="parent-carers-2026")
    (answer,) = people_say(version, "parent_carer", 1)
    answer.response.channel = "demo"
    published(a_theme(version, [answer]))
    for _again in range(2):
        make_code()
        make_followers(datetime.now(UTC))
        session.commit()
    assert queries.how_many_follow(version.survey_id) == FOLLOWERS
    assert token_of(receipt_of(token_to_try())) == token_to_try()
