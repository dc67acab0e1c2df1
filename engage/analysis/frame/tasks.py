"""Jobs of the frame."""

from datetime import UTC, datetime

from sqlalchemy import select

from engage.analysis import queries
from engage.analysis.frame import learnt
from engage.analysis.frame.members import remake
from engage.analysis.frame.suggesting import suggestions, taught
from engage.analysis.models import Theme
from engage.extensions import db
from engage.jobs.queue import Finish, enqueue, every_day, handles

REMAKE, LEARN = "frame.remake", "frame.learn"


@every_day("frame.remake_all")
def remake_all() -> Finish:
    """Count every frame anew each day: words that came to the safeguarding lead since go out."""
    surveys = sorted(set(db.session.scalars(select(Theme.survey_id))))

    def ask() -> None:
        for survey_id in surveys:
            enqueue(REMAKE, survey_id=survey_id)

    return ask


@handles(REMAKE)
def remake_one(survey_id: int) -> Finish:
    return lambda: remake(survey_id)


@handles(LEARN)
def learn(survey_id: int) -> Finish:
    """Learn from the accepted themes what else seems to belong to them.

    What people decide meanwhile is not in it: the fingerprint is of what was there at the start.
    """
    run = queries.latest_run(survey_id)
    if run is None:
        return lambda: None
    known = taught(run)
    if learnt.is_up_to_date(survey_id, known.fingerprint):
        return lambda: None
    found = suggestions(run, known)
    return lambda: learnt.keep(survey_id, known.fingerprint, found, datetime.now(UTC))
