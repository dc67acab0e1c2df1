"""People who may or may not be quoted, and quotes of what they said."""

import itertools
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select

from engage.analysis.frame.models import Mention
from engage.analysis.models import Assignment, Theme
from engage.analysis.redaction.places import places_of
from engage.extensions import db
from engage.loop.quotes import operations, queries, rules
from engage.loop.quotes.fitness import Wish
from engage.loop.quotes.models import Quote
from engage.loop.quotes.operations import Taken
from engage.people.models import Staff
from engage.responses.models import Answer, Response
from engage.surveys.models import SurveyVersion
from engage.surveys.queries import definition_of
from tests.factories import StaffFactory
from tests.loop.made import CHILD, PARENT, a_found, a_run, decided
from tests.survey_factories import a_pack, ask, make_small_survey

SENT = datetime(2026, 10, 5, 9, tzinfo=UTC)
CODES = ("yes", "no", "paraphrase", "not_sure")
QUESTIONS = (
    ask("WHO", options=(PARENT, CHILD), role="audience"),
    ask("SAY", "text"),
    ask("MAY", options=CODES, role="quote_consent"),
)
_numbers = itertools.count(1)
COUNTY = rules.County(places_of(a_pack()), rules.large_places(a_pack()))


def a_survey_that_asks(**details: Any) -> SurveyVersion:
    """One that asks whether we may use people's words."""
    return make_small_survey(QUESTIONS, (PARENT, CHILD), **details)


def says(
    version: SurveyVersion, words: str, may: str | None = "yes", is_read: bool = True, **of: Any
) -> Answer:
    """Somebody sends this comment. `of`: what else is true of the response."""
    said = {"WHO": PARENT, "SAY": words, **({} if may is None else {"MAY": may})}
    known = definition_of(version.id)
    answers = [Answer(question_id=known.question(code).id, value=said[code]) for code in said]
    number = next(_numbers)
    usual = {
        "token_hash": f"quoted-{number}",
        "receipt_hash": f"quoted-{number}",
        "channel": "web",
        "started_on": SENT.date(),
        "submitted_at": SENT,
        "words_read_at": SENT if is_read else None,
    }
    db.session.add(Response(version=version, answers=answers, **{**usual, **of}))
    db.session.flush()
    return answers[1]


def theme_of(version: SurveyVersion, *said: Answer, name: str = "Waiting for help") -> Theme:
    """An accepted theme with each comment as one sentence."""
    run = a_run(version)
    found = a_found(run)
    for answer in said:
        found.assignments.append(
            Assignment(
                run_id=run.id,
                answer=answer,
                sentence_number=0,
                sentence=str(answer.value),
                weight=1.0,
            )
        )
    db.session.flush()
    return decided(version, found, name=name, state="accepted", ambition="ambition-2")


def sentence_of(theme: Theme, answer: Answer) -> queries.Sentence:
    """Their only sentence under the theme, whether or not it is a quote already."""
    key = db.session.scalars(
        select(Mention.sentence_key).where(
            Mention.theme_id == theme.id, Mention.answer_id == answer.id
        )
    ).one()
    found = queries.sentence_at(theme, answer.id, key)
    assert found, "they may not be quoted"
    return found


def colleague(theme: Theme, role: str = "survey_lead") -> Staff:
    return StaffFactory(organisation=theme.survey.organisation, roles=[role])


def prepared(
    theme: Theme, answer: Answer, words: str | None = None, by: Staff | None = None
) -> Quote:
    """It waits for somebody else to approve it. Without words of its own: theirs."""
    wish = Wish(words or str(answer.value))
    by = by or colleague(theme, "analyst")
    return operations.prepare(theme, sentence_of(theme, answer), wish, COUNTY, Taken(by))


def prepare_as(theme: Theme, sentence: queries.Sentence, words: str) -> Quote:
    """The words of this sentence, where a comment has several; names in them are none."""
    by = Taken(colleague(theme, "analyst"))
    return operations.prepare(theme, sentence, Wish(words, is_nobody=True), COUNTY, by)


def approved(theme: Theme, answer: Answer, words: str | None = None) -> Quote:
    return done(operations.approve, prepared(theme, answer, words), colleague(theme))


def done(deed: Callable[[Quote, Taken], None], quote: Quote, by: Staff, note: str = "") -> Quote:
    deed(quote, Taken(by, note))
    db.session.commit()
    return quote
