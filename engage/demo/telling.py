"""A code to try, and invented people who want to be told what happened. No address is real."""

from datetime import datetime

from sqlalchemy import func, select, update

from engage.analysis.frame.models import Mention
from engage.clock import day_of
from engage.demo.people import token_to_try
from engage.extensions import db
from engage.loop.models import Action
from engage.loop.telling import operations
from engage.loop.telling.models import Follower
from engage.responses.models import Answer, Response
from engage.responses.receipt import fingerprint, receipt_of, seal
from engage.surveys.models import Survey, SurveyVersion

SLUG = "parent-carers-2026"
FOLLOWERS = 12
# Nobody can own one: the ending is kept free for examples.
ADDRESS = "follower-{}@families.example"


def make_code() -> None:
    """The code of one made-up person whose words are under themes that were answered."""
    token = token_to_try()
    words = fingerprint(" ".join(receipt_of(token)))
    if db.session.scalar(select(Response.id).where(Response.receipt_hash == words)):
        return
    known = {"token_hash": fingerprint(token), "receipt_hash": words, "token_sealed": seal(token)}
    if (chosen := _who_was_answered_most()) is not None:
        db.session.execute(update(Response).where(Response.id == chosen).values(**known))


def _who_was_answered_most() -> int | None:
    answered = select(Action.theme_id).where(
        Action.published_at.is_not(None), Action.withdrawn_at.is_(None)
    )
    spoken_of = func.count(Mention.theme_id.distinct())
    wanted = (
        select(Answer.response_id)
        .join(Mention, Mention.answer_id == Answer.id)
        .join(Answer.response)
        .join(Response.version)
        .join(SurveyVersion.survey)
        .where(
            Survey.slug == SLUG,
            Response.channel == "demo",
            Response.easy_read.is_(False),
            Mention.theme_id.in_(answered),
        )
        .group_by(Answer.response_id)
        .order_by(spoken_of.desc(), Answer.response_id)
    )
    return db.session.scalar(wanted.limit(1))


def make_followers(now: datetime) -> None:
    """Twelve who said yes, and one who is asked: the mail shows what the link leads to."""
    survey = db.session.scalars(select(Survey).where(Survey.slug == SLUG)).one()
    wanted = select(Follower).where(Follower.survey_id == survey.id)
    if db.session.scalars(wanted.limit(1)).first() is not None:
        return
    for number in range(FOLLOWERS):
        operations.ask(survey, ADDRESS.format(number + 1), "en", False, now)
    db.session.execute(
        update(Follower).where(Follower.survey_id == survey.id).values(confirmed_on=day_of(now))
    )
    operations.ask(survey, ADDRESS.format("new"), "en", False, now)
