"""Questions asked of the comments, the findings and the themes."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import InstrumentedAttribute, joinedload

from engage.analysis.models import AnalysisRun, Assignment, CommentFinding, FoundTheme, Theme
from engage.analysis.types import Comment
from engage.extensions import db
from engage.responses.models import Answer, Response
from engage.surveys.models import Question, QuestionText, Survey, SurveyVersion

IMPROVE = re.compile(
    r"\b(better|improve|change|worse|difficult|hard|stop|gets? in the way)\b", re.I
)
PRAISE = re.compile(r"\b(well|good|best|proud|happy|helped most|working)\b", re.I)
ON_A_PAGE = 50


def tone_of(wording: str) -> str:
    """What a question invites: "improve", "praise", or "neutral" for both or neither."""
    asks_to_improve = bool(IMPROVE.search(wording))
    asks_for_praise = bool(PRAISE.search(wording))
    if asks_to_improve == asks_for_praise:
        return "neutral"
    return "improve" if asks_to_improve else "praise"


def comments_of(survey_id: int) -> list[Comment]:
    """Every open answer that was sent, in all versions of the survey.

    What is with the safeguarding lead is left out until they have decided.
    """
    rows = db.session.execute(
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
    return [
        Comment(
            id=str(answer_id),
            text=text,
            question=wording,
            question_tone=tone_of(wording),
            ambition_prior=ambitions[0] if len(ambitions) == 1 else None,
        )
        for answer_id, text, wording, ambitions in rows
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
        if key.column.table is Theme.__table__
    )
    return any(
        db.session.scalar(
            select(func.count()).select_from(key.parent.table).where(key.parent == theme.id)
        )
        for key in links
    )


@dataclass(frozen=True)
class Reading:
    """A theme as the officer meets it: the machine's finding, and the person's decision."""

    found: FoundTheme
    theme: Theme | None

    @property
    def name(self) -> str:
        return self.theme.name if self.theme else self.found.label

    @property
    def state(self) -> str:
        return self.theme.state if self.theme else "to_read"


@dataclass(frozen=True)
class Overview:
    """The themes page: most people first, then what an earlier run found and this one did not."""

    survey: Survey
    run: AnalysisRun
    readings: tuple[Reading, ...]
    not_found_again: tuple[Theme, ...]
    set_aside: dict[str, int]
    in_no_theme: int


def overview(survey: Survey) -> Overview | None:
    """Everything the themes page shows, in a number of queries that does not grow. None: no run."""
    run = latest_run(survey.id)
    if run is None:
        return None
    decided = decided_themes(survey.id)
    by_finding = {theme.found_theme_id: theme for theme in decided}
    found = sorted(run.themes, key=lambda theme: (-theme.people, theme.number))
    ids = {theme.id for theme in found}
    return Overview(
        survey=survey,
        run=run,
        readings=tuple(Reading(theme, by_finding.get(theme.id)) for theme in found),
        not_found_again=tuple(t for t in decided if t.found_theme_id not in ids),
        set_aside=set_aside_counts(run),
        in_no_theme=db.session.scalar(
            select(func.count()).select_from(_in_no_theme(run).subquery())
        )
        or 0,
    )


def set_aside_counts(run: AnalysisRun) -> dict[str, int]:
    rows = db.session.execute(
        select(CommentFinding.set_aside, func.count().label("comments"))
        .where(
            CommentFinding.run_id == run.id,
            CommentFinding.set_aside != "",
            _may_be_read(CommentFinding.answer_id),
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


@dataclass(frozen=True)
class Words:
    """One comment behind a theme: the whole of it, and the sentences that brought it here."""

    answer_id: int
    text: str
    sentences: tuple[str, ...]


def words_behind(found: FoundTheme, page: int) -> list[Words]:
    """A page of the comments behind a theme, those that fit best first, and one more if any."""
    best = func.max(Assignment.weight)
    answers = db.session.execute(
        select(Assignment.answer_id, best)
        .where(Assignment.found_theme_id == found.id, _may_be_read(Assignment.answer_id))
        .group_by(Assignment.answer_id)
        .order_by(best.desc(), Assignment.answer_id)
        .offset((page - 1) * ON_A_PAGE)
        .limit(ON_A_PAGE + 1)
    )
    ids = [answer_id for answer_id, _ in answers]
    texts = answer_texts(ids)
    rows = db.session.execute(
        select(Assignment.answer_id, Assignment.sentence)
        .where(Assignment.found_theme_id == found.id, Assignment.answer_id.in_(ids))
        .order_by(Assignment.answer_id, Assignment.sentence_number)
    ).all()
    return [
        Words(id, texts[id], tuple(sentence for answer, sentence in rows if answer == id))
        for id in ids
    ]


def answer_texts(ids: list[int]) -> dict[int, str]:
    rows = db.session.execute(select(Answer.id, Answer.value).where(Answer.id.in_(ids)))
    return {answer_id: str(value) for answer_id, value in rows}


def quotes_of(found: FoundTheme) -> tuple[list[str], str]:
    """What speaks for a theme, and what differs from it; nothing that only the lead may read."""
    typical = [(quote["answer_id"], quote["text"]) for quote in found.quotes]
    other = [(quote["answer_id"], quote["text"]) for quote in (found.different,) if quote]
    ids = [answer_id for answer_id, _text in typical + other]
    readable = set(
        db.session.scalars(select(Answer.id).where(Answer.id.in_(ids), _may_be_read(Answer.id)))
    )
    texts = [text for answer_id, text in typical if answer_id in readable]
    return texts, next((text for answer_id, text in other if answer_id in readable), "")


def answers_there(ids: Iterable[int]) -> set[int]:
    """Those of the answers that nobody has taken back."""
    return set(db.session.scalars(select(Answer.id).where(Answer.id.in_(list(ids)))))


def _may_be_read(answer_id: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """Its words are not with the safeguarding lead. A run may be older than the alert."""
    held = select(Answer.id).join(Answer.response).where(Response.is_held)
    return answer_id.not_in(held)


def words_in_no_theme(run: AnalysisRun, page: int) -> list[Words]:
    """Usable comments that fit no theme: a page of them, and one more if any."""
    wanted = _in_no_theme(run).order_by(CommentFinding.answer_id)
    ids = list(db.session.scalars(wanted.offset((page - 1) * ON_A_PAGE).limit(ON_A_PAGE + 1)))
    return [Words(id, text, ()) for id, text in sorted(answer_texts(ids).items())]


def words_set_aside(run: AnalysisRun, reason: str, page: int) -> list[Words]:
    """Comments the machine did not read, for one reason: a page, and one more if any."""
    wanted = (
        select(CommentFinding.answer_id)
        .where(
            CommentFinding.run_id == run.id,
            CommentFinding.set_aside == reason,
            _may_be_read(CommentFinding.answer_id),
        )
        .order_by(CommentFinding.answer_id)
    )
    ids = list(db.session.scalars(wanted.offset((page - 1) * ON_A_PAGE).limit(ON_A_PAGE + 1)))
    return [Words(id, text, ()) for id, text in sorted(answer_texts(ids).items())]


def _in_no_theme(run: AnalysisRun) -> Select[int]:
    themed = select(Assignment.answer_id).where(
        Assignment.run_id == run.id, Assignment.found_theme_id.is_not(None)
    )
    return select(CommentFinding.answer_id).where(
        CommentFinding.run_id == run.id,
        CommentFinding.set_aside == "",
        CommentFinding.answer_id.not_in(themed),
        _may_be_read(CommentFinding.answer_id),
    )
