"""The reports of the demonstration, and a closed survey on the Local Offer for them to tell of."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import yaml
from flask import current_app
from sqlalchemy import func, select

from engage.demo.answers import Comment
from engage.demo.curation import curate, first_of
from engage.extensions import db
from engage.pages.reports.collecting import KINDS, Wanted, collect
from engage.pages.reports.local_offer import TEMPLATE
from engage.pages.reports.operations import publish
from engage.pages.reports.years import year_of
from engage.people.models import Organisation
from engage.responses.models import Snapshot
from engage.responses.snapshots import checksum

FILE = Path(__file__).parent / "data" / "local_offer.yaml"
LOCAL_OFFER = TEMPLATE


def told() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return found


def last_day(now: datetime) -> datetime:
    """Of the survey on the Local Offer."""
    return now - timedelta(days=told()["survey"]["closed_days_ago"])


def comments() -> list[Comment]:
    return [Comment(row["question"], row["text"], row["mood"]) for row in told()["comments"]]


def answer_local_offer(now: datetime) -> bool:
    """Accept its themes and answer them. Once; whether there was anything to do."""
    return curate(told()["actions"], now)


def make_reports(owner: Organisation, now: datetime) -> None:
    """One of each kind, of the year as it stands, where there is none yet."""
    if db.session.scalar(select(func.count()).where(Snapshot.kind.in_(KINDS))):
        return
    for kind in KINDS:
        wanted = Wanted(kind, year_of(now), now, current_app.config["PLACE"], owner.id)
        publish(wanted, first_of(owner), checksum(collect(wanted)))
