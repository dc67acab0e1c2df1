"""How the comments under accepted themes sound, in all, as public shares kept apart by audience.

It stands beside indicator q and never feeds it: comments come from other people than ratings do,
and those who write are on the whole less content.
"""

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
from engage.responses.models import Answer, Snapshot
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
    surveys = [each for each in db.session.scalars(select(Survey)) if _audience(each)]
    real = [each for each in surveys if not each.is_invented]
    found: dict[str, Said] = {}
    for survey in real or surveys:
        of_this = found.setdefault(_audience(survey), Said(dict.fromkeys(MOODS, 0)))
        for label, comments in _of_survey(survey.id):
            of_this.comments[label] += comments
        of_this.people += _people_of(survey.id)
    return found, not real


def _audience(survey: Survey) -> str:
    """Whose a survey is, "" where it is for several or for others."""
    published = [each for each in survey.versions if each.published_at]
    audiences = published[-1].audiences if published else []
    return audiences[0] if len(audiences) == 1 and audiences[0] in AUDIENCES else ""


def _of_survey(survey_id: int) -> list[tuple[str, int]]:
    counted = select(
        CommentFinding.sentiment_label, func.count(CommentFinding.answer_id.distinct())
    )
    rows = db.session.execute(
        _under_themes(counted, survey_id).group_by(CommentFinding.sentiment_label)
    )
    return [(label, comments) for label, comments in rows]


def _people_of(survey_id: int) -> int:
    """Who wrote them: one person may have written several."""
    counted = select(func.count(Answer.response_id.distinct()))
    wanted = counted.join(CommentFinding, CommentFinding.answer_id == Answer.id)
    return db.session.scalar(_under_themes(wanted, survey_id)) or 0


def _under_themes(wanted: Any, survey_id: int) -> Any:
    run = latest_run(survey_id)
    return (
        wanted.join(Mention, Mention.answer_id == CommentFinding.answer_id)
        .join(Theme, Theme.id == Mention.theme_id)
        .where(
            CommentFinding.run_id == (run.id if run else None),
            Theme.survey_id == survey_id,
            Theme.state == "accepted",
            CommentFinding.sentiment_label.in_(MOODS),
            may_be_read(CommentFinding.answer_id),
        )
    )
