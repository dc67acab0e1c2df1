"""Jobs of the frame."""

from sqlalchemy import select

from engage.analysis.frame.members import remake
from engage.analysis.models import Theme
from engage.extensions import db
from engage.jobs.queue import Finish, enqueue, every_day, handles

REMAKE = "frame.remake"


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
