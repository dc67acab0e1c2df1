"""Steps of quotes that nobody changes, and two people at the same moment."""

import pytest
from sqlalchemy import delete, text
from sqlalchemy.exc import DatabaseError, NoResultFound

from engage.analysis.queries import has_answers
from engage.errors import FrozenError, NotReadyError
from engage.extensions import db
from engage.loop.quotes import operations
from engage.loop.quotes.fitness import Wish
from engage.loop.quotes.models import Quote
from engage.loop.quotes.operations import Taken
from engage.responses.models import Response
from tests.factories import StaffFactory
from tests.indicators.rivals import changing_it_first, writing_it_first
from tests.loop.quotes.made import COUNTY, approved, colleague, done, prepared, sentence_of

READY = "We wait for […] to ring us back"


def test_nobody_changes_or_deletes_a_step(theme, own):
    step = prepared(theme, own, READY).steps[0]
    db.session.commit()
    step.note = "Something else"
    with pytest.raises(FrozenError):
        db.session.flush()
    db.session.rollback()
    for statement in ("UPDATE quote_step SET note = 'x'", "DELETE FROM quote_step"):
        with pytest.raises(DatabaseError), db.session.begin_nested():
            db.session.execute(text(statement))


def test_two_who_prepare_the_same_sentence_are_told(theme, own):
    with writing_it_first(Quote), pytest.raises(NotReadyError, match="just now"):
        prepared(theme, own, READY)


def test_words_that_are_taken_back_meanwhile_become_no_quote(theme, own):
    sentence, gone = sentence_of(theme, own), delete(Response).where(Response.id == own.response_id)
    officer = colleague(theme, "analyst")
    with (
        changing_it_first(lambda connection: connection.execute(gone)),
        pytest.raises(NoResultFound),
    ):
        operations.prepare(theme, sentence, Wish(READY), COUNTY, Taken(officer))


def test_what_is_vetoed_cannot_be_approved(theme, own, forum):
    quote = done(operations.veto, prepared(theme, own, READY), forum, "No")
    with pytest.raises(NotReadyError):
        operations.approve(quote, Taken(colleague(theme)))


def test_a_theme_with_a_quote_is_not_forgotten(theme, own):
    approved(theme, own, READY)
    assert has_answers(theme)


def test_what_would_be_refused_on_the_page_is_refused_without_one(theme, own, other):
    with pytest.raises(NotReadyError, match="not their own words"):
        prepared(theme, own, "We wait for ever")
    with pytest.raises(NotReadyError, match="Five words"):
        prepared(theme, other, "Every letter is long and dull")
    stranger = StaffFactory(roles=["survey_lead"])
    with pytest.raises(NotReadyError, match="Only the organisation"):
        prepared(theme, own, READY, by=stranger)
