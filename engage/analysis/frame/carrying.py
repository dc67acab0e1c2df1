"""A new run comes: which of its findings are the themes that people decided about."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import select

from engage.analysis import queries
from engage.analysis.frame.members import codes_of
from engage.analysis.frame.membership import heads
from engage.analysis.matching import change, closest
from engage.analysis.models import AnalysisRun, Assignment, Theme
from engage.extensions import db

Answers = Mapping[int, frozenset[int]]


def carry_over(survey_id: int, run: AnalysisRun) -> None:
    """People's themes move to the finding that holds mostly the same answers, if any does.

    Nothing else of theirs changes. What moved, and by how much, is noted in the run, so that the
    themes page can propose to look again.
    """
    themes = queries.decided_themes(survey_id)
    if not themes:
        return
    earlier = run_before(run)
    rested = {theme.id: theme.found_theme_id for theme in themes if theme.found_theme_id}
    moved = _matches(survey_id, rested, run)
    for theme in themes:
        if theme.id in moved:
            theme.found_theme_id = moved[theme.id]
    db.session.flush()
    run.made_by = {**run.made_by, "carried": _changes(themes, rested, moved, earlier)}
    db.session.flush()


def run_before(run: AnalysisRun) -> AnalysisRun | None:
    return db.session.scalars(
        select(AnalysisRun)
        .where(AnalysisRun.survey_id == run.survey_id, AnalysisRun.id < run.id)
        .order_by(AnalysisRun.id.desc())
        .limit(1)
    ).first()


def _matches(survey_id: int, rested: Mapping[int, int], run: AnalysisRun) -> dict[int, int]:
    """The new finding of each theme: by its own answers, or by those of all merged into it."""
    old = _answers_by_theme(set(rested.values()))
    free = _answers_by_theme([theme.id for theme in run.themes])
    found = closest({id: old.get(at, frozenset()) for id, at in rested.items()}, free)
    head_of = heads(codes_of(survey_id))
    groups: dict[int, set[int]] = defaultdict(set)
    for theme_id in rested:
        groups[head_of[theme_id]].add(theme_id)
    together = {
        head: frozenset().union(*(old.get(rested[id], frozenset()) for id in ids))
        for head, ids in groups.items()
        if len(ids) > 1 and not ids & found.keys()
    }
    left = {id: answers for id, answers in free.items() if id not in set(found.values())}
    return {**found, **closest(together, left)}


def _changes(
    themes: Collection[Theme],
    rested: Mapping[int, int],
    moved: Mapping[int, int],
    earlier: AnalysisRun | None,
) -> dict[str, Any]:
    """How each finding differs from the one that people last looked at."""
    noted = (earlier.made_by if earlier else {}).get("carried", {})
    since: dict[int, int] = {}
    for theme in themes:
        if theme.id in moved:
            note = noted.get(str(theme.id), {})
            looked = note.get("decided") != theme.decided_at.isoformat()
            since[theme.id] = rested.get(theme.id, 0) if looked else note["since"]
    sentences = _sentences({*since.values(), *moved.values()})
    changes = {}
    for theme in themes:
        # Rows of a run in between may be gone; then nobody can say how much is new.
        if sentences.get(since.get(theme.id, 0)):
            before, after = sentences[since[theme.id]], sentences[moved[theme.id]]
            came, went = change(before, after)
            changes[str(theme.id)] = {
                "since": since[theme.id],
                "decided": theme.decided_at.isoformat(),
                "came": came,
                "went": went,
                "were": len(before),
            }
    return changes


def _sentences(found_ids: Collection[int]) -> Mapping[int, set[tuple[int, int]]]:
    rows = db.session.execute(
        select(Assignment.found_theme_id, Assignment.answer_id, Assignment.sentence_number).where(
            Assignment.found_theme_id.in_(found_ids)
        )
    )
    sentences: dict[int, set[tuple[int, int]]] = defaultdict(set)
    for found_id, answer_id, number in rows:
        if found_id is not None:
            sentences[found_id].add((answer_id, number))
    return sentences


def _answers_by_theme(found_ids: Collection[int]) -> Answers:
    rows = db.session.execute(
        select(Assignment.found_theme_id, Assignment.answer_id).where(
            Assignment.found_theme_id.in_(found_ids)
        )
    )
    answers: dict[int, set[int]] = defaultdict(set)
    for found_id, answer_id in rows:
        if found_id is not None:
            answers[found_id].add(answer_id)
    return {found_id: frozenset(ids) for found_id, ids in answers.items()}
