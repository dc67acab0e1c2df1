"""Page one: numbers with their base, one word for a share, and nobody to be found in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.analysis import operations
from engage.analysis.exploring.heard import Heard
from engage.analysis.exploring.sizes import sizes
from engage.loop import operations as loop
from engage.pages.page_one import apart, findings, word_for, young_people
from engage.people.models import AuditEvent
from tests.analysis.found import a_run
from tests.factories import StaffFactory
from tests.loop.made import CHILD, PARENT, a_public_action, a_survey, an_action, people_say
from tests.signin import sign_in

AT = "/staff/surveys/small/page-one"


@pytest.mark.parametrize(
    ("people", "word"),
    [
        (90, "nearly all"),
        (89, "most"),
        (60, "most"),
        (59, "about half"),
        (40, "about half"),
        (39, "some"),
        (20, "some"),
        (19, "a few"),
        (3, "a few"),
        (2, "one or two"),
        (1, "one or two"),
    ],
)
def test_a_share_has_one_word(people, word):
    assert word_for(people, 100) == word


def heard(audience, people, *themes, first=0):
    numbers = range(first, first + people)
    return [Heard(n, n, audience=audience, themes=themes) for n in numbers]


def test_groups_differ_from_fifteen_points_on_and_only_where_both_are_large():
    parents = heard(PARENT, 30, "Buses") + heard(PARENT, 10, first=30)
    children = heard(CHILD, 15, "Buses", first=100) + heard(CHILD, 25, first=115)
    (found,) = apart(sizes([*parents, *children], shows_small=True))
    assert (found.theme, found.more.percent, found.less.percent) == ("Buses", 75, 38)

    few = heard(CHILD, 1, "Buses", first=100) + heard(CHILD, 20, first=101)
    assert apart(sizes([*parents, *few], shows_small=True)) == []


def test_a_critical_theme_is_a_finding_whatever_its_count():
    said = [h for n in range(7) for h in heard(PARENT, 40 - n, f"Theme {n}", first=100 * n)]
    rare = heard(PARENT, 1, "Not safe", first=900)
    found = findings(sizes([*said, *rare], True), 300, ["Not safe"], hidden=())
    assert [each.theme for each in found][-1] == "Not safe"
    assert (found[-1].people, found[-1].word) == (1, "one or two")
    assert len(found) == 6


@given(st.integers(1, 29), st.integers(0, 29))
def test_under_thirty_there_is_no_percentage(people, others):
    base = people + others
    said = [*heard(PARENT, people, "Buses"), *heard(PARENT, others, first=100)]
    (found,) = findings(sizes(said, True), base, (), hidden=())
    assert (found.percent is None) == (base < 30)
    assert found.people == people


def test_children_are_listed_on_their_own():
    said = heard(PARENT, 40, "Buses") + heard(CHILD, 5, "Friends", first=100)
    assert [theme for theme, _size in young_people(sizes(said, True))] == ["Friends"]


# ---- the page


@pytest.fixture
def version(session):
    return a_survey(slug="small", title="What helps")


@pytest.fixture
def signed_in(app, version):
    def signed_in(role="survey_lead"):
        staff = StaffFactory(organisation=version.survey.organisation, roles=[role])
        return sign_in(app.test_client(), staff)

    return signed_in


@pytest.fixture
def accepted(version, session):
    """These people speak of one theme, and an officer has accepted it."""

    def accepted(parents, children=0):
        said = people_say(version, PARENT, parents) + people_say(version, CHILD, children)
        run = a_run(version, {"long waits": said})
        theme = operations.accept(run.themes[0], "Long waits", StaffFactory())
        session.commit()
        return theme

    return accepted


@pytest.fixture
def said_by(version, session):
    """So many parents speak of each accepted theme, and so many of none."""

    def said_by(people, alone=0):
        themes = {name: people_say(version, PARENT, count) for name, count in people.items()}
        run = a_run(version, themes, alone=people_say(version, PARENT, alone))
        for found in run.themes:
            operations.accept(found, found.label, StaffFactory())
        session.commit()

    return said_by


def test_without_an_accepted_theme_it_says_so(signed_in):
    page = signed_in().get(AT).page
    assert page.heading == "Page one: What helps"
    assert "No theme has been accepted yet." in page.html


def test_the_board_reads_numbers_with_their_base_and_what_was_done(signed_in, accepted):
    a_public_action(accepted(parents=32, children=3), "cannot")

    page = signed_in().get(AT).page

    assert "Long waits" in page.html
    assert "Of 35 people who wrote a comment" in page.html
    assert "35 people, 100% (nearly all)" in page.html
    assert "They are not a sample of all families" in page.html
    assert "Nearly everyone talked about this" in page.html
    assert "Too long to wait" not in page.html, "quotes are opened by a press that is recorded"


@pytest.mark.parametrize("role", ["survey_lead", "reader"])
def test_what_nobody_outside_may_read_is_not_on_the_page(signed_in, accepted, session, role):
    theme = accepted(parents=32)
    an_action(theme, "will", owner="Secret lead")
    action = a_public_action(theme, "cannot", we_did="Secret refusal")
    assert "Secret refusal" in signed_in(role).get(AT).page.html
    loop.take_down(action, action.written_by)
    session.commit()

    page = signed_in(role).get(AT).page

    assert "Secret" not in page.html
    assert "We cannot change it." not in page.html
    assert "We will do something about it." not in page.html
    assert page.texts("section[aria-labelledby=needed] li") == ["Long waits"]


def test_quotes_are_shown_on_a_press_that_is_recorded(signed_in, accepted, session):
    accepted(parents=12)

    page = signed_in().post(AT).page

    assert page.texts("blockquote") == ["“Too long to wait”"]
    assert session.query(AuditEvent).filter_by(what="read quotes on page one").count() == 1
    assert signed_in("reader").post(AT).status_code == 403


def test_a_reader_finds_no_small_group(signed_in, accepted):
    accepted(parents=32, children=3)

    page = signed_in("reader").get(AT).page

    assert "hidden" in page.html
    assert "3 of 3" not in page.html


EASY, FINDINGS = "section[aria-labelledby=easy] li", "section[aria-labelledby=findings] li"


@pytest.mark.parametrize("few", [1, 2, 3, 4])
def test_a_reader_is_not_told_in_easy_words_how_few_spoke(signed_in, said_by, few):
    said_by({"Long waits": few, "Buses": 6}, alone=2)

    page = signed_in("reader").get(AT).page

    assert page.texts(EASY)[1:] == [
        "Half of the people talked about this: Buses."
        if few > 2
        else "Most people talked about this: Buses.",
        "A few people talked about this: Long waits.",
    ]
    assert page.texts(FINDINGS)[1] == "Long waits Fewer than 5 people"
    assert f"{few} p" not in " ".join(page.texts(f"{EASY}, {FINDINGS}"))


def test_who_may_read_answers_is_told_how_few_spoke(signed_in, said_by):
    said_by({"Long waits": 2, "Buses": 6}, alone=2)
    page = signed_in().get(AT).page
    assert "One or two people talked about this: Long waits." in page.texts(EASY)
    assert page.texts(FINDINGS)[1] == "Long waits 2 people (one or two people)"


@pytest.mark.parametrize("few", [3, 4])
def test_a_reader_is_not_told_in_easy_words_how_few_answered(signed_in, said_by, few):
    said_by({"Long waits": few})
    told = f"{few} people answered."
    assert told in signed_in().get(AT).page.texts(EASY)
    assert signed_in("reader").get(AT).page.texts(EASY) == [
        "A few people talked about this: Long waits."
    ]


def test_a_finding_of_the_machine_that_nobody_decided_on_is_not_on_the_page(
    signed_in, version, session
):
    """Not on its own, and not among those of a theme that has its name by chance."""
    said = people_say(version, PARENT, 30)
    run = a_run(version, {"queues": said[:10], "Buses": said[10:16], "food": said[16:]})
    operations.accept(run.themes[0], "Buses", StaffFactory())
    session.commit()

    page = signed_in().get(AT).page

    assert page.texts(FINDINGS) == ["Buses 10 people, 33% (some)"]
    assert page.texts(EASY)[1:] == ["Some people talked about this: Buses."]
    assert "food" not in page.texts("main")[0]


@pytest.mark.parametrize("decide", [operations.rename, None])
def test_a_theme_that_is_only_named_is_not_on_the_page(signed_in, version, session, decide):
    run = a_run(version, {"queues": people_say(version, PARENT, 10)})
    if decide:
        decide(run.themes[0], "Queues", StaffFactory())
    session.commit()
    page = signed_in().get(AT).page
    assert "No theme has been accepted yet." in page.html
    assert "queues" not in page.texts("main")[0].lower()


def test_another_organisation_finds_nothing(app, version):
    stranger = sign_in(app.test_client(), StaffFactory(roles=["analyst"]))
    assert stranger.get(AT).status_code == 404
