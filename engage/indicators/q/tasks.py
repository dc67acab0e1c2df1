"""Jobs of the indicators."""

from datetime import UTC, datetime

from flask import current_app

from engage.indicators.pulse.operations import keep_pulse, pulse_drafts
from engage.indicators.q.county import take_county_snapshot
from engage.indicators.q.operations import drafts, keep
from engage.jobs.queue import Finish, every_day


@every_day("indicators.snapshot")
def snapshot() -> Finish:
    """Publish indicator q anew wherever enough people have answered since."""
    now = datetime.now(UTC)
    ready = drafts(now, current_app.extensions["pack"].areas)
    pulses = pulse_drafts(now)

    def store() -> None:
        keep(ready, now)
        keep_pulse(pulses, now)
        take_county_snapshot(now)

    return store
