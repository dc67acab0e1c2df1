"""How people took part, from the database to the page."""

from datetime import timedelta

import pytest

from engage.extensions import db
from engage.indicators.q.feeds import WHO_ANSWERED, q_feeds
from engage.indicators.q.queries import published_q
from engage.indicators.q.series import PARTS
from engage.indicators.q.taking_part import ways_of
from engage.responses.models import Answer, Response, Snapshot
from engage.surveys.models import Survey
from engage.surveys.operations import new_version
from engage.surveys.operations import publish as publish_survey
from tests.indicators.conftest import NOW, answer
from tests.indicators.q_pages import DISSATISFIED, SATISFIED, publish_county, say
from tests.indicators.test_method_page import method, table

LATER = NOW + timedelta(days=7)
WHY = "Who gave no view, question by question"


def ways():
    (feed,) = q_feeds()
    return ways_of(feed.asking, feed.source.series)


def came_by(channel, people):
    """The last so many who answered came another way."""
    for response in db.session.query(Response).order_by(Response.id.desc()).limit(people):
        response.channel = channel
    db.session.commit()


def part(page, series="q-PC"):
    return page.texts(f'section[aria-labelledby="part-{series}"]')[0]


# ---- counting


def test_who_sent_an_answer_is_counted_by_the_way_it_came(parents):
    answer(parents, SATISFIED, 5)
    came_by("import", 2)
    answer(parents, SATISFIED, 3, sent_at=None)
    assert ways().channels == {"demo": 3, "import": 2}


def test_who_answered_has_every_way_and_those_who_did_not_say(young_people):
    for mode, people in (("alone", 3), ("proxy_for", 2), ("pnts", 1), (None, 4)):
        answer(young_people, SATISFIED | {"completion_mode": mode}, people)
    found = ways()
    assert found.who_answered == {
        "alone": 3,
        "helped": 0,
        "proxy_with": 0,
        "proxy_for": 2,
        "not_said": 5,
    }
    assert found.who_named["alone"] == "On my own"
    assert "pnts" not in found.who_named


def new_form(version, change):
    """The survey's next version, after `change` of the question who answered."""
    again = new_version(db.session.get_one(Survey, version.survey_id))
    asked = [each for section in again.sections for each in section.questions]
    change(next(each for each in asked if each.role == WHO_ANSWERED))
    publish_survey(again, NOW)
    db.session.commit()
    return again


def test_those_whose_form_did_not_ask_who_answered_are_not_said_to_be_silent(young_people):
    answer(young_people, SATISFIED | {"completion_mode": "alone"}, 5)
    answer(young_people, SATISFIED, 2)
    without = new_form(young_people, lambda question: setattr(question, "role", None))
    answer(without, SATISFIED, 40)
    found = ways()
    assert (found.who_answered["alone"], found.who_answered["not_said"]) == (5, 2)
    assert found.channels == {"demo": 47}


def test_where_several_may_be_chosen_no_share_says_who_answered(young_people):
    answer(young_people, SATISFIED | {"completion_mode": "alone"}, 5)
    several = new_form(young_people, lambda question: setattr(question, "type", "multi"))
    answer(several, SATISFIED, 40)
    assert sum(ways().who_answered.values()) == 5


def test_an_answer_that_is_no_code_stops_nobodys_figures(session, young_people, publish):
    answer(young_people, SATISFIED | {"completion_mode": "alone"}, 40)
    answer(young_people, SATISFIED | {"completion_mode": "helped"}, 1)
    (row,) = [each for each in session.query(Answer) if each.value == "helped"]
    told = {"alone": 40, "helped": 0, "not_said": 1}
    for day, stored in enumerate((["alone", "helped"], {"alone": "helped"}, 5, None, True, "no")):
        row.value = stored
        session.commit()
        found = ways().who_answered
        assert (stored, {way: found[way] for way in told}) == (stored, told)
        session.query(Snapshot).delete()
        assert len(publish(NOW + timedelta(days=day))) == 1, stored


def test_a_survey_that_does_not_ask_who_answered_has_none(parents):
    answer(parents, SATISFIED, 2)
    assert ways().who_answered == {}


def test_dont_know_is_an_answer_and_a_blank_is_none(parents):
    for said in ("neither", "dont_know", "pnts", None):
        answer(parents, {"headline": said, "domain_needs": None}, 2)
    assert ways().given == dict.fromkeys(PARTS, 0) | {"headline": 6}


def test_those_who_are_not_in_q_are_not_counted_among_them(parents):
    answer(parents, SATISFIED | {"weight_area": "outside"}, 3)
    answer(parents, SATISFIED | {"weight_area": "dspl1"}, 2)
    assert ways().given["headline"] == 2


def test_nor_are_answers_somebody_gave_for_a_young_person(young_people):
    answer(young_people, SATISFIED | {"completion_mode": "proxy_for"}, 3)
    answer(young_people, SATISFIED | {"completion_mode": "helped"}, 2)
    assert ways().given["headline"] == 2


