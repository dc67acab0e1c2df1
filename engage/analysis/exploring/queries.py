"""What the pages for looking through comments ask of the database."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Row, select

from engage.analysis.exploring.heard import Heard
from engage.analysis.frame.models import CurationStep, Mention, Placement
from engage.analysis.meanings import vector_key
from engage.analysis.models import (
    AnalysisRun,
    Assignment,
    CommentFinding,
    ConfirmedTag,
    FoundTheme,
    TextVector,
    Theme,
)
from engage.analysis.queries import decided_themes, may_be_read
from engage.analysis.redaction.queries import as_read
from engage.analysis.types import Vectors
from engage.analysis.vectors import kept_vectors, model_of
from engage.extensions import db
from engage.responses.models import Answer, Response
from engage.responses.queries import audience_by_response
from engage.surveys.models import Question, SurveyVersion
from engage.surveys.queries import definition_of

AUDIENCE, AREA = "audience", "weight_area"
KEYS_AT_A_TIME = 500
STANDING = ("accepted", "named")


def heard_in(run: AnalysisRun, only_peoples: bool = False) -> list[Heard]:
    """Every comment of the run that could be read, with what is known of it.

    `only_peoples`: of its themes those that people decided about, and none of the machine's.
    """
    audiences, areas = _sent_audiences(run.survey_id), _areas(run.survey_id)
    themes, ambitions = themes_of_answers(run, only_peoples), _confirmed(run)
    return [
        Heard(
            answer_id=row.answer_id,
            response_id=row.response_id,
            audience=audiences.get(row.response_id, ""),
            area=areas.get(row.response_id, ""),
            mode=_mode(row.channel, row.easy_read),
            wave=row.number,
            sentiment=row.sentiment_label,
            ambitions=ambitions.get(row.answer_id, tuple(tag["code"] for tag in row.ambitions)),
            themes=tuple(themes.get(row.answer_id, ())),
        )
        for row in _findings(run)
    ]


def _findings(run: AnalysisRun) -> Sequence[Row[Any]]:
    return db.session.execute(
        select(
            CommentFinding.answer_id,
            CommentFinding.sentiment_label,
            CommentFinding.ambitions,
            Answer.response_id,
            Response.channel,
            Response.easy_read,
            SurveyVersion.number,
        )
        .join(Answer, Answer.id == CommentFinding.answer_id)
        .join(Response, Response.id == Answer.response_id)
        .join(SurveyVersion, SurveyVersion.id == Response.version_id)
        .where(
            CommentFinding.run_id == run.id,
            CommentFinding.set_aside == "",
            Response.is_held.is_(False),
        )
        .order_by(CommentFinding.answer_id)
    ).all()


def _mode(channel: str, easy_read: bool) -> str:
    return "easy_read" if easy_read and channel == "web" else channel


def _sent_audiences(survey_id: int) -> dict[int, str]:
    return audience_by_response(survey_id, Response.submitted_at.is_not(None))


def _areas(survey_id: int) -> dict[int, str]:
    """The area each response says it is about."""
    rows = db.session.execute(
        select(Answer.response_id, Answer.value)
        .join(Answer.question)
        .join(SurveyVersion, SurveyVersion.id == Question.version_id)
        .where(SurveyVersion.survey_id == survey_id, Question.role == AREA)
    )
    return {response_id: value for response_id, value in rows if isinstance(value, str)}


def themes_of_answers(run: AnalysisRun, only_peoples: bool = False) -> Mapping[int, list[str]]:
    """The names of the themes of each comment: people's where they decided, else the machine's."""
    decided = (
        select(Mention.answer_id, Theme.name)
        .join(Theme, Theme.id == Mention.theme_id)
        .where(Theme.survey_id == run.survey_id, Theme.state.in_(STANDING))
    )
    rested_on = select(Theme.found_theme_id).where(
        Theme.survey_id == run.survey_id, Theme.found_theme_id.is_not(None)
    )
    undecided = (
        select(Assignment.answer_id, FoundTheme.label)
        .join(FoundTheme, FoundTheme.id == Assignment.found_theme_id)
        .where(Assignment.run_id == run.id, FoundTheme.id.not_in(rested_on))
    )
    names: dict[int, set[str]] = defaultdict(set)
    for question in (decided,) if only_peoples else (decided, undecided):
        for answer_id, name in db.session.execute(question):
            names[answer_id].add(name)
    return {answer_id: sorted(found) for answer_id, found in names.items()}


def _confirmed(run: AnalysisRun) -> dict[int, tuple[str, ...]]:
    rows = db.session.execute(
        select(ConfirmedTag.answer_id, ConfirmedTag.ambition)
        .join(CommentFinding, CommentFinding.answer_id == ConfirmedTag.answer_id)
        .where(CommentFinding.run_id == run.id)
    )
    return {answer_id: (ambition,) if ambition else () for answer_id, ambition in rows}


def texts_of(ids: Collection[int]) -> dict[int, str]:
    """What was written in these answers, without what somebody took out of it."""
    ordered, found = sorted(ids), {}
    for start in range(0, len(ordered), KEYS_AT_A_TIME):
        some = ordered[start : start + KEYS_AT_A_TIME]
        readable = db.session.scalars(
            select(Answer.id).where(Answer.id.in_(some), may_be_read(Answer.id))
        )
        found.update(as_read(list(readable)))
    return found


def area_names(survey_id: int) -> dict[str, str]:
    return _wordings(survey_id, AREA)


def audience_names(survey_id: int) -> dict[str, str]:
    return _wordings(survey_id, AUDIENCE)


def _wordings(survey_id: int, role: str) -> dict[str, str]:
    """How the survey words the answers to the question of that role, by code."""
    versions = db.session.scalars(
        select(SurveyVersion.id)
        .where(SurveyVersion.survey_id == survey_id, SurveyVersion.published_at.is_not(None))
        .order_by(SurveyVersion.number)
    )
    names: dict[str, str] = {}
    for version_id in versions:
        question = definition_of(version_id).by_role(role)
        for option in question.options if question else ():
            texts = (w.text for w in option.wordings if w.language == "en" and not w.easy_read)
            names[option.code] = next(texts, option.code)
    return names


@dataclass(frozen=True, slots=True)
class Named:
    """A finding under the name it has now: a person's where somebody gave it one."""

    found: FoundTheme
    name: str


