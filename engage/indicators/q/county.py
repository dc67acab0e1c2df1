"""What is said of the whole county at once, worked out from figures that are public already."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from engage.indicators.others.measured import for_everybody
from engage.indicators.others.queries import all_measurements
from engage.indicators.q.dials import dials
from engage.indicators.q.queries import COUNTY, Issue, published_q
from engage.indicators.q.waves import Wave, composite, in_order, trend, wave_of
from engage.responses import snapshots
from engage.responses.models import Snapshot

DIALS_SPEAK_OF = "q-PC"  # complaints, and what others asked, come from parents and carers


def take_county_snapshot(now: datetime, county: str) -> Snapshot | None:
    """Publish trends, dials and the composite anew, where anything in them has changed."""
    found = county_figures(published_q(), county)
    return snapshots.take_county(snapshots.Ready(COUNTY, found), now)


def county_figures(published: Mapping[str, Sequence[Issue]], county: str) -> dict[str, Any]:
    """`published` is the newest issue of every survey, by series; `county` is its name."""
    waves = {series: waves_of(issues) for series, issues in published.items()}
    trends = {series: trend(each) for series, each in waves.items() if each}
    invented = {name for name, issues in published.items() if issues and issues[0].is_invented}
    measured = {
        # England's figure may stand in the list; a dial is of this county.
        code: [figure for figure in for_everybody(each) if figure.place == county]
        for code, each in all_measurements().items()
    }
    return {
        "indicator": "q",
        "trends": trends,
        "composite": _composite(waves, published),
        # What made-up answers say takes no part beside figures that others really measured.
        "dials": dials(
            None if DIALS_SPEAK_OF in invented else trends.get(DIALS_SPEAK_OF), measured
        ),
        "is_invented": bool(invented),
    }


def waves_of(issues: Sequence[Issue]) -> list[Wave]:
    """Oldest first; made-up ones only where there is no real one."""
    real = [issue for issue in issues if not issue.is_invented]
    return in_order(wave_of(issue.data, issue.exact) for issue in real or issues)


def _composite(
    waves: Mapping[str, Sequence[Wave]], published: Mapping[str, Sequence[Issue]]
) -> dict[str, int] | None:
    """Half and half of the newest of each series, never of a real and a made-up one."""
    newest = [each[-1] for each in waves.values() if each]
    alike = {all(issue.is_invented for issue in issues) for issues in published.values()}
    return composite(*newest) if len(newest) == 2 and len(alike) == 1 else None
