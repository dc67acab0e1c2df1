"""What an officer sees and does on the pages of the frame."""

import io
import unicodedata

import numpy as np
import pytest

from engage.analysis import operations as naming
from engage.analysis.frame import operations as frame
from engage.analysis.frame.models import CurationStep, FrameVersion, Mention
from engage.analysis.meanings import vector_key
from engage.analysis.models import TextVector, Theme
from engage.analysis.prepare import content_key
from engage.analysis.redaction.models import Redaction
from engage.extensions import db
from engage.jobs import queue
from engage.people.models import AuditEvent
from tests.analysis.found import a_run, comments
from tests.loop.made import NOW, an_action


def at(rest=""):
    return f"/staff/surveys/small/frame{rest}"


def code(answer):
    return f"{answer.id}-{content_key(str(answer.value))}"


def under(theme):
    return {row.answer_id for row in db.session.query(Mention).filter_by(theme_id=theme.id)}


def rows(session):
    return {table.name: session.query(table).count() for table in db.metadata.tables.values()}


def test_two_themes_are_merged_on_the_page_and_the_page_says_so(browser, letters, waits):
    page = browser.get(at(f"/{letters.id}")).page
    assert "Waits" in page.texts("#into option")
    sent = browser.post(at(f"/t{letters.id}/merge"), data={"into": f"t{waits.id}"})
    shown = browser.get(sent.location).page
    assert shown.heading == "Waits"
    assert "Merged into it: Letters" in shown.texts("section[aria-labelledby=people]")[0]
    gone = browser.get(at(f"/{letters.id}")).page
    assert "Its sentences count under Waits" in gone.texts("section[aria-labelledby=people]")[0]
    assert not gone.tree.cssselect("form[action*=merge]")


def test_a_finding_is_merged_before_anybody_named_it(browser, run, session):
    one, other = run.themes
    sent = browser.post(at(f"/f{one.id}/merge"), data={"into": f"f{other.id}"})
    assert browser.get(sent.location).page.heading == "waits"
    assert session.query(Theme).count() == 2


def test_a_merge_that_is_refused_says_what_to_do_on_the_page(browser, letters, waits, session):
    an_action(letters)
    session.commit()
    refused = browser.post(at(f"/t{letters.id}/merge"), data={"into": f"t{waits.id}"})
    assert refused.status_code == 409
    assert "Merge the other way round" in refused.page.texts(".govuk-error-summary a")[0]
    assert waits.state == "accepted"


def test_nothing_chosen_to_merge_into_is_said(browser, letters, waits):
    refused = browser.post(at(f"/t{letters.id}/merge"), data={"into": ""})
    assert refused.status_code == 422
    assert refused.page.texts(".govuk-error-summary a") == ["Choose the theme to merge it into"]


def test_a_theme_is_nested_and_stands_under_the_other_in_the_list(browser, letters, waits):
    browser.post(at(f"/t{letters.id}/nest"), data={"parent": f"t{waits.id}"})
    page = browser.get("/staff/surveys/small/themes").page
    assert page.texts("ul.list ul.list a.theme strong") == ["Letters"]


def test_a_critical_theme_is_marked_and_stands_first(browser, letters, waits):
    browser.post(at(f"/t{letters.id}/critical"))
    page = browser.get("/staff/surveys/small/themes").page
    assert page.texts("a.theme strong") == ["Letters", "Waits"]
    assert "Critical" in page.texts("a.theme")[0]
    browser.post(at(f"/t{letters.id}/ordinary"))
    assert browser.get("/staff/surveys/small/themes").page.texts("a.theme strong") == [
        "Waits",
        "Letters",
    ]


def test_what_belongs_in_a_theme_stands_on_its_page(browser, letters):
    browser.post(at(f"/t{letters.id}/define"), data={"definition": "All about the post"})
    page = browser.get(at(f"/{letters.id}")).page
    assert "All about the post" in page.texts("section[aria-labelledby=people]")[0]
    refused = browser.post(at(f"/t{letters.id}/define"), data={"definition": "a" * 2001})
    assert refused.status_code == 422


def test_a_sentence_is_moved_and_the_page_says_how_many(browser, letters, waits, said):
    page = browser.post(at(f"/t{waits.id}/words")).page
    assert len(page.tree.cssselect("select")) == 7
    moved = {f"to-{code(said[3])}": f"t{letters.id}", f"to-{code(said[4])}": "none"}
    sent = browser.post(at(f"/t{waits.id}/move"), data=moved)
    shown = browser.get(sent.location).page
    assert "2 sentences moved" in shown.texts("main")[0]
    assert "Put here by people: 0. Taken out by people: 2." in shown.texts("main")[0]
    other = browser.get(at(f"/{letters.id}")).page.texts("section[aria-labelledby=people]")[0]
    assert "Put here by people: 1. Taken out by people: 0." in other
    machine = browser.get(at(f"/{letters.id}")).page.texts("section[aria-labelledby=machine]")[0]
    assert "3 comments" in machine


