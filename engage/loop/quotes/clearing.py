"""Which quotes still say nothing that somebody has taken out of the comment: asked each time."""

from collections import defaultdict
from collections.abc import Collection, Sequence

from sqlalchemy import select

from engage.analysis.redaction.models import Redaction
from engage.analysis.redaction.queries import TAKEN_OUT
from engage.extensions import db
from engage.loop.quotes import rules
from engage.loop.quotes.models import Quote


def still_clear(quotes: Sequence[Quote]) -> list[Quote]:
    """Without those of comments that somebody took something out of after they were prepared.

    Which words they would have left out then nobody knows: somebody looks at them again.
    """
    taken_out = taken_out_of({quote.answer_id for quote in quotes})
    return [quote for quote in quotes if _is_clear(quote, taken_out.get(quote.answer_id, []))]


def _is_clear(quote: Quote, taken_out: Sequence[Redaction]) -> bool:
    comment = str(quote.answer.value)
    return not any(
        each.decided_at >= quote.prepared.at or rules.says(quote.words, words_of(each, comment))
        for each in taken_out
    )


def words_of(taken_out: Redaction, comment: str) -> str:
    return comment[taken_out.start : taken_out.end]


def taken_out_of(answer_ids: Collection[int]) -> dict[int, list[Redaction]]:
    """By answer, what somebody decided to take out of it."""
    found: dict[int, list[Redaction]] = defaultdict(list)
    rows = select(Redaction).where(
        Redaction.answer_id.in_(answer_ids), Redaction.decision == TAKEN_OUT
    )
    for row in db.session.scalars(rows) if answer_ids else ():
        found[row.answer_id].append(row)
    return found
