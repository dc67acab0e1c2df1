"""Who follows a survey, and what is news to them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.exc import NoResultFound

from engage.clock import day_of
from engage.extensions import db
from engage.loop import lifecycle
from engage.loop import queries as loop
from engage.loop.models import Action, LoopStep
from engage.loop.telling.models import Follower, Told
from engage.loop.telling.news import NEWS, Happened, deleted_on, is_too_late, news
from engage.responses.receipt import fingerprint


@dataclass(frozen=True, slots=True)
class NewsOfAnswer:
    """An answer that everyone can read, and what happened to it that somebody was not told."""

    action: Action
    steps: Sequence[LoopStep]


def follower_by_address(survey_id: int, digests: Sequence[str]) -> Follower | None:
    wanted = select(Follower).where(
        Follower.survey_id == survey_id, Follower.address_hash.in_(digests)
    )
    return db.session.scalars(wanted.order_by(Follower.id).with_for_update()).first()


def follower_by_yes(secret: str, today: date) -> Follower:
    """Who was sent that link. Raises NoResultFound, also where the time to say yes is over."""
    wanted = select(Follower).where(Follower.yes_hash == fingerprint(secret))
    found = db.session.scalars(wanted).one()
    if found.confirmed_on is None and is_too_late(found.asked_on, today):
        raise NoResultFound
    return found


def is_followed(survey_id: int) -> bool:
    wanted = select(Follower.id).where(
        Follower.survey_id == survey_id, Follower.confirmed_on.is_not(None)
    )
    return db.session.scalar(wanted.limit(1)) is not None


def how_many_follow(survey_id: int) -> int:
    wanted = select(func.count(Follower.id)).where(
        Follower.survey_id == survey_id, Follower.confirmed_on.is_not(None)
    )
    return db.session.scalar(wanted) or 0


def followed_surveys() -> list[int]:
    wanted = select(Follower.survey_id).where(Follower.confirmed_on.is_not(None)).distinct()
    return list(db.session.scalars(wanted))


def not_yet_asked() -> list[str]:
    """Who typed an address, for the first time or again, and waits for the mail."""
    wanted = select(Follower.id).where(
        Follower.confirmed_on.is_(None), Follower.mailed_on.is_(None)
    )
    return list(db.session.scalars(wanted))


def waiting_for_news(survey_id: int, today: date) -> list[str]:
    """Followers for whom there is news today, and who had no mail today."""
    happened = _happened(loop.published_actions(survey_id))
    rows = db.session.execute(
        select(Follower.id, Follower.asked_on, Told.steps, Told.last_on)
        .outerjoin(Told, Told.follower_id == Follower.id)
        .where(Follower.survey_id == survey_id, Follower.confirmed_on.is_not(None))
    )
    return [
        id
        for id, asked_on, told, last_on in rows
        if last_on != today
        and deleted_on(asked_on) > today
        and news(happened, asked_on, told or ())
    ]


def news_for(follower: Follower, told: Told | None) -> list[NewsOfAnswer]:
    """Answer by answer, the first written first."""
    actions = sorted(loop.published_actions(follower.survey_id), key=lambda each: each.id)
    wanted = news(_happened(actions), follower.asked_on, told.steps if told else ())
    numbers = {each.step_id for each in wanted}
    found = [(action, [s for s in action.steps if s.id in numbers]) for action in actions]
    return [NewsOfAnswer(action, steps) for action, steps in found if steps]


def _happened(actions: Sequence[Action]) -> list[Happened]:
    return [
        Happened(step.id, action.id, day_of(step.at))
        for action in actions
        for step in _since_decided(action)
        if step.state in NEWS
    ]


def _since_decided(action: Action) -> Sequence[LoopStep]:
    """What was said of an earlier answer is no news of this one."""
    starts = [at for at, step in enumerate(action.steps) if step.state == lifecycle.DECIDED]
    return action.steps[starts[-1] :] if starts else ()
