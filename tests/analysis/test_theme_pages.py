"""Where an officer reads what the machine found."""

from datetime import UTC, datetime, timedelta

import pytest

from engage.analysis import operations
from engage.analysis.models import AnalysisRun, Theme
from engage.extensions import db
from engage.jobs import queue
from engage.jobs.models import Job
from engage.people.models import AuditEvent
from tests.analysis.found import a_run, comments
from tests.factories import StaffFactory
from tests.loop.made import a_survey, an_action
from tests.signin import sign_in

HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def version(session):
    version = a_survey(slug="small", title="What helps")
    session.commit()
    return version


@pytest.fixture
def signed_in(app, version):
    """A browser of somebody at the survey's organisation, with this role."""

    def signed_in(role):
        staff = StaffFactory(organisation=version.survey.organisation, roles=[role])
        client = sign_in(app.test_client(), staff)
        client.staff = staff
        return client

    return signed_in


@pytest.fixture
def officer(signed_in):
    return signed_in("survey_lead")


@pytest.fixture
def said(version):
    return comments(version, [f"Comment {n} about waiting" for n in range(12)])


@pytest.fixture
def run(version, said):
    """Two themes, one comment in none and one the machine did not read."""
    return a_run(
        version,
        {"letters": said[:3], "long waits": said[3:10]},
        alone=said[10:11],
        set_aside={"other_language": said[11:]},
    )


def themes(rest=""):
    return f"/staff/surveys/small/themes{rest}"


def deeds(session):
    return [event.what for event in session.query(AuditEvent).order_by(AuditEvent.id)]


def rows(session):
    """How many rows there are of everything."""
    return {table.name: session.query(table).count() for table in db.metadata.tables.values()}


def test_before_any_reading_the_page_says_so(officer):
    page = officer.get(themes()).page
    assert page.heading == "What people said"
    assert "Nobody has written a comment yet" in page.html


def test_themes_stand_with_most_people_first(officer, run):
    page = officer.get(themes()).page
    assert page.texts("a.theme strong") == ["long waits", "letters"]
    assert page.texts("a.theme .num") == ["7 comments, 25%", "3 comments, 25%"]
    assert "11 comments could be read." in page.html


def test_what_the_machine_left_out_is_offered_to_read(officer, run):
    page = officer.get(themes()).page
    assert page.texts("section[aria-labelledby=rest] button") == [
        "1 comment in no theme",
        "Comments in another language, for a person to read: 1",
    ]


def test_few_comments_are_only_put_in_groups_and_the_page_says_so(officer, version, said):
    a_run(version, {"waits": said}, method="grouped_reading")
    assert "There are too few comments to look for themes." in officer.get(themes()).page.html


def test_many_comments_say_nothing_of_groups(officer, run):
    assert "too few comments" not in officer.get(themes()).page.html


def test_machine_and_people_stand_apart(officer, run):
    run.themes[1].keywords = ["waiting", "comment waiting"]
    page = officer.get(themes("/1")).page
    assert page.heading == "long waits"
    machine = page.texts("section[aria-labelledby=machine]")[0]
    assert "Words behind it waiting comment waiting" in machine
    assert "Nobody has decided anything yet." in page.texts("section[aria-labelledby=people]")[0]


def test_a_theme_can_be_accepted_with_a_name_and_an_ambition(officer, run, session):
    data = {"name": "  Waiting   too long ", "ambition": "ambition-2"}
    sent = officer.post(themes("/1/accept"), data=data)

    page = officer.get(sent.location).page
    assert page.heading == "Waiting too long"
    machine, people = page.texts("section.stack[aria-labelledby]")
    assert "Nobody has changed it." in machine
    assert "long waits" in machine
    assert f"Decided by {officer.staff.name}" in people
    assert "Accepted: it can be answered in public." in people
    assert officer.get(themes()).page.texts("a.theme strong") == ["Waiting too long", "letters"]
    theme = session.query(Theme).one()
    assert (theme.state, theme.ambition, theme.decided_by_id) == (
        "accepted",
        "ambition-2",
        officer.staff.id,
    )


