"""People who want to be told, and what they are sent."""

import re
from datetime import UTC, datetime, timedelta
from email.header import decode_header, make_header

from sqlalchemy import select

from engage.clock import day_of
from engage.extensions import db
from engage.jobs import queue
from engage.jobs.models import Job
from engage.loop import operations as loop
from engage.loop.telling import letters
from engage.loop.telling.addresses import Letterbox
from engage.loop.telling.models import Follower, Told
from tests.loop.made import an_action

CANARY = "purple.heron@noon.example"
BOX = Letterbox("sam@home.example", "the yes", "the way out")
TODAY = day_of(datetime.now(UTC))


def ask(client, email=CANARY, slug="parents", **choices):
    return client.post(f"/tell-me/{slug}", data={"email": email, **choices})


def after(session, delay=timedelta(hours=9)):
    """The worker, once so much time has passed: what was due by then is due now."""
    for job in session.query(Job).filter(Job.finished_at.is_(None), Job.failed_at.is_(None)):
        if job.run_after - job.queued_at <= delay:
            job.run_after = datetime.now(UTC) - timedelta(seconds=1)
    session.commit()
    return queue.work_off()


def day_passes(session):
    """As if all that was done today had been done yesterday; then the daily job."""
    for told in session.query(Told):
        told.last_on = TODAY - timedelta(days=1)
    queue.enqueue("loop.look_after_followers")
    session.commit()
    after(session)
    return after(session)


def words_of(message):
    return message.get_payload(decode=True).decode(message.get_content_charset())


def subject_of(message):
    return str(make_header(decode_header(message["Subject"])))


def link_in(message, page):
    return re.search(rf"https://engage\.example({page}\S+)", words_of(message)).group(1)


def published(theme, kind="will", at=None):
    """Everyone can read it, as of now: what came on a day before somebody asked is no news."""
    action = an_action(theme, kind)
    loop.publish(action, theme.decided_by, at or datetime.now(UTC))
    db.session.commit()
    return action


def follow(client, sink, session, email=CANARY, **choices):
    """Ask, open the link in the mail, and say yes."""
    ask(client, email, **choices)
    queue.work_off()
    page = link_in(sink.mails[-1], letters.YES_PAGE)
    assert client.get(page).page.heading
    assert client.post(page).status_code == 303
    session.expire_all()
    return session.scalars(select(Follower)).all()[-1]


def news_mails(sink):
    return [each for each in sink.mails if "tell-me-news" in each["Message-ID"]]
