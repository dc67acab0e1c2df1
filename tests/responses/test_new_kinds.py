"""Every kind of question over the web: asked, refused, answered, read again, taken away."""

import csv
import io
import random
import re

import pytest

from engage.demo.answers import answer_all
from engage.extensions import db
from engage.responses.models import Response
from engage.surveys.queries import definition_of
from tests.factories import StaffFactory
from tests.responses.kind_surveys import PNTS, area, dated, number, statements, zero_to_ten
from tests.signin import sign_in
from tests.survey_factories import ask, make_small_survey

OTHER = {"code": "other", "standard": "Someone else", "easy_read": "Another", "free_text": True}
STANDARD_AND_EASY = pytest.mark.parametrize("read", ["standard", "easy"])


@pytest.fixture
def begin(client):
    """Make a survey of these questions and start it; the address of the first."""

    def begin(*questions, read="standard"):
        make_small_survey(questions, slug="kinds")
        return client.post("/have-your-say/kinds", data={"read": read}).location

    return begin


@pytest.fixture
def kept(session):
    """What the draft holds for the first question, or None."""

    def kept():
        session.expire_all()
        value, _words = session.query(Response).one().draft.get("Q1", (None, {}))
        return value

    return kept


def send(client, url, **data):
    sent = client.post(url, data={name.replace("__", "-"): value for name, value in data.items()})
    assert sent.status_code == 303, sent.page.texts(".govuk-error-message")
    return sent.location


def refused(client, url, **data):
    """The page that says what is wrong; each mistake has an id, and the summary leads to it."""
    sent = client.post(url, data={name.replace("__", "-"): value for name, value in data.items()})
    assert sent.status_code == 422
    page = sent.page
    check_mistakes(page)
    return page


def check_mistakes(page):
    links = led_to(page)
    assert links
    for link in links:
        (control,) = page.tree.xpath("//*[@id=$id]", id=link.removeprefix("#"))
        assert control.tag in ("input", "select", "textarea"), link
    described = set(" ".join(page.tree.xpath("//@aria-describedby")).split())
    lines = {line.get("id") for line in page.tree.cssselect(".govuk-error-message")}
    assert lines <= described <= set(page.tree.xpath("//@id"))
    assert page.texts("title")[0].startswith("Error: ")


def led_to(page):
    return [link.get("href") for link in page.tree.cssselect(".govuk-error-summary a")]


def mistakes(page):
    return page.texts(".govuk-error-summary a")


def check_page(client, url):
    page = client.get(url.rsplit("/", 1)[0]).page
    return page.texts("dd.govuk-summary-list__value")[0]


def checked(page):
    return page.tree.xpath("//input[@checked]/@value")


def radios(page):
    return page.tree.xpath("//input[@type='radio']/@value")


def typed(page):
    boxes = page.tree.xpath("//main//input[@type='text']")
    return {box.name: box.get("value", "") for box in boxes}


# ---- 0 to 10


@STANDARD_AND_EASY
def test_a_number_from_0_to_10_is_eleven_radios_whatever_words_are_read(client, begin, kept, read):
    url = begin(zero_to_ten(), read=read)
    page = client.get(url).page
    assert radios(page) == [*map(str, range(11)), "pnts"]

    send(client, url, answer="0")

    assert kept() == "0"
    assert checked(client.get(url).page) == ["0"]
    ends = {"standard": "0 – Not at all likely", "easy": "0 – No, never"}
    assert check_page(client, url) == ends[read]


def test_a_number_outside_0_to_10_is_refused(client, begin, kept):
    url = begin(zero_to_ten())
    assert mistakes(refused(client, url, answer="11")) == ["Choose one of the answers on this page"]
    assert kept() is None


# ---- statements


@STANDARD_AND_EASY
def test_each_statement_has_its_own_answers_and_never_stands_in_a_table(client, begin, kept, read):
    url = begin(statements(), read=read)
    page = client.get(url).page
    assert not page.tree.findall(".//table")
    assert len(page.tree.findall(".//fieldset")) == 2
    legends = {"standard": "I am listened to", "easy": "People listen to me"}
    assert page.texts("legend")[0] == legends[read]

    send(client, url, answer_heard="agree", answer_safe="pnts")

    assert kept() == {"heard": "agree", "safe": "pnts"}
    assert checked(client.get(url).page) == ["agree", "pnts"]
    said = {
        "standard": "I am listened to: Agree I feel safe: Prefer not to say",
        "easy": "People listen to me: Yes I feel safe there: I don’t want to say",
    }
    assert check_page(client, url) == said[read]


