"""An officer looks through the comments, sees who speaks of what, and asks why a quote is there."""

from datetime import UTC, datetime, timedelta

import pytest

from engage.analysis import operations
from engage.analysis.meanings import vector_key
from engage.analysis.models import ConfirmedTag, TextVector
from engage.analysis.simple import HashingEmbedder
from engage.jobs import queue
from engage.jobs.models import Job
from engage.people.models import AuditEvent
from engage.responses.models import Answer, Response
from engage.responses.queries import audience_by_response
from engage.surveys import operations as surveys
from engage.surveys.models import Question
from engage.surveys.queries import definition_of
from tests.analysis.found import a_run, comments
from tests.factories import StaffFactory
from tests.loop.made import CHILD, NOW, PARENT, a_survey, people_say
from tests.signin import sign_in
from tests.survey_factories import ask, make_small_survey

AT = "/staff/surveys/small/comments"
EMBEDDER = HashingEmbedder()
LATE, KIND = "The bus was late again", "Our teacher is kind"


@pytest.fixture
def version(session):
    return a_survey(slug="small", title="What helps")


@pytest.fixture
def run(version):
    said = comments(version, [LATE] * 6 + [KIND] * 3)
    themes = {"late buses": said[:6], "kindness": said[6:]}
    return a_run(version, themes, settings={"embedder": EMBEDDER.name})


@pytest.fixture
def signed_in(app, version):
    def signed_in(role="analyst"):
        staff = StaffFactory(organisation=version.survey.organisation, roles=[role])
        return sign_in(app.test_client(), staff)

    return signed_in


def texts(page):
    return page.texts("blockquote p")


def test_without_comments_the_page_says_so(signed_in, version):
    assert "Nobody has written a comment yet" in signed_in().get(AT).page.html


def test_the_page_says_who_speaks_of_what_and_shows_no_words(signed_in, run):
    page = signed_in().get(AT).page

    assert page.heading == "Look through the comments"
    assert page.texts("table tbody tr") == ["late buses 6 of 9", "kindness 3 of 9"]
    assert LATE not in page.html


def test_who_may_not_read_answers_sees_no_small_count_and_no_search(signed_in, run):
    reader = signed_in("reader")

    page = reader.get(AT).page

    assert "kindness hidden" in page.texts("table tbody tr")
    assert not page.soup.find("form", action=AT)
    assert reader.post(AT, data={}).status_code == 403


def test_none_of_three_children_is_not_said_to_who_may_not_read_answers(
    signed_in, version, session
):
    parents, children = people_say(version, PARENT, 12), people_say(version, CHILD, 3)
    a_run(version, {"late buses": parents}, alone=children)

    page = signed_in("reader").get(AT).page

    assert page.texts("table tbody tr") == ["late buses hidden hidden"]
    assert "0 of 3" not in page.html
    assert "late buses 12 of 12 0 of 3" in signed_in().get(AT).page.texts("table tbody tr")


@pytest.fixture
def draft(session):
    """Six parents answered a survey for parents alone; a draft of the next asks who they are."""
    first = make_small_survey((ask("SAY", "text"),), (PARENT,), slug="small", title="What helps")
    say = session.get_one(Question, definition_of(first.id).question("SAY").id)
    said = [Answer(question=say, value=LATE) for _ in range(6)]
    session.add_all(
        Response(
            token_hash=f"first-{n}",
            receipt_hash=f"first-{n}",
            version=first,
            channel="web",
            started_on=NOW.date(),
            submitted_at=NOW,
            answers=[answer],
        )
        for n, answer in enumerate(said)
    )
    session.flush()
    a_run(first, {"late buses": said})
    draft = surveys.new_version(first.survey)
    surveys.set_details(draft, audiences=[PARENT, CHILD])
    draft.sections[0].questions.append(
        Question(
            version_id=draft.id,
            code="WHO",
            type="single",
            position=1,
            role="audience",
            ambitions=[],
            outcome_bees=[],
            settings={},
        )
    )
    session.commit()
    return draft


def test_people_stay_parents_though_a_newer_draft_asks_who_they_are(app, draft):
    staff = StaffFactory(organisation=draft.survey.organisation, roles=["analyst"])
    officer = sign_in(app.test_client(), staff)

    page = officer.get(AT).page

    assert page.texts("table thead th") == ["Theme", "Parents and carers"]
    assert page.texts("table tbody tr") == ["late buses 6 of 6"]
    who = officer.get("/staff/surveys/small/page-one").page.texts("section[aria-labelledby=who]")
    assert "carer 6" in who[0]
    assert "Did not say" not in who[0]


