"""The daily job of the clocks: closed surveys are counted once more, then the rate is published."""

from datetime import UTC, datetime

from engage.clock import day_of
from engage.jobs.queue import Finish, enqueue, every_day, handles
from engage.loop.clocks.operations import prepare_rate
from engage.loop.clocks.queries import lines


@every_day("loop.clocks")
def clocks() -> Finish:
    """A theme accepted late is counted too, or leaving it without an answer would cost nothing."""
    now = datetime.now(UTC)
    today = day_of(now)
    shown = [line for line in lines(now) if line.course.is_shown(today)]
    closed = [line.survey.id for line in shown if line.course.closed_on]

    def ask() -> None:
        for survey_id in closed:
            enqueue("loop.snapshot", survey_id=survey_id)
        enqueue("loop.rate")

    return ask


@handles("loop.rate")
def publish_rate() -> Finish:
    return prepare_rate(datetime.now(UTC))
