"""What the themes suggest: the worker learns, and the page shows what it learnt last."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from engage.analysis import operations as naming
from engage.analysis.frame.models import Learnt, Suggestion
from engage.analysis.frame.suggesting import taught
from engage.analysis.frame.tasks import LEARN
from engage.analysis.meanings import vector_key
from engage.analysis.models import TextVector, Theme
from engage.analysis.prepare import content_key
from engage.jobs import queue
from engage.jobs.models import Job
from engage.people.models import AuditEvent
from tests.analysis.found import a_run, comments
from tests.loop.made import NOW

AT = "/staff/surveys/small/frame/suggestions"
THEMES = "/staff/surveys/small/themes"
LATE = ["The bus was late 40 times", "The bus was late 41 times"]


def code(answer):
    return f"{answer.id}-{content_key(str(answer.value))}"


def jobs(session):
    return session.query(Job).filter_by(name=LEARN).all()


def words(page):
    return " ".join(page.texts("main"))


@pytest.fixture
def said(version):
    buses = comments(version, [f"The bus was late {n} times" for n in range(12)])
    meals = comments(version, [f"The meal was cold {n} times" for n in range(12)])
    return buses, meals, comments(version, LATE)


@pytest.fixture
def run(version, said, session):
    """Two findings of twelve sentences each, and two in none that are like the first."""
    return a_reading(version, said, session)


def a_reading(version, said, session):
    buses, meals, alone = said
    settings = {"embedder": "test"}
    run = a_run(version, {"buses": buses, "meals": meals}, alone=alone, settings=settings)
    for answers, row in ((buses, (1, 0)), (meals, (0, 1)), (alone, (1, 0))):
        for answer in answers:
            vector = np.array(row, dtype=np.float32).tobytes()
            key = vector_key("test", str(answer.value))
            session.merge(TextVector(key=key, model="test", vector=vector, used_on=NOW.date()))
    session.commit()
    return run


@pytest.fixture
def buses(run, browser, session):
    """Both findings are accepted; this is the theme that has more to suggest."""
    theme = naming.accept(run.themes[0], "Buses", browser.staff)
    naming.accept(run.themes[1], "Meals", browser.staff)
    session.commit()
    return theme


@pytest.fixture
def learnt_already(buses, browser):
    browser.post(AT)
    assert queue.work_off() == 1
    return buses


def test_the_button_on_the_themes_asks_once_and_the_page_says_it_is_being_worked_out(
    browser, buses, session
):
    form = browser.get(THEMES).page.soup.select_one("form[action$=suggestions]")
    assert form.button.get_text() == "What your themes suggest"

    sent = browser.post(form["action"])
    browser.post(form["action"])

    page = browser.get(sent.location).page
    assert "The machine is working out what your themes suggest." in words(page)
    assert page.soup.select_one(f'a[href="{AT}"].govuk-button').get_text() == "Look again"
    assert "Suggested" not in words(page)
    assert [job.arguments for job in jobs(session)] == [{"survey_id": buses.survey_id}]
    what = [event.what for event in session.query(AuditEvent)]
    assert what.count("asked what the themes suggest") == 1


def test_looking_again_shows_what_the_worker_learnt(browser, learnt_already):
    page = browser.get(AT).page

    assert "Suggested: 2 sentences for “Buses”" in words(page)
    assert "Look again" not in words(page)
    assert "from before" not in words(page)
    assert not page.soup.select("form[action$=suggestions]"), "there is nothing new to ask for"
    assert LATE[0] not in page.html
    read = browser.post(f"{AT}/{learnt_already.id}").page
    assert read.texts(".pick label") == LATE


def test_opening_the_page_learns_nothing_and_writes_nothing(browser, buses, session, queries):
    page = browser.get(AT).page

    assert "The machine has not worked this out yet." in words(page)
    assert page.texts("form[action$=suggestions] button") == ["Work it out now"]
    assert jobs(session) == []
    assert not [one for one in queries if one.startswith(("INSERT", "UPDATE", "DELETE"))]
    assert not [one for one in queries if "FROM text_vector" in one]


def test_what_is_up_to_date_is_not_asked_for_again(browser, learnt_already, session):
    assert browser.post(AT).status_code == 303
    assert len(jobs(session)) == 1
    queue.enqueue(LEARN, survey_id=learnt_already.survey_id)
    session.commit()
    before = session.get_one(Learnt, learnt_already.survey_id).learnt_at

    assert queue.work_off() == 1

    assert session.get_one(Learnt, learnt_already.survey_id).learnt_at == before


def test_after_a_yes_the_older_result_is_shown_without_what_was_answered(
    browser, learnt_already, said, session
):
    sent = browser.post(f"{AT}/{learnt_already.id}/belong", data={"pick": code(said[2][0])})

    page = browser.get(sent.location).page
    assert "The machine is working out" in words(page)
    assert "What is below is from before the latest changes." in words(page)
    assert "Suggested: 1 sentence for “Buses”" in words(page)
    read = browser.post(f"{AT}/{learnt_already.id}").page
    assert read.texts(".pick label") == LATE[1:]
    assert "This is from before the latest changes." in words(read)

    queue.work_off()
    page = browser.get(AT).page
    assert "from before" not in words(page)
    assert "Suggested: 1 sentence for “Buses”" in words(page)


def test_several_answers_ask_for_one_learning(browser, learnt_already, said, session):
    for answer in said[2]:
        browser.post(f"{AT}/{learnt_already.id}/belong", data={"pick": code(answer)})
    assert len([job for job in jobs(session) if job.finished_at is None]) == 1
    queue.work_off()
    assert "the machine found no more sentences" in words(browser.get(AT).page)


def test_what_was_refused_does_not_come_again(browser, learnt_already, said):
    picked = [code(answer) for answer in said[2]]
    browser.post(f"{AT}/{learnt_already.id}/others", data={"pick": picked})
    assert "for “Buses”" not in words(browser.get(AT).page)
    queue.work_off()
    assert "for “Buses”" not in words(browser.get(AT).page)


def test_what_changes_while_the_machine_learns_is_not_lost(browser, learnt_already, said, session):
    """The result is of what stood at the start, and the page says so."""
    survey_id = learnt_already.survey_id
    session.get_one(Learnt, survey_id).fingerprint = "another"
    session.commit()
    finish = queue.HANDLERS[LEARN](survey_id=survey_id)
    browser.post(f"{AT}/{learnt_already.id}/others", data={"pick": code(said[2][0])})
    finish()
    session.commit()

    page = browser.get(AT).page

    assert "What is below is from before the latest changes." in words(page)
    assert "Suggested: 1 sentence for “Buses”" in words(page), "what was refused stays out"


def test_a_new_reading_makes_the_result_older(browser, learnt_already, version, said, session):
    a_reading(version, said, session)

    page = browser.get(AT).page

    assert "have changed since the machine worked this out." in words(page)
    assert page.texts("form[action$=suggestions] button") == ["Work it out now"]
    assert "Suggested: 2 sentences for “Buses”" in words(page)
    browser.post(AT)
    queue.work_off()
    assert "from before" not in words(browser.get(AT).page)


def test_words_that_came_to_the_safeguarding_lead_are_not_suggested(
    browser, learnt_already, said, session
):
    said[2][0].response.is_held = True
    session.commit()

    page = browser.get(AT).page

    assert "Suggested: 1 sentence for “Buses”" in words(page)
    assert "have changed since" in words(page)
    read = browser.post(f"{AT}/{learnt_already.id}").page
    assert read.texts(".pick label") == LATE[1:]


def test_words_that_were_taken_back_leave_no_trace(browser, learnt_already, said, session):
    response = said[2][0].response
    session.delete(response)
    session.commit()
    assert session.query(Suggestion).count() == 1
    assert "Suggested: 1 sentence for “Buses”" in words(browser.get(AT).page)


def test_what_went_while_the_machine_learnt_is_left_out(buses, said, session):
    finish = queue.HANDLERS[LEARN](survey_id=buses.survey_id)
    session.delete(said[2][0].response)
    session.commit()
    finish()
    session.commit()
    assert [row.answer_id for row in session.query(Suggestion)] == [said[2][1].id]


def test_too_little_to_learn_from_is_said_and_no_job_is_asked_for(browser, run, session):
    naming.accept(run.themes[0], "Buses", browser.staff)
    session.commit()

    sent = browser.post(AT)

    page = browser.get(sent.location).page
    assert "There is nothing to suggest. At least two themes must be accepted" in words(page)
    assert not page.soup.select("form[action$=suggestions]")
    assert jobs(session) == []


def test_a_theme_set_aside_takes_its_suggestions_with_it(browser, learnt_already, session):
    learnt_already.state = "set_aside"
    session.commit()
    assert "for “Buses”" not in words(browser.get(AT).page)
    assert browser.post(f"{AT}/{learnt_already.id}").status_code == 404


def test_a_theme_that_suggests_can_be_taken_back(browser, learnt_already, session):
    sent = browser.post(f"/staff/surveys/small/frame/t{learnt_already.id}/take-back")
    assert sent.status_code == 303
    assert session.query(Theme).filter_by(name="Buses").all() == []
    assert session.query(Suggestion).count() == 0


def test_a_worker_that_stopped_is_said(browser, buses, session):
    browser.post(AT)
    (job,) = jobs(session)
    job.queued_at = datetime.now(UTC) - timedelta(minutes=6)
    session.commit()
    assert "The worker may have stopped." in words(browser.get(AT).page)


def test_a_learning_that_was_given_up_is_said_and_can_be_asked_for_again(browser, buses, session):
    browser.post(AT)
    (job,) = jobs(session)
    job.failed_at = datetime.now(UTC)
    session.commit()

    page = browser.get(AT).page
    assert "The machine tried to work this out and failed." in words(page)
    browser.post(AT)
    assert "The machine is working out" in words(browser.get(AT).page)
    assert queue.work_off() == 1


def test_a_survey_that_was_never_read_has_nothing_to_learn(version, session, browser):
    assert browser.get(AT).status_code == 404
    assert browser.post(AT).status_code == 404
    queue.enqueue(LEARN, survey_id=version.survey_id)
    session.commit()
    assert queue.work_off() == 1
    assert session.query(Learnt).count() == 0


@pytest.mark.parametrize("role", ["reader", "administrator", "safeguarding_lead"])
def test_who_may_not_curate_asks_for_nothing(signed_in, buses, session, role):
    client = signed_in(role)
    assert (client.get(AT).status_code, client.post(AT).status_code) == (403, 403)
    assert not client.get(THEMES).page.soup.select("form[action$=suggestions]")
    assert jobs(session) == []


def test_another_organisation_finds_nothing(staff_client, buses, session):
    assert (staff_client.get(AT).status_code, staff_client.post(AT).status_code) == (404, 404)
    assert jobs(session) == []


def test_the_fingerprint_is_of_what_people_say_and_of_nothing_else(run, buses, said, session):
    first = taught(run)
    assert taught(run).fingerprint == first.fingerprint
    buses.name, buses.is_critical = "Late buses", True
    session.flush()
    assert taught(run).fingerprint == first.fingerprint
    said[0][0].response.is_held = True
    session.flush()
    assert taught(run).fingerprint != first.fingerprint
