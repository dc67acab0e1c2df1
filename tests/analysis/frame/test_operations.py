"""Merge, split, nest, move, mark and define; and each of them undone."""

import pytest

from engage.analysis import operations as naming
from engage.analysis.frame import operations as frame
from engage.analysis.frame.members import remake
from engage.analysis.frame.models import CurationStep, Mention, Placement
from engage.analysis.frame.overview import overview
from engage.analysis.frame.queries import counted, quotes_of
from engage.analysis.frame.undoing import undo
from engage.analysis.models import FoundTheme, Theme
from engage.analysis.prepare import content_key
from engage.errors import InvalidInputError, NotReadyError
from engage.extensions import db
from engage.loop.queries import voices
from engage.people.models import AuditEvent
from tests.analysis.found import a_run, comments
from tests.loop.made import a_survey, an_action


def place(answer):
    return answer.id, content_key(str(answer.value))


def under(theme):
    """The answers that count under a theme."""
    rows = db.session.query(Mention).filter_by(theme_id=theme.id)
    return {row.answer_id for row in rows}


def ids(answers):
    return {answer.id for answer in answers}


def last_step(session):
    return session.query(CurationStep).order_by(CurationStep.id.desc()).first()


def undo_last(session, officer):
    undo(last_step(session), officer)


@pytest.fixture
def letters(run, officer):
    return naming.accept(run.themes[0], "Letters", officer)


@pytest.fixture
def waits(run, officer):
    return naming.accept(run.themes[1], "Waits", officer)


def test_an_accepted_theme_counts_what_the_machine_found(letters, said):
    assert under(letters) == ids(said[:3])


def test_a_merged_theme_counts_under_the_other(letters, waits, said, officer, version):
    frame.merge(letters, waits, officer)
    assert under(waits) == ids(said[:10])
    assert under(letters) == set()
    assert letters.state == "merged"
    assert [one.theme for one in overview(version.survey).readings] == [waits]


def test_two_findings_nobody_named_can_be_merged(run, said, officer, session):
    into = frame.merge(run.themes[0], run.themes[1], officer)
    assert under(into) == ids(said[:10])
    assert {theme.state for theme in session.query(Theme)} == {"merged", "named"}


def test_the_public_counts_follow_a_merge(letters, waits, said, officer, version):
    frame.merge(letters, waits, officer)
    assert {theme: len(people) for theme, people in voices(version.survey_id).said_by.items()} == {
        waits.id: 10
    }


def test_the_machines_box_stays_as_it_was_found(letters, waits, run, officer, session):
    before = [(found.label, found.people) for found in run.themes]
    frame.merge(letters, waits, officer)
    session.expire_all()
    assert [(found.label, found.people) for found in run.themes] == before


def test_a_merge_undone_leaves_both_as_they_were(letters, waits, said, officer, session):
    frame.merge(letters, waits, officer)
    undo_last(session, officer)
    assert (letters.state, letters.merged_into_id) == ("accepted", None)
    assert under(letters) == ids(said[:3])
    assert under(waits) == ids(said[3:10])


def test_a_merge_of_two_findings_undone_leaves_no_theme(run, officer, session):
    frame.merge(run.themes[0], run.themes[1], officer)
    undo_last(session, officer)
    assert session.query(Theme).count() == 0
    assert session.query(Mention).count() == 0


def test_a_theme_with_an_answer_is_merged_the_other_way_round(letters, waits, officer):
    an_action(letters)
    with pytest.raises(NotReadyError, match="Merge the other way round"):
        frame.merge(letters, waits, officer)
    frame.merge(waits, letters, officer)
    assert waits.state == "merged"


def test_two_themes_with_answers_are_both_kept(letters, waits, officer):
    an_action(letters)
    an_action(waits)
    with pytest.raises(NotReadyError, match="Both themes have answers"):
        frame.merge(letters, waits, officer)


def test_a_theme_is_not_merged_into_itself_or_into_one_that_is_set_aside(
    run, letters, waits, officer
):
    with pytest.raises(InvalidInputError):
        frame.merge(letters, run.themes[0], officer)
    naming.set_aside(waits, officer)
    with pytest.raises(NotReadyError, match="is set aside"):
        frame.merge(letters, waits, officer)


def test_a_merged_theme_is_not_changed_by_itself(letters, waits, officer):
    frame.merge(letters, waits, officer)
    for deed in (
        lambda: naming.accept(letters, "Post", officer),
        lambda: naming.take_back(letters, officer),
        lambda: frame.nest(letters, waits, officer),
        lambda: frame.mark_critical(letters, True, officer),
    ):
        with pytest.raises(NotReadyError, match="merged into “Waits”"):
            deed()
    with pytest.raises(NotReadyError, match="Undo the merge first"):
        naming.take_back(waits, officer)


