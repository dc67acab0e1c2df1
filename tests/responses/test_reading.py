"""Every word people write is read by a person: the queue, its order and its counts."""

from datetime import UTC, datetime, timedelta

import pytest

from engage.people.models import AuditEvent
from engage.responses import reading, reading_queries
from engage.responses.models import NotUnderstood, Response
from engage.responses.working_days import due, overdue_before
from engage.safeguarding.models import Alert
from engage.safeguarding.rules import screen
from engage.surveys import operations
from engage.surveys.queries import definition_of
from tests.factories import OrganisationFactory, StaffFactory
from tests.responses.sent import send
from tests.signin import sign_in
from tests.survey_factories import PUBLISHED_AT, ask, make_small_survey

NOW = datetime.now(UTC)
LATE = overdue_before(NOW) - timedelta(hours=1)
OTHER = {"code": "other", "standard": "Other", "easy_read": "Other", "free_text": True}
QUESTIONS = (ask("Q1"), ask("Q2", "text"), ask("Q3", "multi", options=("school", OTHER)))
HOSTILE = "<script>alert(1)</script>"
DANGER = "My dad hits me"


@pytest.fixture
def version(session):
    return make_small_survey(QUESTIONS, slug="small", title="What helps")


@pytest.fixture
def signed_in(app, version):
    """A browser of somebody at the survey's organisation, with this role."""

    def signed_in(role="analyst"):
        staff = StaffFactory(organisation=version.survey.organisation, roles=[role])
        client = sign_in(app.test_client(), staff)
        client.staff = staff
        return client

    return signed_in


@pytest.fixture
def officer(signed_in):
    return signed_in()


def write(version, text="It helps", **details):
    """Somebody writes this, just now."""
    return send(version, {"Q1": "yes", "Q2": text}, **({"submitted_at": NOW} | details))


def queue(rest=""):
    return f"/staff/reading{rest}"


def read_next(client, rest="/next"):
    return client.post(queue(rest)).page


def words(page):
    return page.texts("blockquote p")


def press(client, page, label):
    """Press the button of that label on the page."""
    form = next(f for f in page.soup.select("main form") if label in f.get_text())
    return client.post(form["action"])


def counts(page):
    keys, values = page.texts("dl dt"), page.texts("dl dd")
    return dict(zip(keys, values, strict=True))


def opened(session):
    deeds = session.query(AuditEvent).filter_by(what=reading_queries.OPENED)
    return [(event.staff_id, event.subject) for event in deeds.order_by(AuditEvent.id)]


# ---- the list


def test_with_nothing_written_nothing_waits(officer, version):
    send(version, {"Q1": "yes"})

    page = officer.get(queue()).page

    assert page.heading == "Read what people wrote"
    assert "Nothing waits to be read" in page.texts("h2")
    assert counts(page)["People who wrote something"] == "0"


def test_the_list_says_how_many_wait_and_shows_no_words(officer, version):
    write(version, "A secret of mine")
    write(version)

    page = officer.get(queue()).page

    assert "2 people’s words wait to be read" in page.texts("h2")
    assert "A secret of mine" not in page.html
    assert not page.soup.select(".urgent")


def test_words_beside_other_are_words_to_read(officer, version):
    send(version, {"Q3": ["other"]}, words={"Q3": {"other": "A kind neighbour"}}, submitted_at=NOW)

    assert words(read_next(officer)) == ["A kind neighbour"]


def test_what_was_not_sent_is_not_read(officer, version):
    write(version, submitted_at=None)

    assert "Nothing waits to be read" in officer.get(queue()).page.html


def test_what_waits_longer_than_a_working_day_is_said_in_red(officer, version):
    write(version, submitted_at=LATE)
    write(version, submitted_at=LATE)
    write(version)

    page = officer.get(queue()).page

    assert page.texts(".urgent") == ["2 people’s words have waited longer than a working day."]
    assert counts(page)["Waiting to be read"] == "3"


def test_the_counts_tell_how_many_were_read_in_time(officer, version):
    sent = NOW - timedelta(days=30)
    write(version, submitted_at=sent, words_read_at=sent + timedelta(hours=2))
    write(version, submitted_at=sent, words_read_at=due(sent))
    write(version, submitted_at=LATE)
    write(version)

    page = officer.get(queue()).page

    assert counts(page)["People who wrote something"] == "4"
    assert counts(page)["Read by a person"] == "2"
    assert counts(page)["Read within one working day"] == "1 of 3"
    assert counts(page)["Waiting to be read"] == "2"


