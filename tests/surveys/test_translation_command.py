"""The words of a survey, out and in on the command line."""

import pytest

from engage.errors import InvalidInputError
from engage.people.models import AuditEvent
from engage.surveys import queries
from engage.surveys.translation_command import send_or_add
from tests.factories import StaffFactory
from tests.survey_factories import ask, make_small_survey

NOBODY = {"by": None, "machine": False}


@pytest.fixture
def ours(session):
    staff = StaffFactory(email="lead@council.example")
    return make_small_survey([ask("Q1")], organisation=staff.organisation, slug="parks")


@pytest.mark.parametrize("name", ["words.xlf", "words.csv"])
def test_words_go_out_and_come_back(ours, session, tmp_path, name):
    file = tmp_path / name

    assert send_or_add("parks", "pl", file, None, **NOBODY) == f"The words of parks are in {name}."
    text = file.read_bytes().decode()
    empty = '"Question Q1?",""' if name.endswith("csv") else '"needs-translation"></target>'
    filled = empty.replace('""', '"Pytanie?"').replace("></", ">Pytanie?</")
    file.write_text(text.replace(empty, filled, 1), encoding="utf-8", newline="")
    by = {"by": "Lead@council.example", "machine": True}
    said = send_or_add("parks", "pl", None, file, **by)

    assert said == ("New or changed: 1. Here already: 0. Empty in the file: 11. Not taken: 0.")
    assert queries.translations_of(ours.id)["pl"].status == "machine_draft"
    (event,) = session.query(AuditEvent).all()
    assert (event.what, event.detail["taken"]) == ("added words in a language", 1)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"to": None}, "one of the two"),
        ({"language": "xx"}, "no language “xx”"),
        ({"slug": "nowhere"}, "no survey with the address"),
        ({"to": None, "from_": "any.xlf"}, "Say who adds the words"),
        ({"to": None, "from_": "any.xlf", "by": "x@y.example"}, "Nobody with the e-mail"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(ours, tmp_path, changes, sentence):
    usual = {"slug": "parks", "language": "pl", "to": tmp_path / "words.xlf", "from_": None}

    with pytest.raises(InvalidInputError, match=sentence):
        send_or_add(**usual | NOBODY | changes)