def test_people_stay_parents_for_every_count_though_a_newer_draft_asks(draft):
    sent = Response.submitted_at.is_not(None)
    found = audience_by_response(draft.survey_id, sent)
    assert list(found.values()) == [PARENT] * 6


def test_words_are_found_in_any_form_and_reading_them_is_recorded(signed_in, run, session):
    page = signed_in().post(AT, data={"words": "teachers", "theme": "kindness"}).page

    assert texts(page) == [KIND] * 3
    (event,) = session.query(AuditEvent).filter_by(what="read comments that were searched for")
    assert event.detail["filters"] == {"theme": "kindness"}
    assert "teachers" not in str(event.detail), "a search may hold somebody's name"


def test_filters_alone_show_all_that_fit(signed_in, run):
    page = signed_in().post(AT, data={"theme": "late buses"}).page
    assert texts(page) == [LATE] * 6
    assert "6 comments." in page.html


def test_many_comments_come_page_by_page(signed_in, version):
    said = comments(version, [f"Comment {n} about buses" for n in range(60)])
    a_run(version, {"buses": said})
    officer = signed_in()

    first = officer.post(AT, data={"words": "buses"}).page
    more = next(form for form in first.soup.select("main form") if form.select("[name=page]"))
    hidden = {field["name"]: field["value"] for field in more.select("[type=hidden]")}
    second = officer.post(AT, data=hidden).page

    assert [len(texts(page)) for page in (first, second)] == [50, 10]
    assert not set(texts(first)) & set(texts(second))


@pytest.mark.parametrize("number", ["0", "-3", "one", ""])
def test_a_page_that_cannot_be_is_the_first(signed_in, run, number):
    page = signed_in().post(AT, data={"words": "teachers", "page": number}).page
    assert texts(page) == [KIND] * 3


def test_after_the_last_page_there_is_nothing(signed_in, run):
    page = signed_in().post(AT, data={"words": "teachers", "page": "9" * 30}).page
    assert texts(page) == []


def test_a_search_by_meaning_waits_for_the_machine_to_read_its_words(signed_in, run, session):
    session.add_all([kept(LATE), kept(KIND)])
    session.commit()
    officer, asked = signed_in(), {"words": "the late bus", "how": "meaning"}

    waiting = officer.post(AT, data=asked).page
    assert "The machine reads your words first." in waiting.html
    assert "0 comments." not in waiting.html
    assert session.query(Job).filter_by(name="exploring.read_search").count() == 1
    queue.work_off()

    assert session.query(Job).filter_by(name="exploring.read_search").one().arguments == {}
    assert set(texts(officer.post(AT, data=asked).page)) == {LATE}


def test_a_search_by_meaning_says_when_the_comments_were_read_by_another_model(
    signed_in, run, session
):
    run.made_by = run.made_by | {"settings": run.made_by["settings"] | {"embedder": "earlier"}}
    session.commit()
    officer, asked = signed_in(), {"words": "the late bus", "how": "meaning"}
    officer.post(AT, data=asked)
    queue.work_off()

    assert "an earlier language model read the comments" in officer.post(AT, data=asked).page.html


def test_words_that_an_earlier_model_knows_are_found_in_comments_read_again(
    signed_in, run, session
):
    earlier = kept("the late bus")
    earlier.key, earlier.model = vector_key("earlier", "the late bus"), "earlier"
    session.add_all([kept(LATE), kept(KIND), earlier])
    session.commit()
    officer, asked = signed_in(), {"words": "the late bus", "how": "meaning"}
    officer.post(AT, data=asked)
    queue.work_off()
    assert set(texts(officer.post(AT, data=asked).page)) == {LATE}


def test_pressing_again_while_the_machine_reads_leaves_no_job_that_fails(signed_in, run, session):
    officer, asked = signed_in(), {"words": "the late bus", "how": "meaning"}
    officer.post(AT, data=asked)
    job = session.query(Job).filter_by(name="exploring.read_search").one()
    job.leased_until, job.lease = datetime.now(UTC) + timedelta(minutes=5), "a worker has begun"
    session.commit()
    officer.post(AT, data=asked)

    queue.HANDLERS["exploring.read_search"](words="the late bus")()
    session.commit()
    queue.work_off()

    jobs = session.query(Job).filter_by(name="exploring.read_search")
    assert [(each.arguments, each.error) for each in jobs] == [({}, None)] * 2


def kept(text):
    vector = EMBEDDER.embed([text])[0]
    return TextVector(
        key=vector_key(EMBEDDER.name, text),
        model=EMBEDDER.name,
        vector=vector.tobytes(),
        used_on=datetime.now(UTC).date(),
    )