def test_answers_from_an_older_file_are_read_but_nobody_was_promised_a_day(officer, version):
    write(version, "From the file", submitted_at=LATE, channel="import")

    page = officer.get(queue()).page

    assert not page.soup.select(".urgent")
    assert counts(page)["Longest wait"] == "Nobody waits"
    assert counts(page)["Read within one working day"] == "None yet"
    assert words(read_next(officer)) == ["From the file"]


def test_words_with_the_lead_are_counted_apart_and_never_given_out(officer, version):
    write(version, DANGER, is_held=True, urgency=2)

    page = officer.get(queue()).page

    assert "One person’s words are with the safeguarding lead." in page.html
    assert counts(page)["Waiting to be read"] == "0"
    assert officer.post(queue("/next")).status_code == 303


def test_one_survey_can_be_read_by_itself(officer, version, session):
    other = make_small_survey(
        QUESTIONS, slug="other", title="Other", organisation=version.survey.organisation
    )
    write(version, "Of the first", submitted_at=NOW - timedelta(hours=2))
    write(other, "Of the second")

    assert officer.get(queue()).page.texts("section[aria-labelledby=surveys] h3") == [
        "Other",
        "What helps",
    ]
    page = officer.get(queue("?survey=other")).page
    assert "One person’s words wait to be read" in page.texts("h2")
    first = read_next(officer, "/next?survey=other")
    assert words(first) == ["Of the second"]
    done = press(officer, first, "I have read this")
    assert done.location == queue("?survey=other")


# ---- the order


def test_the_urgent_comes_first_and_then_what_was_sent_first(officer, version):
    hours = [timedelta(hours=n) for n in range(5)]
    write(version, "from a file", submitted_at=NOW - 99 * hours[1], channel="import")
    write(version, "newest", submitted_at=NOW)
    write(version, "oldest", submitted_at=NOW - hours[4])
    write(version, "urgent", submitted_at=NOW - hours[1], urgency=1)

    read, page = [], read_next(officer)
    for _ in range(4):
        read += words(page)
        page = getattr(press(officer, page, "I have read this"), "page", None)

    assert read == ["urgent", "oldest", "newest", "from a file"]
    assert page is None
    assert "There is nothing more for you to read." in officer.get(queue()).page.html


def test_what_somebody_else_opened_is_left_to_them_for_15_minutes(signed_in, version, session):
    write(version, "first", submitted_at=NOW - timedelta(hours=2))
    write(version, "second")
    one, other = signed_in(), signed_in()

    assert words(read_next(one)) == ["first"]
    assert words(read_next(other)) == ["second"]
    assert words(read_next(one)) == ["first"]

    for event in session.query(AuditEvent):
        event.at -= timedelta(minutes=16)
    session.commit()
    assert words(read_next(other)) == ["first"]


def test_when_others_are_reading_the_rest_the_page_says_so(signed_in, version):
    write(version)
    read_next(signed_in())
    late_comer = signed_in()

    answer = late_comer.post(queue("/next"))

    assert answer.status_code == 303
    assert "Others may be reading what still waits." in late_comer.get(answer.location).page.html


# ---- one person's words


def test_the_page_shows_all_they_wrote_and_what_was_asked(officer, version):
    answers = {"Q1": "yes", "Q2": "It helps", "Q3": ["school", "other"]}
    send(version, answers, words={"Q3": {"other": "My gran"}}, submitted_at=NOW)

    page = read_next(officer)

    assert page.heading == "What one person wrote"
    assert words(page) == ["It helps", "My gran"]
    assert page.texts("blockquote footer") == ["Question Q2?", "Question Q3?"]
    assert "What helps" in page.texts(".quiet")[1]


def test_the_page_says_what_the_rules_found_and_that_they_miss_things(officer, version):
    write(version, DANGER, urgency=1)

    page = read_next(officer)

    rules = [hit.rule for hit in screen(DANGER).hits]
    assert "The rules miss things: read all of it." in page.texts(".machine")[0]
    assert page.texts(".machine li strong") == rules


def test_words_the_rules_find_grave_ask_for_the_lead(officer, version):
    write(version, DANGER, channel="import")

    page = read_next(officer)

    assert "This person may not be safe" in page.texts(".urgent h2")
    (first_choice,) = page.texts("main .govuk-button:not(.govuk-button--secondary)")
    assert first_choice == "Tell the safeguarding lead"


def test_what_was_put_first_says_so(officer, version):
    write(version, urgency=1)

    assert read_next(officer).texts("main .tag") == ["Read soon"]


def test_where_the_rules_find_nothing_it_is_read_all_the_same(officer, version):
    write(version)

    page = read_next(officer)

    assert "The rules found nothing here." in page.texts(".machine")[0]
    assert not page.soup.select(".urgent")


