"""Makes the invented demonstration: organisations, staff, surveys, answers, themes, actions.

Each step looks first whether its part is there, so that running it again adds nothing, and a
run that was cut off goes on where it stopped.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import func, insert, select

from engage.demo import reports
from engage.demo.answers import Comment, Person, people
from engage.demo.closed import (
    OWNER,
    TEMPLATE,
    answer_in_time_and_late,
    comments_of,
    give_evidence,
    told,
)
from engage.demo.co_lead import lead_together
from engage.demo.curation import curate, first_of
from engage.demo.figures import make_figures
from engage.demo.languages import add_languages
from engage.demo.people import STAFF, make_organisations
from engage.demo.pulse import make_pulse
from engage.demo.quotes import make_quotes
from engage.demo.safeguarding import make_alerts, make_plans
from engage.demo.telling import make_code, make_followers
from engage.extensions import db, write_transaction
from engage.jobs import queue
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

DATA = Path(__file__).parent / "data"
SEED = 2026
OPEN_FOR = timedelta(days=56)
STILL_OPEN_FOR = timedelta(days=28)
# Somebody has read what was written, but for the last few of each survey.
READ_AFTER = timedelta(hours=20)
STILL_TO_READ = 4

# slug, organisation, template, comments, how many answered in the strategy's consultation
SURVEYS = (
    ("parent-carers-2026", "org-hcc", "parent-carer-satisfaction", "parent_carers", 531),
    ("young-people-2026", "org-voices", "young-people-how-is-it-going", "young_people", 135),
    ("professionals-2026", "org-hcc", "education-professionals", "professionals", 193),
)
# The wave before, so that a change can be asked about: how many answered, a year earlier.
EARLIER = ("parent-carers-2025", "org-hcc", "parent-carer-satisfaction", 402)
A_YEAR = timedelta(days=365)
# Open questions that the survey lead of the demonstration switched on.
OPTIONAL = {"young-people-2026": frozenset({"YP22", "YP24"})}
ALERTS_ARE_ABOUT = "Made-up example: How is it going for your family?"
NONE: frozenset[str] = frozenset()
DRAFT = ("hpci-event-2026", "org-hpci", "event-feedback")

Tell = Callable[[str], None]


def build_demo(tell: Tell, now: datetime | None = None) -> None:
    now = now or datetime.now(UTC)
    with write_transaction():
        tell("Making three organisations and their staff")
        organisations = known_organisations() or make_organisations(the_pack())
        make_plans(organisations, now)
        make_draft(organisations)
    for slug, owner, template, comments, how_many in SURVEYS:
        with write_transaction():
            tell(f"Making the survey {slug} with {how_many} made-up answers")
            owner_row = db.session.merge(organisations[owner])
            version = make_survey(slug, owner_row, template, now)
            add_languages(version, now)
            add_answers(version, read_comments(comments), how_many, now)
    with write_transaction():
        tell("Making last year's wave of the survey of parents and carers")
        make_earlier_wave(organisations, now)
    with write_transaction():
        tell("Making fifteen months of the pulse survey after a contact")
        make_pulse(db.session.merge(organisations["org-hcc"]), now)
    with write_transaction():
        tell("Adding printed figures, made-up margins and the engagement of 2025")
        make_figures(the_pack(), now)
    with write_transaction():
        tell("Making three alerts, so that the safeguarding inbox can be looked at")
        make_alerts(db.session.merge(organisations["org-hcc"]), ALERTS_ARE_ABOUT, now)
    with write_transaction():
        tell("Making three closed surveys of staff in schools")
        make_closed(organisations, now)
    with write_transaction():
        tell("Making a closed survey on the Local Offer")
        make_local_offer(db.session.merge(organisations["org-hcc"]), now)
    if queue.any_waiting():
        tell("Reading the comments: themes, mood and ambitions (about half a minute)")
        queue.work_off()
    with write_transaction():
        tell("Accepting themes and publishing what was done about them")
        if curate(read("actions")["actions"], now):
            queue.enqueue("analysis.coded")
        answer_in_time_and_late(now)
        reports.answer_local_offer(now)
        give_evidence(now)
    queue.work_off()
    with write_transaction():
        tell("Quoting what some people said, as they allowed it")
        make_quotes(read("quotes")["quotes"], now)
    with write_transaction():
        tell("Making a code to try, and people who want to be told what happened")
        make_code()
        make_followers(now)
    queue.work_off()
    with write_transaction():
        tell("Publishing the report under regulation 56 and the annual report")
        reports.make_reports(db.session.merge(organisations["org-hcc"]), now)


def known_organisations() -> dict[str, Organisation]:
    rows = db.session.scalars(select(Organisation).where(Organisation.code.in_(STAFF)))
    return {row.code: row for row in rows}


def read(name: str) -> Any:
    return yaml.safe_load((DATA / f"{name}.yaml").read_text(encoding="utf-8"))


def read_comments(name: str) -> list[Comment]:
    return [
        Comment(row["question"], str(row["text"]), row["mood"]) for row in read(name)["comments"]
    ]


def survey_at(slug: str) -> Survey | None:
    return db.session.scalars(select(Survey).where(Survey.slug == slug)).one_or_none()


def make_draft(organisations: dict[str, Organisation]) -> None:
    slug, owner, template = DRAFT
    if survey_at(slug) is None:
        definition = read_template(template, the_pack())
        create_survey(organisations[owner], definition, slug, is_invented=True)


def make_survey(slug: str, owner: Organisation, template: str, now: datetime) -> SurveyVersion:
    if (survey := survey_at(slug)) is not None:
        return survey.versions[0]
    definition = read_template(template, the_pack(), OPTIONAL.get(slug, NONE))
    version = create_survey(
        owner,
        definition,
        slug,
        is_invented=True,
        opens_at=now - OPEN_FOR,
        closes_at=now + STILL_OPEN_FOR,
    )
    lead_together(version, now - OPEN_FOR, first_of)
    publish(version, now)
    return version


def make_earlier_wave(organisations: dict[str, Organisation], now: datetime) -> None:
    """A closed survey with answers to choose from and no comments."""
    slug, owner, template, how_many = EARLIER
    closed = now - A_YEAR
    if survey_at(slug) is not None:
        return
    definition = read_template(template, the_pack())
    version = create_survey(
        db.session.merge(organisations[owner]),
        definition,
        slug,
        is_invented=True,
        opens_at=closed - OPEN_FOR,
        closes_at=closed,
    )
    publish(version, closed - OPEN_FOR)
    add_answers(version, [], how_many, closed, SEED - 1)


def make_closed(organisations: dict[str, Organisation], now: datetime) -> None:
    """Surveys whose clocks run: see engage.demo.closed for what was answered, and when."""
    for each in told()["surveys"]:
        if survey_at(each["slug"]) is not None:
            continue
        closed = now - timedelta(days=each["closed_days_ago"])
        version = create_survey(
            db.session.merge(organisations[OWNER]),
            read_template(TEMPLATE, the_pack()),
            each["slug"],
            is_invented=True,
            title=each["title"],
            title_easy=each["title_easy"],
            opens_at=closed - OPEN_FOR,
            closes_at=closed,
        )
        publish(version, closed - OPEN_FOR)
        comments = comments_of(each, read_comments("professionals"))
        add_answers(version, comments, each["how_many"], closed, SEED + each["closed_days_ago"])


def make_local_offer(owner: Organisation, now: datetime) -> None:
    """What people said of the Local Offer: see engage.demo.reports for what was answered."""
    about, closed = reports.told()["survey"], reports.last_day(now)
    if survey_at(about["slug"]) is not None:
        return
    version = create_survey(
        owner,
        read_template(reports.LOCAL_OFFER, the_pack()),
        about["slug"],
        is_invented=True,
        opens_at=closed - OPEN_FOR,
        closes_at=closed,
    )
    publish(version, closed - OPEN_FOR)
    add_answers(version, reports.comments(), about["people"], closed)


def add_answers(
    version: SurveyVersion, comments: list[Comment], how_many: int, now: datetime, seed: int = SEED
) -> None:
    """The made-up answers, where there are none yet. `now` is just after the last of them."""
    found = select(func.count(Response.id)).where(
        Response.version_id == version.id, Response.channel == "demo"
    )
    if db.session.scalar(found):
        return
    survey = definition_of(version.id)
    made = people(survey, comments, how_many, seed)
    ids = add_responses(version, made, now)
    add_rows(survey, dict(zip(ids, made, strict=True)))
    ask_for_what_follows(version.survey_id)


def add_responses(version: SurveyVersion, made: list[Person], now: datetime) -> list[int]:
    """One sent response each, spread over the weeks the survey has been open."""
    rows = []
    read = numbers_of_read(definition_of(version.id), made)
    for number, person in enumerate(made):
        token = new_token()
        sent = now - OPEN_FOR + (OPEN_FOR - timedelta(days=1)) * (number / len(made))
        rows.append(
            {
                "token_hash": fingerprint(token),
                "receipt_hash": fingerprint(" ".join(receipt_of(token))),
                "version_id": version.id,
                "channel": "demo",
                "language": "en",
                "easy_read": person.easy_read,
                "started_on": sent.date(),
                "submitted_at": sent,
                "words_read_at": sent + READ_AFTER if number in read else None,
            }
        )
    result = db.session.scalars(
        insert(Response).returning(Response.id, sort_by_parameter_order=True), rows
    )
    return list(result)


def numbers_of_read(survey: SurveyDefinition, made: list[Person]) -> set[int]:
    """Whose words have been read: of those who wrote something, all but the last few."""
    open_questions = {question.code for question in survey.questions() if question.type == "text"}
    wrote = [n for n, person in enumerate(made) if open_questions & person.answers.keys()]
    return set(wrote[:-STILL_TO_READ])


def add_rows(survey: SurveyDefinition, made: dict[int, Person]) -> None:
    question_ids = {question.code: question.id for question in survey.questions()}
    rows = [
        {
            "response_id": response_id,
            "question_id": question_ids[code],
            "value": value,
            "other_words": None,
        }
        for response_id, person in made.items()
        for code, value in person.answers.items()
    ]
    db.session.execute(insert(Answer), rows)
