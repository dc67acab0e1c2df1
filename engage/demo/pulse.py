"""The monthly pulse of the demonstration: fifteen finished months, the last seven truly better."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import select

from engage.clock import day_of
from engage.demo.answers import Person, people
from engage.extensions import db
from engage.indicators.pulse.months import start_of_month
from engage.people.models import Organisation
from engage.responses.models import Answer, Response
from engage.responses.operations import ask_for_what_follows
from engage.responses.receipt import fingerprint, new_token, receipt_of
from engage.surveys.catalogue import read_template
from engage.surveys.definition import SurveyDefinition
from engage.surveys.models import Survey, SurveyVersion
from engage.surveys.operations import create_survey, publish
from engage.surveys.queries import definition_of
from engage.surveys.the_pack import the_pack

SLUG, TEMPLATE, ASKS = "pulse-2026", "pulse-after-contact", "PU01"
SEED = 1566
MONTHS, BETTER_MONTHS = 15, 7
FEWEST, MOST = 35, 55  # people a month
BEFORE, SINCE = 0.44, 0.62  # how often a contact was good
WOBBLE = 0.04  # months differ by more than who happens to reply
GOOD, OTHER = ("very_good", "good"), ("neither", "poor", "very_poor")
# Nobody in the demonstration asks for a call: nobody would ring.
LEFT_OUT = frozenset({"PU09"})


def make_pulse(owner: Organisation, now: datetime) -> None:
    """The survey and its answers, where there is none yet. To choose from only, no comments."""
    if db.session.scalar(select(Survey.id).where(Survey.slug == SLUG)):
        return
    starts = list(_months(now))
    definition = read_template(TEMPLATE, the_pack())
    version = create_survey(owner, definition, SLUG, is_invented=True, opens_at=starts[0])
    publish(version, starts[0])
    _add_answers(version, starts)
    ask_for_what_follows(version.survey_id)


def _months(now: datetime) -> Iterator[datetime]:
    """When each began, oldest first; the last is over."""
    this_month = start_of_month(now)
    for back in range(MONTHS, 0, -1):
        year, month = divmod(this_month.year * 12 + this_month.month - 1 - back, 12)
        yield this_month.replace(year=year, month=month + 1)


def _add_answers(version: SurveyVersion, starts: list[datetime]) -> None:
    survey = definition_of(version.id)
    chance = random.Random(SEED)  # noqa: S311  made-up data, and the same every time
    ids = {question.code: question.id for question in survey.questions()}
    for place, start in enumerate(starts):
        rate = BEFORE if place < MONTHS - BETTER_MONTHS else SINCE
        for person, sent in _of_a_month(survey, start, rate, chance):
            response = _response(version, person, sent)
            response.answers = [
                Answer(question_id=ids[code], value=value)
                for code, value in person.answers.items()
                if code not in LEFT_OUT
            ]
            db.session.add(response)
    db.session.flush()


def _of_a_month(
    survey: SurveyDefinition, start: datetime, rate: float, chance: random.Random
) -> Iterator[tuple[Person, datetime]]:
    how_many = chance.randint(FEWEST, MOST)
    good = rate + chance.uniform(-WOBBLE, WOBBLE)
    for number, person in enumerate(people(survey, [], how_many, chance.randrange(SEED))):
        felt = chance.choice(GOOD if chance.random() < good else OTHER)
        sent = start + timedelta(days=27 * number / how_many, hours=9)
        yield Person({**person.answers, ASKS: felt}, person.easy_read), sent


def _response(version: SurveyVersion, person: Person, sent: datetime) -> Response:
    token = new_token()
    return Response(
        token_hash=fingerprint(token),
        receipt_hash=fingerprint(" ".join(receipt_of(token))),
        version_id=version.id,
        channel="demo",
        language="en",
        easy_read=person.easy_read,
        started_on=day_of(sent),
        submitted_at=sent,
    )