def test_a_search_that_is_too_long_is_said_and_nothing_is_read(signed_in, run, session):
    refused = signed_in().post(AT, data={"words": "a" * 300})

    assert refused.status_code == 422
    assert "up to 200 letters" in refused.page.html
    assert session.query(AuditEvent).count() == 0


def test_held_words_are_not_found(signed_in, run, session, version):
    answer = comments(version, [LATE])[0]
    answer.response.is_held = True
    session.commit()

    assert texts(signed_in().post(AT, data={"words": "late"}).page) == [LATE] * 6


def test_a_person_says_which_ambition_a_comment_is_about(signed_in, run, session):
    officer = signed_in()
    answer_id = run.themes[0].quotes[0]["answer_id"]

    for ambition in ("ambition-5", ""):
        sent = officer.post(f"{AT}/{answer_id}/ambition", data={"ambition": ambition})
        assert sent.status_code == 303
        assert session.query(ConfirmedTag).one().ambition == (ambition or None)
    assert officer.post(f"{AT}/999999/ambition", data={"ambition": ""}).status_code == 404
    assert officer.post(f"{AT}/{answer_id}/ambition", data={"ambition": "x"}).status_code == 404


def test_the_map_has_a_number_for_each_theme_and_the_same_in_a_table(signed_in, run, session):
    session.add_all([kept(LATE), kept(KIND)])
    session.commit()

    page = signed_in().get(f"{AT}/map").page

    assert page.texts(".spot-number") == ["1", "2"]
    assert page.texts("table tbody tr th") == ["1", "2"]
    assert "late buses" in page.texts("table tbody tr")[0]


def test_a_theme_of_one_to_four_is_on_the_map_only_for_who_may_read_answers(
    signed_in, version, session
):
    said = comments(version, [LATE] * 11 + [KIND] * 4)
    themes = {"late buses": said[:6], "long ways": said[6:11], "kindness": said[11:]}
    a_run(version, themes, settings={"embedder": EMBEDDER.name})
    session.add_all([kept(LATE), kept(KIND)])
    session.commit()

    reader, analyst = (signed_in(role).get(f"{AT}/map").page for role in ("reader", "analyst"))

    assert reader.texts(".spot-number") == ["1", "2"]
    assert len(reader.soup.select("circle.dot")) == 11
    assert "kindness" not in reader.html
    assert analyst.texts(".spot-number") == ["1", "2", "3"]
    assert len(analyst.soup.select("circle.dot")) == 15
    assert "kindness" in analyst.html


def test_a_map_of_one_theme_that_may_be_shown_is_no_map(signed_in, run, session):
    session.add_all([kept(LATE), kept(KIND)])
    session.commit()
    page = signed_in("reader").get(f"{AT}/map").page
    assert "There is nothing to draw yet." in page.html


def test_without_vectors_there_is_no_map_and_it_says_so(signed_in, run):
    assert "There is nothing to draw yet." in signed_in().get(f"{AT}/map").page.html


def test_a_quote_says_why_it_is_there(signed_in, run, session):
    quote = run.themes[0].quotes[0]
    officer = signed_in()
    operations.rename(run.themes[0], "Buses that come late", StaffFactory(name="Asha"))
    session.commit()

    page = officer.get(f"{AT}/why/{run.themes[0].number}/{quote['answer_id']}").page

    assert "It is shown as typical" in page.html
    assert EMBEDDER.name in page.html
    assert LATE not in page.html, "reading the words is a press that is recorded"


def test_who_may_not_read_answers_is_not_told_why_a_quote_is_there(signed_in, run):
    why = f"{AT}/why/{run.themes[0].number}/{run.themes[0].quotes[0]['answer_id']}"
    assert signed_in().get(why).status_code == 200
    for role in ("reader", "administrator"):
        assert signed_in(role).get(why).status_code == 403


def test_each_quote_on_the_page_of_a_theme_leads_to_why_it_is_there(signed_in, run):
    officer = signed_in()
    page = officer.get(f"/staff/surveys/small/themes/{run.themes[0].number}").page

    links = [a["href"] for a in page.soup.select("blockquote a")]
    assert links
    assert all(officer.get(link).page.heading == "Why this comment is here" for link in links)


def test_a_comment_that_is_not_in_the_theme_has_no_why(signed_in, run):
    other = run.themes[1].quotes[0]["answer_id"]
    assert signed_in().get(f"{AT}/why/0/{other}").status_code == 404


def test_another_organisation_finds_nothing(app, run):
    stranger = sign_in(app.test_client(), StaffFactory(roles=["analyst"]))
    for address in (AT, f"{AT}/map", f"{AT}/why/0/1"):
        assert stranger.get(address).status_code == 404
