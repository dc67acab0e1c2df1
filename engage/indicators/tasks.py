"""Jobs of the indicators."""

from datetime import UTC, datetime

from flask import current_app

from engage.indicators.operations import drafts, keep
from engage.jobs.queue import Finish, handles


@handles("indicators.snapshot")
def snapshot() -> Finish:
    """Publish indicator q anew wherever enough people have answered since."""
    now = datetime.now(UTC)
    ready = drafts(now, current_app.extensions["pack"].areas)

    def store() -> None:
        keep(ready, now)

    return store
