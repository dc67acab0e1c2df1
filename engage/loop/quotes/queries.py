"""Sentences that may be quoted, and quotes that may be shown: asked anew each time.

What a quote needs is asked of the response, its consent and its theme as they stand now. So words
that somebody takes back, or that the safeguarding lead has, are gone with the next page.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, case, cast, exists, literal, or_, select
from sqlalchemy.orm import aliased, contains_eager

from engage.analysis.frame.models import Mention, Placement
from engage.analysis.frame.queries import quotes_of as typical_of
from engage.analysis.models import Theme
from engage.analysis.redaction.queries import sentences_as_read
from engage.extensions import db
from engage.loop.quotes import rules
from engage.loop.quotes.beside import said_by_quotes
from engage.loop.quotes.clearing import still_clear, taken_out_of, words_of
from engage.loop.quotes.course import APPROVED, TAKEN_DOWN
from engage.loop.quotes.models import Quote
from engage.loop.quotes.rules import OTHER_WORDS, OWN, Signed
from engage.loop.quotes.signing import signatures
from engage.responses.models import Answer, Response
from engage.safeguarding.models import Alert
from engage.surveys.models import Question

MOST_SENTENCES = 50
MOST_ON_A_PAIR = 3
CONSENT = "quote_consent"


# ---- what must be true of the response, now


def _may_be_quoted() -> ColumnElement[bool]:
    """It was sent, a person has read the words, and nobody was ever worried about them."""
    alerted = exists().where(Alert.reference == literal("response/") + cast(Response.id, String))
    return and_(
        Response.submitted_at.is_not(None),
        Response.words_read_at.is_not(None),
        Response.is_held.is_(False),
        ~alerted.correlate(Response),
    )


def _allows(*codes: str) -> ColumnElement[bool]:
    """They answered the question of consent, and with nothing but these."""
    said = aliased(Answer)
    given = (
        select(said.id)
        .join(Question, Question.id == said.question_id)
        .where(said.response_id == Response.id, Question.role == CONSENT)
        .correlate(Response)
    )
    is_one = cast(said.value, String).in_([json.dumps(code) for code in codes])
    return and_(given.where(is_one).exists(), ~given.where(~is_one).exists())


def _is_moved_away(theme: object, answer: object, key: object) -> ColumnElement[bool]:
    """A person says that the sentence does not belong to the theme."""
    return exists().where(
        Placement.theme_id == theme,
        Placement.answer_id == answer,
        Placement.sentence_key == key,
        Placement.belongs.is_(False),
    )


def _live() -> Select[Quote]:
    """Quotes that may be read at all, with their answers."""
    allowed = or_(
        and_(Quote.is_own, _allows(OWN)),
        and_(~Quote.is_own, _allows(OWN, OTHER_WORDS)),
    )
    moved = _is_moved_away(Quote.theme_id, Quote.answer_id, Quote.sentence_key)
    return (
        select(Quote)
        .join(Quote.theme)
        .join(Quote.answer)
        .join(Response, Response.id == Answer.response_id)
        .where(
            Theme.state == "accepted",
            Quote.state != TAKEN_DOWN,
            _may_be_quoted(),
            allowed,
            ~moved.correlate(Quote),
        )
        .options(contains_eager(Quote.answer), contains_eager(Quote.theme))
        .order_by(Quote.id)
    )


# ---- what everyone reads


@dataclass(frozen=True, slots=True)
class Shown:
    """One quote as everyone reads it."""

    words: str
    is_own: bool
    language: str
    signed: Signed


def shown(theme_ids: Collection[int]) -> dict[int, list[Shown]]:
    """The first few quotes of each theme that were approved and may be shown now."""
    if not theme_ids:
        return {}
    wanted = _live().where(
        Quote.theme_id.in_(theme_ids), Quote.state == APPROVED, Quote.is_vetoed.is_(False)
    )
    found: dict[int, list[Quote]] = defaultdict(list)
    for quote in still_clear(db.session.scalars(wanted).all()):
        if len(found[quote.theme_id]) < MOST_ON_A_PAIR:
            found[quote.theme_id].append(quote)
    by_quote = signatures([quote for quotes in found.values() for quote in quotes])
    return {
        theme: [_shown(quote, by_quote[quote.id]) for quote in quotes if quote.id in by_quote]
        for theme, quotes in found.items()
    }


def _shown(quote: Quote, signature: Signed) -> Shown:
    return Shown(quote.words, quote.is_own, quote.language, signature)


# ---- what staff and partners see


def quotes_in(survey_id: int, theme_id: int | None = None) -> list[Quote]:
    """The quotes of the survey's accepted themes, or of one of them, in whatever state.

    Of other themes those that would come back with the theme, so that they can be taken down.
    """
    wanted = (
        select(Quote)
        .join(Quote.theme)
        .where(
            Theme.survey_id == survey_id,
            or_(Theme.state == "accepted", Quote.state != TAKEN_DOWN),
        )
        .options(contains_eager(Quote.theme))
        .order_by(Theme.name, Quote.id)
    )
    if theme_id is not None:
        wanted = wanted.where(Quote.theme_id == theme_id)
    return list(db.session.scalars(wanted))


def live_among(quotes: Iterable[Quote]) -> set[int]:
    """The ids of those whose words may be read now."""
    return {each.id for each in still_clear(allowed_among(quotes))}


def allowed_among(quotes: Iterable[Quote]) -> Sequence[Quote]:
    """Those that may be quoted now, also where somebody has to look at the words again first."""
    ids = [quote.id for quote in quotes]
    return db.session.scalars(_live().where(Quote.id.in_(ids))).all() if ids else []


def quote_of(survey_id: int, quote_id: int, is_of_any_theme: bool = False) -> Quote:
    """A quote of an accepted theme of the survey, or of any. Raises NoResultFound."""
    wanted = (
        select(Quote).join(Quote.theme).where(Quote.id == quote_id, Theme.survey_id == survey_id)
    )
    if not is_of_any_theme:
        wanted = wanted.where(Theme.state == "accepted")
    return db.session.scalars(wanted).one()


def quote_at(answer_id: int, sentence_key: str) -> Quote | None:
    return db.session.scalars(
        select(Quote).where(Quote.answer_id == answer_id, Quote.sentence_key == sentence_key)
    ).one_or_none()


# ---- what may become a quote


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence whose person allows it. `text` is as staff read it, `said` as it stands.

    `gone` is what somebody has taken out of the comment.
    """

    answer_id: int
    key: str
    text: str
    said: str
    comment: str
    language: str
    is_own: bool
    gone: tuple[str, ...] = ()

    @property
    def code(self) -> str:
        """How a form names it."""
        return f"{self.answer_id}-{self.key}"


