"""Questions asked of the comments, the findings and the themes."""

import re
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import InstrumentedAttribute, joinedload

from engage.analysis.frame.models import Mention
from engage.analysis.frame.readings import Reading as Reading
from engage.analysis.models import AnalysisRun, Assignment, CommentFinding, FoundTheme, Theme
from engage.analysis.redaction.queries import as_read, sentences_as_read
from engage.analysis.types import Comment
from engage.extensions import db
from engage.responses.models import Answer, Response
from engage.surveys.models import Question, QuestionText, Survey, SurveyVersion

IMPROVE = re.compile(
    r"\b(better|improve|change|worse|difficult|hard|stop|gets? in the way)\b", re.I
)
PRAISE = re.compile(r"\b(well|good|best|proud|happy|helped most|working)\b", re.I)
ON_A_PAGE = 50
# What points at a theme and is part of the frame itself; everything else rests on it.
OF_THE_FRAME = {"theme", "placement", "mention", "suggestion"}


def tone_of(wording: str) -> str:
    """What a question invites: "improve", "praise", or "neutral" for both or neither."""
    asks_to_improve = bool(IMPROVE.search(wording))
    asks_for_praise = bool(PRAISE.search(wording))
    if asks_to_improve == asks_for_praise:
        return "neutral"
    return "improve" if asks_to_improve else "praise"


def comments_of(survey_id: int, first: int | None = None, last: int | None = None) -> list[Comment]:
    """Every open answer that was sent, in all versions of the survey; or those with these ids.

    What is with the safeguarding lead is left out until they have decided.
    """
    wanted = comments_to_read(survey_id)
    if first is not None:
        wanted = wanted.where(Answer.id >= first)
    if last is not None:
        wanted = wanted.where(Answer.id <= last)
    return comments_in(wanted)


def comments_to_read(survey_id: int) -> Select[tuple[int, Any, str, list[str]]]:
    return (
        select(Answer.id, Answer.value, QuestionText.text, Question.ambitions)
        .join(Answer.response)
        .join(Answer.question)
        .join(SurveyVersion, Response.version_id == SurveyVersion.id)
        .join(QuestionText, QuestionText.question_id == Question.id)
        .where(
            SurveyVersion.survey_id == survey_id,
            Response.submitted_at.is_not(None),
            Response.is_held.is_(False),
            Question.type == "text",
            Question.role == "free_text",
            QuestionText.language == "en",
            QuestionText.easy_read.is_(False),
        )
        .order_by(Answer.id)
    )


def comments_in(wanted: Select[tuple[int, Any, str, list[str]]]) -> list[Comment]:
    return [
        Comment(
            id=str(answer_id),
            text=text,
            question=wording,
            question_tone=tone_of(wording),
            ambition_prior=ambitions[0] if len(ambitions) == 1 else None,
        )
        for answer_id, text, wording, ambitions in db.session.execute(wanted)
    ]


def latest_run(survey_id: int) -> AnalysisRun | None:
    return db.session.scalars(
        select(AnalysisRun)
        .where(AnalysisRun.survey_id == survey_id)
        .order_by(AnalysisRun.id.desc())
        .limit(1)
    ).one_or_none()


def decided_themes(survey_id: int) -> list[Theme]:
    """What people decided, with the findings it rests on."""
    return list(
        db.session.scalars(
            select(Theme)
            .where(Theme.survey_id == survey_id)
            .options(joinedload(Theme.found), joinedload(Theme.decided_by))
            .order_by(Theme.id)
        )
    )


def theme_of(found: FoundTheme) -> Theme | None:
    """What people decided about a finding, if anybody has."""
    return db.session.scalars(
        select(Theme).where(Theme.found_theme_id == found.id).order_by(Theme.id.desc())
    ).first()


def has_answers(theme: Theme) -> bool:
    """Somebody downstream rests on this theme. The database knows who, without our asking them."""
    links = (
        key
        for table in db.metadata.tables.values()
        for key in table.foreign_keys
        if key.column.table is Theme.__table__ and table.name not in OF_THE_FRAME
    )
    return any(
        db.session.scalar(
            select(func.count()).select_from(key.parent.table).where(key.parent == theme.id)
        )
        for key in links
    )


