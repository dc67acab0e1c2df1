"""How the comments under accepted themes sound, in all, as public shares kept apart by audience.

It stands beside indicator q and never feeds it: comments come from other people than ratings do,
and those who write are on the whole less content.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from engage.analysis.frame.models import Mention
from engage.analysis.frame.readings import MOODS
from engage.analysis.models import CommentFinding, Theme
from engage.analysis.queries import latest_run, may_be_read
from engage.extensions import db
from engage.responses import snapshots
from engage.responses.disclosure import NEW_ANSWERS, public_shares
from engage.responses.models import Snapshot
from engage.surveys.models import Survey

KIND = "coded"
AUDIENCES = ("parent_carer", "young_person")
SHOWN = ("positive", "mixed", "negative")
INVENTED = "is_invented"

Counts = Mapping[str, Mapping[str, int]]  # by audience, comments by how they sound


def take_coded(now: datetime) -> Snapshot | None:
    """Publish the shares anew, for each audience once ten comments came or went."""
    before = snapshots.latest(None, KIND)
    counts, is_invented = _counts()
    # Once there is a real survey, nothing that was made up stands on beside it.
    stands = before is not None and before.exact.get(INVENTED) == is_invented
    exact: dict[str, Any] = dict(before.exact) if before and stands else {INVENTED: is_invented}
    data: dict[str, Any] = dict(before.data) if before and stands else {}
    for audience, found in counts.items():
        base = sum(found.values())
        if audience not in data or abs(base - exact[audience]) >= NEW_ANSWERS:
            shown = public_shares(found, SHOWN)
            data[audience] = {"as_of": now.isoformat(), "base": shown.base, **shown.shares}
            exact[audience] = base
    return snapshots.take_county(snapshots.Ready(KIND, data, exact=exact), now)


def _counts() -> tuple[Counts, bool]:
    """Comments under themes that people accepted, and whether they are all made up.

    Made-up surveys count only without real ones.
    """
    surveys = [each for each in db.session.scalars(select(Survey)) if _audience(each)]
    real = [each for each in surveys if not each.is_invented]
    found: dict[str, dict[str, int]] = {}
    for survey in real or surveys:
        of_this = found.setdefault(_audience(survey), dict.fromkeys(MOODS, 0))
        for label, comments in _of_survey(survey.id):
            of_this[label] += comments
    return found, not real


def _audience(survey: Survey) -> str:
    """Whose a survey is, "" where it is for several or for others."""
    published = [each for each in survey.versions if each.published_at]
    audiences = published[-1].audiences if published else []
    return audiences[0] if len(audiences) == 1 and audiences[0] in AUDIENCES else ""


def _of_survey(survey_id: int) -> list[tuple[str, int]]:
    run = latest_run(survey_id)
    if run is None:
        return []
    rows = db.session.execute(
        select(CommentFinding.sentiment_label, func.count(CommentFinding.answer_id.distinct()))
        .join(Mention, Mention.answer_id == CommentFinding.answer_id)
        .join(Theme, Theme.id == Mention.theme_id)
        .where(
            CommentFinding.run_id == run.id,
            Theme.survey_id == survey_id,
            Theme.state == "accepted",
            CommentFinding.sentiment_label.in_(MOODS),
            may_be_read(CommentFinding.answer_id),
        )
        .group_by(CommentFinding.sentiment_label)
    )
    return [(label, comments) for label, comments in rows]
