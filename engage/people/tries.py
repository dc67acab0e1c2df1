"""How many wrong passwords and codes there were lately, and when that is too many.

Counted in the database, so that every web process counts the same. The price is that somebody
who knows an address can make its owner wait ten minutes; nobody else waits.
"""

from datetime import UTC, datetime, timedelta
from hashlib import sha256

from sqlalchemy import delete, func, select

from engage.extensions import db
from engage.people.models import WrongTry

TRIES = 5
WITHIN = timedelta(minutes=10)


def too_many(email: str) -> bool:
    """The same for an address that nobody has, so that waiting tells a stranger nothing."""
    lately = select(func.count()).where(WrongTry.who == digest(email), WrongTry.at > since())
    return db.session.scalars(lately).one() >= TRIES


def note(email: str) -> None:
    db.session.execute(delete(WrongTry).where(WrongTry.at <= since()))
    db.session.add(WrongTry(who=digest(email), at=datetime.now(UTC)))
    db.session.flush()


def forget(email: str) -> None:
    """After a full sign-in: whoever it was, they know the password and hold the app."""
    db.session.execute(delete(WrongTry).where(WrongTry.who == digest(email)))


def since() -> datetime:
    return datetime.now(UTC) - WITHIN


def digest(email: str) -> str:
    return sha256(email.strip().lower().encode()).hexdigest()