def set_aside_counts(run: AnalysisRun) -> dict[str, int]:
    rows = db.session.execute(
        select(CommentFinding.set_aside, func.count().label("comments"))
        .where(
            CommentFinding.run_id == run.id,
            CommentFinding.set_aside != "",
            may_be_read(CommentFinding.answer_id),
        )
        .group_by(CommentFinding.set_aside)
        .order_by(CommentFinding.set_aside)
    )
    return {row.set_aside: row.comments for row in rows}


def found_theme(survey: Survey, number: int) -> FoundTheme:
    """The theme of that number in the latest run. Raises NoResultFound."""
    latest = (
        select(func.max(AnalysisRun.id)).where(AnalysisRun.survey_id == survey.id).scalar_subquery()
    )
    return db.session.scalars(
        select(FoundTheme)
        .where(FoundTheme.run_id == latest, FoundTheme.number == number)
        .options(joinedload(FoundTheme.run))
    ).one()


def answer_texts(ids: list[int]) -> dict[int, str]:
    """Whole comments, without what people took out of them."""
    return as_read(ids)


class Quoted(NamedTuple):
    """A sentence as staff may read it, and the answer it is from."""

    text: str
    answer_id: int


def quoted(said: Sequence[tuple[int, str]]) -> list[Quoted]:
    """These sentences of answers, without what people took out of them."""
    texts = sentences_as_read(said)
    return [Quoted(text, answer_id) for text, (answer_id, _said) in zip(texts, said, strict=True)]


def quotes_of(found: FoundTheme) -> tuple[list[Quoted], Quoted | None]:
    """What speaks for a theme, and what differs from it; nothing that only the lead may read."""
    typical = [(quote["answer_id"], quote["text"]) for quote in found.quotes]
    other = [(quote["answer_id"], quote["text"]) for quote in (found.different,) if quote]
    ids = [answer_id for answer_id, _text in typical + other]
    readable = set(
        db.session.scalars(select(Answer.id).where(Answer.id.in_(ids), may_be_read(Answer.id)))
    )
    kept = [pair for pair in typical if pair[0] in readable]
    differs = [pair for pair in other if pair[0] in readable]
    return quoted(kept), next(iter(quoted(differs)), None)


def answers_there(ids: Iterable[int]) -> set[int]:
    """Those of the answers that nobody has taken back."""
    return set(db.session.scalars(select(Answer.id).where(Answer.id.in_(list(ids)))))


def may_be_read(answer_id: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """Its words are not with the safeguarding lead. A run may be older than the alert."""
    held = select(Answer.id).join(Answer.response).where(Response.is_held)
    return answer_id.not_in(held)


def no_theme_ids(run: AnalysisRun, page: int) -> list[int]:
    """A page of the usable comments that fit no theme, and one more if any."""
    wanted = _in_no_theme(run).order_by(CommentFinding.answer_id)
    return list(db.session.scalars(wanted.offset((page - 1) * ON_A_PAGE).limit(ON_A_PAGE + 1)))


def words_set_aside(run: AnalysisRun, reason: str, page: int) -> list[tuple[int, str]]:
    """Comments the machine did not read, for one reason: a page, and one more if any."""
    wanted = (
        select(CommentFinding.answer_id)
        .where(
            CommentFinding.run_id == run.id,
            CommentFinding.set_aside == reason,
            may_be_read(CommentFinding.answer_id),
        )
        .order_by(CommentFinding.answer_id)
    )
    ids = list(db.session.scalars(wanted.offset((page - 1) * ON_A_PAGE).limit(ON_A_PAGE + 1)))
    return sorted(answer_texts(ids).items())


def how_many_in_no_theme(run: AnalysisRun) -> int:
    counted = select(func.count()).select_from(_in_no_theme(run).subquery())
    return db.session.scalar(counted) or 0


def _in_no_theme(run: AnalysisRun) -> Select[int]:
    """Neither under a finding nor put under a theme by a person."""
    themed = select(Assignment.answer_id).where(
        Assignment.run_id == run.id, Assignment.found_theme_id.is_not(None)
    )
    placed = select(Mention.answer_id).where(Mention.by_person)
    return select(CommentFinding.answer_id).where(
        CommentFinding.run_id == run.id,
        CommentFinding.set_aside == "",
        CommentFinding.answer_id.not_in(themed),
        CommentFinding.answer_id.not_in(placed),
        may_be_read(CommentFinding.answer_id),
    )
