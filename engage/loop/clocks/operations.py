"""Publishing the loop-closed rate as it stands."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from engage.clock import day_of
from engage.jobs.queue import Finish
from engage.loop.clocks.clocks import rate
from engage.loop.clocks.queries import RATE, Line, lines
from engage.responses.snapshots import Ready, take_county

RULE = (
    "Of each survey that closed in the last 12 months, the ten accepted themes that most people"
    " spoke of. A theme is answered in time if an answer to it was public within 12 weeks of the"
    " last day of the survey, and has been public since it came or came back. Surveys whose 12"
    " weeks are not over are not counted yet. Those where people wrote, and where no theme was"
    " accepted in 12 weeks, stand beside the rate."
)
SOURCE = (
    "The days since which everyone can read the answers, and the last public counts of each survey"
)


def prepare_rate(now: datetime) -> Finish:
    """Count now; what is returned publishes it, unless it is what stands already.

    It counts themes and no people, so a small change tells of nobody.
    """
    found = figures(lines(now), day_of(now))

    def keep() -> None:
        take_county(Ready(RATE, found), now)

    return keep


def figures(found: Sequence[Line], today: date) -> dict[str, Any]:
    """Real surveys; made-up ones only where no real one can be counted."""
    over = [line for line in found if line.course.is_in_the_rate(today)]
    unheard = [line for line in found if line.course.is_unheard(today)]
    is_any_real = any(not line.survey.is_invented for line in (*over, *unheard))
    counted, beside = (
        [line for line in some if not (is_any_real and line.survey.is_invented)]
        for some in (over, unheard)
    )
    return {
        "measure": "loop_closed",
        "rule": RULE,
        "source": SOURCE,
        **rate((line.course for line in counted), today).as_data(),
        "surveys": sorted(line.survey.slug for line in counted),
        "without_themes": sorted(line.survey.slug for line in beside),
        "is_invented": bool(counted or beside) and not is_any_real,
    }
