"""Two people code the same comments, each for themselves."""

import pytest

from engage.analysis import operations as analysis
from engage.analysis.checking import operations, queries
from engage.analysis.checking.models import CheckItem, CheckRound
from engage.analysis.frame.models import Mention
from engage.analysis.models import Theme
from engage.analysis.redaction.models import Redaction
from engage.errors import NotReadyError
from engage.people.models import AuditEvent
from tests.analysis.checking.made import WORDS, a_mention, action, at, code_all, coded_all, deeds
from tests.analysis.found import a_run, comments
from tests.loop.made import NOW

HOSTILE = "<script>alert(1)</script>"


# ---- beginning


def test_before_any_theme_is_accepted_there_is_nothing_to_check(ann, version):
    page = ann.get(at()).page
    assert page.heading == "Check the codes"
    assert "Accept some themes first." in page.html
    assert "Draw the comments and begin" not in page.html


def test_a_round_needs_accepted_themes_and_comments(version, ann, session):
    with pytest.raises(NotReadyError, match="Accept some themes first"):
        operations.begin(version.survey, ann.staff)
    session.add(
        Theme(
            survey_id=version.survey_id,
            name="Waits",
            state="accepted",
            origin="made",
            decided_by=ann.staff,
            decided_at=NOW,
        )
    )
    session.flush()
    with pytest.raises(NotReadyError, match="no comments"):
        operations.begin(version.survey, ann.staff)


def test_an_officer_begins_a_round_and_the_seed_is_recorded(ann, themes, session):
    begun = ann.post(at())
    page = ann.get(begun.location).page
    assert "12 comments, drawn by lot from 12." in " ".join(page.texts("section p"))
    assert "You have coded 0 of 12." in page.html
    event = session.query(AuditEvent).order_by(AuditEvent.id.desc()).first()
    assert event.what == "began a round of double-coding"
    assert event.detail["seed"] == session.query(CheckRound).one().seed


def test_only_one_round_at_a_time(ann, round):
    reply = ann.post(at())
    assert reply.status_code == 409
    assert "A round has begun already" in reply.page.html


def test_what_the_machine_says_is_kept_as_it_was_when_the_round_began(round, themes, said, session):
    waits, _buses = themes
    kept = {item.answer_id: item.by_machine for item in session.query(CheckItem)}
    assert kept[said[0].id] == [waits.id]
    session.query(Mention).delete()
    session.commit()
    assert {item.answer_id: item.by_machine for item in session.query(CheckItem)} == kept


def test_what_a_person_moved_is_not_the_machines(version, themes, said, session, ann):
    waits, buses = themes
    session.add(a_mention(buses, said[0], by_person=True))
    session.flush()
    round = operations.begin(version.survey, ann.staff)
    item = next(item for item in round.items if item.answer_id == said[0].id)
    assert item.by_machine == [waits.id]


def test_words_with_the_lead_and_words_set_aside_are_not_drawn(version, themes, said, session):
    said[0].response.is_held = True
    session.flush()
    assert set(queries.comments_to_draw_from(version.survey_id)) == {a.id for a in said[1:]}
    a_run(version, {"waits": said[:6]}, set_aside={"no_answer": said[6:]})
    assert set(queries.comments_to_draw_from(version.survey_id)) == {a.id for a in said[1:6]}


# ---- coding


def test_one_comment_a_page_and_reading_it_is_recorded(ann, round, session):
    page = ann.post(at("/next")).page
    assert page.heading == "Comment 1 of 12"
    assert len(page.texts("blockquote")) == 1
    assert deeds(session)[-1] == "read a comment to code it"
    assert "Question SAY?" in page.texts("blockquote footer")[0]
    assert page.texts("fieldset label") == ["Buses", "Waits", "It fits no theme"]


def test_nothing_is_chosen_beforehand(ann, round):
    assert not ann.post(at("/next")).page.tree.cssselect("input[checked]")


def test_the_page_holds_nothing_the_machine_or_another_said(ann, ben, round, themes, session):
    """Blind: what is served is the same whatever the machine and the others said."""
    before = ann.post(at("/next")).page
    coded_all(ben, round, themes)
    for item in session.query(CheckItem):
        item.by_machine = []
    session.commit()
    after = ann.post(at("/next")).page
    token = "a token of the session, new each time"
    for page in (before, after):
        for each in page.soup.select("input[name=csrf_token]"):
            each["value"] = token
    assert str(before.soup.main) == str(after.soup.main)
    assert "machine" not in str(after.soup.main).lower()


def test_the_overview_says_how_far_people_are_and_never_what_they_said(ann, ben, round, themes):
    coded_all(ben, round, themes)
    page = ann.get(at()).page
    assert page.texts("section ul li") == ["Ben: 12 of 12"]
    assert "Waits" not in page.html


def test_several_themes_may_hold(ann, round, themes, session):
    page = ann.post(at("/next")).page
    ann.post(action(page), data={"themes": [str(theme.id) for theme in themes]})
    (coding,) = [coding for item in round.items for coding in item.codings]
    assert coding.themes == sorted(theme.id for theme in themes)


