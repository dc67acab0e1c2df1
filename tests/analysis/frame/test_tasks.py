"""The frame is counted anew each day."""

from engage.analysis import operations as naming
from engage.analysis.frame import tasks
from engage.analysis.frame.models import Mention
from engage.jobs.models import Job


def test_every_survey_with_themes_is_counted_anew(run, officer, said, session):
    naming.accept(run.themes[0], "Letters", officer)
    said[0].response.is_held = True
    session.flush()
    tasks.remake_all()()
    job = session.query(Job).filter_by(name="frame.remake").one()
    tasks.remake_one(**job.arguments)()
    assert {row.answer_id for row in session.query(Mention)} == {said[1].id, said[2].id}