def largest(run: AnalysisRun, most: int) -> list[Named]:
    """The themes that most people speak of."""
    found = sorted(run.themes, key=lambda theme: (-theme.people, theme.number))[:most]
    names = {theme.found_theme_id: theme.name for theme in decided_themes(run.survey_id)}
    return [Named(each, names.get(each.id, each.label)) for each in found]


# ---- by meaning


def vector_of(model: str, text: str) -> Vectors | None:
    key = vector_key(model, text)
    return kept_vectors([key]).get(key)


def is_known_to_another_model(model: str, text: str) -> bool:
    others = db.session.scalars(
        select(TextVector.model).where(TextVector.model != model).distinct()
    )
    return bool(kept_vectors(vector_key(other, text) for other in others))


def sentences_with_vectors(
    run: AnalysisRun, answers: Collection[int] | None = None
) -> list[tuple[Row[int, str, int | None], Vectors]]:
    """The sentences of the run (or of these answers) whose vectors are still kept."""
    rows = db.session.execute(
        select(Assignment.answer_id, Assignment.sentence, Assignment.found_theme_id)
        .where(Assignment.run_id == run.id, may_be_read(Assignment.answer_id))
        .order_by(Assignment.answer_id, Assignment.sentence_number)
    ).all()
    wanted = [row for row in rows if answers is None or row.answer_id in answers]
    model = model_of(run)
    keys = {row.sentence: vector_key(model, row.sentence) for row in wanted}
    kept = kept_vectors(keys.values())
    return [(row, kept[keys[row.sentence]]) for row in wanted if keys[row.sentence] in kept]


# ---- why is this here


def assignments_of(found: FoundTheme, answer_id: int) -> Sequence[Assignment]:
    return db.session.scalars(
        select(Assignment)
        .where(
            Assignment.found_theme_id == found.id,
            Assignment.answer_id == answer_id,
            may_be_read(Assignment.answer_id),
        )
        .order_by(Assignment.sentence_number)
    ).all()


def placements_of(theme: Theme, answer_id: int) -> Sequence[Placement]:
    return db.session.scalars(
        select(Placement)
        .where(
            Placement.theme_id == theme.id,
            Placement.answer_id == answer_id,
            may_be_read(Placement.answer_id),
        )
        .order_by(Placement.placed_at)
    ).all()


def steps_about(theme: Theme) -> list[CurationStep]:
    """What people did to a theme, the last first."""
    steps = db.session.scalars(
        select(CurationStep)
        .where(CurationStep.survey_id == theme.survey_id)
        .order_by(CurationStep.id.desc())
    )
    return [step for step in steps if theme.id in step.themes]


def with_themes(heard: Iterable[Heard], names: Collection[str]) -> list[Heard]:
    """The same comments, with only these of their themes."""
    return [replace(h, themes=tuple(t for t in h.themes if t in names)) for h in heard]


def replies_to(survey_id: int) -> list[dict[str, str]]:
    """Everybody who sent answers, with or without a comment: who they are and how they answered."""
    audiences = _sent_audiences(survey_id)
    rows = db.session.execute(
        select(Response.id, Response.channel, Response.easy_read)
        .join(Response.version)
        .where(SurveyVersion.survey_id == survey_id, Response.submitted_at.is_not(None))
    )
    return [
        {"audience": audiences.get(row.id, ""), "mode": _mode(row.channel, row.easy_read)}
        for row in rows
    ]
