"""What an edition says long after it was published: less, where something was taken down."""

from datetime import UTC, datetime

from engage.analysis import operations as analysis
from engage.extensions import db
from engage.loop import operations as loop
from engage.loop.co_lead import operations as together
from engage.pages.reports import operations, public_views
from engage.pages.reports.collecting import ANNUAL, KINDS, REG56, collect
from engage.pages.reports.files_kept import FilesKept
from engage.pages.reports.queries import editions
from engage.responses.snapshots import checksum
from engage.surveys import operations as surveys
from engage.surveys.co_lead import operations as signing_together
from engage.surveys.co_lead import queries as signed
from tests.factories import StaffFactory
from tests.loop.co_lead.made import agree, published
from tests.loop.made import NOW, a_partner, a_public_action, a_survey, a_theme, whole
from tests.loop.quotes.made import colleague
from tests.pages.reports.taking import (
    FORMS,
    YEAR,
    links,
    public_place,
    publish,
    said_in,
    staff_place,
    wanted,
)
from tests.signin import sign_in

# ---- answers and names


def test_frozen_words_stay_away_when_a_corrected_answer_is_published(client, officer, theme):
    action = a_public_action(theme, "did", we_did="Jane of Oak Road was refused")
    publish(officer)
    loop.take_down(action, action.written_by, NOW)
    corrected = whole("did", we_did="We wrote to everyone")
    loop.publish(action, action.written_by, datetime.now(UTC), parts=corrected)
    db.session.commit()
    for form in FORMS:
        said = said_in(client, form)
        assert "JaneofOakRoad" not in said
        assert "Wewrotetoeveryone" not in said  # nobody published it in this edition
        assert ('"taken_down":1' if form == ".json" else "1answerwastakendown") in said
    publish(officer)
    assert all("Wewrotetoeveryone" in said_in(client, form) for form in FORMS)


def test_a_theme_is_called_what_it_is_called_today(client, officer, theme):
    publish(officer)
    analysis.rename(theme, "A name of nobody", theme.decided_by, NOW)
    db.session.commit()
    for form in FORMS:
        said = said_in(client, form)
        assert "Waitingforhelp" not in said
        assert "Anameofnobody" in said


def test_what_a_co_lead_says_of_an_answer_stands_beside_it_and_can_be_taken_back(
    client, app, session
):
    version = a_survey(published=False, title="Parents")
    ours, partner = version.survey.organisation, a_partner(version.survey).organisation
    staff, forum = (
        StaffFactory(organisation=each, roles=["survey_lead"]) for each in (ours, partner)
    )
    signing_together.make_co_lead(version.survey, partner.id, staff)
    agree(version.survey, signed.to_launch(version), forum)
    surveys.publish(version, NOW)
    theme = a_theme(version)
    db.session.commit()
    action = published(theme, forum, staff)
    together.say_in_public(action, ("We see it another way", "No"), forum, NOW)
    db.session.commit()
    assert publish(sign_in(app.test_client(), staff)).status_code == 302
    assert all("Weseeitanotherway" in said_in(client, form) for form in FORMS)
    assert "“No”" in said_in(client, "", read="?read=easy")
    together.say_in_public(action, ("", ""), forum, NOW)
    db.session.commit()
    assert not any("Weseeitanotherway" in said_in(client, form) for form in FORMS)


# ---- data


def test_everyone_can_work_the_checksum_out_again(client, officer, theme):
    for kind in KINDS:
        publish(officer, kind)
        taken = client.get(public_place(kind, ".json")).json
        assert (kind, taken["checksum_when_published"]) == (kind, checksum(taken["data"]))
        assert (kind, taken["taken_down"]) == (kind, 0)


def test_its_days_are_days_here(client, theme):
    late = wanted(now=datetime(2027, 6, 10, 23, 30, tzinfo=UTC))
    operations.publish(late, colleague(theme), checksum(collect(late)))
    db.session.commit()
    taken = client.get(public_place(form=".json")).json
    assert taken["published_on"] == taken["data"]["made_on"] == "2027-06-11"


# ---- editions


def test_the_newest_that_stands_is_shown_where_a_newer_one_was_taken_down(client, officer, theme):
    publish(officer)
    a_public_action(theme, "did", we_did="Three more nurses")
    publish(officer)
    officer.post(staff_place(rest="/editions/2/take-down"))
    page = client.get(public_place()).page
    assert "A newer edition was taken down on" in page.html
    assert "Replaced on" not in page.html
    assert all("Threemorenurses" not in said_in(client, form) for form in FORMS)
    taken = client.get(public_place(form=".json")).json
    assert (taken["edition"], taken["replaced_on"]) == (1, None)
    assert taken["newer_taken_down_on"]
    assert public_place() in links(client.get("/reports").page)
    assert "A newer edition was taken down on" in officer.get("/staff/reports").page.html
    assert client.get(public_place(rest="/editions/2")).status_code == 410


def test_lists_of_editions_read_nothing_of_what_they_say(officer, queries):
    publish(officer)
    queries.clear()
    assert len(editions()[ANNUAL, YEAR]) == 1
    (only,) = queries
    assert only.startswith("SELECT snapshot.id, snapshot.kind, snapshot.made_at, CAST(")
    assert "exact" not in only


# ---- files


def test_a_file_is_made_once_for_everybody_and_never_given_for_another(
    client, officer, theme, monkeypatch
):
    made = []
    monkeypatch.setattr(public_views, "kept", FilesKept())
    for ending, (make, kind) in public_views.FILES.items():
        counting = (lambda told, make=make: made.append(told) or make(told)), kind
        monkeypatch.setitem(public_views.FILES, ending, counting)
    action = a_public_action(theme, "did", we_did="Three more nurses")
    publish(officer, REG56)
    first, again = (client.get(public_place(REG56, ".docx")).data for _ in range(2))
    assert first == again
    assert len(made) == 1
    loop.take_down(action, action.written_by, NOW)
    db.session.commit()
    assert "Threemorenurses" not in said_in(client, ".docx", REG56)
    assert len(made) == 2


def test_only_a_few_files_and_bytes_are_kept():
    kept = FilesKept(most_files=2, most_bytes=10)
    for mark in "abc":
        kept.get(mark, lambda: b"1234")
    assert kept.get("c", lambda: b"new") == b"1234"
    assert kept.get("a", lambda: b"new") == b"new"
    assert kept.get("large", lambda: b"1" * 11) == b"1" * 11
    assert kept.get("large", lambda: b"new") == b"new"


# ---- languages


def test_english_words_are_marked_on_a_page_in_another_language(client, officer, theme):
    a_public_action(theme, "will")
    publish(officer)
    publish(officer, REG56)
    for kind in KINDS:
        soup = client.get(public_place(kind) + "?lang=ar").page.soup
        marked = {each.get_text() for each in soup.select('main [lang="en"][dir="ltr"]')}
        assert {"Waiting for help", "You wait", "We hire", "Head of therapies"} <= marked
        assert "Free travel training" in marked
        loose = [each for each in soup.main.find_all(string=True) if "Waiting for help" in each]
        assert all(each.find_parent(attrs={"lang": "en"}) for each in loose)
    assert "<span lang" not in client.get(public_place()).page.html
