"""How the comments under accepted themes sound, in all, as public shares kept apart by audience.

It stands beside indicator q and never feeds it: comments come from other people than ratings do,
and those who write are on the whole less content.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from engage.analysis.frame.models import Mention
from engage.analysis.frame.readings import MOODS
from engage.analysis.models import CommentFinding, Theme
from engage.analysis.queries import latest_run, may_be_read
from engage.extensions import db
from engage.responses import snapshots
from engage.responses.disclosure import (
    NEW_ANSWERS,
    SMALLEST_BASE,
    PublicShares,
    public_shares,
)
from engage.responses.disclosure_changes import change_tells_of_few
from engage.responses.models import Answer, Response, Snapshot
from engage.surveys.models import Survey

KIND = "coded"
AUDIENCES = ("parent_carer", "young_person")
SHOWN = ("positive", "mixed", "negative")
INVENTED = "is_invented"


@dataclass(slots=True)
class Said:
    """Comments of one audience by how they sound, and how many people wrote them."""

    comments: dict[str, int]
    people: int = 0


def take_coded(now: datetime) -> Snapshot | None:
    """Publish the shares anew, for each audience once ten comments came or went."""
    before = snapshots.latest(None, KIND)
    said, is_invented = _said()
    # Once there is a real survey, nothing that was made up stands on beside it.
    stands = before is not None and before.exact.get(INVENTED) == is_invented
    exact: dict[str, Any] = dict(before.exact) if before and stands else {}
    data: dict[str, Any] = dict(before.data) if before and stands else {}
    ever = snapshots.all_of(None, KIND)
    earlier = [each for each in ever if each.exact.get(INVENTED) == is_invented]
    for audience, found in said.items():
        base, shown = sum(found.comments.values()), _shares(found)
        if any(_tells(audience, base, shown, each) for each in earlier):
            continue
        data[audience] = {"as_of": now.isoformat(), "base": shown.base, **shown.shares}
        exact[audience] = base
    if data:
        data[INVENTED] = exact[INVENTED] = is_invented
    return snapshots.take_county(snapshots.Ready(KIND, data, exact=exact), now)


def _shares(found: Said) -> PublicShares:
    """None of fewer than thirty people, however much they wrote."""
    if found.people < SMALLEST_BASE:
        return PublicShares(None, dict.fromkeys(SHOWN))
    return public_shares(found.comments, SHOWN)


def _tells(audience: str, base: int, shown: PublicShares, earlier: Snapshot) -> bool:
    """Whether what was once public and this together say how a few comments sound.

    A theme is accepted and taken back, so that comments come and go: asked both ways.
    """
    old = earlier.data.get(audience)
    if not old:
        return False
    before = PublicShares(old["base"], {name: old[name] for name in SHOWN})
    return (
        abs(base - earlier.exact[audience]) < NEW_ANSWERS
        or change_tells_of_few(before, shown, MOODS)
        or change_tells_of_few(shown, before, MOODS)
    )


def _said() -> tuple[dict[str, Said], bool]:
    """Comments under themes that people accepted, and whether they are all made up.

    Made-up surveys count only without real ones.
    """
    surveys = [each for each in db.session.scalars(select(Survey)) if _versions_of(each)]
    real = [each for each in surveys if not each.is_invented]
    found: dict[str, Said] = {}
    for survey in real or surveys:
        for audience, versions in _versions_of(survey).items():
            of_this = found.setdefault(audience, Said(dict.fromkeys(MOODS, 0)))
            for label, comments in _comments_in(survey.id, versions):
                of_this.comments[label] += comments
            of_this.people += _people_in(survey.id, versions)
    return found, not real


def _versions_of(survey: Survey) -> dict[str, list[int]]:
    """By audience, the versions that were asked of it alone.

    A survey may turn to others and back. What somebody wrote stays with whom they were asked as.
    """
    found: dict[str, list[int]] = {}
    for version in survey.versions:
        if version.published_at and len(version.audiences) == 1:
            found.setdefault(version.audiences[0], []).append(version.id)
    return {audience: found[audience] for audience in AUDIENCES if audience in found}


def _comments_in(survey_id: int, versions: Sequence[int]) -> list[tuple[str, int]]:
    counted = select(
        CommentFinding.sentiment_label, func.count(CommentFinding.answer_id.distinct())
    )
    wanted = counted.join(Answer, Answer.id == CommentFinding.answer_id)
    rows = db.session.execute(
        _under_themes(wanted, survey_id, versions).group_by(CommentFinding.sentiment_label)
    )
    return [(label, comments) for label, comments in rows]


def _people_in(survey_id: int, versions: Sequence[int]) -> int:
    """Who wrote them: one person may have written several."""
    counted = select(func.count(Answer.response_id.distinct()))
    wanted = counted.join(CommentFinding, CommentFinding.answer_id == Answer.id)
    return db.session.scalar(_under_themes(wanted, survey_id, versions)) or 0


def _under_themes(wanted: Any, survey_id: int, versions: Sequence[int]) -> Any:
    """`wanted` joins findings with their answers."""
    run = latest_run(survey_id)
    return (
        wanted.join(Mention, Mention.answer_id == CommentFinding.answer_id)
        .join(Theme, Theme.id == Mention.theme_id)
        .join(Response, Response.id == Answer.response_id)
        .where(
            Response.version_id.in_(versions),
            CommentFinding.run_id == (run.id if run else None),
            Theme.survey_id == survey_id,
            Theme.state == "accepted",
            CommentFinding.sentiment_label.in_(MOODS),
            may_be_read(CommentFinding.answer_id),
        )
    )
