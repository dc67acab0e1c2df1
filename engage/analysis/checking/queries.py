"""What is asked about double-coding: comments to draw from, how far people are, what they said.

Until a round has ended nothing here gives one person another's codes, or the machine's.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload
from sqlalchemy.sql import Select

from engage.analysis import queries as analysis
from engage.analysis.checking.models import CheckCoding, CheckItem, CheckRound
from engage.analysis.checking.results import Coder, Results, results
from engage.analysis.frame.models import Mention
from engage.analysis.models import CommentFinding, Theme
from engage.analysis.redaction import queries as redaction
from engage.extensions import db
from engage.people.models import Staff
from engage.responses.models import Answer, Response
from engage.responses.queries import audience_by_response
from engage.surveys.models import QuestionText


def comments_to_draw_from(survey_id: int) -> dict[int, str]:
    """The audience by comment, of those the latest run could read and staff may read.

    The same words sent again are left out: to code them twice more would flatter the agreement.
    """
    run = analysis.latest_run(survey_id)
    if run is None:
        return {}
    audience_of = audience_by_response(survey_id, Response.submitted_at.is_not(None))
    rows = db.session.execute(
        select(Answer.id, Answer.response_id)
        .join(CommentFinding, CommentFinding.answer_id == Answer.id)
        .join(Answer.response)
        .where(
            CommentFinding.run_id == run.id,
            CommentFinding.set_aside == "",
            CommentFinding.duplicate_of_id.is_(None),
            Response.submitted_at.is_not(None),
            Response.is_held.is_(False),
        )
    )
    return {answer_id: audience_of[response_id] for answer_id, response_id in rows}


def accepted_themes(survey_id: int) -> list[Theme]:
    wanted = select(Theme).where(Theme.survey_id == survey_id, Theme.state == "accepted")
    return list(db.session.scalars(wanted.order_by(Theme.name, Theme.id)))


def themes_of(round: CheckRound) -> dict[int, Theme]:
    """The themes of the round that are still there, by their names as they are now."""
    wanted = select(Theme).where(Theme.survey_id == round.survey_id, Theme.id.in_(round.themes))
    found = db.session.scalars(wanted.order_by(Theme.name, Theme.id))
    return {theme.id: theme for theme in found}


def by_machine(theme_ids: Collection[int], answer_ids: Collection[int]) -> dict[int, list[int]]:
    """The themes under which the machine, and no person, put a sentence of the comment."""
    rows = db.session.execute(
        select(Mention.answer_id, Mention.theme_id)
        .where(Mention.theme_id.in_(theme_ids), Mention.by_person.is_(False))
        .distinct()
        .order_by(Mention.answer_id, Mention.theme_id)
    )
    wanted, found = set(answer_ids), defaultdict(list)
    for answer_id, theme_id in rows:
        if answer_id in wanted:
            found[answer_id].append(theme_id)
    return found


def rounds_of(survey_id: int) -> list[CheckRound]:
    """The latest first."""
    wanted = select(CheckRound).where(CheckRound.survey_id == survey_id)
    return list(db.session.scalars(wanted.order_by(CheckRound.id.desc())))


def open_round(survey_id: int) -> CheckRound | None:
    wanted = select(CheckRound).where(
        CheckRound.survey_id == survey_id, CheckRound.ended_at.is_(None)
    )
    return db.session.scalars(wanted.order_by(CheckRound.id.desc())).first()


def round_of(survey_id: int, round_id: int) -> CheckRound:
    wanted = select(CheckRound).where(CheckRound.survey_id == survey_id, CheckRound.id == round_id)
    return db.session.scalars(wanted).one()


def round_of_item(survey_id: int, item_id: int) -> CheckRound | None:
    """The round a comment belongs to, also when it has ended. None: it was withdrawn."""
    wanted = select(CheckRound).join(CheckItem, CheckItem.round_id == CheckRound.id)
    return db.session.scalars(
        wanted.where(CheckRound.survey_id == survey_id, CheckItem.id == item_id)
    ).one_or_none()


# ---- coding


def _readable(round_id: int) -> Select[CheckItem]:
    """Comments of the round in their order, without those that are with the lead by now."""
    return (
        select(CheckItem)
        .join(CheckItem.answer)
        .join(Answer.response)
        .where(CheckItem.round_id == round_id, Response.is_held.is_(False))
    )


@dataclass(frozen=True)
class Standing:
    """How far a round is. `coded`: how many of the comments each person coded, by their name."""

    comments: int
    coded: tuple[tuple[str, int], ...]
    mine: int

    @property
    def finished(self) -> int:
        return sum(1 for _name, count in self.coded if count >= self.comments > 0)

    @property
    def can_end(self) -> bool:
        return self.finished >= 2


def standing(round: CheckRound, staff: Staff) -> Standing:
    readable = _readable(round.id).with_only_columns(CheckItem.id)
    rows = db.session.execute(
        select(Staff.id, Staff.name, func.count())
        .join(CheckCoding, CheckCoding.coder_id == Staff.id)
        .where(CheckCoding.item_id.in_(readable))
        .group_by(Staff.id, Staff.name)
        .order_by(Staff.name, Staff.id)
    ).all()
    total = db.session.scalar(select(func.count()).select_from(readable.subquery())) or 0
    return Standing(
        comments=total,
        coded=tuple((name, count) for _id, name, count in rows),
        mine=next((count for id, _name, count in rows if id == staff.id), 0),
    )


def next_item(round: CheckRound, staff: Staff) -> CheckItem | None:
    """The first comment that this person has not coded."""
    coded = select(CheckCoding.item_id).where(CheckCoding.coder_id == staff.id)
    wanted = _readable(round.id).where(CheckItem.id.not_in(coded))
    return db.session.scalars(wanted.order_by(CheckItem.position).limit(1)).first()


def item_of(round: CheckRound, item_id: int) -> CheckItem | None:
    """A comment of the round, if it may still be read."""
    return db.session.scalars(_readable(round.id).where(CheckItem.id == item_id)).one_or_none()


def item_before(item: CheckItem) -> CheckItem | None:
    wanted = _readable(item.round_id).where(CheckItem.position < item.position)
    return db.session.scalars(wanted.order_by(CheckItem.position.desc()).limit(1)).first()


def place_of(item: CheckItem) -> int:
    """Which one it is of those that can be read, counted from 1."""
    before = _readable(item.round_id).where(CheckItem.position < item.position)
    counted = select(func.count()).select_from(before.with_only_columns(CheckItem.id).subquery())
    return (db.session.scalar(counted) or 0) + 1


def coding_of(item: CheckItem, staff: Staff) -> CheckCoding | None:
    """This person's own."""
    return db.session.scalars(
        select(CheckCoding).where(CheckCoding.item_id == item.id, CheckCoding.coder_id == staff.id)
    ).one_or_none()