def test_every_decision_is_on_the_record_with_what_stood_before(officer, run, session):
    officer.post(themes("/1/name"), data={"name": "Waits", "ambition": ""})
    officer.post(themes("/1/accept"), data={"name": "Waits", "ambition": "ambition-2"})
    officer.post(themes("/1/set-aside"), data={"reason": "two things in one"})
    officer.post(themes("/1/take-back"))

    events = session.query(AuditEvent).order_by(AuditEvent.id).all()
    assert [event.what for event in events] == [
        "named a theme",
        "accepted a theme",
        "set a theme aside",
        "took back a decision about a theme",
    ]
    assert {event.subject for event in events} == {"small"}
    assert {event.staff_id for event in events} == {officer.staff.id}
    assert events[0].detail["machine_label"] == "long waits"
    assert events[0].detail["before"] is None
    assert events[1].detail["before"]["state"] == "named"
    assert events[2].detail["reason"] == "two things in one"
    assert events[3].detail["state"] == "set_aside"


def test_a_theme_taken_back_is_to_be_read_again(officer, run, session):
    officer.post(themes("/1/accept"), data={"name": "Waits", "ambition": ""})
    officer.post(themes("/1/take-back"))
    assert session.query(Theme).count() == 0
    assert officer.get(themes("/1")).page.heading == "long waits"


def test_a_decision_nobody_made_cannot_be_taken_back(officer, run):
    assert officer.post(themes("/1/take-back")).status_code == 404


def test_an_unusable_name_is_refused_on_the_page(officer, run, session):
    for name, error in (
        ("", "Write a name for the theme"),
        ("   ", "Write a name for the theme"),
        ("\x00", "Write a name for the theme"),
        ("a" * 201, "Make the name shorter"),
    ):
        for deed in ("accept", "name"):
            refused = officer.post(themes(f"/1/{deed}"), data={"name": name, "ambition": ""})
            assert (deed, name, refused.status_code) == (deed, name, 422)
            told = refused.page.texts(".govuk-error-summary a")
            assert (deed, name, told) == (deed, name, [error])
    assert session.query(Theme).count() == 0
    assert deeds(session) == []


def test_a_nul_never_reaches_the_database(officer, run, session):
    officer.post(themes("/1/accept"), data={"name": "Wa\x00its", "ambition": ""})
    officer.post(themes("/0/set-aside"), data={"reason": "no\x00thing"})
    assert {(theme.name, theme.reason) for theme in session.query(Theme)} == {
        ("Waits", ""),
        ("letters", "nothing"),
    }


def test_an_unknown_ambition_is_refused(officer, run, session):
    refused = officer.post(themes("/1/accept"), data={"name": "Waits", "ambition": "made-up"})
    assert refused.status_code == 422
    assert session.query(Theme).count() == 0


def test_a_reason_that_is_too_long_is_refused(officer, run, session):
    refused = officer.post(themes("/1/set-aside"), data={"reason": "a" * 501})
    assert refused.status_code == 422
    assert refused.page.texts(".govuk-error-summary a") == ["Make it shorter"]
    assert session.query(Theme).count() == 0


def test_who_may_not_decide_is_refused(signed_in, run, session):
    for role in ("reader", "safeguarding_lead", "administrator"):
        client = signed_in(role)
        before = rows(session)
        for rest in ("", "/1/accept", "/1/name", "/1/set-aside", "/1/take-back"):
            refused = client.post(themes(rest), data={"name": "Waits", "ambition": ""})
            assert (role, rest, refused.status_code) == (role, rest, 403)
            assert (role, rest, rows(session)) == (role, rest, before)


def test_who_may_not_read_answers_is_refused(signed_in, run):
    for role in ("reader", "administrator"):
        client = signed_in(role)
        for rest in ("/1/words", "/in-none/words", "/set-aside/empty/words"):
            assert (role, rest, client.post(themes(rest)).status_code) == (role, rest, 403)


def test_a_reader_sees_counts_and_no_words(signed_in, run):
    client = signed_in("reader")
    detail = client.get(themes("/1")).page
    assert client.get(themes()).page.texts("a.theme strong") == ["long waits", "letters"]
    assert "Comment 3 about waiting" not in detail.html
    assert detail.texts("main form button") == []


