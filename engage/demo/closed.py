"""Surveys of the demonstration that have closed: answered in time, late, and without themes.

And what organisations put forward for and against the promises of the strategy.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from engage.analysis import operations as analysis
from engage.analysis.queries import decided_themes, latest_run
from engage.clock import day_of
from engage.demo.answers import Comment
from engage.demo.curation import curate, first_of, officer_of, organisation
from engage.demo.told import last_day, moment_of, read
from engage.extensions import db
from engage.jobs import queue
from engage.loop import partners
from engage.loop.promises import operations as promises
from engage.loop.promises.models import PromiseEvidence
from engage.surveys.models import Survey

TEMPLATE, OWNER, PARTNER = "education-professionals", "org-hcc", "org-hpci"


def comments_of(survey: Mapping[str, Any], comments: list[Comment]) -> list[Comment]:
    """Those to the one question that this survey is told by."""
    return [comment for comment in comments if comment.question == survey["question"]]


def answer_in_time_and_late(now: datetime) -> None:
    """Accept themes of the closed surveys and answer them, all but one. Once."""
    told = read("closed")
    actions = told["actions"]
    for each in told["surveys"]:
        survey = db.session.scalars(select(Survey).where(Survey.slug == each["slug"])).one()
        ours = [action for action in actions if action["survey"] == each["slug"]]
        if not ours or decided_themes(survey.id):
            continue
        add_partner(survey, last_day(each, now))
        if curate(ours, now):
            if "leaves" in each:
                leave_one(survey, each["leaves"], last_day(each, now))
            queue.enqueue("loop.clocks")


def add_partner(survey: Survey, now: datetime) -> None:
    """Who checks for families what the council says is done."""
    if not partners.partners_of(survey.id):
        partners.add(survey, organisation(PARTNER), officer_of(survey), now)


def leave_one(survey: Survey, wish: Mapping[str, str], now: datetime) -> None:
    """The finding of most people that nobody has answered is accepted, and waits."""
    run = latest_run(survey.id)
    known = {theme.found_theme_id for theme in decided_themes(survey.id)}
    left = [found for found in (run.themes if run else ()) if found.id not in known]
    if left:
        most = max(left, key=lambda found: (found.people, -found.number))
        analysis.accept(most, wish["name"], officer_of(survey), wish["ambition"], now)


def give_evidence(now: datetime) -> None:
    """What the council, the forum and young people say of the promises, where nobody has yet."""
    if db.session.scalar(select(func.count(PromiseEvidence.id))):
        return
    for row in read("closed")["evidence"]:
        wish = promises.Wish(
            promise=row["promise"],
            side=row["side"],
            words=row["words"],
            source=row["source"],
            seen_on=day_of(moment_of(row, now)),
        )
        promises.add(wish, first_of(organisation(row["by"])), now, is_invented=True)