@pytest.mark.parametrize(
    ("language", "shown"), [("en", []), ("pl", ["Polish"]), ("pa", ["Punjabi"]), ("zz-x", ["zz-x"])]
)
def test_another_language_is_named(officer, version, language, shown):
    write(version, "Pomaga", language=language)

    page = read_next(officer)

    assert page.texts("main .tag") == [f"Survey read in {name}" for name in shown]
    assert ("Ask somebody who reads it" in page.html) == bool(shown)


def test_what_people_write_is_only_text(officer, version):
    write(version, HOSTILE)

    page = read_next(officer)

    assert words(page) == [HOSTILE]
    assert not page.soup.select("main script")


def test_opening_the_words_is_recorded_and_the_list_records_nothing(officer, version, session):
    response = write(version)
    officer.get(queue())
    assert opened(session) == []

    read_next(officer)

    assert opened(session) == [(officer.staff.id, f"response/{response.id}")]
    assert session.query(AuditEvent).one().detail == {"survey": "small"}


def test_i_have_read_this_says_who_and_when_and_brings_the_next(officer, version, session):
    first = write(version, "first", submitted_at=NOW - timedelta(hours=1))
    write(version, "second")

    answer = press(officer, read_next(officer), "I have read this")

    assert words(answer.page) == ["second"]
    session.refresh(first)
    assert first.words_read_by_id == officer.staff.id
    assert abs(first.words_read_at - datetime.now(UTC)) < timedelta(minutes=1)
    assert counts(officer.get(queue()).page)["Read by a person"] == "1"


def test_two_who_read_the_same_break_nothing(signed_in, version, session):
    response = write(version)
    one, other = signed_in(), signed_in()
    page = read_next(one)
    reading.open_words(response, other.staff)
    session.commit()
    press(one, page, "I have read this")

    assert press(other, page, "I have read this").status_code == 303

    session.refresh(response)
    assert response.words_read_by_id == one.staff.id


def test_words_nobody_was_shown_cannot_be_said_to_be_read(officer, signed_in, version, session):
    response = write(version)
    page = read_next(signed_in())

    refused = press(officer, page, "I have read this")

    assert refused.status_code == 409
    assert "Open the words first" in refused.page.html
    session.refresh(response)
    assert response.words_read_at is None


def test_stopping_leaves_the_words_in_the_queue(officer, version):
    write(version)
    stop = read_next(officer).soup.find("a", string="Stop for now")

    assert stop["href"] == queue()
    assert "One person’s words wait to be read" in officer.get(stop["href"]).page.html


def test_words_taken_back_meanwhile_are_not_there(officer, version, session):
    response = write(version)
    page = read_next(officer)
    session.delete(session.get(Response, response.id))
    session.commit()

    assert press(officer, page, "I have read this").status_code == 404
    assert press(officer, page, "Tell the safeguarding lead").status_code == 404


# ---- telling the lead


def test_telling_the_lead_raises_an_alert_and_keeps_the_words_apart(officer, version, session):
    response = write(version, DANGER)

    answer = press(officer, read_next(officer), "Tell the safeguarding lead")

    assert answer.location == queue()
    alert = session.query(Alert).one()
    assert (alert.kind, alert.reference) == ("words", f"response/{response.id}")
    assert alert.organisation_id == officer.staff.organisation_id
    assert alert.words == [["Question Q2?", DANGER]]
    assert alert.hits[0][0] == screen(DANGER).hits[0].rule
    assert alert.level >= 2
    session.refresh(response)
    assert response.is_held
    assert response.words_read_by_id == officer.staff.id
    assert "The safeguarding lead is being told." in officer.get(queue()).page.html


def test_telling_is_on_the_record(officer, version, session):
    write(version)

    press(officer, read_next(officer), "Tell the safeguarding lead")

    deeds = [event.what for event in session.query(AuditEvent).order_by(AuditEvent.id)]
    assert deeds == [reading_queries.OPENED, "told the safeguarding lead about words"]


def test_telling_twice_is_one_alert(signed_in, version, session):
    write(version)
    one, other = signed_in(), signed_in()
    page = read_next(one)
    press(one, page, "Tell the safeguarding lead")
    press(other, page, "Tell the safeguarding lead")

    assert session.query(Alert).count() == 1


# ---- who may


@pytest.mark.parametrize("role", ["reader", "administrator"])
def test_who_may_not_read_answers_is_refused(signed_in, version, role):
    response = write(version)
    client = signed_in(role)

    assert client.get(queue()).status_code == 403
    for rest in ("/next", f"/{response.id}/read", f"/{response.id}/tell"):
        assert client.post(queue(rest)).status_code == 403


