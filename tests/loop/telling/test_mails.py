"""The mails to followers: how they are left, and what happens when they cannot go."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select, text

from engage.extensions import db
from engage.jobs import queue
from engage.jobs.models import Job
from engage.loop.telling import letters, operations, queries
from engage.loop.telling.models import Follower, Told
from engage.web.i18n import long_day
from tests.loop.made import a_theme
from tests.loop.telling.made import (
    BOX,
    CANARY,
    TODAY,
    after,
    ask,
    day_passes,
    follow,
    link_in,
    news_mails,
    published,
    words_of,
)

# ---- links and leaving


def test_the_paths_in_mails_are_the_pages_there_are(app):
    with app.test_request_context():
        build = app.url_map.bind("engage.example").build
        assert build("telling.yes", {"secret": "x"}) == f"{letters.YES_PAGE}x"
        assert build("telling_leaving.leave", {"secret": "x"}) == f"{letters.LEAVE_PAGE}x"
        assert build("loop_public.answer", {"id": 1}) == f"{letters.ANSWER_PAGE}1"


def test_every_mail_can_be_left_by_the_mail_program_in_one_step(client, sink, session, theme, app):
    follower = follow(client, sink, session)
    published(theme)
    after(session)
    for message in sink.mails:
        assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        address = message["List-Unsubscribe"]
        assert address == f"<https://engage.example{link_in(message, letters.LEAVE_PAGE)}>"
    assert session.query(Told).count() == 1
    page = link_in(sink.mails[0], letters.LEAVE_PAGE)
    assert client.get(page).page.heading == "Stop the mails?"
    assert session.get(Follower, follower.id)

    elsewhere = app.test_client()
    foreign = {"Origin": "https://mail.example", "Sec-Fetch-Site": "cross-site"}
    answer = elsewhere.post(page, data={"List-Unsubscribe": "One-Click"}, headers=foreign)
    assert answer.status_code == 200
    assert not session.query(Follower).count() + session.query(Told).count()
    again = elsewhere.post(page, data={"List-Unsubscribe": "One-Click"}, headers=foreign)
    assert (again.status_code, again.page.heading) == (200, "You get no more mails")
    published(theme)
    after(session)
    assert len(news_mails(sink)) == 1


def test_a_long_address_of_ours_stays_one_line_in_a_mail(client, sink, session, theme, app):
    app.config["PUBLIC_URL"] = "https://" + "a-long-name." * 8 + "example"
    ask(client)
    queue.work_off()
    raw = sink.taken[0][1].decode()
    assert re.search(r"^List-Unsubscribe: <https://a-long\S+>\r$", raw, re.MULTILINE)


def test_a_yes_after_seven_days_or_with_another_secret_does_nothing(client, sink, session, theme):
    ask(client)
    queue.work_off()
    session.scalars(select(Follower)).one().asked_on = TODAY - timedelta(days=8)
    session.commit()
    page = link_in(sink.mails[0], letters.YES_PAGE)
    for address in (page, "/tell-me-yes/other"):
        assert client.get(address).page.heading == "This link does not work any more"
        assert client.post(address).status_code == 404
    assert session.scalars(select(Follower)).one().confirmed_on is None


def test_people_are_forgotten_after_a_week_without_a_yes_and_after_a_year(session, theme):
    def follower(asked_on, confirmed_on=None):
        operations.ask(theme.survey, f"{len(kept)}@home.example", "en", False)
        row = session.scalars(select(Follower).where(Follower.id.not_in(kept))).one()
        row.asked_on, row.confirmed_on = asked_on, confirmed_on
        session.flush()
        kept.append(row.id)
        return row.id

    kept = [""]
    week, year = TODAY - timedelta(days=7), TODAY - timedelta(days=364)
    one_more_day = follower(year, year)
    stays = {follower(week), one_more_day}
    follower(week - timedelta(days=1))
    gone = follower(year - timedelta(days=1), year)
    published(theme)
    assert queries.waiting_for_news(theme.survey_id, TODAY) == [one_more_day]
    operations.note_told(gone, [1], TODAY)
    session.flush()

    operations.forget(TODAY)

    assert set(session.scalars(select(Follower.id))) == stays
    assert not session.query(Told).count()


def test_asking_again_gets_another_mail_and_makes_nobody_stay_longer(client, sink, session, theme):
    def asked_days_ago(days):
        found = session.scalars(select(Follower)).one()
        found.asked_on = found.mailed_on = TODAY - timedelta(days=days)
        session.commit()
        return found.id

    ask(client)
    queue.work_off()
    asked_days_ago(6)
    sink.fault = "busy"
    ask(client)
    for _ in range(queue.MOST_ATTEMPTS):
        after(session, timedelta(days=1))
    sink.fault = ""
    day_passes(session)
    _first, second = sink.mails
    with client.application.test_request_context():
        assert f"until {long_day(TODAY + timedelta(days=1))}" in words_of(second)
        row, days = session.scalars(select(Follower)).one(), (TODAY, TODAY - timedelta(days=6))
        sent = [letters.letter_for_yes(row, BOX, day)["Message-ID"] for day in days]
    assert second["Message-ID"] == sent[0] != sent[1]

    # Nobody has forgotten them yet, but their time is over: they begin anew.
    before = asked_days_ago(8)
    ask(client)
    queue.work_off()
    page = link_in(sink.mails[-1], letters.YES_PAGE)
    assert client.post(page).status_code == 303
    assert session.scalars(select(Follower)).one().id != before


# ---- when the mail server misbehaves


def test_two_mails_of_different_news_are_two_also_where_the_first_was_not_noted(
    client, sink, session, theme
):
    follow(client, sink, session)
    sink.fault = "drop"
    published(theme)
    after(session)
    sink.fault = ""
    published(a_theme(theme.survey.versions[0], name="Buses"), "cannot")
    after(session)
    one, both = news_mails(sink)
    assert "Buses" not in words_of(one)
    assert {"Buses", "Waiting for help"} <= set(words_of(both).splitlines())
    assert one["Message-ID"] != both["Message-ID"]


def nowhere_but_under_lock(session, caplog):
    """Every table, and what was logged. Of the address nothing stands in any of them."""
    for table in db.metadata.sorted_tables:
        for row in session.execute(text(f'SELECT * FROM "{table.name}"')):  # noqa: S608
            assert "heron" not in str(row).lower(), table.name
    assert "heron" not in caplog.text.lower()


@pytest.mark.parametrize("fault", ["busy", "drop", "hang"])
def test_no_mail_is_lost_and_at_most_one_comes_twice(client, sink, theme, fault, caplog):
    session = db.session
    caplog.set_level("DEBUG")
    sink.fault = fault
    ask(client)
    queue.work_off()
    nowhere_but_under_lock(session, caplog)
    sink.fault = ""
    after(session)
    asked = list(sink.mails)
    assert len(asked) == (1 if fault == "busy" else 2)
    assert len({message["Message-ID"] for message in asked}) == 1
    client.post(link_in(asked[0], letters.YES_PAGE))

    sink.fault = fault
    published(theme)
    after(session)
    nowhere_but_under_lock(session, caplog)
    sink.fault = ""
    for _ in range(3):
        after(session)

    told = news_mails(sink)
    assert len(told) == (1 if fault == "busy" else 2)
    assert len({message["Message-ID"] for message in told}) == 1
    nowhere_but_under_lock(session, caplog)


def test_mails_that_were_given_up_go_out_on_another_day(client, sink, session, theme):
    follow(client, sink, session)
    ask(client, "second@home.example")
    published(theme)
    sink.fault = "busy"
    for _ in range(queue.MOST_ATTEMPTS + 1):
        after(session, timedelta(days=1))
    mails = (operations.YES_JOB, operations.TELL_JOB, operations.MAIL_JOB)
    assert not session.query(Job).filter(Job.name.in_(mails)).count(), "given up, with no trace"
    sink.fault = ""
    day_passes(session)
    assert len(news_mails(sink)) == 1
    assert sink.mails[-2]["To"] == "second@home.example" or sink.mails[-1]["To"] == (
        "second@home.example"
    )


def test_who_leaves_while_the_mail_is_on_its_way_is_not_written_down_again(session, theme):
    operations.ask(theme.survey, CANARY, "en", False)
    id = session.scalars(select(Follower.id)).one()
    session.query(Follower).delete()
    operations.note_told(id, [1], TODAY)
    operations.note_asked_for_yes(id, TODAY)
    session.flush()
    assert not session.query(Told).count()
