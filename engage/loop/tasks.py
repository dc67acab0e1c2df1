"""Work the loop leaves for later: the public counts."""

from datetime import UTC, datetime

from engage.jobs.queue import Finish, handles
from engage.loop.operations import prepare_snapshot


@handles("loop.snapshot")
def snapshot(survey_id: int) -> Finish:
    return prepare_snapshot(survey_id, datetime.now(UTC))
