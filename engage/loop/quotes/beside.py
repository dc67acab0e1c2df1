"""What else of the same comment is a quote: nothing is public twice, or by way of another one."""

from sqlalchemy import Select, and_, select

from engage.analysis.frame.models import Mention
from engage.analysis.models import Theme
from engage.extensions import db
from engage.loop.quotes import rules
from engage.loop.quotes.course import TAKEN_DOWN
from engage.loop.quotes.models import Quote


def said_by_quotes(theme: Theme) -> set[int]:
    """Mentions whose sentence holds, or is held by, the sentence of a quote of the same answer."""
    mine = select(Mention.id, Mention.answer_id, Mention.sentence)
    each = mine.where(Mention.theme_id == theme.id).subquery()
    rows = db.session.execute(
        _of_quotes()
        .add_columns(each.c.id, each.c.sentence)
        .join(each, each.c.answer_id == Quote.answer_id)
    )
    return {id for quoted, id, sentence in rows if _overlap(quoted, sentence)}


def is_said_by_another(answer_id: int, sentence_key: str, said: str) -> bool:
    """Whether another quote of the answer is of these words, or of some of them and more."""
    others = _of_quotes().where(Quote.answer_id == answer_id, Quote.sentence_key != sentence_key)
    return any(_overlap(quoted, said) for quoted in db.session.scalars(others))


def is_vetoed_beside(answer_id: int, sentence_key: str) -> bool:
    """Whether a partner's veto stands against another quote of the same answer."""
    wanted = select(Quote.id).where(
        Quote.answer_id == answer_id, Quote.sentence_key != sentence_key, Quote.is_vetoed
    )
    return db.session.scalar(wanted.limit(1)) is not None


def _of_quotes() -> Select[str]:
    """The sentences that quotes are of, as they were said, under whatever theme they stand."""
    is_theirs = and_(
        Mention.answer_id == Quote.answer_id, Mention.sentence_key == Quote.sentence_key
    )
    return select(Mention.sentence).join(Quote, is_theirs).where(Quote.state != TAKEN_DOWN)


def _overlap(one: str, other: str) -> bool:
    return rules.holds(one, other) or rules.holds(other, one)