def test_a_statement_left_blank_is_named_and_the_others_stay_chosen(client, begin, kept):
    url = begin(statements(required=True))

    page = refused(client, url, answer_safe="agree")

    assert mistakes(page) == ["Choose an answer for “I am listened to”"]
    assert led_to(page) == ["#answer_heard"]
    assert checked(page) == ["agree"]
    assert kept() is None


@pytest.mark.parametrize("button", [{"switch": "easy"}, {"go": "later"}])
def test_statements_half_answered_are_kept_by_who_turns_to_other_words_or_stops(
    client, begin, kept, button
):
    url = begin(statements(required=True))
    send(client, url, answer_safe="agree", **button)
    assert kept() == {"safe": "agree"}
    assert checked(client.get(url).page) == ["agree"]


def test_another_question_may_depend_on_any_of_the_statements(client, begin):
    after = ask("Q2", show_if={"question": "Q1", "in": ["disagree"]})
    url = begin(statements(), after)
    assert send(client, url, answer_heard="agree").endswith(url.split("/")[2])
    assert send(client, url, answer_heard="agree", answer_safe="disagree").endswith("/Q2")


# ---- numbers


@STANDARD_AND_EASY
def test_a_number_is_typed_in_any_digits_and_read_again_in_ours(client, begin, kept, read):
    url = begin(number(max=5000), read=read)
    page = client.get(url).page
    box = page.tree.get_element_by_id("answer")
    assert (box.get("inputmode"), box.type) == ("numeric", "text")
    assert "hours" in page.texts("#answer-suffix")

    send(client, url, answer="١٬٢٣٤")

    assert kept() == "1234"
    assert typed(client.get(url).page)["answer"] == "1234"
    assert check_page(client, url) == "1,234 (hours)"


def test_a_number_that_is_too_large_stays_in_its_box(client, begin, kept):
    url = begin(number())
    page = refused(client, url, answer="1,000")
    assert mistakes(page) == ["Write a number from 0 to 25"]
    assert typed(page)["answer"] == "1,000"
    assert kept() is None


def test_nought_is_an_answer_to_a_required_question(client, begin):
    url = begin(number(required=True))
    check = send(client, url, answer="0")
    assert client.post(check).location.endswith("/thank-you")


@pytest.mark.parametrize("made", [number, dated])
@STANDARD_AND_EASY
def test_who_does_not_want_to_say_ticks_a_box_and_can_untick_it(client, begin, kept, made, read):
    url = begin(made(), read=read)
    send(client, url, answer_instead="pnts")
    assert kept() == "pnts"
    assert checked(client.get(url).page) == ["pnts"]
    words = {"standard": "Prefer not to say", "easy": "I don’t want to say"}
    assert check_page(client, url) == words[read]

    send(client, url)
    assert kept() is None


# ---- dates


@STANDARD_AND_EASY
def test_a_date_is_typed_in_parts(client, begin, kept, read):
    url = begin(dated(), read=read)
    assert client.get(url).page.texts(".date label") == ["Day", "Month", "Year"]

    send(client, url, answer__day="7", answer__month="03", answer__year="2026")

    assert kept() == "2026-03-07"
    parts = {"answer-day": "7", "answer-month": "3", "answer-year": "2026"}
    assert typed(client.get(url).page) == parts
    assert check_page(client, url) == "7 March 2026"


def test_a_month_has_no_box_for_the_day(client, begin, kept):
    url = begin(dated(precision="month"))
    assert client.get(url).page.texts(".date label") == ["Month", "Year"]
    send(client, url, answer__month="3", answer__year="2026")
    assert kept() == "2026-03"
    assert check_page(client, url) == "March 2026"


def test_the_part_that_is_missing_is_named_and_led_to(client, begin, kept):
    url = begin(dated())
    page = refused(client, url, answer__day="7", answer__month="3")
    assert mistakes(page) == ["Add the year"]
    assert led_to(page) == ["#answer-year"]
    assert typed(page)["answer-day"] == "7"
    assert kept() is None


def test_a_day_that_never_was_is_refused(client, begin):
    url = begin(dated())
    page = refused(client, url, answer__day="30", answer__month="2", answer__year="2026")
    assert mistakes(page) == ["There is no such day in that month. Check the day."]


# ---- areas


PLACES = {"Stevenage": "dspl2", "st. albans": "dspl7", "AL10 9NL": "dspl5", "wd257lr": "dspl9"}


def test_a_town_or_a_postcode_leads_to_its_area(client, begin, kept):
    url = begin(area())
    for place, code in PLACES.items():
        send(client, url, answer_place=place)
        assert (place, kept()) == (place, code)
        page = client.get(url).page
        assert (place, checked(page), typed(page)) == (place, [code], {"answer_place": ""})
        send(client, url)
        assert kept() is None, "the next one begins anew"


