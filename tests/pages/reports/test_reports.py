"""Reports from the preview to what everyone takes home, and who may do what with them."""

from itertools import product

import pytest
from sqlalchemy import func, insert, select

from engage.extensions import db
from engage.loop import operations as loop
from engage.loop.quotes import operations as quoting
from engage.pages.reports.collecting import ANNUAL, KINDS, REG56
from engage.people.access import ROLES, Permission
from engage.people.models import AuditEvent
from engage.responses.models import Snapshot
from tests.factories import OrganisationFactory, StaffFactory
from tests.indicators.rivals import changing_it_first
from tests.loop.made import (
    NOW,
    a_public_action,
)
from tests.loop.quotes.made import a_survey_that_asks, approved, colleague, done, says, theme_of
from tests.pages.reports.pdf_check import faults
from tests.pages.reports.taking import (
    FORMS,
    YEAR,
    links,
    public_place,
    publish,
    said_in,
    seen_on,
    staff_place,
)
from tests.signin import sign_in

# ---- the way of a report


@pytest.mark.parametrize("kind", KINDS)
def test_an_officer_publishes_it_and_everyone_takes_it_in_each_form(client, officer, kind):
    assert "No report has been published" in client.get("/reports").page.html
    assert "Waiting for help" in officer.get(staff_place(kind)).page.html
    assert client.get(public_place(kind)).status_code == 404
    assert publish(officer, kind).status_code == 302
    for form in FORMS:
        said = said_in(client, form, kind)
        assert "Waitingforhelp" in said
        assert "Youwait#panic(1)" in said
        assert "Freetraveltraining" in said
        assert "Headoftherapies" in said
    page = client.get(public_place(kind)).page
    assert "About 12 people" not in page.html
    assert "about 10" in page.html
    assert public_place(kind) in links(client.get("/reports").page)
    event = db.session.scalars(select(AuditEvent).where(AuditEvent.what == "published a report"))
    assert (
        event.one().detail["checksum"]
        == db.session.scalars(select(Snapshot.checksum).where(Snapshot.kind == kind)).one()
    )


def test_files_have_a_name_a_type_and_no_fault_and_are_made_once_for_whoever_has_them(
    client, officer
):
    publish(officer, REG56)
    for read, ending in (("", ""), ("?read=easy", "-easy-read")):
        pdf = client.get(public_place(REG56, ".pdf") + read)
        word = client.get(public_place(REG56, ".docx") + read)
        assert pdf.mimetype == "application/pdf"
        assert f"local-offer-report-2026-27{ending}.pdf" in pdf.headers["Content-Disposition"]
        assert word.mimetype.endswith("wordprocessingml.document")
        assert f"local-offer-report-2026-27{ending}.docx" in word.headers["Content-Disposition"]
        assert faults(pdf.data) == []
        again = {"If-None-Match": pdf.headers["ETag"]}
        assert client.get(public_place(REG56, ".pdf") + read, headers=again).status_code == 304


def test_a_new_edition_replaces_one_that_stays_readable(client, officer, theme):
    publish(officer)
    a_public_action(theme, "did", we_did="Three more nurses")
    publish(officer)
    assert "Threemorenurses" in said_in(client, "")
    first = client.get(public_place(rest="/editions/1")).page
    assert "Replaced on" in first.html
    assert "Three more nurses" not in first.html
    for form in FORMS[1:]:
        assert public_place(rest="/editions/1", form=form) in links(first)
        assert "Threemorenurses" not in said_in(client, form, rest="/editions/1")
    assert client.get(public_place(rest="/editions/3")).status_code == 404
    assert client.get(public_place(rest="/editions/1", form=".json")).json["replaced_on"]


def test_what_was_taken_down_says_so_in_each_form(client, officer):
    publish(officer)
    officer.post(staff_place(rest="/editions/1/take-down"))
    for rest in ("", "/editions/1"):
        for form in FORMS:
            answer = client.get(public_place(form=form, rest=rest))
            assert answer.status_code == 410
            assert "We took it down on" in answer.page.html
            assert "Waiting for help" not in answer.page.html
    assert public_place() not in links(client.get("/reports").page)
    assert publish(officer).status_code == 302  # it may be published again
    assert client.get(public_place()).status_code == 200


def test_only_what_was_read_is_published_and_nothing_twice(officer, theme):
    (seen,) = seen_on(officer.get(staff_place()).page)
    a_public_action(theme, "did")
    page = officer.post(staff_place(), data={"seen": seen}).page
    assert page.status == 422
    assert "changed while you read it" in page.html
    assert publish(officer).status_code == 302
    again = publish(officer)
    assert again.status_code == 422
    assert "Nothing has changed" in again.page.html
    assert db.session.scalar(select(func.count()).where(Snapshot.kind == ANNUAL)) == 1


