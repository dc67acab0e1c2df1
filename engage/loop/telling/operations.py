"""What can happen to somebody who wants to be told: they ask, say yes, are told, and leave."""

import secrets
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, date, datetime

from sqlalchemy import and_, delete, or_, update

from engage.clock import day_of
from engage.errors import EngageError
from engage.extensions import db
from engage.jobs.queue import enqueue
from engage.loop.telling import how_often, queries
from engage.loop.telling.addresses import Letterbox
from engage.loop.telling.keeping import the_keeper
from engage.loop.telling.models import Follower, Told
from engage.loop.telling.news import (
    GATHERED_FOR,
    KEPT_FOR,
    YES_WITHIN,
    is_over,
    wait_for_morning,
)
from engage.responses.receipt import fingerprint, new_token
from engage.surveys.models import Survey
from engage.web.two_at_once import or_else

YES_JOB, TELL_JOB, MAIL_JOB = "loop.ask_for_yes", "loop.tell", "loop.tell_one"


class AlreadyThereError(EngageError):
    """The same address asked at the same moment."""


# ---- what a person does


def ask(
    survey: Survey, address: str, language: str, easy_read: bool, now: datetime | None = None
) -> None:
    """Send a mail that asks for a yes. Says nothing of whether the address was known."""
    digests = the_keeper().digests(address)
    if not how_often.may_be_asked(digests[0]):
        return
    today = day_of(now or datetime.now(UTC))
    found = queries.follower_by_address(survey.id, digests)
    if found and is_over(found.asked_on, found.confirmed_on is not None, today):
        db.session.delete(found)  # a little before the daily job does it
        db.session.flush()
        found = None
    if found is None:
        _add(survey, address, language, easy_read, today)
    elif found.confirmed_on is None:
        _ask_again(found, language, easy_read, today)


def _ask_again(found: Follower, language: str, easy_read: bool, today: date) -> None:
    """One mail a day. How long we know them is counted from the first time, whoever asks."""
    found.language, found.easy_read = language, easy_read
    if found.mailed_on != today:
        found.mailed_on = None
        enqueue(YES_JOB, follower_id=found.id)
    db.session.flush()


def _add(survey: Survey, address: str, language: str, easy_read: bool, today: date) -> None:
    keeper, letterbox = the_keeper(), Letterbox(address, new_token(), new_token())
    new = Follower(
        id=secrets.token_hex(16),
        survey_id=survey.id,
        address_locked=keeper.lock(letterbox),
        address_hash=keeper.digests(address)[0],
        yes_hash=fingerprint(letterbox.yes),
        leave_hash=fingerprint(letterbox.leave),
        language=language,
        easy_read=easy_read,
        asked_on=today,
    )
    with suppress(AlreadyThereError):
        with or_else(AlreadyThereError()):
            db.session.add(new)
        enqueue(YES_JOB, follower_id=new.id)


def say_yes(secret: str, now: datetime | None = None) -> Follower:
    """They own the address. Saying it again changes nothing. Raises NoResultFound."""
    today = day_of(now or datetime.now(UTC))
    follower = queries.follower_by_yes(secret, today)
    if follower.confirmed_on is None:
        follower.confirmed_on = today
        db.session.flush()
        enqueue(TELL_JOB, delay=GATHERED_FOR, survey_id=follower.survey_id)
    return follower


def leave(secret: str) -> None:
    """Nothing of them is left. Leaving again changes nothing."""
    db.session.execute(delete(Follower).where(Follower.leave_hash == fingerprint(secret)))


# ---- what follows by itself


def tell_of(survey_id: int) -> None:
    """Something happened to an answer of that survey. Asks for nothing where nobody follows it."""
    if queries.is_followed(survey_id):
        enqueue(TELL_JOB, delay=GATHERED_FOR, survey_id=survey_id)


def ask_for_mails(follower_ids: Iterable[str]) -> None:
    for id in follower_ids:
        enqueue(MAIL_JOB, follower_id=id)


def note_asked_for_yes(follower_id: str, today: date) -> None:
    if follower := db.session.get(Follower, follower_id, with_for_update=True):
        follower.mailed_on = today


def note_told(follower_id: str, steps: Iterable[int], today: date) -> None:
    """The mail is taken. Who left meanwhile is not written down again."""
    if db.session.get(Follower, follower_id, with_for_update=True) is None:
        return
    told = db.session.get(Told, follower_id)
    if told is None:
        db.session.add(Told(follower_id=follower_id, steps=sorted(steps), last_on=today))
        return
    told.steps, told.last_on = sorted({*told.steps, *steps}), today


def look_after(now: datetime) -> None:
    """Once a day: forget whom it is time to forget, and try again what could not be sent."""
    today = day_of(now)
    forget(today)
    write_all_anew()
    for id in queries.not_yet_asked():
        enqueue(YES_JOB, follower_id=id)
    for survey_id in queries.followed_surveys():
        if queries.waiting_for_news(survey_id, today):
            enqueue(TELL_JOB, delay=wait_for_morning(now), survey_id=survey_id)


def forget(today: date) -> None:
    """Who did not say yes in a week, and everybody a year after they asked."""
    never_said_yes = and_(Follower.confirmed_on.is_(None), Follower.asked_on < today - YES_WITHIN)
    db.session.execute(
        delete(Follower).where(or_(never_said_yes, Follower.asked_on <= today - KEPT_FOR))
    )


def write_all_anew() -> None:
    """PostgreSQL keeps beside a row who wrote it last, in order: now that is this for all rows."""
    db.session.execute(update(Follower).values(asked_on=Follower.asked_on))
    db.session.execute(update(Told).values(last_on=Told.last_on))