@dataclass(frozen=True)
class Words:
    question: str
    text: str


def words_of(item: CheckItem) -> Words:
    """The comment without what was taken out of it, and the question it answers."""
    question = db.session.scalar(
        select(QuestionText.text)
        .join(Answer, Answer.question_id == QuestionText.question_id)
        .where(
            Answer.id == item.answer_id,
            QuestionText.language == "en",
            QuestionText.easy_read.is_(False),
        )
    )
    return Words(question or "", redaction.as_read([item.answer_id])[item.answer_id])


# ---- what came of it


def results_of(round: CheckRound) -> Results:
    """Everybody's codes beside each other. Only for a round that has ended."""
    items = list(db.session.scalars(_readable(round.id)))
    return results(
        coders=_coders(round.id),
        machine={item.id: frozenset(item.by_machine) for item in items},
        themes=round.themes,
        audience_of={item.id: item.audience for item in items},
    )


def _coders(round_id: int) -> list[Coder]:
    codings = db.session.scalars(
        select(CheckCoding)
        .where(CheckCoding.item_id.in_(_readable(round_id).with_only_columns(CheckItem.id)))
        .options(joinedload(CheckCoding.coder))
    )
    by_person: dict[int, dict[int, frozenset[int]]] = defaultdict(dict)
    names: dict[int, str] = {}
    for coding in codings:
        by_person[coding.coder_id][coding.item_id] = frozenset(coding.themes)
        names[coding.coder_id] = coding.coder.name
    told_apart = _told_apart(names)
    return [
        Coder(told_apart[id], by_person[id]) for id in sorted(names, key=told_apart.__getitem__)
    ]


def _told_apart(names: dict[int, str]) -> dict[int, str]:
    """Two people of one name are numbered."""
    shared = {name for name in names.values() if list(names.values()).count(name) > 1}
    return {id: f"{name} ({id})" if name in shared else name for id, name in names.items()}


def comments_in(rounds: Iterable[CheckRound]) -> dict[int, int]:
    """How many comments each round holds that may still be read."""
    counted = (
        select(CheckItem.round_id, func.count())
        .where(
            CheckItem.round_id.in_([round.id for round in rounds]),
            analysis.may_be_read(CheckItem.answer_id),
        )
        .group_by(CheckItem.round_id)
    )
    return {row[0]: row[1] for row in db.session.execute(counted)}
