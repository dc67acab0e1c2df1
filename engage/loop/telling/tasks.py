"""The mails to followers. Each is a job of its own: sent first, noted after.

A worker killed between the two sends one second copy, and never none. What went wrong is kept by
its kind alone, and until it is tried for the last time: the words of a mail server repeat the
address, and the time of a job is about the time at which somebody asked or said yes.
"""

from datetime import UTC, datetime

from engage import mail
from engage.clock import today
from engage.extensions import db
from engage.jobs.queue import Finish, every_day, handles
from engage.loop.telling import operations, queries
from engage.loop.telling.keeping import the_keeper
from engage.loop.telling.letters import letter_for_yes, letter_of_news
from engage.loop.telling.models import Follower, Told
from engage.loop.telling.news import is_too_late


@handles(operations.YES_JOB, leaves_no_trace=True)
def ask_for_yes(follower_id: str) -> Finish:
    follower, day = db.session.get(Follower, follower_id), today()
    if follower is None or follower.confirmed_on or follower.mailed_on == day:
        return nothing_to_do
    if is_too_late(follower.asked_on, day):
        return nothing_to_do
    letter = letter_for_yes(follower, the_keeper().open(follower.address_locked), day)
    # No transaction stays open while the mail server thinks.
    db.session.rollback()
    mail.send(letter)
    return lambda: operations.note_asked_for_yes(follower_id, day)


@handles(operations.TELL_JOB, leaves_no_trace=True)
def tell(survey_id: int) -> Finish:
    """Gather what is new. One mail each, so that one that cannot be sent holds up no other."""
    waiting = queries.waiting_for_news(survey_id, today())
    return lambda: operations.ask_for_mails(waiting)


@handles(operations.MAIL_JOB, leaves_no_trace=True)
def tell_one(follower_id: str) -> Finish:
    follower, day = db.session.get(Follower, follower_id), today()
    told = db.session.get(Told, follower_id)
    if follower is None or not follower.confirmed_on or (told and told.last_on == day):
        return nothing_to_do
    found = queries.news_for(follower, told)
    if not found:
        return nothing_to_do
    steps = [step.id for each in found for step in each.steps]
    letter = letter_of_news(follower, the_keeper().open(follower.address_locked), found)
    db.session.rollback()
    mail.send(letter)
    return lambda: operations.note_told(follower_id, steps, day)


@every_day("loop.look_after_followers")
def look_after_followers() -> Finish:
    return lambda: operations.look_after(datetime.now(UTC))


def nothing_to_do() -> None:
    """They left, or were told already."""
