"""A person counts once, and a word leaves in a file only where enough people say it."""

import pytest

from engage.analysis import operations as naming
from engage.analysis.frame.framing import frame_of
from engage.analysis.redaction.models import Redaction
from engage.responses.models import Answer, Response
from engage.surveys.models import Question
from engage.surveys.queries import definition_of
from tests.analysis.found import a_run, comments
from tests.factories import StaffFactory
from tests.loop.made import CHILD, NOW, PARENT
from tests.signin import sign_in
from tests.survey_factories import ask, make_small_survey

TWO_BOXES = (
    ask("WHO", options=(PARENT, CHILD), role="audience"),
    ask("SAY", "text"),
    ask("MORE", "text"),
)


@pytest.fixture
def wordy(session):
    return make_small_survey(TWO_BOXES, (PARENT, CHILD), slug="wordy", title="Two boxes")


@pytest.fixture
def both_boxes(wordy, session):
    """So many people write in both boxes of the survey; their comments, person by person."""
    definition = definition_of(wordy.id)
    boxes = [session.get_one(Question, definition.question(code).id) for code in ("SAY", "MORE")]

    def both_boxes(people, words):
        said = [
            [Answer(question=box, value=f"{words} {n} {box.code}") for box in boxes]
            for n in range(people)
        ]
        session.add_all(sent(wordy, n, answers) for n, answers in enumerate(said))
        session.flush()
        return [answer for answers in said for answer in answers]

    return both_boxes


def sent(version, number, answers):
    return Response(
        token_hash=f"wordy-{number}",
        receipt_hash=f"wordy-{number}",
        version=version,
        channel="web",
        started_on=NOW.date(),
        submitted_at=NOW,
        answers=answers,
    )


# ---- keywords in the file


@pytest.fixture
def keywords(officer):
    """Which of a finding's keywords the file of themes holds."""

    def keywords(said, *words):
        version = said[0].response.version
        run = a_run(version, {"help": said})
        run.themes[0].keywords = list(words)
        naming.accept(run.themes[0], "Help", officer)
        return lambda: frame_of(version.survey).themes[0].keywords

    return keywords


def test_a_name_that_only_stands_inside_other_words_is_no_keyword(version, keywords):
    said = comments(version, ["The specialist is kind"] * 5)
    assert keywords(said, "ali", "specialist")() == ["specialist"]


def test_a_keyword_counts_in_the_plural_and_in_any_letters(version, keywords):
    said = comments(version, ["The BUS", "two buses", "A bus.", "the bus-stop", "our buses’ seats"])
    assert keywords(said, "bus")() == ["bus"]


def test_a_keyword_with_letters_that_mean_something_to_a_machine_is_only_a_word(version, keywords):
    said = comments(version, ["We use c++ (a lot)"] * 5)
    assert keywords(said, "c++", "a.*lot", "(")() == ["c++"]


def test_a_word_that_was_taken_out_of_the_comments_is_no_keyword(
    version, keywords, officer, session
):
    said = comments(version, ["Jayden missed the bus"] * 5)
    in_file = keywords(said, "jayden", "bus")
    assert in_file() == ["jayden", "bus"]
    session.add(
        Redaction(
            answer_id=said[0].id,
            start=0,
            end=len("Jayden"),
            rule="name",
            decision="taken_out",
            decided_by=officer,
            decided_at=NOW,
        )
    )
    assert in_file() == ["bus"]


def test_a_word_with_the_safeguarding_lead_is_no_keyword(version, keywords):
    said = comments(version, [*["Jayden missed the bus"] * 4, "Jayden", "A bus"])
    in_file = keywords(said, "jayden", "bus")
    assert in_file() == ["jayden", "bus"]
    said[4].response.is_held = True
    assert in_file() == ["bus"]


def test_what_four_people_say_again_and_again_is_no_keyword(both_boxes, keywords):
    assert keywords(both_boxes(4, "Jayden waits"), "jayden", "waits")() == []


def test_what_five_people_say_is_a_keyword(both_boxes, keywords):
    assert keywords(both_boxes(5, "A long wait"), "wait")() == ["wait"]


# ---- people under a theme


@pytest.fixture
def waits(wordy, both_boxes, session):
    """Six people write two comments each; all twelve are read, and ten are under one theme."""
    said = both_boxes(6, "We wait")
    run = a_run(wordy, {"waits": said[:10]}, alone=said[10:])
    staff = StaffFactory(organisation=wordy.survey.organisation)
    theme = naming.accept(run.themes[0], "Waits", staff)
    session.commit()
    return theme


@pytest.fixture
def signed_in(app, wordy):
    def signed_in(role):
        staff = StaffFactory(organisation=wordy.survey.organisation, roles=[role])
        return sign_in(app.test_client(), staff)

    return signed_in


def test_two_comments_of_one_person_are_one_person_in_the_list(signed_in, waits):
    page = signed_in("analyst").get("/staff/surveys/wordy/themes").page
    assert page.texts("a.theme .num") == ["5 people, 83%"]


def test_two_comments_of_one_person_are_one_person_on_the_page_of_the_theme(signed_in, waits):
    page = signed_in("analyst").get(f"/staff/surveys/wordy/frame/{waits.id}").page
    assert page.texts("section[aria-labelledby=people] .num") == ["5 people, 83%"]
    assert page.texts("section[aria-labelledby=machine] .num") == ["10 comments, 25%"]


def test_six_comments_of_three_people_are_fewer_than_five_people(
    signed_in, wordy, both_boxes, session
):
    run = a_run(wordy, {"waits": both_boxes(3, "We wait")})
    theme = naming.accept(run.themes[0], "Waits", StaffFactory())
    session.commit()
    reader = signed_in("reader")
    of_people = "section[aria-labelledby=people]"
    page = reader.get(f"/staff/surveys/wordy/frame/{theme.id}").page
    assert page.texts(f"{of_people} .num") == ["Fewer than 5 people"]
    listed = reader.get("/staff/surveys/wordy/themes").page
    assert listed.texts("a.theme .num") == ["Fewer than 5 people"]
