"""What the responses do by themselves."""

from datetime import UTC, datetime

from engage.jobs.queue import Finish, every_day, handles
from engage.responses import operations, reading


@every_day("responses.forget_drafts")
def forget_drafts() -> Finish:
    return lambda: operations.forget_drafts(datetime.now(UTC))


@handles("responses.alert_closed")
def alert_closed(reference: str, released: bool) -> Finish:
    """The safeguarding lead has decided whether the words may be read like any others."""
    return lambda: reading.lead_has_decided(reference, released)
