"""10,000 answers: seconds until both reports stand as page, PDF and Word.

python -m benchmarks.reports [ANSWERS]
"""

import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from flask import get_template_attribute

from benchmarks.growing import QUESTIONS, a_place, invented, say
from engage.analysis import operations as analysis
from engage.analysis import queries
from engage.extensions import db, write_transaction
from engage.jobs import queue
from engage.loop import operations as loop
from engage.loop.models import KINDS
from engage.loop.pairs import Reading
from engage.pages.reports import showing
from engage.pages.reports.collecting import KINDS as REPORTS
from engage.pages.reports.collecting import Wanted, collect
from engage.pages.reports.report import Report
from engage.pages.reports.years import year_of
from engage.surveys.the_pack import the_pack
from tests.factories import StaffFactory
from tests.loop.made import CHILD, PARENT, whole
from tests.survey_factories import make_small_survey

LIMIT = 10  # seconds
THEMES = 20


def main(count: int = 10_000) -> int:
    with a_place() as app, app.app_context():
        db.create_all()
        prepare(count)
        now = datetime.now(UTC)
        worst = 0.0
        with app.test_request_context("/reports"):
            for kind in REPORTS:
                wanted = Wanted(kind, year_of(now), now, app.config["PLACE"])
                data, took = timed(lambda wanted=wanted: collect(wanted))
                answers = sum(len(each["answers"]) for each in data["themes"])
                print(f"{kind}: read from {count:,} answers in {took:.2f} s, {answers} pairs")
                for easy_read in (False, True):
                    worst = max(worst, took + rendered(data, easy_read, now))
        print(f"the slowest, with its three forms: {worst:.2f} s (at most {LIMIT})")
    return 0 if worst < LIMIT else 1


def prepare(count: int) -> None:
    """Answers, what the machine makes of them, and a public answer to each theme."""
    version = make_small_survey(QUESTIONS, (PARENT, CHILD))
    db.session.commit()
    say(version.id, invented(count))
    with write_transaction():
        queue.enqueue("analysis.refresh", survey_id=version.survey_id)
    queue.work_off()
    staff = StaffFactory(organisation=version.survey.organisation, roles=["survey_lead"])
    now = datetime.now(UTC)
    for place, found in enumerate(queries.latest_run(version.survey_id).themes[:THEMES]):
        theme = analysis.accept(found, found.label, staff, ambition="ambition-2", now=now)
        action = loop.add_action(theme, whole(KINDS[place % len(KINDS)]), staff, now)
        loop.publish(action, staff, now)
    db.session.commit()
    queue.work_off()


def rendered(data: dict[str, Any], easy_read: bool, now: datetime) -> float:
    """How long its three forms take together."""
    reading = Reading(the_pack(), now.date(), easy_read)
    report, built = timed(lambda: showing.document_now(data, now, reading))
    times = {"html": timed(lambda: as_page(report))[1]}
    for ending, (make, _mimetype) in showing.FILES.items():
        times[ending] = timed(lambda make=make: make(report))[1]
    told = ", ".join(f"{name} {took:.2f} s" for name, took in times.items())
    print(f"    {'easy read' if easy_read else 'standard'}: put together {built:.2f} s, {told}")
    return built + sum(times.values())


def as_page(report: Report) -> str:
    blocks = get_template_attribute("reports/_blocks.html", "blocks")
    return str(blocks(report))


def timed(deed: Callable[[], Any]) -> tuple[Any, float]:
    begun = time.monotonic()
    made = deed()
    return made, time.monotonic() - begun


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
