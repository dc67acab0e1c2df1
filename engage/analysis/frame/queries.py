"""Questions asked of the frame: its themes and counts, its history and its versions."""

from collections import defaultdict
from collections.abc import Collection, Mapping

from sqlalchemy import case, func, select
from sqlalchemy.orm import joinedload

from engage.analysis.frame.models import CurationStep, FrameVersion, Mention, Placement
from engage.analysis.frame.readings import MOODS, Counted
from engage.analysis.models import AnalysisRun, Assignment, CommentFinding, FoundTheme, Theme
from engage.analysis.queries import Quoted, may_be_read, quoted
from engage.extensions import db
from engage.responses.models import Answer

STEPS_ON_A_PAGE = 50
TYPICAL = 3


def theme(survey_id: int, theme_id: int) -> Theme:
    """A theme of this survey. Raises NoResultFound."""
    return db.session.scalars(
        select(Theme).where(Theme.survey_id == survey_id, Theme.id == theme_id)
    ).one()


def counted(
    survey_id: int, run: AnalysisRun | None, theme_ids: Collection[int] | None = None
) -> dict[int, Counted]:
    """The counts of all themes of a survey, or of these, in four questions to the database."""
    ours = select(Theme.id).where(Theme.survey_id == survey_id)
    if theme_ids is not None:
        ours = ours.where(Theme.id.in_(theme_ids))
    rows = db.session.execute(
        select(
            Mention.theme_id,
            func.count(Answer.response_id.distinct()),
            func.count(),
            func.sum(case((Mention.by_person, 1), else_=0)),
        )
        .join(Answer, Answer.id == Mention.answer_id)
        .where(Mention.theme_id.in_(ours), may_be_read(Mention.answer_id))
        .group_by(Mention.theme_id)
    )
    moods = _moods(ours, run)
    out = _taken_out(ours)
    read = _people_read(run) if run else 0
    found = {
        id: Counted(
            people, people / read if read else 0.0, sentences, put_in, out.get(id, 0), moods[id]
        )
        for id, people, sentences, put_in in rows
    }
    return {**{id: Counted(taken_out=number) for id, number in out.items()}, **found}


def _people_read(run: AnalysisRun) -> int:
    """Who wrote at least one comment that could be read; `run.people` counts the comments."""
    wanted = (
        select(func.count(Answer.response_id.distinct()))
        .join(CommentFinding, CommentFinding.answer_id == Answer.id)
        .where(
            CommentFinding.run_id == run.id,
            CommentFinding.set_aside == "",
            may_be_read(CommentFinding.answer_id),
        )
    )
    return db.session.scalar(wanted) or 0


def _moods(ours: object, run: AnalysisRun | None) -> Mapping[int, dict[str, int]]:
    counts: dict[int, dict[str, int]] = defaultdict(lambda: dict.fromkeys(MOODS, 0))
    if run is None:
        return counts
    rows = db.session.execute(
        select(
            Mention.theme_id,
            CommentFinding.sentiment_label,
            func.count(Answer.response_id.distinct()),
        )
        .join(Answer, Answer.id == Mention.answer_id)
        .join(CommentFinding, CommentFinding.answer_id == Mention.answer_id)
        .where(
            CommentFinding.run_id == run.id,
            Mention.theme_id.in_(ours),  # type: ignore[arg-type]
            may_be_read(Mention.answer_id),
        )
        .group_by(Mention.theme_id, CommentFinding.sentiment_label)
    )
    for theme_id, mood, people in rows:
        if mood in MOODS:
            counts[theme_id][mood] = people
    return counts


def _taken_out(ours: object) -> dict[int, int]:
    rows = db.session.execute(
        select(Placement.theme_id, func.count())
        .where(Placement.theme_id.in_(ours), Placement.belongs.is_(False))  # type: ignore[arg-type]
        .group_by(Placement.theme_id)
    )
    return dict(rows.all())


def quotes_of(decided: Theme) -> tuple[list[Quoted], Quoted | None]:
    """What speaks for a theme as it stands, and what differs: the machine's where they still count.

    Nothing that only the safeguarding lead may read.
    """
    found = decided.found
    chosen = [*found.quotes, *([found.different] if found.different else [])] if found else []
    still = _still_under(decided.id, {quote["answer_id"] for quote in chosen})
    own = [quote for quote in (found.quotes if found else []) if quote["answer_id"] in still]
    texts = {quote["answer_id"]: str(quote["text"]) for quote in own}
    for answer_id, text in _surest(decided.id):
        texts.setdefault(answer_id, text)
    typical = list(texts.items())[:TYPICAL]
    other = found.different if found else None
    if other is None or other["answer_id"] not in still or other["answer_id"] in dict(typical):
        return quoted(typical), None
    (differs,) = quoted([(other["answer_id"], str(other["text"]))])
    return quoted(typical), differs


