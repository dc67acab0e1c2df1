"""The reports of the demonstration, and what the survey on the Local Offer led to, for them."""

from datetime import datetime

from flask import current_app
from sqlalchemy import func, select

from engage.demo.curation import curate, first_of
from engage.demo.told import read
from engage.extensions import db
from engage.pages.reports.collecting import KINDS, Wanted, collect
from engage.pages.reports.operations import publish
from engage.pages.reports.years import year_of
from engage.people.models import Organisation
from engage.responses.models import Snapshot
from engage.responses.snapshots import checksum


def answer_local_offer(now: datetime) -> bool:
    """Accept its themes and answer them. Once; whether there was anything to do."""
    return curate(read("local_offer")["actions"], now)


def make_reports(owner: Organisation, now: datetime) -> None:
    """One of each kind, of the year as it stands, where there is none yet."""
    if db.session.scalar(select(func.count()).where(Snapshot.kind.in_(KINDS))):
        return
    for kind in KINDS:
        wanted = Wanted(kind, year_of(now), now, current_app.config["PLACE"], owner.id)
        publish(wanted, first_of(owner), checksum(collect(wanted)))