@STANDARD_AND_EASY
def test_a_postcode_in_two_areas_is_for_the_person_to_settle(client, begin, kept, read):
    url = begin(area(), read=read)

    page = refused(client, url, answer_place="AL9 5ab")

    assert mistakes(page) == ["AL9 lies in two areas. Choose yours."]
    assert radios(page) == ["dspl5", "dspl6", "outside", "not_sure", "pnts"]
    assert typed(page) == {"answer_place": "AL9"}
    assert kept() is None

    send(client, url, answer_place="AL9", answer_asked="AL9", answer="dspl6")
    assert kept() == "dspl6"


def test_who_is_asked_between_areas_may_still_say_none_of_them(client, begin, kept):
    url = begin(area())
    for answer in ("outside", "not_sure", "pnts"):
        send(client, url, answer_place="AL9", answer_asked="AL9", answer=answer)
        assert kept() == answer


def test_a_postcode_that_lies_partly_outside_is_not_guessed(client, begin, kept):
    url = begin(area())
    page = refused(client, url, answer_place="EN5")
    assert mistakes(page) == ["Only a part of EN5 lies in Hertfordshire. Choose yours."]
    assert kept() is None


def test_a_place_nobody_knows_opens_the_whole_list(client, begin, kept):
    url = begin(area())
    page = refused(client, url, answer_place="Codicote")
    assert mistakes(page) == ["We do not know that place. Choose your area from the list."]
    assert len(radios(page)) == 9 + 3
    send(client, url, answer_place="Codicote", answer_asked="Codicote", answer="dspl5")
    assert kept() == "dspl5"


def test_a_new_town_is_not_overlooked_beside_the_area_chosen_before(client, begin, kept):
    url = begin(area())
    send(client, url, answer="dspl5")

    page = refused(client, url, answer_place="Stevenage", answer="dspl5")

    assert mistakes(page) == ["You wrote Stevenage and chose another answer. Choose the right one."]
    send(client, url, answer_place="Stevenage", answer_asked="Stevenage", answer="dspl2")
    assert kept() == "dspl2"


def test_the_area_can_be_chosen_from_the_list_at_once(client, begin, kept):
    url = begin(area())
    assert len(client.get(url).page.tree.cssselect("details input[type=radio]")) == 9
    send(client, url, answer="dspl8")
    assert kept() == "dspl8"


def test_a_required_area_asks_for_a_town_or_a_choice(client, begin):
    url = begin(area(required=True))
    page = refused(client, url)
    assert mistakes(page) == ["Write your town, or choose an answer. You can choose “Not sure”."]
    assert led_to(page) == ["#answer_place"]


def test_an_area_that_is_made_up_is_refused(client, begin, kept):
    url = begin(area())
    assert mistakes(refused(client, url, answer="dspl99"))
    assert kept() is None


def test_what_was_typed_to_find_the_area_is_nowhere_afterwards(client, begin, kept, caplog):
    url = begin(area())
    caplog.set_level("DEBUG")

    page = refused(client, url, answer_place="AL9 5QZ")
    after = send(client, url, answer_place="SG12 5QZ")

    assert kept() == "dspl3"
    pages = client.get(url).page.html + client.get(after).page.html
    # As it was typed, however it is joined, or a half alone; not three letters inside a token.
    trace = re.compile(r"AL9.{0,3}5QZ|SG12.{0,3}5QZ|\b5QZ\b|\bSG12\b", re.IGNORECASE)
    for text in (page.html, after, caplog.text, everything_stored(), pages):
        assert not trace.search(text)


def everything_stored():
    tables = db.metadata.sorted_tables
    return repr([row for table in tables for row in db.session.execute(table.select())])


def test_the_older_list_of_areas_is_still_a_list(client, begin, kept):
    url = begin(ask("Q1", options_from="areas"))
    assert len(radios(client.get(url).page)) == 9 + 3
    send(client, url, answer="dspl1")
    assert kept() == "dspl1"


# ---- "other, please say", and saying nothing


KINDS = ("single", "multi", "rank")


def with_other():
    """A question of each kind of choice, with the name of the kind."""
    return [ask(kind, kind, ["a", "b", OTHER]) for kind in KINDS]


def test_the_words_beside_other_are_kept_with_it(client, begin):
    url = begin(*with_other()).rpartition("/")[0]
    chosen = (
        {"answer": "other"},
        {"answer": ["a", "other"]},
        {"answer_1": "a", "answer_2": "other"},
    )
    for place, (kind, picked) in enumerate(zip(KINDS, chosen, strict=True)):
        words = f"A neighbour {kind}"
        send(client, f"{url}/{kind}", other_other=words, **picked)
        shown = typed(client.get(f"{url}/{kind}").page)["other_other"]
        assert (kind, shown) == (kind, words)
        said = client.get(url).page.texts("dd.govuk-summary-list__value")[place]
        assert words in said, kind


