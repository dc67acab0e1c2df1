"""Work that responses ask for later."""

from datetime import UTC, datetime

from engage.jobs.queue import Finish, every_day
from engage.responses import operations


@every_day("responses.forget_drafts")
def forget_drafts() -> Finish:
    return lambda: operations.forget_drafts(datetime.now(UTC))