def test_a_split_takes_its_sentences_with_it(waits, said, officer):
    new = frame.split(waits, "Long waits", [place(said[3]), place(said[4])], officer)
    assert (new.state, new.origin, new.name) == ("named", "made", "Long waits")
    assert under(new) == ids(said[3:5])
    assert under(waits) == ids(said[5:10])


def test_a_split_undone_gives_the_sentences_back(waits, said, officer, session):
    frame.split(waits, "Long waits", [place(said[3])], officer)
    undo_last(session, officer)
    assert under(waits) == ids(said[3:10])
    assert session.query(Placement).count() == 0
    assert session.query(Theme).count() == 1


def test_what_was_split_off_can_be_merged_back(waits, said, officer):
    new = frame.split(waits, "Long waits", [place(said[3])], officer)
    frame.merge(new, waits, officer)
    assert under(waits) == ids(said[3:10])


@pytest.mark.parametrize(("name", "picked"), [("", True), ("Long waits", False)])
def test_a_split_needs_a_name_and_sentences(waits, said, officer, name, picked):
    with pytest.raises(InvalidInputError):
        frame.split(waits, name, [place(said[3])] if picked else [], officer)


def test_a_sentence_is_moved_to_another_theme_or_to_none(letters, waits, said, officer, version):
    frame.move(waits, {place(said[3]): letters, place(said[4]): None}, officer)
    assert under(letters) == ids([*said[:3], said[3]])
    assert under(waits) == ids(said[5:10])
    counts = counted(version.survey_id, None)
    assert (counts[letters.id].put_in, counts[letters.id].taken_out) == (1, 0)
    assert (counts[waits.id].put_in, counts[waits.id].taken_out) == (0, 2)


def test_a_sentence_moved_there_and_back_stands_where_it_was(letters, waits, said, officer):
    frame.move(waits, {place(said[3]): letters}, officer)
    frame.move(letters, {place(said[3]): waits}, officer)
    assert under(waits) == ids(said[3:10])
    assert under(letters) == ids(said[:3])


def test_a_move_undone_puts_the_sentence_back(letters, waits, said, officer, session):
    frame.move(waits, {place(said[3]): letters}, officer)
    undo_last(session, officer)
    assert under(waits) == ids(said[3:10])
    assert under(letters) == ids(said[:3])


def test_a_sentence_in_no_theme_can_be_put_into_one(letters, said, officer):
    frame.move(None, {place(said[10]): letters}, officer)
    assert said[10].id in under(letters)


def test_the_words_of_another_survey_cannot_be_placed(letters, officer):
    other = comments(a_survey(), ["Not yours"])
    with pytest.raises(NotReadyError, match="not there any more"):
        frame.move(None, {place(other[0]): letters}, officer)


def test_words_with_the_safeguarding_lead_count_nowhere(letters, said, version):
    said[0].response.is_held = True
    remake(version.survey_id)
    assert under(letters) == ids(said[1:3])


def test_a_theme_stands_under_another_one_level_deep(letters, waits, said, officer, version):
    frame.nest(letters, waits, officer)
    (top,) = overview(version.survey).readings
    assert [one.theme for one in top.nested] == [letters]
    third = frame.split(letters, "Post", [place(said[0])], officer)
    with pytest.raises(InvalidInputError, match="one level only"):
        frame.nest(third, letters, officer)
    with pytest.raises(InvalidInputError, match="cannot stand under one itself"):
        frame.nest(waits, third, officer)


def test_what_stood_under_a_merged_theme_stands_under_the_other(letters, waits, said, officer):
    third = frame.split(letters, "Post", [place(said[0])], officer)
    frame.nest(third, letters, officer)
    frame.merge(letters, waits, officer)
    assert third.parent_id == waits.id


def test_a_theme_merged_into_one_that_stood_under_it_leaves_it_on_top(letters, waits, officer):
    frame.nest(letters, waits, officer)
    frame.merge(waits, letters, officer)
    assert letters.parent_id is None


def test_a_nesting_undone_lets_it_stand_alone(letters, waits, officer, session):
    frame.nest(letters, waits, officer)
    undo_last(session, officer)
    assert letters.parent_id is None


def test_a_critical_theme_stands_first_whatever_its_count(letters, waits, officer, version):
    frame.mark_critical(letters, True, officer)
    assert [one.theme for one in overview(version.survey).readings] == [letters, waits]


