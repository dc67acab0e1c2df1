"""Words that are with the safeguarding lead are seen by nobody else until the lead has decided."""

import csv
import io

import pytest
from openpyxl import load_workbook

from engage.analysis import queries as analysis
from engage.analysis.models import AnalysisRun
from engage.extensions import db, write_transaction
from engage.jobs import queue
from engage.jobs.models import Job
from engage.responses import reading, reading_queries
from engage.responses.export import WITHHELD
from engage.responses.models import Response
from engage.safeguarding import operations as safeguarding
from engage.safeguarding.models import Alert
from tests.analysis.found import a_run, comments
from tests.factories import StaffFactory
from tests.loop.made import CHILD, NOW, PARENT
from tests.responses.sent import send
from tests.signin import sign_in
from tests.survey_factories import ask, make_small_survey

SECRET = "What only the lead may read"
PLAIN = [f"Comment {number} about waiting" for number in range(5)]
OTHER = {"code": "other", "standard": "Other", "easy_read": "Other", "free_text": True}
THEMED = (
    ask("WHO", options=(PARENT, CHILD), role="audience"),
    ask("SAY", "text", role="free_text"),
)
QUESTIONS = (ask("Q1"), ask("Q2", "text"), ask("Q3", "multi", options=("school", OTHER)))


@pytest.fixture
def signed_in(app):
    def signed_in(version, role="survey_lead"):
        staff = StaffFactory(organisation=version.survey.organisation, roles=[role])
        client = sign_in(app.test_client(), staff)
        client.staff = staff
        return client

    return signed_in


def hold(answer):
    """The lead is to read these words first, as a reader or the rules have asked."""
    answer.response.is_held = True
    db.session.commit()


def tell(response, staff):
    reading.tell_the_lead(response, staff, NOW)
    db.session.commit()
    return newest_alert()


def newest_alert():
    return db.session.query(Alert).order_by(Alert.id.desc()).first()


def decide(alert, lead, *, released):
    """The lead deals with it from beginning to end, and the worker does what follows."""
    safeguarding.acknowledge(alert, lead, NOW)
    safeguarding.decide(alert, lead, "advice", "Talked to the school", NOW)
    safeguarding.close(alert, lead, "All is seen to", released=released, now=NOW)
    run_only("responses.alert_closed")


def run_only(name):
    """Do that job as the worker does; the others stay asked for."""
    db.session.commit()
    job = db.session.query(Job).filter_by(name=name, finished_at=None).one()
    finish = queue.HANDLERS[name](**job.arguments)
    job.finished_at = NOW
    db.session.commit()
    with write_transaction():
        finish()


def asked_for(name="analysis.refresh"):
    found = db.session.query(Job).filter_by(name=name, finished_at=None)
    return [job.arguments for job in found]


# ---- files


@pytest.fixture
def small(session):
    """A survey, and somebody whose words are held."""
    version = make_small_survey(QUESTIONS, slug="small")
    send(
        version,
        {"Q1": "yes", "Q2": SECRET, "Q3": ["school", "other"]},
        words={"Q3": {"other": SECRET}},
        is_held=True,
    )
    send(version, {"Q1": "no", "Q2": "It helps"})
    return version


def take(client, kind):
    return client.post(f"/staff/surveys/small/export.{kind}", buffered=True).get_data()


def records(client):
    headings, *rows = csv.reader(io.StringIO(take(client, "csv").decode("utf-8-sig")))
    return [dict(zip(headings, row, strict=True)) for row in rows]


def test_the_file_has_the_codes_of_a_held_response_and_not_its_words(signed_in, small):
    held, plain = records(signed_in(small))

    assert [held["Q1"], held["Q3"]] == ["yes", "school; other"]
    assert [held["Q2"], held["Q3~other~words"]] == [WITHHELD, WITHHELD]
    assert [plain["Q1"], plain["Q2"], plain["Q3~other~words"]] == ["no", "It helps", ""]


def test_a_cell_that_was_blank_stays_blank(signed_in, session):
    version = make_small_survey(QUESTIONS, slug="small")
    send(version, {"Q1": "yes"}, is_held=True)

    (row,) = records(signed_in(version))

    assert [row["Q2"], row["Q3~other~words"]] == ["", ""]


def test_the_workbook_has_no_held_words_either(signed_in, small):
    book = load_workbook(io.BytesIO(take(signed_in(small), "xlsx")))

    cells = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row]
    assert SECRET not in cells
    assert cells.count(WITHHELD) == 2


def test_not_even_the_safeguarding_lead_takes_them_away_in_a_file(app, small):
    both = StaffFactory(
        organisation=small.survey.organisation, roles=["safeguarding_lead", "survey_lead"]
    )

    assert SECRET not in take(sign_in(app.test_client(), both), "csv").decode()


def test_the_page_before_the_file_says_so(signed_in, small):
    page = signed_in(small).get("/staff/surveys/small/export").page

    assert "“[with the safeguarding lead]”" in page.html


# ---- the machine and its themes


@pytest.fixture
def version(session):
    return make_small_survey(THEMED, (PARENT, CHILD), slug="small")


@pytest.fixture
def said(version):
    """Six comments; the last is the secret."""
    return comments(version, [*PLAIN, SECRET])


def themes(rest=""):
    return f"/staff/surveys/small/themes{rest}"


def test_the_machine_does_not_read_held_words(version, said):
    hold(said[5])

    assert [comment.text for comment in analysis.comments_of(version.survey_id)] == PLAIN


