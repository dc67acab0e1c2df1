"""Makes the invented demonstration: organisations, staff, surveys, answers, themes, actions.

Each step looks first whether its part is there, so that running it again adds nothing, and a
run that was cut off goes on where it stopped.
"""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import partial

from sqlalchemy import select

from engage.demo import closed, reports, surveys
from engage.demo.curation import curate, organisation
from engage.demo.figures import make_figures
from engage.demo.people import STAFF, make_organisations
from engage.demo.pulse import make_pulse
from engage.demo.quotes import make_quotes
from engage.demo.safeguarding import make_alerts, make_plans
from engage.demo.telling import make_code, make_followers
from engage.demo.told import read
from engage.extensions import db, write_transaction
from engage.jobs import queue
from engage.people.models import Organisation
from engage.surveys.the_pack import the_pack

COUNCIL = "org-hcc"
ALERTS_ARE_ABOUT = "Made-up example: How is it going for your family?"

Tell = Callable[[str], None]
Step = tuple[str, Callable[[datetime], None]]  # what is told, and what is done then


def build_demo(tell: Tell, now: datetime | None = None) -> None:
    now = now or datetime.now(UTC)
    take(ASKING, tell, now)
    if queue.any_waiting():
        tell("Reading the comments: themes, mood and ambitions (about half a minute)")
        queue.work_off()
    for step in ANSWERING:
        take([step], tell, now)
        queue.work_off()


def take(steps: Iterable[Step], tell: Tell, now: datetime) -> None:
    for words, deed in steps:
        with write_transaction():
            tell(words)
            deed(now)


def make_people(now: datetime) -> None:
    organisations = known_organisations() or make_organisations(the_pack())
    make_plans(organisations, now)
    surveys.make_draft()


def known_organisations() -> dict[str, Organisation]:
    rows = db.session.scalars(select(Organisation).where(Organisation.code.in_(STAFF)))
    return {row.code: row for row in rows}


def answer(now: datetime) -> None:
    if curate(read("actions")["actions"], now):
        queue.enqueue("analysis.coded")
    closed.answer_in_time_and_late(now)
    reports.answer_local_offer(now)
    closed.give_evidence(now)


def let_people_follow(now: datetime) -> None:
    make_code()
    make_followers(now)


ASKING: tuple[Step, ...] = (
    ("Making three organisations and their staff", make_people),
    *(
        (
            f"Making the survey {asked.slug} with {how_many} made-up answers",
            partial(surveys.make_open, asked, comments, how_many),
        )
        for asked, comments, how_many in surveys.OPEN
    ),
    ("Making last year's wave of the survey of parents and carers", surveys.make_earlier_wave),
    (
        "Making fifteen months of the pulse survey after a contact",
        lambda now: make_pulse(organisation(COUNCIL), now),
    ),
    (
        "Adding printed figures, made-up margins and the engagement of 2025",
        lambda now: make_figures(the_pack(), now),
    ),
    (
        "Making three alerts, so that the safeguarding inbox can be looked at",
        lambda now: make_alerts(organisation(COUNCIL), ALERTS_ARE_ABOUT, now),
    ),
    ("Making three closed surveys of staff in schools", surveys.make_school_staff),
    ("Making a closed survey on the Local Offer", surveys.make_local_offer),
)
# What is told of the answers, once they have been read.
ANSWERING: tuple[Step, ...] = (
    ("Accepting themes and publishing what was done about them", answer),
    (
        "Quoting what some people said, as they allowed it",
        lambda now: make_quotes(read("quotes")["quotes"], now),
    ),
    ("Making a code to try, and people who want to be told what happened", let_people_follow),
    (
        "Publishing the report under regulation 56 and the annual report",
        lambda now: reports.make_reports(organisation(COUNCIL), now),
    ),
)