def test_a_sentence_of_a_finding_nobody_named_can_be_moved(browser, run, letters, said):
    other = run.themes[1]
    browser.post(at(f"/f{other.id}/move"), data={f"to-{code(said[3])}": f"t{letters.id}"})
    assert said[3].id in under(letters)


def test_a_comment_in_no_theme_can_be_put_into_one(browser, letters, said):
    page = browser.post("/staff/surveys/small/themes/in-none/words").page
    assert page.tree.cssselect("form[action$=put]")
    browser.post(at("/put"), data={f"to-{code(said[10])}": f"t{letters.id}"})
    assert said[10].id in under(letters)
    page = browser.get("/staff/surveys/small/themes").page
    assert "1 comment in no theme" in page.html


def test_nothing_chosen_to_move_is_said(browser, letters):
    for data in ({}, {"to-nonsense": "none"}, {"to-1-": "none"}):
        refused = browser.post(at(f"/t{letters.id}/move"), data=data)
        assert (data, refused.status_code) == (data, 422)
        assert "choose where at least one sentence belongs" in refused.page.html, data


def test_a_theme_is_split_into_what_was_ticked(browser, waits, said):
    data = {"name": "Long waits", "pick": [code(said[3]), code(said[4])]}
    sent = browser.post(at(f"/t{waits.id}/split"), data=data)
    page = browser.get(sent.location).page
    assert page.heading == "Long waits"
    assert "A person made it." in page.texts("section[aria-labelledby=machine]")[0]
    assert under(waits) == {answer.id for answer in said[5:10]}
    assert "Long waits" in browser.get("/staff/surveys/small/themes").page.texts("a.theme strong")


def test_a_split_without_a_name_or_a_tick_is_refused(browser, waits, said, session):
    assert browser.post(at(f"/t{waits.id}/split"), data={"name": "New"}).status_code == 422
    refused = browser.post(at(f"/t{waits.id}/split"), data={"name": " ", "pick": code(said[3])})
    assert refused.status_code == 422
    assert session.query(Theme).count() == 1


def test_a_step_is_undone_from_the_history(browser, letters, waits, session):
    browser.post(at(f"/t{letters.id}/merge"), data={"into": f"t{waits.id}"})
    page = browser.get(at("/history")).page
    assert f"{browser.staff.name} merged “Letters” into “Waits”" in page.texts("ol.list li")[0]
    assert "first undo a later step" in page.texts("ol.list li")[1]
    browser.post(page.tree.cssselect("form[action*=undo]")[0].action)
    assert letters.state == "accepted"
    assert "Undone by" in browser.get(at("/history")).page.texts("ol.list li")[0]


def test_a_step_with_a_later_one_is_not_undone(browser, letters, session):
    first = session.query(CurationStep).one().id
    browser.post(at(f"/t{letters.id}/name"), data={"name": "Post", "ambition": ""})
    refused = browser.post(at(f"/history/{first}/undo"))
    assert refused.status_code == 409
    assert "Undo that one first" in refused.page.html
    assert letters.name == "Post"


def test_a_form_of_an_earlier_reading_decides_nothing(browser, run, version, said, session):
    old = run.themes[0].id
    a_run(version, {"other": said})
    refused = browser.post(at(f"/f{old}/accept"), data={"name": "Letters", "ambition": ""})
    assert refused.status_code == 404
    assert session.query(Theme).count() == 0


def test_the_machine_proposes_and_one_button_accepts(browser, letters, version, said, session):
    a_run(version, {"letters": said[:3], "new things": said[3:9]})
    page = browser.get("/staff/surveys/small/themes").page
    proposals = page.texts("section[aria-labelledby=proposals]")[0]
    assert "new things" in proposals
    (form,) = page.tree.cssselect("section[aria-labelledby=proposals] form[action$=accept]")
    browser.post(form.action, data=dict(form.form_values()))
    assert session.query(Theme).filter_by(name="new things").one().state == "accepted"