def sentences(theme: Theme) -> list[Sentence]:
    """The first of those that may be quoted and are not yet, what is typical of the theme first.

    None whose words are in a quote already, and none of a comment with a quote that is vetoed.
    """
    typical, _differs = typical_of(theme)
    is_typical = case((Mention.answer_id.in_([each.answer_id for each in typical]), 0), else_=1)
    taken = exists().where(
        Quote.answer_id == Mention.answer_id,
        Quote.sentence_key == Mention.sentence_key,
        Quote.state != TAKEN_DOWN,
    )
    vetoed = exists().where(
        Quote.answer_id == Mention.answer_id,
        Quote.sentence_key != Mention.sentence_key,
        Quote.is_vetoed,
    )
    wanted = _sentences(theme).where(
        ~taken.correlate(Mention),
        ~vetoed.correlate(Mention),
        Mention.id.not_in(said_by_quotes(theme)),
    )
    ordered = wanted.order_by(is_typical, Mention.by_person, Mention.weight.desc(), Mention.id)
    return _as_sentences(ordered.limit(MOST_SENTENCES))


def sentence_at(theme: Theme, answer_id: int, key: str) -> Sentence | None:
    """The sentence, where it stands under the theme and may be quoted now."""
    found = _sentences(theme).where(Mention.answer_id == answer_id, Mention.sentence_key == key)
    return next(iter(_as_sentences(found)), None)


Rows = Select[int, str, str, Any, str, bool]


def _sentences(theme: Theme) -> Rows:
    return (
        select(
            Mention.answer_id,
            Mention.sentence_key,
            Mention.sentence,
            Answer.value,
            Response.language,
            _allows(OWN),
        )
        .join(Answer, Answer.id == Mention.answer_id)
        .join(Response, Response.id == Answer.response_id)
        .where(Mention.theme_id == theme.id, _may_be_quoted(), _allows(OWN, OTHER_WORDS))
    )


def _as_sentences(wanted: Rows) -> list[Sentence]:
    rows = db.session.execute(wanted).all()
    texts = sentences_as_read((row[0], row[2]) for row in rows)
    taken_out = taken_out_of({row[0] for row in rows})
    return [
        Sentence(
            answer_id=answer_id,
            key=key,
            text=rules.with_gaps(text),
            said=said,
            comment=str(comment),
            language=language,
            is_own=bool(is_own),
            gone=tuple(words_of(each, str(comment)) for each in taken_out.get(answer_id, [])),
        )
        for text, (answer_id, key, said, comment, language, is_own) in zip(texts, rows, strict=True)
    ]