def test_a_reader_is_not_told_how_few_people_said_it(signed_in, officer, run):
    """Staff who may not read the answers see no count from 1 to 4."""
    reader = signed_in("reader")
    assert reader.get(themes()).page.texts("a.theme .num") == [
        "7 comments, 25%",
        "Fewer than 5 comments",
    ]
    assert "Fewer than 5 comments" in reader.get(themes("/0")).page.html
    assert "3 comments" in officer.get(themes("/0")).page.texts("section.stack")[0]


def test_a_reader_is_not_told_what_a_few_people_felt(signed_in, version, said):
    reader = signed_in("reader")
    for people, bars in ((4, 0), (5, 1)):
        a_run(version, {"waits": said[:people]})
        for rest in ("", "/0"):
            shown = reader.get(themes(rest)).page.tree.cssselect(".mood")
            assert (people, rest, len(shown)) == (people, rest, bars)


def test_another_organisation_finds_nothing(staff_client, run, session):
    before = rows(session)
    for method, rest in (
        ("get", ""),
        ("get", "/1"),
        ("post", ""),
        ("post", "/1/accept"),
        ("post", "/1/name"),
        ("post", "/1/set-aside"),
        ("post", "/1/take-back"),
        ("post", "/1/words"),
        ("post", "/in-none/words"),
        ("post", "/set-aside/empty/words"),
    ):
        told = getattr(staff_client, method)(themes(rest), data={"name": "x"})
        assert (method, rest, told.status_code) == (method, rest, 404)
        assert (method, rest, rows(session)) == (method, rest, before)


def test_a_stranger_is_asked_to_sign_in(client, run):
    assert "/staff/sign-in" in client.get(themes()).location


def test_a_theme_that_is_not_there_is_not_found(officer, run):
    for rest in ("/9", "/2147483648", "/x"):
        assert (rest, officer.get(themes(rest)).status_code) == (rest, 404)


def test_there_are_no_words_before_the_first_reading(officer):
    for rest in ("/in-none/words", "/set-aside/empty/words"):
        assert (rest, officer.post(themes(rest)).status_code) == (rest, 404)


def test_a_reason_that_does_not_exist_is_not_found(officer, run):
    assert officer.post(themes("/set-aside/boring/words")).status_code == 404


def test_what_people_wrote_can_be_read_and_that_is_recorded(officer, run, session):
    other = "Comments in another language, for a person to read"
    for rest, heading, words, deed in (
        ("/1/words", "long waits", 7, "read the words behind a theme"),
        ("/in-none/words", "Comments in no theme", 1, "read the comments in no theme"),
        ("/set-aside/other_language/words", other, 1, "read comments the machine set aside"),
    ):
        before = deeds(session)
        page = officer.post(themes(rest)).page
        shown = len(page.texts("blockquote"))
        assert (rest, page.heading, shown) == (rest, heading, words)
        assert (rest, deeds(session)) == (rest, [*before, deed])


def test_what_is_recorded_or_decided_is_no_link(officer, run):
    for rest in ("/1/words", "/in-none/words", "/1/accept", "/1/take-back"):
        status = officer.get(themes(rest)).status_code
        assert status in (404, 405), (rest, status)


def test_many_words_come_a_page_at_a_time(officer, version):
    said = comments(version, [f"Comment {n}" for n in range(51)])
    a_run(version, {"waits": said})
    first = officer.post(themes("/0/words")).page
    (more,) = first.tree.cssselect("main form[action*=page]")
    second = officer.post(more.action).page
    assert len(first.texts("blockquote")) == 50
    assert second.texts("blockquote p") == ["Comment 50"]
    assert not second.tree.cssselect("main form")
    a_run(version, {"waits": said[:50]})
    page = officer.post(themes("/0/words")).page
    assert len(page.texts("blockquote")) == 50
    assert not page.tree.cssselect("main form"), "exactly one page offers no empty one"


def test_opening_a_page_writes_nothing(officer, run, session):
    before = rows(session)
    for rest in ("", "/1"):
        assert (rest, officer.get(themes(rest)).status_code) == (rest, 200)
        assert (rest, rows(session)) == (rest, before)


