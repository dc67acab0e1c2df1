"""The survey pages of staff, through HTTP."""

from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest
from sqlalchemy import select

from engage.people.models import AuditEvent
from engage.surveys import queries
from engage.surveys.timing import end_of, last_day, start_of
from tests.factories import StaffFactory, ready_plan
from tests.signin import sign_in
from tests.survey_factories import make_small_survey, make_survey

TEMPLATE = "/staff/surveys/new/young-people-how-is-it-going"
NOW = datetime.now(UTC)
SOON = date.today() + timedelta(days=30)  # noqa: DTZ011 — any day to come will do


@pytest.fixture
def ours(staff_client):
    """Makes surveys of the organisation of whoever is signed in."""

    def make(**details):
        organisation = staff_client.staff.organisation
        return make_small_survey(organisation=organisation, **({"slug": "parks"} | details))

    return make


def filled_in(**changes):
    form = {
        "title": "Parks for everyone",
        "title_easy": "Our parks",
        "audiences": ["young_person"],
        "opens_on": "",
        "closes_on": SOON.isoformat(),
        "questions": ["YP14"],
        "slug": "parks",
    }
    return form | changes


def audit_of(slug):
    return [
        event.what
        for event in queries.db.session.scalars(
            select(AuditEvent).where(AuditEvent.subject == slug).order_by(AuditEvent.id)
        )
    ]


def test_a_survey_goes_from_template_to_closed(staff_client):
    ready_plan(staff_client.staff.organisation)
    choosing = staff_client.get("/staff/surveys/new").page
    assert len(choosing.tree.cssselect("main h2 a")) == 11

    form = staff_client.get(TEMPLATE).page
    assert form.tree.get_element_by_id("slug").value.startswith("young-people-how-is-it-going-20")

    made = staff_client.post(TEMPLATE, data=filled_in(), follow_redirects=True).page
    assert made.heading == "Parks for everyone"
    assert "Draft" in made.texts(".tag")

    preview = staff_client.get("/staff/surveys/parks/preview?read=easy").page
    assert preview.heading == "Preview: Our parks"

    staff_client.get("/staff/surveys/parks/open")
    opened = staff_client.post("/staff/surveys/parks/open", follow_redirects=True).page
    assert "Open" in opened.texts(".tag")
    assert queries.open_version("parks", datetime.now(UTC)).title() == "Parks for everyone"

    staff_client.get("/staff/surveys/parks/close")
    closed = staff_client.post("/staff/surveys/parks/close", follow_redirects=True).page
    assert "Closed" in closed.texts(".tag")
    assert audit_of("parks") == ["made a survey", "opened a survey", "closed a survey"]


def test_what_was_typed_is_what_is_made(staff_client):
    staff_client.post(TEMPLATE, data=filled_in(opens_on="2026-06-10", closes_on="2026-07-10"))

    version = queries.survey_of(staff_client.staff.organisation_id, "parks").versions[0]
    assert version.opens_at == start_of(date(2026, 6, 10))
    assert version.closes_at == end_of(date(2026, 7, 10))
    codes = {question.code for question in queries.definition_of(version.id).questions()}
    assert "YP14" in codes
    assert "YP15" not in codes


MISTAKES = (
    ("title", "", "Write the name of the survey"),
    ("audiences", [], "Choose who the survey is for"),
    ("slug", "", "Write an address"),
    ("slug", "My Parks", "Use small letters, numbers and single dashes, like parks-2026"),
    ("slug", "new", "Choose another address: this one has a meaning of its own"),
    ("slug", "taken", "Another survey already has the address “taken”."),
    ("opens_on", "next week", "Type a real date, like 2026-11-22"),
    ("opens_on", "2199-01-01", "The last day must not be before the first day"),
)


def test_a_mistake_is_said_in_plain_words_and_nothing_is_lost(staff_client):
    make_small_survey(slug="taken")

    for field, typed, sentence in MISTAKES:
        answer = staff_client.post(TEMPLATE, data=filled_in(**{field: typed}))

        about = field, typed
        assert answer.status_code == 422, about
        tree = answer.page.tree
        (link,) = tree.cssselect(".govuk-error-summary a")
        assert link.text_content() == sentence, about
        assert tree.cssselect(link.get("href")), about
        if field != "title":
            assert tree.get_element_by_id("title").value == "Parks for everyone", about
        if field == "opens_on":
            assert tree.get_element_by_id("opens_on").value == typed, about
        assert is_ticked(answer.page), about


def is_ticked(page, code="YP14"):
    return bool(page.tree.xpath("//*[@value=$code]/@checked", code=code))


def test_a_survey_is_offered_only_to_those_its_questions_are_for(staff_client):
    form = staff_client.get(TEMPLATE).page

    assert form.tree.xpath("//*[@name='audiences']/@value") == ["young_person"]


def test_a_suggested_address_is_free(staff_client):
    first = staff_client.get(TEMPLATE).page.tree.get_element_by_id("slug").value
    make_small_survey(slug=first)

    second = staff_client.get(TEMPLATE).page.tree.get_element_by_id("slug").value

    assert second == f"{first}-2"


def test_a_draft_can_be_changed(staff_client):
    make_survey(slug="parks", organisation=staff_client.staff.organisation, published=False)

    form = staff_client.get("/staff/surveys/parks/edit").page
    assert not is_ticked(form)
    staff_client.post("/staff/surveys/parks/edit", data=filled_in())

    changed = staff_client.get("/staff/surveys/parks/edit").page
    assert changed.tree.get_element_by_id("title").value == "Parks for everyone"
    assert changed.tree.get_element_by_id("closes_on").value == SOON.isoformat()
    assert is_ticked(changed)
    assert audit_of("parks") == ["changed a survey"]