@pytest.mark.parametrize("role", ["analyst", "survey_lead", "safeguarding_lead"])
def test_who_may_read_answers_gets_them(signed_in, version, role):
    write(version)

    assert words(read_next(signed_in(role))) == ["It helps"]


def test_another_organisations_words_are_never_shown(app, version, session):
    response = write(version, "Not for you", submitted_at=LATE)
    organisation = OrganisationFactory()
    make_small_survey(QUESTIONS, slug="theirs", organisation=organisation)
    stranger = sign_in(
        app.test_client(), StaffFactory(organisation=organisation, roles=["survey_lead"])
    )

    page = stranger.get(queue()).page
    assert counts(page)["People who wrote something"] == "0"
    assert not page.soup.select(".urgent")
    assert stranger.post(queue("/next")).status_code == 303
    assert stranger.get(queue("?survey=small")).status_code == 404
    for rest in ("/next?survey=small", f"/{response.id}/read", f"/{response.id}/tell"):
        assert stranger.post(queue(rest)).status_code == 404
    session.refresh(response)
    assert response.words_read_at is None
    assert not response.is_held
    assert opened(session) == []


def test_a_stranger_is_asked_to_sign_in(client, version):
    write(version)

    assert "/staff/sign-in" in client.get(queue()).location


def test_words_are_no_link(officer, version):
    assert officer.get(queue("/next")).status_code == 405


# ---- on other pages


def test_the_home_page_leads_to_the_queue(officer, version):
    write(version)

    page = officer.get("/staff").page

    assert "One person’s comments wait to be read." in page.html
    assert page.soup.find("a", string="Read what people wrote")["href"] == queue()
    assert not page.soup.select(".urgent")


def test_the_home_page_says_in_red_that_somebody_waits_too_long(officer, version):
    write(version, submitted_at=LATE)
    write(version)

    page = officer.get("/staff").page

    assert "2 people’s comments wait to be read." in page.texts(".urgent h2")
    assert "One has waited longer than a working day." in page.texts(".urgent p")


def test_the_home_page_says_nothing_to_those_who_may_not_read(signed_in, version):
    write(version, submitted_at=LATE)

    assert "to be read." not in signed_in("reader").get("/staff").page.html


def test_the_page_of_a_survey_shows_how_its_words_are_read(signed_in, version):
    write(version, words_read_at=NOW)
    write(version)

    officer, reader = (
        signed_in(role).get("/staff/surveys/small").page for role in ("analyst", "reader")
    )

    for page in (officer, reader):
        shown = counts_of_reading(page)
        assert shown["People who wrote something"] == "2"
        assert shown["Read within one working day"] == "1 of 1"
    assert officer.soup.find("a", string="Read what people wrote")
    assert not reader.soup.find("a", string="Read what people wrote")


def counts_of_reading(page):
    section = "section[aria-labelledby=said]"
    keys, values = page.texts(f"{section} dt"), page.texts(f"{section} dd")
    return dict(zip(keys, values, strict=True))


def did_not_understand(session, version, code, people):
    (question,) = [q.id for q in definition_of(version.id).questions() if q.code == code]
    for _ in range(people):
        response = send(version, {}, submitted_at=None)
        session.add(NotUnderstood(response_id=response.id, question_id=question))
    session.commit()


def hard_questions(page):
    return page.texts("section[aria-labelledby=hard] tbody tr")


def test_nobody_said_that_they_did_not_understand(officer, version):
    assert not hard_questions(officer.get("/staff/surveys/small").page)


def test_questions_people_did_not_understand_are_counted_and_few_are_blurred(
    signed_in, version, session
):
    did_not_understand(session, version, "Q1", 4)
    did_not_understand(session, version, "Q3", 5)

    page = signed_in("reader").get("/staff/surveys/small").page

    assert hard_questions(page) == ["Question Q3? 5", "Question Q1? fewer than 5"]


def test_a_question_is_counted_over_all_versions(officer, version, session):
    did_not_understand(session, version, "Q1", 3)
    operations.close(version, NOW)
    second = operations.new_version(version.survey)
    operations.publish(second, PUBLISHED_AT)
    session.commit()
    did_not_understand(session, second, "Q1", 3)

    assert hard_questions(officer.get("/staff/surveys/small").page) == ["Question Q1? 6"]


def test_many_surveys_cost_no_more_questions_to_the_database(officer, version, queries):
    write(version, words_read_at=NOW)
    officer.get(queue())
    begun = len(queries)
    officer.get(queue())
    for_one = len(queries) - begun
    for number in range(4):
        other = make_small_survey(
            QUESTIONS, slug=f"more-{number}", organisation=version.survey.organisation
        )
        write(other)

    begun = len(queries)
    officer.get(queue())
    assert abs(len(queries) - begun - for_one) <= 1
