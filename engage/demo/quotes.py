"""Which made-up sentences the invented officers quoted, and what a partner said of them."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from engage.analysis.frame.models import Mention
from engage.analysis.models import Theme
from engage.analysis.redaction.places import places_of
from engage.demo.curation import first_of, officer_of, organisation
from engage.demo.people import card
from engage.demo.told import moment_of
from engage.extensions import db
from engage.loop.quotes import course, operations, queries, rules
from engage.loop.quotes.fitness import Wish, problems
from engage.loop.quotes.models import Quote, QuoteStep
from engage.loop.quotes.operations import Taken
from engage.loop.quotes.rules import County
from engage.people.models import Organisation, Staff
from engage.people.operations import create_staff
from engage.people.queries import staff_by_email
from engage.surveys.models import Survey
from engage.surveys.the_pack import the_pack

# Somebody prepares what the officer approves: nobody approves their own words.
PREPARES = ("Lea Demo", "lea@council.example", ["analyst"])
DEEDS: Mapping[str, Callable[[Quote, Taken], None]] = {
    course.APPROVED: operations.approve,
    course.VETOED: operations.veto,
}


def make_quotes(quotes: Sequence[Mapping[str, Any]], now: datetime) -> None:
    """Once for each survey. What was not found, or is not allowed as it is told, is left out."""
    pack = the_pack()
    county = County(places_of(pack), rules.large_places(pack))
    for slug in dict.fromkeys(told["survey"] for told in quotes):
        survey = db.session.scalars(select(Survey).where(Survey.slug == slug)).one()
        if not _has_quotes(survey):
            for told in quotes:
                if told["survey"] == slug:
                    quote_it(survey, told, county, now)


def quote_it(survey: Survey, told: Mapping[str, Any], county: County, now: datetime) -> None:
    theme, sentence = _found(survey, told["said"])
    wish = Wish(told.get("words", told["said"]))
    if theme is None or sentence is None or problems(wish, sentence, county):
        return
    prepares = Taken(_who_prepares(survey.organisation), at=moment_of(told, now))
    quote = operations.prepare(theme, sentence, wish, county, prepares)
    for step in told["then"]:
        by = first_of(organisation(step["by"])) if "by" in step else officer_of(survey)
        DEEDS[step["deed"]](quote, Taken(by, step.get("note", ""), moment_of(step, now)))


def _found(survey: Survey, said: str) -> tuple[Theme | None, queries.Sentence | None]:
    """Where the sentence stands, if its invented person allows it."""
    mentions = db.session.scalars(
        select(Mention)
        .join(Mention.theme)
        .where(Theme.survey_id == survey.id, Theme.state == "accepted", Mention.sentence == said)
        .order_by(Mention.weight.desc(), Mention.id)
    )
    for mention in mentions:
        theme = mention.theme
        if sentence := queries.sentence_at(theme, mention.answer_id, mention.sentence_key):
            return theme, sentence
    return None, None


def _who_prepares(owner: Organisation) -> Staff:
    name, email, roles = PREPARES
    if there := staff_by_email(email):
        return there
    key = card()
    return create_staff(owner, name, email, key["password"], roles, totp_secret=key["secret"])


def _has_quotes(survey: Survey) -> bool:
    steps = select(QuoteStep.id).join(Theme, Theme.id == QuoteStep.theme_id)
    return db.session.scalar(steps.where(Theme.survey_id == survey.id).limit(1)) is not None
