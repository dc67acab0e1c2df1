"""Keeps what the machine found, as it was found. Rows of a run are never edited."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from datetime import datetime
from itertools import islice
from typing import Any

import numpy as np
from sqlalchemy import delete, func, insert, literal, select, update
from sqlalchemy.orm import aliased

from engage.analysis import queries
from engage.analysis.frame.carrying import carry_over
from engage.analysis.frame.members import remake
from engage.analysis.frame.still_said import forget_in_labels
from engage.analysis.growing import Grown
from engage.analysis.models import AnalysisRun, Assignment, CommentFinding, FoundTheme, Theme
from engage.analysis.prepare import content_key
from engage.analysis.redaction.queries import taken_out_of
from engage.analysis.types import Assignment as Assigned
from engage.analysis.types import CommentFinding as Comment
from engage.analysis.types import Findings, Quote, SentimentCounts
from engage.extensions import db

AT_A_TIME = 5_000
CAMPAIGNS = "campaigns"


def store_findings(survey_id: int, findings: Findings, now: datetime) -> AnalysisRun:
    """Keep a run as it was found, and carry people's themes over to it."""
    before = queries.latest_run(survey_id)
    run = AnalysisRun(
        survey_id=survey_id,
        finished_at=now,
        method=findings.method,
        comments_read=len(findings.comments),
        people=findings.usable,
        made_by={
            "settings": findings.settings,
            "versions": findings.versions,
            "checksums": findings.checksums,
            "seconds": findings.timings,
        },
    )
    run.themes = [_found_theme(theme, findings) for theme in findings.themes]
    db.session.add(run)
    db.session.flush()
    _store_assignments(run, findings.assignments)
    _store_comments(run, findings.comments)
    # The machine reads comments as they were sent.
    read = select(Assignment.answer_id).where(Assignment.run_id == run.id)
    forget_in_labels(run.themes, taken_out_of(read))
    if before is not None:
        carry_over(survey_id, run)
    remake(survey_id)
    return run


def _found_theme(theme: Any, findings: Findings) -> FoundTheme:
    return FoundTheme(
        number=theme.id,
        label=theme.label,
        keywords=list(theme.keywords),
        people=theme.people,
        share=theme.share,
        stability=theme.stability,
        sentiment=asdict(theme.sentiment),
        quotes=[_quote(quote) for quote in theme.quotes],
        different=_quote(theme.different) if theme.different else None,
        ambitions=[asdict(tag) for tag in theme.ambitions],
        centroid=_centroid(theme.id, findings),
    )


def _centroid(number: int, findings: Findings) -> bytes | None:
    """None for themes in another language: the survey's own sentences cannot join them."""
    if findings.centroids is None or number >= len(findings.centroids):
        return None
    return np.asarray(findings.centroids[number], dtype=np.float32).tobytes()


def _quote(quote: Quote) -> dict[str, Any]:
    return {"answer_id": int(quote.comment_id), "text": quote.text}


def _store_assignments(run: AnalysisRun, assignments: Iterable[Assigned]) -> None:
    ids = {theme.number: theme.id for theme in run.themes}
    rows = (
        {
            "run_id": run.id,
            "found_theme_id": ids.get(assignment.theme),
            "answer_id": int(assignment.comment_id),
            "sentence_number": assignment.sentence_number,
            "sentence": assignment.sentence,
            "sentence_key": content_key(assignment.sentence),
            "weight": assignment.weight,
        }
        for assignment in assignments
    )
    for some in _some(rows):
        db.session.execute(insert(Assignment), some)


def _store_comments(run: AnalysisRun, comments: Iterable[Comment]) -> None:
    rows = (
        {
            "run_id": run.id,
            "answer_id": int(comment.comment_id),
            "language": comment.language,
            "set_aside": comment.set_aside,
            "duplicate_of_id": int(comment.duplicate_of) if comment.duplicate_of else None,
            "campaign": comment.campaign,
            "is_rich": comment.is_rich,
            "sentiment": comment.sentiment,
            "sentiment_label": comment.sentiment_label,
            "ambitions": [asdict(tag) for tag in comment.ambitions],
        }
        for comment in comments
    )
    for some in _some(rows):
        db.session.execute(insert(CommentFinding), some)