def test_a_published_survey_has_no_draft_to_change(staff_client, ours):
    ours()

    assert staff_client.get("/staff/surveys/parks/edit").status_code == 404
    assert staff_client.post("/staff/surveys/parks/open").status_code == 404


def test_a_last_day_moves_later(staff_client, ours):
    version = ours(closes_at=NOW + timedelta(days=3))

    later = {"closes_on": SOON.isoformat()}
    staff_client.post("/staff/surveys/parks/last-day", data=later)

    assert last_day(version.closes_at) == SOON
    assert audit_of("parks") == ["moved the last day"]


def test_a_last_day_does_not_move_earlier(staff_client, ours):
    ours(closes_at=end_of(SOON))

    earlier = {"closes_on": (SOON - timedelta(days=1)).isoformat()}
    answer = staff_client.post("/staff/surveys/parks/last-day", data=earlier)

    assert answer.status_code == 422
    assert "can only move to a later day" in answer.page.texts(".govuk-error-summary")[0]
    assert audit_of("parks") == []


def test_a_survey_that_is_not_ready_says_why(staff_client, ours):
    ours(published=False, closes_at=NOW - timedelta(days=1))

    answer = staff_client.post("/staff/surveys/parks/open")

    assert answer.status_code == 409
    assert "closing date has passed" in answer.page.texts(".govuk-error-summary")[0]


def test_a_new_version_is_begun(staff_client, ours):
    ours(closes_at=end_of(SOON))

    page = staff_client.post("/staff/surveys/parks/new-version", follow_redirects=True).page

    assert "Draft" in page.texts(".tag")
    assert "Version 1" in page.texts("section li")[-1]
    assert staff_client.get("/staff/surveys/parks/last-day").status_code == 200


def test_the_list_has_the_surveys_of_the_organisation_only(staff_client, ours):
    ours(title="Parks")
    make_small_survey(title="Somebody else’s")

    page = staff_client.get("/staff/surveys").page

    assert page.texts("main h2") == ["Parks"]


def test_an_empty_list_says_what_to_do(staff_client):
    assert "no surveys yet" in staff_client.get("/staff/surveys").page.texts("main p")[-1]


@pytest.mark.parametrize("count", [1, 5])
def test_the_list_takes_the_same_number_of_queries(staff_client, ours, queries, count):
    for number in range(count):
        ours(slug=f"parks-{number}")
    queries.clear()

    staff_client.get("/staff/surveys")

    reads = [s for s in queries if "FROM survey" in s or "FROM version_text" in s]
    assert len(reads) == 3


def test_surveys_of_another_organisation_are_not_found(staff_client):
    make_small_survey(slug="open", published=True)
    make_small_survey(slug="draft", published=False)

    for slug, page in product(
        ("open", "draft"), ("", "/edit", "/open", "/close", "/last-day", "/preview")
    ):
        address = f"/staff/surveys/{slug}{page}"
        assert (address, staff_client.get(address).status_code) == (address, 404)


def test_nothing_of_another_organisation_can_be_changed(staff_client):
    version = make_small_survey(slug="theirs")

    for page in ("/edit", "/open", "/close", "/last-day", "/new-version"):
        answer = staff_client.post(f"/staff/surveys/theirs{page}", data={})
        assert (page, answer.status_code) == (page, 404)
        assert (page, version.closed_at, len(version.survey.versions)) == (page, None, 1)


def test_readers_look_and_do_not_touch(client):
    reader = StaffFactory(roles=["reader"])
    make_small_survey(slug="parks", organisation=reader.organisation, published=False)
    sign_in(client, reader)

    for page in ("/new", "/parks/edit", "/parks/open", "/parks/close"):
        assert (page, client.get(f"/staff/surveys{page}").status_code) == (page, 403)
    look = client.get("/staff/surveys/parks")
    assert look.status_code == 200
    assert "Change the draft" not in look.page.html


def test_strangers_are_asked_to_sign_in(client):
    assert client.get("/staff/surveys").status_code == 302


def test_a_form_without_its_token_is_refused(staff_client, ours):
    version = ours()
    del staff_client.environ_base["HTTP_X_CSRFTOKEN"]

    assert staff_client.post("/staff/surveys/parks/close").status_code == 400
    assert version.closed_at is None


def test_an_unknown_template_is_not_found(staff_client):
    assert staff_client.get("/staff/surveys/new/weather").status_code == 404


@pytest.mark.parametrize(
    "template",
    ["consultation-strategy-ambitions", "parent-carer-satisfaction", "sensory-provision"],
)
def test_a_whole_template_can_be_looked_at(staff_client, template):
    organisation = staff_client.staff.organisation
    version = make_survey(template, slug="parks", organisation=organisation, published=False)
    asked = sum(1 for _ in queries.definition_of(version.id).questions())

    for read in ("standard", "easy"):
        page = staff_client.get(f"/staff/surveys/parks/preview?read={read}").page
        assert (read, len(page.tree.findall(".//article"))) == (read, asked)


def test_a_waiting_survey_says_when_it_opens(staff_client, ours):
    ours(opens_at=start_of(SOON))

    page = staff_client.get("/staff/surveys/parks").page

    assert "Opens later" in page.texts(".tag")


def test_a_closed_survey_can_be_followed_by_a_new_version_only(staff_client, ours):
    ours()
    staff_client.post("/staff/surveys/parks/close")

    page = staff_client.get("/staff/surveys/parks").page

    assert "Begin a new version" in page.texts("button")
    assert staff_client.get("/staff/surveys/parks/close").status_code == 404
