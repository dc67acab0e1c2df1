"""Where an officer decides what is taken out of a comment."""

import unicodedata

import pytest

from engage.analysis.frame.models import Mention
from engage.analysis.models import Theme
from engage.analysis.redaction import queries as redaction
from engage.analysis.redaction.models import Redaction
from engage.people.models import AuditEvent
from engage.responses.models import Answer
from tests.analysis.found import a_run, comments
from tests.analysis.redaction.test_rules import COUNTY
from tests.factories import StaffFactory
from tests.loop.made import NOW, a_survey
from tests.signin import sign_in

SAID = (
    "Nothing here names anybody at all",
    "My son Jayden waits in Tring",
    "Mrs Patel is kind",
    "The bus is late",
    "Quoted and clean",
)
ADDRESS = "/staff/surveys/small/redaction"


@pytest.fixture
def version(session):
    version = a_survey(slug="small", title="What helps")
    session.commit()
    return version


@pytest.fixture
def said(version):
    return comments(version, SAID)


@pytest.fixture
def run(version, said):
    """The last comment but one theme's is quoted: numbers 1 (Jayden) and 4 (clean)."""
    return a_run(version, {"waits": [said[1], said[4]]}, alone=[said[0], said[2], said[3]])


@pytest.fixture
def signed_in(app, version):
    def signed_in(*roles):
        staff = StaffFactory(organisation=version.survey.organisation, roles=list(roles))
        client = sign_in(app.test_client(), staff)
        client.staff = staff
        return client

    return signed_in


@pytest.fixture
def officer(signed_in):
    return signed_in("survey_lead")


def next_one(client, after=""):
    return client.post(f"{ADDRESS}/next{after}").page


def what(start, end, decision, why=""):
    return {f"what-{start}-{end}": decision, f"why-{start}-{end}": why}


JAYDEN, TRING = (7, 13), (23, 28)


def decide(client, answer, data, rest="?stop=1"):
    return client.post(f"{ADDRESS}/{answer.id}/decide{rest}", data=data)


def test_the_list_shows_numbers_and_no_words(officer, run):
    page = officer.get(ADDRESS).page
    assert page.heading == "What may name somebody"
    assert "2 comments are quoted on theme pages." in page.html
    assert "Jayden" not in page.html


def test_a_survey_without_comments_says_so(officer, version):
    page = officer.get(ADDRESS).page
    assert "Nobody has decided anything yet." in page.html
    sent = officer.post(f"{ADDRESS}/next")
    assert "There is nothing more after this one." in officer.get(sent.location).page.html


def test_quoted_comments_come_first_and_then_those_with_something_in_them(officer, run, said):
    first = next_one(officer)
    assert first.texts("mark") == ["Jayden", "Tring"]
    second = next_one(officer, f"?after={said[1].id}")
    assert second.texts("blockquote") == ["Quoted and clean"]
    assert "The machine found nothing here." in second.html
    third = next_one(officer, f"?after={said[4].id}")
    assert third.texts("mark") == ["Jayden", "Tring"]  # it was left for now


def test_then_come_others_in_which_the_machine_sees_something(officer, run, said):
    decide(officer, said[1], what(*JAYDEN, "taken_out") | what(*TRING, "left_in"))
    decide(officer, said[4], {})
    assert next_one(officer).texts("mark") == ["Mrs Patel"]
    decide(officer, said[2], what(0, 9, "taken_out"))
    assert officer.post(f"{ADDRESS}/next").status_code == 303


def test_what_people_put_under_a_theme_counts_as_quoted(officer, run, said, session):
    theme = Theme(
        survey_id=run.survey_id,
        name="Buses",
        state="accepted",
        origin="made",
        decided_by=officer.staff,
        decided_at=NOW,
    )
    session.add(theme)
    session.flush()
    session.add(
        Mention(
            theme_id=theme.id,
            answer_id=said[3].id,
            sentence_number=0,
            sentence=SAID[3],
            sentence_key="key",
            weight=1.0,
            by_person=True,
        )
    )
    session.commit()
    assert redaction.quoted_answers(run.survey_id) == [said[1].id, said[4].id, said[3].id]