def test_no_theme_page_shows_words_held_after_the_machine_read_them(signed_in, version, said):
    a_run(version, {"waits": said})
    hold(said[5])
    client = signed_in(version)

    pages = [client.get(themes()), client.get(themes("/0")), client.post(themes("/0/words"))]

    assert not [page for page in pages if SECRET in page.page.html]
    assert len(pages[2].page.soup.select("blockquote")) == 5


def test_a_theme_whose_quotes_are_held_shows_the_others(signed_in, version, said):
    a_run(version, {"waits": [said[5], said[0]]})
    hold(said[5])

    assert signed_in(version).get(themes("/0")).page.texts("blockquote p") == [
        f"“{PLAIN[0]}”",
        f"“{PLAIN[0]}”",
    ]


@pytest.mark.parametrize("rest", ["/in-none/words", "/set-aside/other_language/words"])
def test_held_words_in_no_theme_are_not_shown(signed_in, version, said, rest):
    outside = {"alone": said[4:]} if "none" in rest else {"set_aside": {"other_language": said[4:]}}
    a_run(version, {"waits": said[:4]}, **outside)
    hold(said[5])
    client = signed_in(version)

    assert client.post(themes(rest)).page.texts("blockquote p") == [PLAIN[4]]
    labels = " ".join(client.get(themes()).page.texts("section[aria-labelledby=rest] button"))
    assert "1" in labels
    assert "2" not in labels


def test_a_page_of_words_stays_full_where_some_are_held(signed_in, version):
    said = comments(version, [f"Comment {number}" for number in range(52)])
    a_run(version, {"waits": said})
    hold(said[0])

    page = signed_in(version).post(themes("/0/words")).page

    assert len(page.soup.select("blockquote")) == 50
    assert page.soup.select("main form[action*=page]")


def test_no_held_word_is_in_the_reading_queue(signed_in, version, said):
    for answer in said[:5]:
        answer.response.words_read_at = NOW
    hold(said[5])
    client = signed_in(version)

    assert client.post("/staff/reading/next").status_code == 303
    assert SECRET not in client.get("/staff/reading").page.html


# ---- telling the lead, and what the lead decides


def test_telling_the_lead_asks_for_themes_without_the_words(signed_in, version, said):
    staff = signed_in(version).staff

    tell(said[5].response, staff)

    assert asked_for() == [{"survey_id": version.survey_id}]
    assert SECRET not in [each.text for each in analysis.comments_of(version.survey_id)]


def test_released_words_are_read_like_any_others(signed_in, version, said):
    client = signed_in(version)
    alert = tell(said[5].response, client.staff)
    db.session.query(Job).filter_by(name="analysis.refresh").delete()

    decide(alert, signed_in(version, "safeguarding_lead").staff, released=True)

    assert SECRET in [each.text for each in analysis.comments_of(version.survey_id)]
    assert SECRET in take(client, "csv").decode()
    assert asked_for() == [{"survey_id": version.survey_id}]


def test_words_that_are_kept_apart_stay_apart(signed_in, version, said):
    client = signed_in(version)
    alert = tell(said[5].response, client.staff)

    decide(alert, signed_in(version, "safeguarding_lead").staff, released=False)

    assert SECRET not in [each.text for each in analysis.comments_of(version.survey_id)]
    assert SECRET not in take(client, "csv").decode()


def test_who_decided_about_words_has_read_them(signed_in, version, said):
    """The rules held them at sending: nobody else will ever be given them before."""
    hold(said[5])
    response_id = said[5].response_id
    safeguarding.raise_alert(
        version.survey.organisation_id, "words", "x", reference=f"response/{response_id}"
    )
    lead = signed_in(version, "safeguarding_lead").staff

    decide(newest_alert(), lead, released=True)

    response = db.session.get_one(Response, response_id)
    assert (response.words_read_at, response.words_read_by_id) == (NOW, lead.id)
    assert not response.is_held
    counts = reading_queries.counts_by_survey(version.survey.organisation_id, NOW)
    assert counts[version.survey_id].read == 1


def test_released_words_can_need_the_lead_again(signed_in, version, said):
    """The second alert is an alert of its own: the first is closed, and nobody would see it."""
    client = signed_in(version)
    lead = signed_in(version, "safeguarding_lead").staff
    response_id = said[5].response_id
    decide(tell(said[5].response, client.staff), lead, released=True)

    again = tell(db.session.get_one(Response, response_id), client.staff)

    assert again.is_open
    assert db.session.query(Alert).count() == 2
    assert db.session.get_one(Response, response_id).is_held
    decide(again, lead, released=True)
    assert not db.session.get_one(Response, response_id).is_held


def test_an_alert_about_answers_that_were_taken_back_can_be_closed(signed_in, version, said):
    alert = tell(said[5].response, signed_in(version).staff)
    db.session.delete(said[5].response)
    db.session.commit()

    decide(alert, signed_in(version, "safeguarding_lead").staff, released=True)

    assert not newest_alert().is_open


@pytest.mark.parametrize(
    "reference", ["response/", "response/x", "help/12", "", "response/²", "response/99"]
)
def test_a_reference_to_no_response_changes_nothing(version, said, reference):
    hold(said[5])

    reading.lead_has_decided(reference, released=True)

    assert said[5].response.is_held
    assert db.session.query(AnalysisRun).count() == 0