def _some(rows: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """A few thousand rows at a time: all of a large survey at once would be a second copy of it."""
    while some := list(islice(rows, AT_A_TIME)):
        yield some


def store_growth(
    latest: AnalysisRun, root: AnalysisRun, grown: Grown, now: datetime
) -> AnalysisRun:
    """Keep a run that is the latest one and what is new. The database copies what is old."""
    run = AnalysisRun(
        survey_id=latest.survey_id,
        finished_at=now,
        method=latest.method,
        comments_read=latest.comments_read + len(grown.comments),
        people=latest.people + sum(not comment.set_aside for comment in grown.comments),
        made_by=_made_by(latest, root, grown),
        grown_from_id=root.id,
    )
    run.themes = [_copied(theme) for theme in latest.themes]
    db.session.add(run)
    db.session.flush()
    _copy_rows(latest, run)
    _store_assignments(run, grown.assignments)
    _store_comments(run, grown.comments)
    _count(run, grown.feelings)
    _move_decisions(latest, run)
    _drop_copies(latest)
    remake(run.survey_id)
    return run


def _made_by(latest: AnalysisRun, root: AnalysisRun, grown: Grown) -> dict[str, Any]:
    settings: dict[str, Any] = latest.made_by["settings"]
    aside = Counter(settings.get("set_aside", {}))
    aside.update(comment.set_aside for comment in grown.comments if comment.set_aside)
    sent = Counter({one["campaign"]: one["comments"] for one in settings.get(CAMPAIGNS, [])})
    sent.update(c.campaign for c in grown.comments if c.campaign is not None)
    counts = {
        "comments": latest.comments_read + len(grown.comments),
        "usable_comments": latest.people + sum(not c.set_aside for c in grown.comments),
        "set_aside": dict(sorted(aside.items())),
        CAMPAIGNS: [{"campaign": n, "comments": sent[n]} for n in sorted(sent)],
        "joined_later": latest.comments_read + len(grown.comments) - root.comments_read,
    }
    return {**latest.made_by, "settings": settings | counts, "seconds": dict(grown.timings)}


def _copied(theme: FoundTheme) -> FoundTheme:
    names = [c.key for c in FoundTheme.__table__.columns if c.key not in ("id", "run_id")]
    return FoundTheme(**{name: getattr(theme, name) for name in names})


def _copy_rows(latest: AnalysisRun, run: AnalysisRun) -> None:
    before, after = aliased(FoundTheme), aliased(FoundTheme)
    themes = (
        select(before.id.label("old"), after.id.label("new"))
        .join(after, after.number == before.number)
        .where(before.run_id == latest.id, after.run_id == run.id)
        .subquery()
    )
    same = ["answer_id", "sentence_number", "sentence", "sentence_key", "weight"]
    rows = select(
        literal(run.id), themes.c.new, *(getattr(Assignment, name) for name in same)
    ).outerjoin(themes, themes.c.old == Assignment.found_theme_id)
    db.session.execute(
        insert(Assignment).from_select(
            ["run_id", "found_theme_id", *same], rows.where(Assignment.run_id == latest.id)
        )
    )
    columns = CommentFinding.__table__.columns
    same = [column.key for column in columns if column.key not in ("id", "run_id")]
    comments = select(literal(run.id), *(getattr(CommentFinding, name) for name in same))
    db.session.execute(
        insert(CommentFinding).from_select(
            ["run_id", *same], comments.where(CommentFinding.run_id == latest.id)
        )
    )


def _count(run: AnalysisRun, feelings: Mapping[int, SentimentCounts]) -> None:
    """People, shares and feelings, with those who came."""
    counted = db.session.execute(
        select(Assignment.found_theme_id, func.count(Assignment.answer_id.distinct()))
        .where(Assignment.run_id == run.id, Assignment.found_theme_id.is_not(None))
        .group_by(Assignment.found_theme_id)
    )
    people = {row[0]: row[1] for row in counted}
    for theme in run.themes:
        theme.people = people.get(theme.id, 0)
        theme.share = round(theme.people / max(run.people, 1), 4)
        new = asdict(feelings.get(theme.number, SentimentCounts()))
        theme.sentiment = {word: theme.sentiment.get(word, 0) + new[word] for word in new}
    db.session.flush()


def _move_decisions(latest: AnalysisRun, run: AnalysisRun) -> None:
    """A theme is the theme it was: no likeness has to be guessed."""
    ids = {theme.number: theme.id for theme in run.themes}
    for theme in latest.themes:
        db.session.execute(
            update(Theme)
            .where(Theme.found_theme_id == theme.id)
            .values(found_theme_id=ids[theme.number])
        )
    db.session.flush()


def _drop_copies(latest: AnalysisRun) -> None:
    """The rows of a run between the full reading and the new one are all in the new one."""
    if latest.grown_from_id is None:
        return
    for table in (Assignment, CommentFinding):
        db.session.execute(delete(table).where(table.run_id == latest.id))
