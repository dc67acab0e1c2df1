"""Hostile words in "Please help me", in the code page, and before the safeguarding lead."""

from collections import Counter

import pytest

from engage.surveys.question_types import tidy
from tests.corpora import some_hostile
from tests.factories import OrganisationFactory, ready_plan
from tests.responses.hostile_pages import as_bytes
from tests.safeguarding.made import an_alert
from tests.signin import sign_in

STRINGS = some_hostile(3)


def shape(page):
    """The elements with their attributes' names: what words must not change."""
    return Counter((tag.tag, *sorted(tag.attrib)) for tag in page.tree.iter("*"))


@pytest.fixture
def council(session):
    organisation = OrganisationFactory(code="council")
    return ready_plan(organisation).organisation


@pytest.fixture
def lead(app, council):
    client = app.test_client()
    sign_in(client, ready_plan(council).lead)
    return client


def typed(words):
    return as_bytes(words).decode("utf-8", "replace")


def test_a_code_that_is_no_code_is_only_words(client):
    usual = shape(client.post("/your-code", data={"words": "zzz"}).page)
    for words in STRINGS:
        page = client.post("/your-code", data={"words": typed(words)}).page
        assert (page.status, shape(page)) == (422, usual), ascii(words)


def test_what_somebody_in_need_writes_is_taken_or_explained(client, council):
    for words in STRINGS:
        form = client.get("/help-me/council").page.tree
        hidden = {field.name: field.value for field in form.xpath("//form//*[@type='hidden']")}
        said = dict.fromkeys(("words", "reach", "when"), typed(words))
        answer = client.post("/help-me/council", data=hidden | said)
        assert answer.status_code in (303, 422), ascii(words)


def test_the_lead_reads_them_as_words(lead, council):
    kept = [tidy(typed(words)) for words in STRINGS]
    pages = []
    for texts in (["harmless"] * len(kept), kept):
        contact = {"reach": texts[0], "when": texts[1]}
        alert = an_alert(council, words=[(text, text) for text in texts], contact=contact)
        pages.append(lead.post(f"/staff/safeguarding/alerts/{alert.id}").page)
    assert shape(pages[0]) == shape(pages[1])