def test_each_page_reads_the_surveys_of_its_year_once(officer, queries):
    def readings(answer):
        of_the_year = "WHERE survey_version.published_at IS NOT NULL ORDER BY survey_version.number"
        found = sum(statement.endswith(of_the_year) for statement in queries)
        queries.clear()
        return answer.status_code, found

    assert readings(officer.get(staff_place())) == (200, 1)
    refused = officer.post(staff_place(), data={"seen": "what stood there yesterday"})
    assert readings(refused) == (422, 1)
    (seen,) = seen_on(refused.page)
    assert readings(officer.post(staff_place(), data={"seen": seen})) == (302, 1)


def test_where_two_publish_at_once_the_second_finds_the_edition_of_the_first(officer):
    (seen,) = seen_on(officer.get(staff_place()).page)
    data = {"year": YEAR, "kind": ANNUAL}
    row = {"kind": ANNUAL, "data": data, "checksum": seen, "made_at": NOW, "answers_counted": 0}
    first = insert(Snapshot).values(**row, exact={})
    with changing_it_first(lambda connection: connection.execute(first)):
        answer = officer.post(staff_place(), data={"seen": seen})
    assert answer.status_code == 422
    assert "Nothing has changed" in answer.page.html


# ---- what leaves it at once


def test_an_answer_that_is_taken_down_leaves_every_form(client, officer, theme):
    action = a_public_action(theme, "did", we_did="Three more nurses")
    publish(officer)
    assert all("Threemorenurses" in said_in(client, form) for form in FORMS)
    loop.take_down(action, action.written_by, NOW)
    db.session.commit()
    for form in FORMS:
        said = said_in(client, form)
        assert "Threemorenurses" not in said
        assert ('"taken_down":1' if form == ".json" else "1answerwastakendown") in said


def test_a_quote_is_in_no_data_and_leaves_every_form(client, app, session):
    version = a_survey_that_asks(title="Parents")
    own = says(version, "We wait for months to hear anything")
    theme = theme_of(version, own)
    a_public_action(theme)
    quote = approved(theme, own)
    officer = sign_in(app.test_client(), colleague(theme))
    publish(officer)
    words = "Wewaitformonthstohearanything"
    for form in FORMS:
        assert (words in said_in(client, form)) == (form != ".json")
    kept = db.session.scalars(select(Snapshot).where(Snapshot.kind == ANNUAL)).one()
    assert "We wait for months" not in str(kept.data)
    done(quoting.take_down, quote, colleague(theme), "They asked us to")
    for form in FORMS:
        assert words not in said_in(client, form)


# ---- who may do what


def test_everybody_may_do_what_is_theirs_and_nothing_else(app, theme):
    ours, others = theme.survey.organisation, OrganisationFactory()
    # Ours first: then there is an edition that others could take down.
    for organisation, (role, may) in product((ours, others), ROLES.items()):
        staff = StaffFactory(organisation=organisation, roles=[role])
        expected = 403 if Permission.PUBLISH not in may else 302 if organisation is ours else 404
        deeds = 2 if expected == 302 else 0
        about = role, organisation is ours
        found = what_they_can(sign_in(app.test_client(), staff))
        assert found == (200, 200, expected == 302, expected, expected, deeds), about


def what_they_can(client):
    """What the pages answer, is there a button, what publishing and taking down answer, deeds."""
    page, before = client.get(staff_place()), events()
    button = seen_on(page.page)
    published = client.post(staff_place(), data={"seen": (button or ["x"])[0]})
    taken_down = client.post(staff_place(rest=f"/editions/{newest()}/take-down"))
    return (
        page.status_code,
        client.get("/staff/reports").status_code,
        bool(button),
        published.status_code,
        taken_down.status_code,
        events() - before,
    )


def newest():
    """The number of the newest edition, 1 before there is any."""
    return db.session.scalar(select(func.count()).where(Snapshot.kind == ANNUAL)) or 1


def events():
    deeds = ("published a report", "took a report down")
    return db.session.scalar(select(func.count()).where(AuditEvent.what.in_(deeds)))


def test_a_stranger_reads_no_preview_and_publishes_nothing(client, theme):
    assert client.get("/staff/reports").status_code == 302
    assert client.get(staff_place()).status_code == 302
    assert client.post(staff_place(), data={"seen": "x"}).status_code == 400
    assert client.post(staff_place(rest="/editions/1/take-down")).status_code == 400


def test_what_is_no_report_is_not_found(client, officer):
    for address in ("/reports/annual/2026", "/reports/none/2026-27"):
        assert client.get(address).status_code == 404
        assert officer.get(f"/staff{address}").status_code == 404
    assert officer.get(staff_place().replace(YEAR, "2098-99")).status_code == 404


def test_what_families_read_is_left_alone_by_a_preview(officer):
    before = db.session.scalar(select(func.count(Snapshot.id)))
    officer.get(staff_place())
    officer.get(staff_place(REG56))
    assert db.session.scalar(select(func.count(Snapshot.id))) == before
