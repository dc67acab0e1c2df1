"""Comments to decide on, and comments as others may read them."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from engage.analysis.frame.models import Mention
from engage.analysis.models import AnalysisRun, FoundTheme, Theme
from engage.analysis.redaction import applying
from engage.analysis.redaction.applying import READ, Decided
from engage.analysis.redaction.models import Redaction
from engage.analysis.redaction.places import Places
from engage.analysis.redaction.rules import suggest
from engage.extensions import db
from engage.people.models import Staff
from engage.responses.models import Answer, Response
from engage.surveys.models import Question, SurveyVersion

TAKEN_OUT, LEFT_IN = "taken_out", "left_in"
AT_ONCE = 200
SUREST = 3
LAST = 2**31 - 1  # no number of an answer is higher


# ---- for every page, report and export that shows what people wrote


def as_read(answer_ids: Iterable[int]) -> dict[int, str]:
    """Each comment with what people took out left out, "[a name]" in its place."""
    ids = list(answer_ids)
    texts, decided = _texts(ids), decisions_on(ids)
    return {id: applying.as_read(text, decided.get(id, [])) for id, text in texts.items()}


def sentences_as_read(said: Iterable[tuple[int, str]]) -> list[str]:
    """Sentences of comments, each with the number of its answer, in the order given."""
    pairs = list(said)
    ids = list({answer_id for answer_id, _ in pairs})
    decided = decisions_on(ids)
    texts = _texts([id for id in ids if id in decided])
    return [
        applying.sentence_as_read(texts.get(id, sentence), sentence, decided.get(id, []))
        for id, sentence in pairs
    ]


def taken_out_of(answer_ids: Collection[int] | Select[int]) -> list[str]:
    """The words that people took out of these comments."""
    wanted = (
        select(Redaction.start, Redaction.end, Answer.value)
        .join(Answer, Answer.id == Redaction.answer_id)
        .where(Redaction.answer_id.in_(answer_ids), Redaction.decision == TAKEN_OUT)
    )
    return [str(value)[start:end] for start, end, value in db.session.execute(wanted)]


def clear_among(answer_ids: Iterable[int], places: Places) -> set[int]:
    """Those in which somebody has decided on all the machine suggests; none that nobody looked at.

    Nothing asks this before a comment is quoted: see docs/redaction.md.
    """
    decided = decisions_on(answer_ids)
    texts = _texts(decided)
    return {
        id
        for id, text in texts.items()
        if not applying.undecided(suggest(text, places), decided[id])
    }


def decisions_on(answer_ids: Iterable[int]) -> dict[int, list[Decided]]:
    """By answer, what people decided; nothing for one that nobody has looked at."""
    found: dict[int, list[Decided]] = {}
    for ids in _in_parts(answer_ids):
        rows = select(Redaction).where(Redaction.answer_id.in_(ids)).order_by(Redaction.start)
        for row in db.session.scalars(rows):
            decided = Decided(
                row.start, row.end, row.rule, row.decision == TAKEN_OUT, reason=row.reason
            )
            found.setdefault(row.answer_id, []).append(decided)
    return found


# ---- for the page where a person decides


@dataclass(frozen=True)
class Standing:
    """How far the decisions have come. `quoted`: comments shown as typical on theme pages."""

    quoted: int
    quoted_clear: int
    decided: int


@dataclass(frozen=True)
class Line:
    """A comment that was decided on, without its words."""

    answer_id: int
    taken_out: int
    left_in: int
    by: Staff
    last: Redaction


def standing(survey_id: int, places: Places) -> Standing:
    quoted = quoted_answers(survey_id)
    decided = (
        select(func.count(Redaction.answer_id.distinct()))
        .join(Answer, Answer.id == Redaction.answer_id)
        .where(Answer.id.in_(_comments(survey_id)))
    )
    return Standing(
        quoted=len(quoted),
        quoted_clear=len(clear_among(quoted, places)),
        decided=db.session.scalar(decided) or 0,
    )


def next_to_decide(survey_id: int, places: Places, after: int | None = None) -> Answer | None:
    """Quoted comments that are not clear yet, then others in which the machine sees something.

    `after` is the one that was shown last and may have been left for now. Without it the others
    go on from the one that was decided last, so that a big survey is not read from its start.
    """
    quoted = quoted_answers(survey_id)
    begin = after if after is not None else _decided_last(survey_id)
    if after in quoted:
        quoted, begin = quoted[quoted.index(after) + 1 :], 0
    elif after is not None:
        quoted = []
    clear = clear_among(quoted, places)
    waiting = (id for id in quoted if id not in clear)
    later = _others_with_suggestions(survey_id, places, begin)
    earlier = _others_with_suggestions(survey_id, places, 0, until=begin)
    found = (id for id in chain(waiting, later, earlier) if id != after)
    chosen = next(found, None)
    return None if chosen is None else db.session.get_one(Answer, chosen)


def comment(survey_id: int, answer_id: int) -> Answer:
    """A comment of the survey that may be read. Raises NoResultFound."""
    return db.session.scalars(
        select(Answer).where(Answer.id == answer_id, Answer.id.in_(_comments(survey_id)))
    ).one()


def quoted_answers(survey_id: int) -> list[int]:
    """Answers that theme pages quote: the machine's first, then those of the people's themes."""
    ids = list(dict.fromkeys([*_quoted_by_the_machine(survey_id), *_surest_mentions(survey_id)]))
    readable: set[int] = set()
    for part in _in_parts(ids):
        some = select(Answer.id).where(Answer.id.in_(part), Answer.id.in_(_comments(survey_id)))
        readable |= set(db.session.scalars(some))
    return [id for id in ids if id in readable]


def _quoted_by_the_machine(survey_id: int) -> list[int]:
    """Biggest theme first."""
    latest = select(func.max(AnalysisRun.id)).where(AnalysisRun.survey_id == survey_id)
    themes = db.session.scalars(
        select(FoundTheme)
        .where(FoundTheme.run_id == latest.scalar_subquery())
        .order_by(FoundTheme.people.desc(), FoundTheme.number)
    )
    quotes = chain.from_iterable([*theme.quotes, theme.different] for theme in themes)
    return [quote["answer_id"] for quote in quotes if quote]


def _surest_mentions(survey_id: int) -> Iterable[int]:
    """A few of each theme of the people, for those that stand in where a quote was moved away."""
    place = func.row_number().over(
        partition_by=Mention.theme_id,
        order_by=(Mention.by_person, Mention.weight.desc(), Mention.id),
    )
    ranked = (
        select(Mention.answer_id, Mention.theme_id, place.label("place"))
        .join(Theme, Theme.id == Mention.theme_id)
        .where(Theme.survey_id == survey_id, Theme.state.in_(("accepted", "named")))
        .subquery()
    )
    return db.session.scalars(
        select(ranked.c.answer_id)
        .where(ranked.c.place <= SUREST)
        .order_by(ranked.c.theme_id, ranked.c.place)
    )


def decided_lines(survey_id: int, page: int, on_a_page: int) -> list[Line]:
    """A page of the comments that were decided on, the latest first, and one more if any."""
    latest = func.max(Redaction.id)
    ids = db.session.scalars(
        select(Redaction.answer_id)
        .where(Redaction.answer_id.in_(_comments(survey_id)))
        .group_by(Redaction.answer_id)
        .order_by(latest.desc())
        .offset((page - 1) * on_a_page)
        .limit(on_a_page + 1)
    ).all()
    rows = db.session.scalars(
        select(Redaction)
        .where(Redaction.answer_id.in_(ids))
        .options(joinedload(Redaction.decided_by))
        .order_by(Redaction.decided_at, Redaction.id)
    ).all()
    return [_line(id, [row for row in rows if row.answer_id == id]) for id in ids]


def rows_of(answer_id: int) -> list[Redaction]:
    return list(
        db.session.scalars(
            select(Redaction).where(Redaction.answer_id == answer_id).order_by(Redaction.start)
        )
    )


def _line(answer_id: int, rows: list[Redaction]) -> Line:
    last = rows[-1]
    return Line(
        answer_id=answer_id,
        taken_out=sum(row.decision == TAKEN_OUT for row in rows),
        left_in=sum(row.decision == LEFT_IN and row.rule != READ for row in rows),
        by=last.decided_by,
        last=last,
    )


def _decided_last(survey_id: int) -> int:
    last = (
        select(Redaction.answer_id)
        .where(Redaction.answer_id.in_(_comments(survey_id)))
        .order_by(Redaction.id.desc())
        .limit(1)
    )
    return db.session.scalar(last) or 0


def _others_with_suggestions(
    survey_id: int, places: Places, after: int, until: int = LAST
) -> Iterator[int]:
    """Read in parts, so that a big survey is only read as far as the next one."""
    while True:
        rows = db.session.execute(
            select(Answer.id, Answer.value)
            .where(Answer.id.in_(_comments(survey_id)), Answer.id > after, Answer.id <= until)
            .order_by(Answer.id)
            .limit(AT_ONCE)
        ).all()
        if not rows:
            return
        decided = decisions_on(id for id, _ in rows)
        for id, text in rows:
            if applying.undecided(suggest(str(text), places), decided.get(id, [])):
                yield id
        after = rows[-1][0]


def _comments(survey_id: int) -> Select[int]:
    """Open answers that were sent and are not with the safeguarding lead."""
    return (
        select(Answer.id)
        .join(Answer.response)
        .join(Answer.question)
        .join(SurveyVersion, Response.version_id == SurveyVersion.id)
        .where(
            SurveyVersion.survey_id == survey_id,
            Response.submitted_at.is_not(None),
            Response.is_held.is_(False),
            Question.type == "text",
        )
    )


def _texts(answer_ids: Iterable[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for ids in _in_parts(answer_ids):
        rows = db.session.execute(select(Answer.id, Answer.value).where(Answer.id.in_(ids)))
        found |= {id: str(value) for id, value in rows}
    return found


def _in_parts(answer_ids: Iterable[int]) -> Iterator[Collection[int]]:
    """Few enough for one query."""
    ids = list(answer_ids)
    yield from (ids[at : at + AT_ONCE] for at in range(0, len(ids), AT_ONCE))