def test_counting_takes_four_queries_and_reads_nobodys_answers(young_people, queries):
    answer(young_people, SATISFIED | {"completion_mode": "helped"}, 40)
    (feed,) = q_feeds()
    del queries[:]
    ways_of(feed.asking, feed.source.series)
    assert len(queries) == 4
    assert all("count(*)" in each for each in queries)


# ---- the page


@pytest.fixture
def many(parents, publish):
    answer(parents, SATISFIED, 100)
    answer(parents, DISSATISFIED, 100, easy_read=True)
    answer(parents, {"headline": "dont_know"}, 30)
    answer(parents, {"headline": None}, 20)
    came_by("import", 50)
    publish()


def test_the_note_says_who_gave_no_view_and_why(client, many):
    rows = table(method(client), WHY)
    assert rows["Overall"] == ["250", "80%", "60%", "40%"]
    assert rows["Needs are met"] == ["250", "hidden", "hidden", "hidden"], "nobody answered it"
    assert "worked out from the rounded numbers" in part(method(client))


def test_the_note_says_how_the_answers_came_and_how_they_were_read(client, many):
    page = method(client)
    assert table(page, "How the answers came") == {
        "On the web": ["under 5%"],
        "From a file, such as paper forms": ["20%"],
        "Made up for the demonstration": ["80%"],
        "Another way": ["under 5%"],
    }
    assert "50% of those who gave a view read it in easy read." in part(page)
    assert "Whether somebody helped is not known" in part(page)


def test_the_note_of_young_people_says_who_answered(client, young_people, publish):
    for mode, people in (("alone", 40), ("helped", 30), ("proxy_for", 10), (None, 20)):
        answer(young_people, SATISFIED | {"completion_mode": mode}, people)
    publish()
    rows = table(method(client), "Who answered, alone or with help")
    assert rows["On my own"] == ["40%"]
    assert rows["Someone is answering for me because I cannot answer these questions"] == ["10%"]
    assert rows["Someone is filling it in with what I tell or show them"] == ["under 5%"]
    assert rows["Did not say"] == ["20%"]


@pytest.mark.parametrize(
    ("grade", "words"),
    [
        ("A", "Response rate. 50%: about 200 of the 400 people who were sent a link replied."),
        ("B", "There is none. Anybody could follow the open link"),
        ("C", "There is none. People were met at events"),
    ],
)
def test_the_response_rate_is_of_a_list_and_else_it_is_said_why_there_is_none(
    client, parents, publish, grade, words
):
    say(parents, grade=grade, invited="400" if grade == "A" else "")
    answer(parents, SATISFIED, 100)
    answer(parents, DISSATISFIED, 100)
    publish()
    assert words in part(method(client))


def test_more_replies_than_links_are_said_to_be_wrong_and_no_rate_is_given(
    client, parents, publish
):
    say(parents, grade="A", invited="100")
    answer(parents, SATISFIED, 110)
    publish()
    said = part(method(client))
    assert (
        "Response rate. Not given, because it cannot be right: about 110 people replied, and only "
        "100 were sent a link." in said
    )
    assert "100%" not in said


def test_a_few_replies_to_a_list_give_no_rate(client, parents, publish):
    say(parents, grade="A", invited="400")
    answer(parents, SATISFIED, 20)
    publish()
    assert "Not given: fewer than 30 people had replied" in part(method(client))
    assert "20" not in part(method(client))


def test_figures_from_before_all_this_was_counted_are_shown_as_before(client, session, many):
    row = session.query(Snapshot).filter_by(kind="q").one()
    new = {"questions", "took_part", "response_rate", "came_after"}
    row.data = {key: value for key, value in row.data.items() if key not in new}
    session.commit()
    page = method(client)
    assert "the figures are from before it was counted" in part(page)
    assert WHY not in page.html
    assert "Not noted." in page.html


def test_the_new_parts_are_in_the_file_of_all_public_tables(client, many):
    (row,) = client.get("/indicators/everything.json").json["snapshots"]
    data = row["data"]
    assert data["questions"]["headline"] == {
        "asked": 250,
        "gave_view": 80,
        "said": 60,
        "blank": 40,
    }
    assert data["took_part"]["channels"]["import"] == 20
    assert data["response_rate"] is None
    assert data["came_after"] == {"survey": None, "made_at": None, "changed": []}
    assert published_q()["q-PC"][0].data == data


def test_the_page_reads_what_was_published_and_counts_nothing(client, parents, many, queries):
    before = method(client).texts("main")
    answer(parents, {"headline": "dont_know"}, 60, LATER)
    del queries[:]
    assert method(client).texts("main") == before
    assert not [each for each in queries if "FROM answer" in each or "FROM response" in each]


def test_the_county_is_published_beside_it(client, many, publish):
    publish_county(publish, LATER)
    assert client.get("/indicators/q").status_code == 200