def test_opening_a_comment_is_recorded_without_its_words(officer, run, said, session):
    next_one(officer)
    event = session.query(AuditEvent).order_by(AuditEvent.id.desc()).first()
    assert event.what == "read a comment to see whether it names somebody"
    assert (event.subject, event.detail) == ("small", {"comment": said[1].id})


def test_each_mark_says_why(officer, run):
    page = next_one(officer)
    hints = page.texts("form .govuk-hint")
    assert hints[0] == "1. It follows “son”, where people write a name."
    assert "2. It is a town or village." in hints[1]


def test_what_is_taken_out_is_not_read_by_others_and_the_answer_stays(officer, run, said, session):
    data = what(*JAYDEN, "taken_out", "asked for by the family") | what(*TRING, "left_in")
    sent = decide(officer, said[1], data)
    assert sent.status_code == 303
    assert redaction.as_read([said[1].id]) == {said[1].id: "My son [a name] waits in Tring"}
    assert session.get(Answer, said[1].id).value == SAID[1]
    first, second = session.query(Redaction).order_by(Redaction.start)
    assert (first.reason, first.rule, first.decided_by_id) == (
        "asked for by the family",
        "name_after_clue",
        officer.staff.id,
    )
    assert (second.decision, second.reason) == ("left_in", "")


def test_without_a_reason_the_rule_s_own_is_kept(officer, run, said, session):
    decide(officer, said[1], what(*JAYDEN, "taken_out") | what(*TRING, "taken_out"))
    assert session.query(Redaction).order_by(Redaction.start).first().reason == (
        "It follows “son”, where people write a name."
    )


def test_a_person_takes_out_what_the_machine_missed(officer, run, said):
    decide(officer, said[3], {"more": "bus\n the  LATE", "more_why": "it is our bus"})
    assert redaction.as_read([said[3].id]) == {said[3].id: SAID[3]}  # "the late" is not there

    decide(officer, said[3], {"more": "BUS\nlate", "more_why": "it is our bus"})
    read = redaction.as_read([said[3].id])
    assert read == {said[3].id: "The [taken out] is [taken out]"}


def test_words_that_are_not_there_are_named_and_nothing_typed_is_lost(officer, run, said, session):
    data = what(*JAYDEN, "taken_out", "because") | {"more": "Peckham"}
    sent = decide(officer, said[1], data)
    assert sent.status_code == 422
    page = sent.page
    assert page.soup.title.get_text().startswith("Error: ")
    summary = page.texts(".govuk-error-summary a")
    assert "“Peckham” does not stand in the comment" in summary
    assert "Choose what to do with “Tring”" in summary
    assert page.soup.select_one("textarea").get_text(strip=True) == "Peckham"
    assert page.soup.select_one("#why-7-13")["value"] == "because"
    assert page.soup.select_one("#what-7-13").has_attr("checked")
    assert session.query(Redaction).count() == 0


def test_a_decision_can_be_changed_and_the_record_says_so(officer, run, said, session):
    decide(officer, said[1], what(*JAYDEN, "taken_out") | what(*TRING, "left_in"))
    page = officer.post(f"{ADDRESS}/{said[1].id}").page
    assert page.soup.select_one("#what-7-13").has_attr("checked")
    decide(officer, said[1], what(*JAYDEN, "left_in") | what(*TRING, "left_in"))
    assert redaction.as_read([said[1].id]) == {said[1].id: SAID[1]}
    event = session.query(AuditEvent).order_by(AuditEvent.id.desc()).first()
    assert event.what == "decided what is taken out of a comment"
    assert event.detail == {"comment": said[1].id, "taken_out": 0, "left_in": 2, "changed": 1}
    assert f"Comment {said[1].id}: 0 taken out, 2 left in." in officer.get(ADDRESS).page.html


def test_keeping_brings_the_next_one(officer, run, said):
    data = what(*JAYDEN, "taken_out") | what(*TRING, "left_in")
    page = decide(officer, said[1], data, rest="").page
    assert page.texts("blockquote") == ["Quoted and clean"]