@pytest.mark.parametrize("chosen", ["", "a"])
def test_words_beside_other_that_is_not_chosen_are_asked_about_and_stay(
    client, begin, session, chosen
):
    url = begin(*with_other()).rpartition("/")[0]
    for kind in KINDS:
        name = "answer_1" if kind == "rank" else "answer"

        page = refused(client, f"{url}/{kind}", other_other="A neighbour", **{name: chosen})

        wrong = "You wrote something beside “Someone else”. "
        wrong += "Choose that answer too, or take your words out."
        assert (mistakes(page), led_to(page)) == ([wrong], ["#other_other"]), kind
        assert (kind, typed(page)["other_other"]) == (kind, "A neighbour")
    session.expire_all()
    assert not session.query(Response).one().draft


def test_words_beside_other_that_are_too_long_stay_in_their_box(client, begin):
    url = begin(ask("Q1", "multi", ["a", OTHER]))
    page = refused(client, url, answer="other", other_other="a" * 301)
    assert mistakes(page) == ["Make it shorter"]
    assert typed(page)["other_other"] == "a" * 301


WITH_PNTS = (
    ask("SINGLE", "single", ["a", "b", PNTS]),
    ask("MULTI", "multi", ["a", "b", PNTS]),
    ask("LONG", "single", [f"o{n}" for n in range(14)] + [PNTS]),
    zero_to_ten("TEN"),
    statements("STATEMENTS"),
    number("NUMBER"),
    dated("DATE"),
    area("AREA"),
)


@STANDARD_AND_EASY
def test_prefer_not_to_say_looks_like_every_other_answer(client, begin, read):
    url = begin(*WITH_PNTS, read=read).rpartition("/")[0]
    for question in WITH_PNTS:
        page = client.get(f"{url}/{question['id']}").page
        boxes = page.tree.xpath("//input[@type='radio' or @type='checkbox']")
        saying_nothing = [box for box in boxes if box.get("value") == "pnts"]
        assert saying_nothing, question["id"]
        looks = [look(box.getparent()) for box in boxes]
        expected = [look(saying_nothing[0].getparent())] * len(boxes)
        assert looks == expected, question["id"]


def look(row):
    parts = (row, row.find("input"), row.find("label"))
    # What makes a row wide is its place, not its size or its colour.
    return [(set(each.classes) - {"wide", "tall"}, each.get("style")) for each in parts]


# ---- what becomes of the answers


ANSWERS = {
    "Z": "9",
    "S": {"heard": "agree"},
    "N": "1000",
    "D": "2026-03",
    "A": "dspl2",
}


def every_kind():
    return make_small_survey(
        [
            zero_to_ten("Z"),
            statements("S"),
            number("N", max=5000),
            dated("D", precision="month", latest="today"),
            area("A", role="weight_area"),
        ],
        slug="kinds",
    )


def test_every_kind_is_sent_and_taken_away_as_a_file(app, client):
    version = every_kind()
    url = client.post("/have-your-say/kinds", data={}).location
    url = send(client, url, answer="9")
    url = send(client, url, answer_heard="agree")
    url = send(client, url, answer="1,000")
    url = send(client, url, answer__month="3", answer__year="2026")
    url = send(client, url, answer_place="Stevenage")
    client.post(url)

    staff = StaffFactory(organisation=version.survey.organisation, roles=["analyst"])
    officer = sign_in(app.test_client(), staff)
    file = officer.post("/staff/surveys/kinds/export.csv", data={"labels": "yes"}, buffered=True)
    text = file.get_data().decode("utf-8-sig")
    headings, labels, row = csv.reader(io.StringIO(text))

    said = dict(zip(headings, row, strict=True))
    words = dict(zip(headings, labels, strict=True))
    assert [said["Z"], said["N"], said["D"], said["A"]] == ["9", "1000", "2026-03", "dspl2"]
    assert [said["S~heard"], said["S~safe"]] == ["agree", ""]
    assert "S" not in said
    assert words["S~heard"] == "Question S? (I am listened to)"
    assert words["N"] == "Question N? (hours)"


def test_made_up_people_answer_every_kind(app):
    survey = definition_of(every_kind().id)
    chance = random.Random(1)
    people = [answer_all(survey, {}, chance).answers for _ in range(60)]
    assert all(set(said) <= set(ANSWERS) for said in people)
    for code in ANSWERS:
        given = [said[code] for said in people if code in said]
        assert len(given) > 40
        assert {type(value) for value in given} == {type(ANSWERS[code])}
    assert all(0 <= int(said["N"]) <= 5000 for said in people if "N" in said)
    assert all(said["D"].startswith("202") for said in people if "D" in said)
