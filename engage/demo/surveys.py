"""The surveys of the demonstration, and made-up people who answer them. What is there stays."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, insert, select

from engage.demo import closed
from engage.demo.answers import Comment, Person, people
from engage.demo.co_lead import lead_together
from engage.demo.curation import first_of, organisation
from engage.demo.languages import add_languages
from engage.demo.told import last_day, read, read_comments
from engage.extensions import db
from engage.pages.reports.local_offer import TEMPLATE as LOCAL_OFFER
from engage.responses.models import Answer, Response
from engage.responses.operations import ask_for_what_follows
from engage.responses.receipt import fingerprint, new_token, receipt_of
from engage.surveys.catalogue import read_template
from engage.surveys.definition import SurveyDefinition
from engage.surveys.models import Survey, SurveyVersion
from engage.surveys.operations import create_survey, publish
from engage.surveys.queries import definition_of
from engage.surveys.the_pack import the_pack

SEED = 2026
OPEN_FOR = timedelta(days=56)
STILL_OPEN_FOR = timedelta(days=28)
A_YEAR = timedelta(days=365)
# Somebody has read what was written, but for the last few of each survey.
READ_AFTER = timedelta(hours=20)
STILL_TO_READ = 4


@dataclass(frozen=True, slots=True)
class Asked:
    """Which survey: the last part of its address, the code of who asks, and the template."""

    slug: str
    owner: str
    template: str
    title: str | None = None  # None: as the template has it
    title_easy: str | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """How many answered it, and the comments that they share out."""

    how_many: int
    comments: Sequence[Comment] = ()
    seed: int = SEED


# With the name of its comments, and how many answered in the strategy's consultation.
OPEN = (
    (Asked("parent-carers-2026", "org-hcc", "parent-carer-satisfaction"), "parent_carers", 531),
    (Asked("young-people-2026", "org-voices", "young-people-how-is-it-going"), "young_people", 135),
    (Asked("professionals-2026", "org-hcc", "education-professionals"), "professionals", 193),
)
# The wave before, so that a change can be asked about: how many answered, a year earlier.
EARLIER = Asked("parent-carers-2025", "org-hcc", "parent-carer-satisfaction")
EARLIER_PEOPLE = 402
DRAFT = Asked("hpci-event-2026", "org-hpci", "event-feedback")
# Open questions that the survey lead of the demonstration switched on.
OPTIONAL = {"young-people-2026": frozenset({"YP22", "YP24"})}
NONE: frozenset[str] = frozenset()


# ---- which there are


def make_draft() -> None:
    if survey_at(DRAFT.slug) is None:
        begin(DRAFT)


def make_open(asked: Asked, comments: str, how_many: int, now: datetime) -> None:
    """Still open, and answered until now. `comments` is the name of their file."""
    survey = survey_at(asked.slug)
    version = survey.versions[0] if survey else open_now(asked, now)
    add_languages(version, now)
    add_answers(version, Said(how_many, read_comments(comments)), now)


def open_now(asked: Asked, now: datetime) -> SurveyVersion:
    opened = now - OPEN_FOR
    version = begin(asked, opened, now + STILL_OPEN_FOR)
    lead_together(version, opened, first_of)
    publish(version, now)
    return version


def make_earlier_wave(now: datetime) -> None:
    """Answers to choose from and no comments."""
    make_closed(EARLIER, Said(EARLIER_PEOPLE, seed=SEED - 1), now - A_YEAR)


def make_school_staff(now: datetime) -> None:
    """Surveys whose clocks run: see demo.closed for what was answered, and when."""
    for each in read("closed")["surveys"]:
        titles = (each["title"], each["title_easy"])
        asked = Asked(each["slug"], closed.OWNER, closed.TEMPLATE, *titles)
        comments = closed.comments_of(each, read_comments("professionals"))
        said = Said(each["how_many"], comments, SEED + each["closed_days_ago"])
        make_closed(asked, said, last_day(each, now))


def make_local_offer(now: datetime) -> None:
    """What people said of the Local Offer: see demo.reports for what was answered."""
    about = read("local_offer")["survey"]
    said = Said(about["people"], read_comments("local_offer"))
    make_closed(Asked(about["slug"], "org-hcc", LOCAL_OFFER), said, last_day(about, now))


def make_closed(asked: Asked, said: Said, closed_at: datetime) -> None:
    """A survey that is over, and what people answered."""
    if survey_at(asked.slug) is not None:
        return
    opened = closed_at - OPEN_FOR
    version = begin(asked, opened, closed_at)
    publish(version, opened)
    add_answers(version, said, closed_at)


def begin(
    asked: Asked, opens_at: datetime | None = None, closes_at: datetime | None = None
) -> SurveyVersion:
    """As a draft."""
    return create_survey(
        organisation(asked.owner),
        read_template(asked.template, the_pack(), OPTIONAL.get(asked.slug, NONE)),
        asked.slug,
        is_invented=True,
        title=asked.title,
        title_easy=asked.title_easy,
        opens_at=opens_at,
        closes_at=closes_at,
    )


def survey_at(slug: str) -> Survey | None:
    return db.session.scalars(select(Survey).where(Survey.slug == slug)).one_or_none()


# ---- who answered them


def add_answers(version: SurveyVersion, said: Said, now: datetime) -> None:
    """The made-up answers, where there are none yet. `now` is just after the last of them."""
    found = select(func.count(Response.id)).where(
        Response.version_id == version.id, Response.channel == "demo"
    )
    if db.session.scalar(found):
        return
    survey = definition_of(version.id)
    made = people(survey, said.comments, said.how_many, said.seed)
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