def test_this_is_the_same_is_one_button(browser, letters, version, said, session):
    a_run(version, {"everything": said})
    run = a_run(version, {"post": said[:2] + said[9:11], "rest": said[3:9]})
    session.query(Theme).one().keywords = ["post keyword", "stamps"]
    run.themes[0].keywords = ["post keyword", "stamps", "more"]
    session.commit()
    page = browser.get("/staff/surveys/small/themes").page
    form = page.tree.cssselect("form[action*=same]")[0]
    browser.post(form.action)
    assert letters.found_theme_id == run.themes[0].id
    assert browser.post(form.action).status_code in (404, 409)


def test_a_version_is_kept_and_taken_as_a_file(browser, letters, session):
    browser.post(at("/versions"), data={"note": "For the board"})
    page = browser.get(at("/versions")).page
    assert "Version 1" in page.texts("section[aria-labelledby=kept] li strong")
    file = browser.get(at("/versions/1.yaml"))
    assert "name: Letters" in file.get_data(as_text=True)
    assert "attachment" in file.headers["Content-Disposition"]
    assert "name: Letters" in browser.get(at("/themes.yaml")).get_data(as_text=True)


def test_nothing_to_keep_is_said(browser, run, session):
    refused = browser.post(at("/versions"), data={"note": "x"})
    assert refused.status_code == 422
    assert "no theme to keep yet" in refused.page.texts(".govuk-error-summary a")[0]
    assert session.query(FrameVersion).count() == 0


def import_of(browser, content):
    data = {"file": (io.BytesIO(content), "codes.yaml")}
    return browser.post(at("/versions/import"), data=data, content_type="multipart/form-data")


def test_a_file_of_themes_comes_in(browser, run):
    sent = import_of(browser, b"engage_frame: 1\nthemes: [{name: Buses}]")
    page = browser.get(sent.location).page
    assert "Buses (named)" in page.texts("section[aria-labelledby=gone] li")


NO_FRAMES = {
    "no frame": (b"hello", "it has no"),
    "no text": (b"\xff\xfe", "not text in UTF-8"),
    "too deep": (b"[" * 60_000, "nested too deeply to be read."),
    "no day": (b"engage_frame: 1\nthemes: 2020-13-45", "not valid YAML"),
    "no number": (b"engage_frame: !!int x", "not valid YAML"),
}


def test_a_file_that_cannot_come_in_is_told_why_not(browser, run, session):
    for name, (content, wrong) in NO_FRAMES.items():
        refused = import_of(browser, content)
        assert (name, refused.status_code) == (name, 422)
        assert wrong in refused.page.texts(".govuk-error-summary a")[0], name
    assert session.query(Theme).count() == 0


@pytest.fixture
def learnt(version, browser, session):
    """Two accepted themes with vectors, and a comment in none that is like the first."""
    buses = comments(version, [f"The bus was late {n} times" for n in range(12)])
    meals = comments(version, [f"The meal was cold {n} times" for n in range(12)])
    alone = comments(version, ["The bus was late 40 times"])
    settings = {"embedder": "test"}
    run = a_run(version, {"buses": buses, "meals": meals}, alone=alone, settings=settings)
    for answers, row in ((buses, (1, 0)), (meals, (0, 1)), (alone, (1, 0))):
        for answer in answers:
            vector = np.array(row, dtype=np.float32).tobytes()
            key = vector_key("test", str(answer.value))
            session.add(TextVector(key=key, model="test", vector=vector, used_on=NOW.date()))
    theme = naming.accept(run.themes[0], "Buses", browser.staff)
    naming.accept(run.themes[1], "Meals", browser.staff)
    session.commit()
    return theme, alone[0]


def test_accepted_themes_suggest_more_and_a_person_says_yes(browser, learnt):
    theme, alone = learnt
    browser.post(at("/suggestions"))
    queue.work_off()
    page = browser.get(at("/suggestions")).page
    assert "Suggested: 1 sentence for “Buses”" in page.html
    assert "late 40 times" not in page.html
    read = browser.post(at(f"/suggestions/{theme.id}")).page
    assert read.texts(".pick label") == ["The bus was late 40 times"]
    browser.post(at(f"/suggestions/{theme.id}/belong"), data={"pick": code(alone)})
    assert alone.id in under(theme)
    queue.work_off()
    assert "nothing to suggest" in browser.get(at("/suggestions")).page.html


def test_what_does_not_belong_is_not_suggested_again(browser, learnt, session):
    theme, alone = learnt
    browser.post(at(f"/suggestions/{theme.id}/others"), data={"pick": code(alone)})
    assert alone.id not in under(theme)
    assert "Suggested: 1 sentence for “Buses”" not in browser.get(at("/suggestions")).page.html
    what = [event.what for event in session.query(AuditEvent).order_by(AuditEvent.id)]
    assert what[-1] == "answered suggestions"