def test_asking_for_another_reading_is_one_job_and_is_recorded(officer, run, version, session):
    officer.post(themes())
    officer.post(themes())
    assert session.query(Job).one().arguments == {"survey_id": version.survey_id}
    assert deeds(session) == ["asked for the comments to be read again"] * 2
    assert "are waiting to be read" in officer.get(themes()).page.html


def wait(version, minutes):
    queue.enqueue("analysis.refresh", survey_id=version.survey_id)
    job = db.session.query(Job).one()
    job.queued_at = datetime.now(UTC) - timedelta(minutes=minutes)
    db.session.commit()
    return job


def test_the_page_says_that_answers_wait_to_be_read(officer, run, version):
    soon = "New answers are waiting to be read by the machine. It takes about a minute."
    late = (
        "New answers have been waiting for more than 5 minutes to be read by the machine. "
        "The worker may have stopped. Answers are still being taken."
    )
    for minutes, notice in ((1, soon), (4.9, soon), (5.1, late)):
        wait(version, minutes)
        told = officer.get(themes()).page.texts("main")[0]
        assert notice in told, minutes


def test_the_answers_of_another_survey_are_no_news_here(officer, run, session):
    other = a_survey()
    wait(other, 10)
    assert "waiting" not in " ".join(officer.get(themes()).page.texts(".govuk-notification-banner"))
    assert "The worker may have stopped" not in officer.get(themes()).page.html


def test_a_reading_that_was_given_up_is_said(officer, run, version, session):
    wait(version, 10).failed_at = datetime.now(UTC)
    session.commit()
    assert (
        "The machine tried to read the new answers and failed."
        in (officer.get(themes()).page.texts("main")[0])
    )


def test_what_people_type_and_say_is_only_text(officer, version, session):
    said = comments(version, [HOSTILE, "{{ 7 * 7 }}", "' OR 1=1"])
    a_run(version, {HOSTILE: said})
    officer.post(themes("/0/accept"), data={"name": HOSTILE + "!", "ambition": ""})
    officer.post(themes("/0/set-aside"), data={"reason": HOSTILE})
    pages = [officer.get(themes()), officer.get(themes("/0")), officer.post(themes("/0/words"))]
    assert not [page for page in pages if "<script>alert" in page.page.html]
    assert HOSTILE in pages[2].page.texts("blockquote p")
    assert "49" not in pages[2].page.texts("blockquote p")


def test_the_page_costs_no_more_as_themes_grow(officer, version, said, queries):
    counts = []
    for size in (2, 12):
        run = a_run(version, {f"theme {n}": [said[n]] for n in range(size)})
        for found in run.themes:
            operations.accept(found, found.label, officer.staff)
        db.session.commit()
        officer.get(themes())
        queries.clear()
        officer.get(themes())
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 20


def test_a_later_reading_keeps_what_people_decided(officer, version, said, run):
    officer.post(themes("/1/accept"), data={"name": "Waiting", "ambition": "ambition-2"})
    officer.post(themes("/0/set-aside"), data={"reason": "only letters"})

    a_run(version, {"queues": said[2:11], "other": said[:2]})

    page = officer.get(themes()).page
    assert page.texts("a.theme strong") == ["Waiting", "letters"]
    assert db.session.query(AnalysisRun).count() == 2


def test_a_later_reading_lists_what_it_did_not_find_again(officer, version, said, run):
    officer.post(themes("/0/accept"), data={"name": "Letters home", "ambition": ""})

    a_run(version, {"everything": said})

    page = officer.get(themes()).page
    assert page.texts("a.theme strong") == ["everything"]
    assert page.texts("section[aria-labelledby=gone] li") == ["Letters home (accepted)"]


def test_a_theme_with_an_answer_is_not_taken_back(officer, run, session):
    an_action(operations.accept(run.themes[1], "Waits", officer.staff))
    session.commit()

    refused = officer.post(themes("/1/take-back"))

    assert refused.status_code == 409
    assert "This theme has an answer, so it is kept." in refused.page.html
    assert session.query(Theme).one().state == "accepted"


def test_comments_in_other_languages_are_said_to_be_read_less_well(officer, version, said):
    a_run(version, {"waits": said[:3]}, settings={"other_languages": {"pl": 31}})

    page = officer.get("/staff/surveys/small/themes").page

    assert "31 comments in other languages were grouped by another model." in page.html
