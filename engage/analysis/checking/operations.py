"""What people do to check codes: begin a round, code a comment, end the round."""

import secrets
from collections.abc import Collection
from datetime import UTC, datetime

from sqlalchemy.exc import NoResultFound

from engage.analysis.checking import queries
from engage.analysis.checking.models import CheckCoding, CheckItem, CheckRound
from engage.analysis.checking.sampling import draw
from engage.errors import ClosedError, InvalidInputError, NotReadyError
from engage.extensions import db
from engage.people.audit import record
from engage.people.models import Staff
from engage.surveys.models import Survey

SEEDS = 2**31


def begin(
    survey: Survey, by: Staff, now: datetime | None = None, seed: int | None = None
) -> CheckRound:
    """Draw the comments, and keep what the machine says of them now. Nobody sees it yet."""
    if queries.open_round(survey.id):
        raise NotReadyError("A round has begun already. End it before you begin another.")
    themes = [theme.id for theme in queries.accepted_themes(survey.id)]
    if not themes:
        raise NotReadyError("Accept some themes first. They are the codes that people check.")
    audience_of = queries.comments_to_draw_from(survey.id)
    if not audience_of:
        raise NotReadyError("There are no comments to code yet.")
    round = CheckRound(
        survey_id=survey.id,
        themes=themes,
        seed=secrets.randbelow(SEEDS) if seed is None else seed,
        out_of=len(audience_of),
        begun_by=by,
        begun_at=now or datetime.now(UTC),
    )
    round.items = _items(round, audience_of)
    db.session.add(round)
    db.session.flush()
    record(
        by,
        "began a round of double-coding",
        survey.slug,
        round=round.id,
        seed=round.seed,
        comments=len(round.items),
        out_of=round.out_of,
    )
    return round


def _items(round: CheckRound, audience_of: dict[int, str]) -> list[CheckItem]:
    drawn = draw(audience_of, round.seed)
    by_machine = queries.by_machine(round.themes, drawn)
    return [
        CheckItem(
            answer_id=answer_id,
            position=position,
            audience=audience_of[answer_id],
            by_machine=by_machine.get(answer_id, []),
        )
        for position, answer_id in enumerate(drawn, start=1)
    ]


def open_words(item: CheckItem, by: Staff, subject: str) -> None:
    """Reading what a person wrote is recorded."""
    record(by, "read a comment to code it", subject, round=item.round_id, comment=item.position)


def code(
    round: CheckRound,
    item: CheckItem,
    themes: Collection[int],
    by: Staff,
    now: datetime | None = None,
) -> CheckCoding:
    """Keep what this person says the comment is about; none: it fits no theme. Again changes it."""
    if round.ended_at is not None:
        raise ClosedError("This round has ended, so codes can no longer change.")
    if item.round_id != round.id:
        raise NoResultFound
    if not set(themes) <= set(round.themes):
        raise InvalidInputError("Choose from the themes of this round.")
    coding = queries.coding_of(item, by)
    if coding is None:
        coding = CheckCoding(item_id=item.id, coder=by)
        db.session.add(coding)
    coding.themes, coding.coded_at = sorted(set(themes)), now or datetime.now(UTC)
    db.session.flush()
    return coding


def end(
    round: CheckRound, survey: Survey, by: Staff, *, early: bool, now: datetime | None = None
) -> None:
    """Close the round; from here on everybody sees the figures."""
    if round.ended_at is not None:
        return
    standing = queries.standing(round, by)
    if not standing.can_end and not early:
        raise NotReadyError(
            "Two people have to code all the comments first. You can also end the round early."
        )
    round.ended_at = now or datetime.now(UTC)
    record(
        by,
        "ended a round of double-coding" if standing.can_end else "ended a round early",
        survey.slug,
        round=round.id,
        finished=standing.finished,
    )
    db.session.flush()


def take_figures(round: CheckRound, by: Staff, subject: str) -> None:
    record(by, "downloaded the figures of a round", subject, round=round.id)
