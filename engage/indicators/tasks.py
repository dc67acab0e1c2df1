"""The daily job of the indicators: it publishes q, the monthly pulse and the county anew."""

from datetime import UTC, datetime

from engage.indicators.pulse.operations import pulse_ready
from engage.indicators.q.county import take_county_snapshot
from engage.indicators.q.operations import q_ready
from engage.jobs.queue import Finish, every_day
from engage.responses.snapshots import keep_all
from engage.surveys.the_pack import the_pack


@every_day("indicators.snapshot")
def snapshot() -> Finish:
    """Publish anew whatever enough people have answered since. Reading comes before writing."""
    now = datetime.now(UTC)
    pack = the_pack()
    ready = [*q_ready(now, pack.areas), *pulse_ready(now)]

    def store() -> None:
        keep_all(ready, now)
        take_county_snapshot(now, pack.county)

    return store