def test_a_theme_made_critical_before_anybody_named_it_is_named_by_its_label(run, officer):
    theme = frame.mark_critical(run.themes[0], True, officer)
    assert (theme.name, theme.state, theme.is_critical) == ("letters", "named", True)


def test_what_belongs_in_a_theme_is_kept_and_can_be_undone(letters, officer, session):
    frame.define(letters, " All about the post ", officer)
    assert letters.definition == "All about the post"
    undo_last(session, officer)
    assert letters.definition == ""


def test_accepting_undone_leaves_the_finding_to_be_read(letters, officer, session):
    undo_last(session, officer)
    assert session.query(Theme).count() == 0


def test_taking_back_undone_brings_all_of_it_back(letters, waits, said, officer, session):
    frame.nest(letters, waits, officer)
    frame.move(waits, {place(said[3]): None}, officer)
    naming.take_back(waits, officer)
    assert letters.parent_id is None
    undo_last(session, officer)
    session.expire_all()
    again = session.query(Theme).filter_by(name="Waits").one()
    assert under(again) == ids(said[4:10])
    assert letters.parent_id == again.id


def test_what_was_decided_again_since_is_not_taken_over(waits, run, officer, session):
    naming.take_back(waits, officer)
    step = last_step(session)
    naming.accept(run.themes[1], "Queues", officer)
    with pytest.raises(NotReadyError):
        undo(step, officer)


def test_a_step_is_undone_only_before_later_ones_about_the_same_theme(letters, officer, session):
    first = last_step(session)
    naming.rename(letters, "Post", officer)
    with pytest.raises(NotReadyError, match="gave “Letters” the name “Post”"):
        undo(first, officer)
    undo_last(session, officer)
    assert letters.name == "Letters"
    undo(first, officer)
    with pytest.raises(NotReadyError, match="undone already"):
        undo(first, officer)


def test_an_accepted_theme_with_an_answer_stays_accepted(letters, officer, session):
    an_action(letters)
    with pytest.raises(NotReadyError, match="has an answer by now"):
        undo_last(session, officer)


def test_a_step_has_a_name_and_a_time_and_is_on_the_record(letters, waits, officer, session):
    frame.merge(letters, waits, officer)
    step = last_step(session)
    assert (step.deed, step.by) == ("merged", officer)
    undo(step, officer)
    assert step.undone_by == officer
    deeds = [event.what for event in session.query(AuditEvent).order_by(AuditEvent.id)]
    assert deeds[-2:] == ["merged two themes", "undid a step of curation"]


def test_a_reading_in_between_is_not_undone(version, said, letters, officer, session):
    naming.rename(letters, "Post", officer)
    again = a_run(version, {"post": said[:3], "rest": said[3:]})
    undo_last(session, officer)
    assert letters.name == "Letters"
    assert letters.found_theme_id == again.themes[0].id


def test_placed_sentences_outlive_a_reading(version, said, letters, waits, officer):
    frame.move(waits, {place(said[3]): letters}, officer)
    a_run(version, {"post": said[:3], "queues": said[3:10]})
    assert under(letters) == ids(said[:4])
    assert under(waits) == ids(said[4:10])


def test_two_merged_themes_found_as_one_are_found_again(version, said, letters, waits, officer):
    frame.merge(letters, waits, officer)
    a_run(version, {"everything": said[:10]})
    assert overview(version.survey).not_found_again == ()
    assert under(waits) == ids(said[:10])


def test_withdrawn_answers_leave_the_history(letters, waits, said, officer, session):
    frame.move(waits, {place(said[3]): letters}, officer)
    gone = said[3].id
    session.delete(said[3].response)
    session.flush()
    naming.forget_quotes(letters.survey_id)
    kept = [step.after["placed"] for step in session.query(CurationStep)]
    assert not [row for placed in kept for row in placed if row[1] == gone]


def test_quotes_are_those_that_still_count(letters, said, officer):
    typical, different = quotes_of(letters)
    assert len(typical) == 3
    frame.move(letters, {place(said[0]): None}, officer)
    typical, different = quotes_of(letters)
    assert said[0].id not in {each.answer_id for each in (*typical, different) if each}


def test_suggestions_that_do_not_belong_are_noted(letters, waits, said, officer, session):
    frame.confirm(letters, [place(said[5])], True, officer)
    assert said[5].id in under(letters) & under(waits)
    frame.confirm(waits, [place(said[10])], False, officer)
    assert session.query(Placement).filter_by(belongs=False).count() == 1
    assert session.query(FoundTheme).count() == 2
