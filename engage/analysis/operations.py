"""What happens to findings and themes: the machine's are stored, people's are decided.

Rows of a run are never edited. A person's decision is a Theme of its own, with a name and a time;
each step leaves an audit row that says what was before, so that it can be undone.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import insert, select

from engage.analysis import queries
from engage.analysis.matching import closest
from engage.analysis.models import AnalysisRun, Assignment, CommentFinding, FoundTheme, Theme
from engage.analysis.types import Findings, Quote
from engage.errors import InvalidInputError, NotReadyError
from engage.extensions import db
from engage.people.audit import record
from engage.people.models import Staff
from engage.surveys.models import Survey

LONGEST_NAME = 200
DEEDS = {
    "named": "named a theme",
    "accepted": "accepted a theme",
    "set_aside": "set a theme aside",
}


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
    run.themes = [_found_theme(theme) for theme in findings.themes]
    db.session.add(run)
    db.session.flush()
    _store_assignments(run, findings)
    _store_comments(run, findings)
    if before is not None:
        _carry_over(survey_id, run)
    return run


def _found_theme(theme: Any) -> FoundTheme:
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
    )


def _quote(quote: Quote) -> dict[str, Any]:
    return {"answer_id": int(quote.comment_id), "text": quote.text}


def _store_assignments(run: AnalysisRun, findings: Findings) -> None:
    ids = {theme.number: theme.id for theme in run.themes}
    rows = [
        {
            "run_id": run.id,
            "found_theme_id": ids.get(assignment.theme),
            "answer_id": int(assignment.comment_id),
            "sentence_number": assignment.sentence_number,
            "sentence": assignment.sentence,
            "weight": assignment.weight,
        }
        for assignment in findings.assignments
    ]
    if rows:
        db.session.execute(insert(Assignment), rows)


def _store_comments(run: AnalysisRun, findings: Findings) -> None:
    rows = [
        {
            "run_id": run.id,
            "answer_id": int(comment.comment_id),
            "language": comment.language,
            "set_aside": comment.set_aside,
            "sentiment": comment.sentiment,
            "sentiment_label": comment.sentiment_label,
            "ambitions": [asdict(tag) for tag in comment.ambitions],
        }
        for comment in findings.comments
    ]
    if rows:
        db.session.execute(insert(CommentFinding), rows)


def _carry_over(survey_id: int, run: AnalysisRun) -> None:
    """People's themes move to the finding that holds mostly the same answers, if any does."""
    themes = {theme.found_theme_id: theme for theme in queries.decided_themes(survey_id)}
    before = _answers_by_theme(list(themes))
    after = _answers_by_theme([theme.id for theme in run.themes])
    for old, new in closest(before, after).items():
        themes[old].found_theme_id = new
    db.session.flush()


def _answers_by_theme(found_ids: list[int]) -> Mapping[int, frozenset[int]]:
    rows = db.session.execute(
        select(Assignment.found_theme_id, Assignment.answer_id).where(
            Assignment.found_theme_id.in_(found_ids)
        )
    )
    answers: dict[int | None, set[int]] = defaultdict(set)
    for found_id, answer_id in rows:
        answers[found_id].add(answer_id)
    return {found_id: frozenset(ids) for found_id, ids in answers.items() if found_id is not None}


def rename(found: FoundTheme, name: str, by: Staff, now: datetime | None = None) -> Theme:
    """Give a theme a person's name. An accepted theme stays accepted."""
    theme = queries.theme_of(found)
    return _decide(found, by, now, name=name, state=theme.state if theme else "named")


def accept(
    found: FoundTheme,
    name: str,
    by: Staff,
    ambition: str | None = None,
    now: datetime | None = None,
) -> Theme:
    """Stand behind a theme: it may now be answered in public."""
    return _decide(found, by, now, name=name, state="accepted", ambition=ambition, reason="")


def set_aside(found: FoundTheme, by: Staff, reason: str = "", now: datetime | None = None) -> Theme:
    """This is no theme, or not one to answer. The comments behind it stay to be read.

    What was published about it leaves the public pages with it, and comes back if it does.
    """
    return _decide(found, by, now, state="set_aside", reason=reason)


def take_back(theme: Theme, by: Staff) -> None:
    """Undo what was decided: the machine's finding is to be read again."""
    if queries.has_answers(theme):
        raise NotReadyError("This theme has an answer, so it is kept. You can set it aside.")
    record(by, "took back a decision about a theme", subject(theme.survey_id), **_standing(theme))
    db.session.delete(theme)
    db.session.flush()


def subject(survey_id: int) -> str:
    return db.session.get_one(Survey, survey_id).slug


def _decide(found: FoundTheme, by: Staff, now: datetime | None, **decision: Any) -> Theme:
    """Write a decision and what stood before it. Raises InvalidInputError for an unusable name."""
    theme = queries.theme_of(found)
    before = _standing(theme) if theme else None
    if theme is None:
        name = found.label[:LONGEST_NAME]
        theme = Theme(survey_id=found.run.survey_id, found_theme_id=found.id, name=name)
        db.session.add(theme)
    for key, value in decision.items():
        setattr(theme, key, value)
    theme.name = usable_name(theme.name)
    theme.decided_by, theme.decided_at = by, now or datetime.now(UTC)
    db.session.flush()
    record(
        by,
        DEEDS[theme.state],
        subject(theme.survey_id),
        machine_label=found.label,
        before=before,
        **_standing(theme),
    )
    return theme


def _standing(theme: Theme) -> dict[str, Any]:
    return {
        "theme": theme.id,
        "name": theme.name,
        "state": theme.state,
        "ambition": theme.ambition,
        "reason": theme.reason,
    }


def usable_name(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise InvalidInputError("Write a name for the theme.")
    if len(name) > LONGEST_NAME:
        raise InvalidInputError(f"Make the name shorter: up to {LONGEST_NAME} letters.")
    return name


def forget_quotes(survey_id: int) -> None:
    """Take the words of withdrawn answers out of what earlier runs quote.

    The one change to a run: what somebody took back is kept nowhere.
    """
    found = (
        select(FoundTheme)
        .join(AnalysisRun, AnalysisRun.id == FoundTheme.run_id)
        .where(AnalysisRun.survey_id == survey_id)
    )
    for theme in db.session.scalars(found).all():
        quotes = [*theme.quotes, *([theme.different] if theme.different else [])]
        there = queries.answers_there(quote["answer_id"] for quote in quotes)
        theme.quotes = [quote for quote in theme.quotes if quote["answer_id"] in there]
        if theme.different and theme.different["answer_id"] not in there:
            theme.different = None
    db.session.flush()
