"""What the machine learnt from the accepted themes, kept until it learns again."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, exists, func, insert, select

from engage.analysis.frame.membership import Place
from engage.analysis.frame.models import Learnt, Mention, Placement, Suggestion
from engage.analysis.frame.suggesting import AT_ONCE, Suggestions
from engage.analysis.models import Theme
from engage.analysis.queries import answers_there, may_be_read
from engage.extensions import db


def learnt_of(survey_id: int) -> Learnt | None:
    return db.session.get(Learnt, survey_id)


def is_up_to_date(survey_id: int, fingerprint: str) -> bool:
    """Nothing changed since the machine learnt."""
    kept = learnt_of(survey_id)
    return kept is not None and kept.fingerprint == fingerprint


def how_many(survey_id: int) -> dict[int, int]:
    """How many sentences are suggested for each accepted theme."""
    rows = db.session.execute(
        select(Suggestion.theme_id, func.count())
        .join(Theme, Theme.id == Suggestion.theme_id)
        .where(Theme.survey_id == survey_id, Theme.state == "accepted", *_still_open())
        .group_by(Suggestion.theme_id)
    )
    return dict(rows.all())


def surest(theme: Theme, most: int) -> list[Place]:
    """The first of the sentences suggested for a theme."""
    rows = db.session.execute(
        select(Suggestion.answer_id, Suggestion.sentence_key)
        .where(Suggestion.theme_id == theme.id, *_still_open())
        .order_by(Suggestion.position)
        .limit(most)
    )
    return [(answer_id, key) for answer_id, key in rows]


def _still_open() -> tuple[ColumnElement[bool], ...]:
    """Staff may read it, and nobody has put it under the theme or refused it since."""
    under = exists().where(
        and_(
            Mention.theme_id == Suggestion.theme_id,
            Mention.answer_id == Suggestion.answer_id,
            Mention.sentence_key == Suggestion.sentence_key,
        )
    )
    refused = exists().where(
        and_(
            Placement.theme_id == Suggestion.theme_id,
            Placement.answer_id == Suggestion.answer_id,
            Placement.sentence_key == Suggestion.sentence_key,
            Placement.belongs.is_(False),
        )
    )
    return may_be_read(Suggestion.answer_id), ~under, ~refused


def keep(survey_id: int, fingerprint: str, found: Suggestions, now: datetime) -> None:
    """In place of what was learnt before. What went while the machine was learning is left out."""
    ours = select(Theme.id).where(Theme.survey_id == survey_id)
    db.session.execute(delete(Suggestion).where(Suggestion.theme_id.in_(ours)))
    themes = set(db.session.scalars(ours))
    answers = _still_there({answer for places in found.values() for answer, _key in places})
    rows = [
        {"theme_id": theme, "answer_id": answer, "sentence_key": key, "position": position}
        for theme, places in sorted(found.items())
        for position, (answer, key) in enumerate(places)
        if theme in themes and answer in answers
    ]
    if rows:
        db.session.execute(insert(Suggestion), rows)
    db.session.merge(Learnt(survey_id=survey_id, fingerprint=fingerprint, learnt_at=now))
    db.session.flush()


def _still_there(answer_ids: Collection[int]) -> set[int]:
    ids = sorted(answer_ids)
    parts = (ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE))
    return {answer for part in parts for answer in answers_there(part)}