def test_a_comment_is_clear_once_a_person_decided_on_all_of_it(officer, run, said):
    ids = [answer.id for answer in said]
    assert redaction.clear_among(ids, COUNTY) == set()
    decide(officer, said[1], what(*JAYDEN, "taken_out") | what(*TRING, "left_in"))
    decide(officer, said[4], {})
    assert redaction.clear_among(ids, COUNTY) == {said[1].id, said[4].id}
    assert "Somebody has decided on 2 of them." in officer.get(ADDRESS).page.html


def test_what_a_new_rule_sees_later_makes_a_comment_unclear_again(session, officer, run, said):
    decide(officer, said[1], what(*JAYDEN, "taken_out") | what(*TRING, "left_in"))
    session.query(Redaction).filter_by(start=TRING[0]).delete()
    assert redaction.clear_among([said[1].id], COUNTY) == set()


def test_sentences_are_given_as_they_may_be_read(officer, run, said):
    decide(officer, said[2], what(0, 9, "taken_out"))
    pairs = [(said[2].id, "Mrs Patel is kind"), (said[3].id, "The bus is late")]
    assert redaction.sentences_as_read(pairs) == ["[a name] is kind", "The bus is late"]


def test_a_name_typed_in_letters_and_accents_apart_is_read_by_nobody(officer, version):
    typed = unicodedata.normalize("NFD", "My son José waits in Tring")
    (answer,) = comments(version, [typed])
    page = officer.post(f"{ADDRESS}/{answer.id}").page
    assert page.texts("mark") == [unicodedata.normalize("NFD", "José"), "Tring"]
    decide(officer, answer, what(7, 12, "taken_out") | what(22, 27, "left_in"))
    assert redaction.as_read([answer.id]) == {answer.id: "My son [a name] waits in Tring"}
    kept_by_the_machine = [(answer.id, "My son José waits in Tring")]
    assert redaction.sentences_as_read(kept_by_the_machine) == ["My son [a name] waits in Tring"]


def test_words_with_the_safeguarding_lead_are_not_opened(officer, run, said, session):
    said[1].response.is_held = True
    session.commit()
    assert next_one(officer).texts("blockquote") == ["Quoted and clean"]
    assert officer.post(f"{ADDRESS}/{said[1].id}").status_code == 404
    assert decide(officer, said[1], {}).status_code == 404


def test_decisions_go_with_an_answer_that_is_taken_back(officer, run, said, session):
    decide(officer, said[2], what(0, 9, "taken_out"))
    session.delete(session.get(Answer, said[2].id))
    session.commit()
    assert session.query(Redaction).count() == 0


@pytest.mark.parametrize("role", ["reader", "administrator", "safeguarding_lead"])
def test_others_may_not_decide(signed_in, run, said, role):
    client = signed_in(role)
    assert client.get(ADDRESS).status_code == 403
    assert client.post(f"{ADDRESS}/next").status_code == 403
    assert client.post(f"{ADDRESS}/{said[1].id}").status_code == 403
    assert decide(client, said[1], {}).status_code == 403


def test_another_organisation_does_not_find_it(app, run, said):
    stranger = sign_in(app.test_client(), StaffFactory(roles=["survey_lead"]))
    assert stranger.get(ADDRESS).status_code == 404
    assert stranger.post(f"{ADDRESS}/{said[1].id}").status_code == 404


def test_the_log_holds_none_of_the_words(officer, run, said, caplog):
    caplog.set_level("DEBUG")
    next_one(officer)
    decide(officer, said[1], what(*JAYDEN, "taken_out") | what(*TRING, "left_in"))
    assert "Jayden" not in caplog.text


def test_hostile_words_stay_words(officer, version):
    (answer,) = comments(version, ["<script>alert(1)</script> Jayden <b>"])
    page = officer.post(f"{ADDRESS}/{answer.id}").page
    assert page.texts("mark") == ["Jayden"]
    assert "<script>alert(1)" not in page.html
