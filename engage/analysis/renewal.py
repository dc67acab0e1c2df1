"""What a survey's latest reading lacks: whether a few new answers can join it, and which."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from sqlalchemy import func, select

from engage.analysis import queries
from engage.analysis.growing import Known, may_grow
from engage.analysis.models import AnalysisRun, CommentFinding, ConfirmedTag
from engage.analysis.prepare import clean
from engage.analysis.tagging import NO_AMBITION
from engage.analysis.types import TOPIC_MODEL, Comment, Settings, Tools
from engage.extensions import db
from engage.responses.models import Answer, Response

# A smaller survey is read again in seconds, and its themes may still change with each answer.
FEWEST_TO_GROW = 500
# Two people send in one breath, one reading takes both: the second wish is fulfilled already.
JUST_READ = timedelta(minutes=10)


@dataclass(frozen=True)
class Renewal:
    """New comments that may join `latest`, whose themes `root` found when it read everything."""

    latest: AnalysisRun
    root: AnalysisRun
    new: tuple[Comment, ...]
    known: Known

    def is_done(self, now: datetime) -> bool:
        return not self.new and now - self.latest.finished_at < JUST_READ


def renewal_of(survey_id: int, tools: Tools, settings: Settings) -> Renewal | None:
    """None where everything is to be read: at first, or when much changed, or some words went."""
    latest = queries.latest_run(survey_id)
    if latest is None:
        return None
    root = db.session.get_one(AnalysisRun, latest.grown_from_id or latest.id)
    known = _known(latest, root, tools, settings)
    if known is None or _some_went(survey_id, latest):
        return None
    new = queries.comments_in(
        queries.comments_to_read(survey_id).where(
            Answer.id.not_in(
                select(CommentFinding.answer_id).where(CommentFinding.run_id == latest.id)
            )
        )
    )
    grown_by = latest.comments_read + len(new) - root.comments_read
    if not may_grow(root.comments_read, grown_by):
        return None
    return Renewal(latest, root, tuple(new), known)


def _known(
    latest: AnalysisRun, root: AnalysisRun, tools: Tools, settings: Settings
) -> Known | None:
    """The themes as new sentences can meet them, if they were found as we would find them now."""
    made = root.made_by.get("settings", {})
    ours = [theme for theme in latest.themes if theme.centroid is not None]
    if (
        root.method != TOPIC_MODEL
        or root.comments_read < FEWEST_TO_GROW
        or made.get("embedder") != tools.embedder.name
        or made.get("unit") != settings.unit
        or [theme.number for theme in ours] != list(range(len(ours)))
        or not ours
    ):
        return None
    middles = [np.frombuffer(theme.centroid or b"", dtype=np.float32) for theme in ours]
    return Known(np.stack(middles), float(made.get("stray_below", 0.0)), _campaigns(latest))


def _campaigns(run: AnalysisRun) -> dict[int, str]:
    first = (
        select(CommentFinding.campaign, func.min(CommentFinding.answer_id).label("answer"))
        .where(CommentFinding.run_id == run.id, CommentFinding.campaign.is_not(None))
        .group_by(CommentFinding.campaign)
        .subquery()
    )
    rows = db.session.execute(
        select(first.c.campaign, Answer.value).join(Answer, Answer.id == first.c.answer)
    )
    return {number: clean(str(text)) for number, text in rows}


def _some_went(survey_id: int, run: AnalysisRun) -> bool:
    """Taken back, or held: what the run counted is no longer all there."""
    there = queries.comments_to_read(survey_id).with_only_columns(Answer.id).order_by(None)
    kept = select(func.count()).where(
        CommentFinding.run_id == run.id, CommentFinding.answer_id.in_(there)
    )
    return db.session.scalar(kept) != run.comments_read


def confirmed_tags() -> list[tuple[str, str]]:
    """What people said comments are about, in any survey: it teaches the next suggestions."""
    rows = db.session.execute(
        select(Answer.value, ConfirmedTag.ambition)
        .join(Answer, Answer.id == ConfirmedTag.answer_id)
        .join(Answer.response)
        .where(Response.is_held.is_(False))
        .order_by(ConfirmedTag.answer_id)
    )
    return [(clean(str(text)), ambition or NO_AMBITION) for text, ambition in rows]