def _still_under(theme_id: int, answer_ids: Collection[int]) -> set[int]:
    return set(
        db.session.scalars(
            select(Mention.answer_id).where(
                Mention.theme_id == theme_id,
                Mention.answer_id.in_(answer_ids),
                may_be_read(Mention.answer_id),
            )
        )
    )


def _surest(theme_id: int) -> list[tuple[int, str]]:
    """A few sentences, those that the machine put here before those that people did."""
    rows = db.session.execute(
        select(Mention.answer_id, Mention.sentence)
        .where(Mention.theme_id == theme_id, may_be_read(Mention.answer_id))
        .order_by(Mention.by_person, Mention.weight.desc(), Mention.id)
        .limit(4 * TYPICAL)
    )
    return [(answer_id, text) for answer_id, text in rows]


def steps(survey_id: int, page: int) -> list[CurationStep]:
    """A page of the history, the last step first, and one more if any."""
    return list(
        db.session.scalars(
            select(CurationStep)
            .where(CurationStep.survey_id == survey_id)
            .options(joinedload(CurationStep.by), joinedload(CurationStep.undone_by))
            .order_by(CurationStep.id.desc())
            .offset((page - 1) * STEPS_ON_A_PAGE)
            .limit(STEPS_ON_A_PAGE + 1)
        )
    )


def step(survey_id: int, step_id: int) -> CurationStep:
    return db.session.scalars(
        select(CurationStep).where(CurationStep.survey_id == survey_id, CurationStep.id == step_id)
    ).one()


def steps_after(row: CurationStep) -> list[CurationStep]:
    """All later steps of the survey, with who did them."""
    return list(
        db.session.scalars(
            select(CurationStep)
            .where(CurationStep.survey_id == row.survey_id, CurationStep.id > row.id)
            .options(joinedload(CurationStep.by))
            .order_by(CurationStep.id)
        )
    )


def versions(survey_id: int) -> list[FrameVersion]:
    return list(
        db.session.scalars(
            select(FrameVersion)
            .where(FrameVersion.survey_id == survey_id)
            .options(joinedload(FrameVersion.made_by))
            .order_by(FrameVersion.number.desc())
        )
    )


def version(survey_id: int, number: int) -> FrameVersion:
    return db.session.scalars(
        select(FrameVersion).where(
            FrameVersion.survey_id == survey_id, FrameVersion.number == number
        )
    ).one()


def merged_into(theme_id: int) -> list[Theme]:
    """The themes whose sentences count under this one."""
    return list(
        db.session.scalars(
            select(Theme).where(Theme.merged_into_id == theme_id).order_by(Theme.name)
        )
    )


def nested_under(theme_id: int) -> list[Theme]:
    return list(
        db.session.scalars(select(Theme).where(Theme.parent_id == theme_id).order_by(Theme.name))
    )


def answers_under(theme_ids: Collection[int]) -> dict[int, frozenset[int]]:
    rows = db.session.execute(
        select(Mention.theme_id, Mention.answer_id)
        .where(Mention.theme_id.in_(theme_ids))
        .distinct()
    )
    answers: dict[int, set[int]] = defaultdict(set)
    for theme_id, answer_id in rows:
        answers[theme_id].add(answer_id)
    return {theme_id: frozenset(ids) for theme_id, ids in answers.items()}


def answers_of_findings(found_ids: Collection[int]) -> dict[int, frozenset[int]]:
    rows = db.session.execute(
        select(Assignment.found_theme_id, Assignment.answer_id)
        .where(Assignment.found_theme_id.in_(found_ids))
        .distinct()
    )
    answers: dict[int, set[int]] = defaultdict(set)
    for found_id, answer_id in rows:
        if found_id is not None:
            answers[found_id].add(answer_id)
    return {found_id: frozenset(ids) for found_id, ids in answers.items()}


def middles(run_ids: Collection[int]) -> dict[int, dict[int, bytes | None]]:
    """The middle of every finding of these runs, by run."""
    rows = db.session.execute(
        select(FoundTheme.run_id, FoundTheme.id, FoundTheme.centroid).where(
            FoundTheme.run_id.in_(run_ids)
        )
    )
    found: dict[int, dict[int, bytes | None]] = defaultdict(dict)
    for run_id, found_id, middle in rows:
        found[run_id][found_id] = middle
    return found
