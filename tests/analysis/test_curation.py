"""What people decide about themes, and what a later reading leaves of it."""

import pytest

from engage.analysis import operations, queries
from engage.analysis.frame.overview import overview
from engage.analysis.frame.words import words_under
from engage.analysis.models import Assignment, CommentFinding, FoundTheme, Theme
from engage.errors import InvalidInputError, NotReadyError
from engage.loop import operations as loop
from engage.loop.queries import published_actions
from engage.people.models import AuditEvent
from tests.analysis.found import a_run, comments
from tests.factories import StaffFactory
from tests.loop.made import NOW, a_survey, an_action


@pytest.fixture
def version(session):
    return a_survey(slug="small")


@pytest.fixture
def said(version):
    return comments(version, [f"Comment {n} about waiting" for n in range(10)])


@pytest.fixture
def run(version, said):
    return a_run(version, {"letters": said[:3], "waits": said[3:]})


@pytest.fixture
def officer(version):
    return StaffFactory(organisation=version.survey.organisation)


def state(found):
    return queries.theme_of(found).state


def test_a_name_alone_accepts_nothing(run, officer):
    operations.rename(run.themes[0], "Letters home", officer)
    assert state(run.themes[0]) == "named"


def test_a_new_name_leaves_an_accepted_theme_accepted(run, officer):
    operations.accept(run.themes[0], "Letters", officer, ambition="ambition-2")
    theme = operations.rename(run.themes[0], "Letters home", officer)
    assert (theme.name, theme.state, theme.ambition) == ("Letters home", "accepted", "ambition-2")


def test_accepting_what_was_set_aside_forgets_the_reason(run, officer):
    operations.set_aside(run.themes[0], officer, "only letters")
    theme = operations.accept(run.themes[0], "Letters", officer)
    assert (theme.state, theme.reason) == ("accepted", "")


def test_a_theme_is_set_aside_under_the_name_it_had(run, officer):
    theme = operations.set_aside(run.themes[0], officer)
    assert (theme.name, theme.state) == ("letters", "set_aside")


def test_a_machine_label_too_long_for_a_name_can_still_be_set_aside(version, said, officer):
    run = a_run(version, {"word " * 50: said})
    theme = operations.set_aside(run.themes[0], officer)
    assert len(theme.name) <= operations.LONGEST_NAME


def test_two_decisions_about_one_finding_are_one_theme(run, officer, session):
    operations.accept(run.themes[0], "Letters", officer)
    operations.set_aside(run.themes[0], officer)
    assert session.query(Theme).count() == 1


def test_the_finding_stays_as_the_machine_found_it(run, officer, session):
    def as_found():
        session.expire_all()
        found = session.query(FoundTheme).order_by(FoundTheme.id)
        return [(f.label, f.people, f.keywords, f.ambitions) for f in found]

    before = as_found()
    operations.accept(run.themes[0], "Letters home", officer, ambition="ambition-1")
    operations.set_aside(run.themes[1], officer, "no")
    assert as_found() == before


def test_a_decision_has_a_name_and_a_time(run, officer):
    theme = operations.accept(run.themes[0], "Letters", officer, now=NOW)
    assert (theme.decided_by, theme.decided_at) == (officer, NOW)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("Waits", "Waits"), ("  Two   words\n", "Two words"), ("a" * 200, "a" * 200)],
)
def test_a_name_is_tidied(typed, kept):
    assert operations.usable_name(typed) == kept


@pytest.mark.parametrize("typed", ["", "  ", "a" * 201])
def test_an_unusable_name_is_refused_and_nothing_is_kept(run, officer, session, typed):
    session.commit()
    with pytest.raises(InvalidInputError):
        operations.accept(run.themes[0], typed, officer)
    session.rollback()
    assert session.query(Theme).count() == 0
    assert session.query(AuditEvent).count() == 0


@pytest.mark.parametrize("made", ["draft", "public", "taken down"])
def test_what_has_an_answer_is_kept_and_can_be_set_aside(run, officer, session, made):
    theme = operations.accept(run.themes[0], "Letters", officer)
    action = an_action(theme, by=officer)
    if made != "draft":
        loop.publish(action, officer, NOW)
    if made == "taken down":
        loop.take_down(action, officer, NOW)

    with pytest.raises(NotReadyError):
        operations.take_back(theme, officer)
    assert theme.state == "accepted"

    operations.set_aside(run.themes[0], officer)
    # What was said about it is off the public pages, and still there.
    assert published_actions(run.survey_id) == []
    assert session.get(type(action), action.id) is action


def test_an_answer_to_one_theme_holds_no_other(run, officer, session):
    an_action(operations.accept(run.themes[0], "Letters", officer))
    other = operations.accept(run.themes[1], "Waits", officer)
    operations.set_aside(run.themes[1], officer)
    operations.take_back(other, officer)
    assert session.query(Theme).count() == 1


def test_a_reading_is_kept_whole(run, said, session):
    assert run.comments_read == 10
    assert run.people == 10
    assert session.query(Assignment).filter_by(run_id=run.id).count() == 10
    assert session.query(CommentFinding).filter_by(run_id=run.id).count() == 10


def test_a_reading_that_found_nothing_is_kept_too(version, session):
    run = a_run(version, {})
    assert queries.latest_run(version.survey_id) == run
    assert overview(version.survey).readings == ()


def test_a_decision_goes_with_its_answers_whatever_the_machine_calls_them(
    version, said, run, officer
):
    theme = operations.accept(run.themes[1], "Waiting", officer)

    again = a_run(version, {"queues": said[2:], "post": said[:2]})

    assert theme.found == again.themes[0]
    assert overview(version.survey).not_found_again == ()


def test_what_was_not_found_again_comes_back_when_it_is(version, said, run, officer):
    theme = operations.accept(run.themes[0], "Letters", officer)
    a_run(version, {"everything": said})
    assert overview(version.survey).not_found_again == (theme,)

    again = a_run(version, {"post": said[:3], "rest": said[3:]})

    assert theme.found == again.themes[0]
    assert overview(version.survey).not_found_again == ()


def test_two_decisions_about_what_is_now_one_theme_keep_the_closer(version, said, run, officer):
    letters = operations.accept(run.themes[0], "Letters", officer)
    waits = operations.accept(run.themes[1], "Waits", officer)

    again = a_run(version, {"everything": said})

    assert waits.found == again.themes[0]
    assert overview(version.survey).not_found_again == (letters,)


def test_a_reading_of_another_survey_moves_nothing(version, said, run, officer):
    theme = operations.accept(run.themes[0], "Letters", officer)
    other = a_survey()
    a_run(other, {"letters": comments(other, ["One", "Two"])})
    assert theme.found == run.themes[0]


def test_an_answer_that_is_erased_leaves_the_findings_standing(version, said, run, session):
    session.delete(said[3].response)
    session.commit()
    session.expire_all()
    assert [len(theme.assignments) for theme in run.themes] == [3, 6]
    assert len(words_under(run.themes[1], 1)) == 6


def test_the_words_of_withdrawn_answers_leave_what_earlier_runs_quote(session):
    version = a_survey()
    kept, withdrawn = comments(version, ["The bus is late", "My son is alone at lunch"])
    run = a_run(version, {"Buses": [kept, withdrawn]})
    session.delete(withdrawn.response)
    session.flush()

    operations.forget_quotes(run.survey_id)

    texts = [quote["text"] for theme in session.query(FoundTheme) for quote in theme.quotes]
    assert "The bus is late" in texts
    assert "My son is alone at lunch" not in texts
