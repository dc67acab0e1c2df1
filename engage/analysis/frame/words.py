"""What people wrote under a theme: whole comments, and in each the sentences that can be placed."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, literal, select

from engage.analysis.frame.models import Mention
from engage.analysis.models import AnalysisRun, Assignment, FoundTheme, Theme
from engage.analysis.prepare import content_key
from engage.analysis.queries import ON_A_PAGE, answer_texts, may_be_read, no_theme_ids
from engage.analysis.redaction.queries import sentences_as_read
from engage.extensions import db


@dataclass(frozen=True)
class Placeable:
    """A sentence that a person may put under a theme."""

    answer_id: int
    key: str
    text: str
    by_person: bool = False

    @property
    def code(self) -> str:
        """How a form names it."""
        return f"{self.answer_id}-{self.key}"


@dataclass(frozen=True)
class Words:
    """One comment: the whole of it, and the sentences that brought it here."""

    answer_id: int
    text: str
    places: tuple[Placeable, ...] = ()

    @property
    def sentences(self) -> tuple[str, ...]:
        return tuple(place.text for place in self.places)


def place_in(code: str) -> tuple[int, str] | None:
    """What a form calls a sentence, as an answer and a hash; None where it is neither."""
    answer, _, key = code.partition("-")
    if not answer.isascii() or not answer.isdigit() or len(answer) > 9 or not 0 < len(key) <= 64:
        return None
    return int(answer), key


def words_under(target: FoundTheme | Theme, page: int) -> list[Words]:
    """A page of the comments under a theme or a finding, those that fit best first, and one more.

    Of a theme as it stands after what people changed; of a finding as it was found.
    """
    rows: type[Assignment] | type[Mention] = Mention if isinstance(target, Theme) else Assignment
    owner = Mention.theme_id if isinstance(target, Theme) else Assignment.found_theme_id
    best = func.max(rows.weight)
    answers = db.session.execute(
        select(rows.answer_id, best)
        .where(owner == target.id, may_be_read(rows.answer_id))
        .group_by(rows.answer_id)
        .order_by(best.desc(), rows.answer_id)
        .offset((page - 1) * ON_A_PAGE)
        .limit(ON_A_PAGE + 1)
    )
    ids = [answer_id for answer_id, _best in answers]
    by_person: Any = Mention.by_person if isinstance(target, Theme) else literal(False)
    wanted: Any = (
        select(rows.answer_id, rows.sentence_key, rows.sentence, by_person)
        .where(owner == target.id, rows.answer_id.in_(ids))
        .order_by(rows.answer_id, rows.sentence_number)
    )
    return _together(ids, wanted)


def words_in_no_theme(run: AnalysisRun, page: int) -> list[Words]:
    """Usable comments that fit no theme: a page of them, and one more if any."""
    ids = no_theme_ids(run, page)
    wanted = (
        select(
            Assignment.answer_id,
            Assignment.sentence_key,
            Assignment.sentence,
            literal(False),
        )
        .where(Assignment.run_id == run.id, Assignment.answer_id.in_(ids))
        .order_by(Assignment.answer_id, Assignment.sentence_number)
    )
    return _together(ids, wanted)


def _together(ids: Sequence[int], wanted: Any) -> list[Words]:
    texts = answer_texts(list(ids))
    places: dict[int, dict[str, Placeable]] = defaultdict(dict)
    rows = db.session.execute(wanted).all()
    shown = sentences_as_read((answer_id, text) for answer_id, _key, text, _by in rows)
    for (answer_id, key, text, by_person), read in zip(rows, shown, strict=True):
        key = key or content_key(text)
        places[answer_id].setdefault(key, Placeable(answer_id, key, read, bool(by_person)))
    return [Words(id, texts[id], tuple(places[id].values())) for id in ids if id in texts]


def sentences_named(places: Collection[tuple[int, str]], run: AnalysisRun) -> list[Placeable]:
    """The sentences of a run at these places, in their order, those that staff may read."""
    rows = db.session.execute(
        select(Assignment.answer_id, Assignment.sentence_key, Assignment.sentence).where(
            Assignment.run_id == run.id,
            Assignment.answer_id.in_({answer for answer, _key in places}),
            may_be_read(Assignment.answer_id),
        )
    )
    there = {(at, key or content_key(text)): text for at, key, text in rows}
    found = [place for place in places if place in there]
    shown = sentences_as_read((answer_id, there[answer_id, key]) for answer_id, key in found)
    return [Placeable(*place, text) for place, text in zip(found, shown, strict=True)]