def test_a_comment_may_fit_no_theme(ann, round):
    page = ann.post(at("/next")).page
    following = ann.post(action(page), data={"themes": "none"}).page
    assert following.heading == "Comment 2 of 12"
    (coding,) = [coding for item in round.items for coding in item.codings]
    assert coding.themes == []


def test_a_choice_that_says_nothing_is_asked_again(ann, round, themes):
    page = ann.post(at("/next")).page
    for chosen, words in (
        ([], "Choose one theme or more, or “It fits no theme”"),
        ([str(themes[0].id), "none"], "Choose themes, or “It fits no theme”"),
        (["999"], "not"),
    ):
        again = ann.post(action(page), data={"themes": chosen})
        assert (chosen, again.status_code) == (chosen, 422)
        assert words in again.page.texts(".govuk-error-summary li")[0], chosen
        assert again.page.texts("blockquote p") == page.texts("blockquote p"), chosen
    assert not [coding for item in round.items for coding in item.codings]


def test_somebody_stops_and_goes_on_later(ann, round, themes):
    first = ann.post(at("/next")).page
    ann.post(action(first), data={"themes": "none"})
    page = ann.get(at()).page
    assert "You have coded 1 of 12." in page.html
    assert "Go on coding" in page.html
    assert ann.post(at("/next")).page.heading == "Comment 2 of 12"


def test_the_comment_before_can_be_changed(ann, round, themes):
    first = ann.post(at("/next")).page
    second = ann.post(action(first), data={"themes": str(themes[0].id)}).page
    back = ann.post(f"{action(second)}/before").page
    assert back.heading == "Comment 1 of 12"
    assert [box.get("value") for box in back.tree.cssselect("input[checked]")] == [
        str(themes[0].id)
    ]
    ann.post(action(back), data={"themes": str(themes[1].id)})
    (coding,) = [coding for item in round.items for coding in item.codings]
    assert coding.themes == [themes[1].id]


def test_the_first_comment_has_none_before_it(ann, round):
    assert "The comment before" not in ann.post(at("/next")).page.html


def test_all_coded_is_said_with_thanks(ann, round, themes):
    page = code_all(ann, themes)
    assert "You have coded all the comments. Thank you." in page.html
    assert "You are done." in page.html


def test_what_was_taken_out_is_not_shown(ann, round, session):
    item = round.items[0]
    session.add(
        Redaction(
            answer_id=item.answer_id,
            start=0,
            end=3,
            rule="person",
            decision="taken_out",
            decided_by=ann.staff,
            decided_at=NOW,
        )
    )
    session.commit()
    words = ann.post(at("/next")).page.texts("blockquote p")[0]
    whole = item.answer.value
    assert words.startswith("[")
    assert words.endswith(whole[3:])
    assert not words.startswith(whole[:3])


def test_hostile_words_are_words(ann, round, session):
    round.items[0].answer.value = HOSTILE
    session.commit()
    page = ann.post(at("/next")).page
    assert page.texts("blockquote p") == [HOSTILE]
    assert HOSTILE not in page.html


def test_a_comment_that_goes_to_the_lead_leaves_the_round(ann, round, themes, session):
    page = ann.post(at("/next")).page
    round.items[0].answer.response.is_held = True
    session.commit()
    following = ann.post(action(page), data={"themes": "none"}).page
    assert "That comment can no longer be read" in following.html
    assert following.heading == "Comment 1 of 11"
    assert following.texts("blockquote p") != page.texts("blockquote p")
    assert not [coding for item in round.items for coding in item.codings]


def test_a_comment_that_is_taken_back_leaves_the_round(ann, round, session):
    page = ann.post(at("/next")).page
    session.delete(round.items[0].answer.response)
    session.commit()
    session.expire_all()
    following = ann.post(action(page), data={"themes": "none"}).page
    assert "That comment can no longer be read" in following.html
    assert following.heading == "Comment 1 of 11"


def test_only_people_who_curate_and_read_may_code(officer, round):
    sent = {
        at(): {},
        at("/next"): {},
        at(f"/{round.items[0].id}"): {"themes": "none"},
        at("/end"): {"early": "yes"},
    }
    for role in ("reader", "administrator", "safeguarding_lead"):
        other = officer("Cy", role)
        told = {each: other.post(each, data=data).status_code for each, data in sent.items()}
        assert (role, told) == (role, dict.fromkeys(sent, 403))


def test_another_organisation_finds_nothing(staff_client, round):
    assert staff_client.get(at()).status_code == 404
    assert staff_client.post(at("/next")).status_code == 404
    assert staff_client.get(at(f"/{round.id}/results")).status_code == 404


def test_a_theme_accepted_in_the_usual_way_is_a_code_with_its_comments(version, ann, session):
    said = comments(version, WORDS)
    run = a_run(version, {"waits": said[:6], "buses": said[6:]})
    theme = analysis.accept(run.themes[0], "Waits", ann.staff)
    session.commit()
    round = operations.begin(version.survey, ann.staff)
    assert round.themes == [theme.id]
    kept = {item.answer_id: item.by_machine for item in round.items}
    assert kept == {answer.id: [theme.id] if place < 6 else [] for place, answer in enumerate(said)}