DEEDS = [
    "accept",
    "name",
    "set-aside",
    "take-back",
    "define",
    "critical",
    "merge",
    "nest",
    "move",
    "split",
]


def test_who_may_not_curate_changes_nothing(signed_in, letters, session):
    assert_refused(signed_in("reader"), letters, session, 403)


def test_another_organisation_finds_nothing(staff_client, letters, session):
    assert_refused(staff_client, letters, session, 404)


def assert_refused(client, theme, session, status):
    before = rows(session)
    for deed in DEEDS:
        refused = client.post(at(f"/t{theme.id}/{deed}"), data={"name": "x"})
        assert (deed, refused.status_code) == (deed, status)
        assert (deed, rows(session)) == (deed, before)


def test_the_pages_of_another_organisation_are_not_found(staff_client, letters):
    for rest in ("/history", "/versions", "/themes.yaml", "/suggestions"):
        assert (rest, staff_client.get(at(rest)).status_code) == (rest, 404)


def test_a_reader_sees_the_theme_and_the_history_without_words_or_buttons(
    signed_in, browser, letters, waits, said
):
    frame.move(waits, {(said[3].id, content_key(str(said[3].value))): letters}, browser.staff)
    db.session.commit()
    reader = signed_in("reader")
    page = reader.get(at(f"/{letters.id}")).page
    assert "Put here by people: fewer than 5." in page.html
    assert "about waiting" not in page.html
    assert page.texts("main form button") == []
    assert reader.get(at("/history")).page.texts("main form button") == []
    assert reader.post(at(f"/t{letters.id}/words")).status_code == 403
    assert reader.get(at("/themes.yaml")).status_code == 403


def test_a_theme_that_is_not_there_is_not_found(browser, run):
    for key in ("t0", "x1", "f999999", "t", "f-1", "t9999999999", "tx"):
        assert (key, browser.post(at(f"/{key}/critical")).status_code) == (key, 404)


def test_opening_pages_writes_nothing(browser, letters, session):
    before = rows(session)
    for rest in (f"/{letters.id}", "/history", "/versions", "/themes.yaml", "/suggestions"):
        assert browser.get(at(rest)).status_code == 200
    assert rows(session) == before


@pytest.mark.parametrize("name", ["Jayden", "José"])
def test_what_a_person_took_out_of_a_comment_is_shown_nowhere(browser, version, session, name):
    said = comments(version, [f"My son {name} waits", *(f"We wait {n}" for n in range(4))])
    alone = comments(version, [f"Only {name} says this"])
    run = a_run(version, {"waits": said}, alone=alone)
    theme = naming.accept(run.themes[0], "Waits", browser.staff)
    for answer in (said[0], *alone):
        # The machine keeps a letter and its accent as one; this answer was typed with two.
        answer.value = unicodedata.normalize("NFD", str(answer.value))
        take_out(answer, unicodedata.normalize("NFD", name), browser.staff, session)
    session.commit()
    survey = "/staff/surveys/small"
    pages = {
        "the theme": browser.get(at(f"/{theme.id}")),
        "its words": browser.post(at(f"/t{theme.id}/words")),
        "the finding": browser.get(f"{survey}/themes/0"),
        "in no theme": browser.post(f"{survey}/themes/in-none/words"),
        "a search": browser.post(f"{survey}/comments", data={"theme": "Waits"}),
        "a search for the name": browser.post(f"{survey}/comments", data={"words": "son"}),
        "page one": browser.post(f"{survey}/page-one"),
    }
    shown = {where: unicodedata.normalize("NFC", one.page.html) for where, one in pages.items()}
    assert [where for where, html in shown.items() if name in html] == []
    without = [where for where, html in shown.items() if "My son [a name] waits" in html]
    assert without == [where for where in pages if where != "in no theme"]
    assert "Only [a name] says this" in shown["in no theme"]


def take_out(answer, name, by, session):
    start = str(answer.value).index(name)
    session.add(
        Redaction(
            answer_id=answer.id,
            start=start,
            end=start + len(name),
            rule="name_on_list",
            decision="taken_out",
            decided_by=by,
            decided_at=NOW,
        )
    )


def test_a_reader_sees_no_word_of_a_comment_in_what_the_machine_found(signed_in, browser, letters):
    letters.found.keywords = ["about waiting"]
    words = f"/staff/surveys/small/themes/{letters.found.number}"
    for_all = [signed_in("reader").get(page).page for page in (at(f"/{letters.id}"), words)]
    assert not [page for page in for_all if page.texts("ul.chips li")]
    assert not [page for page in for_all if "about waiting" in page.html]
    assert browser.get(words).page.texts("ul.chips li") == ["about waiting"]
