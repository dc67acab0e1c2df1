"""The languages of a survey, as staff see them, through HTTP."""

import csv
import io

import pytest
from sqlalchemy import select

from engage.people.models import AuditEvent
from engage.surveys import operations, queries
from engage.surveys.translation_files import LARGEST
from tests.factories import StaffFactory
from tests.signin import sign_in
from tests.survey_factories import PUBLISHED_AT, ask, make_small_survey

HERE = "/staff/surveys/parks/languages"


@pytest.fixture
def ours(staff_client):
    """A survey of the organisation of whoever is signed in."""
    organisation = staff_client.staff.organisation
    return make_small_survey(
        [ask("Q1"), ask("Q2")], organisation=organisation, slug="parks", title="Parks"
    )


def csv_of(client, language="pl", **words):
    """The file that is downloaded, with these words typed in by id."""
    text = client.get(f"{HERE}/{language}.csv").get_data().decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    for row in rows[1:]:
        row[3] = words.get(row[0].replace("/", "_"), row[3])
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


def send(client, content, language="pl", **form):
    file = io.BytesIO(content), "words.csv"
    return client.post(f"{HERE}/{language}", data={"file": file, **form})


def send_large(client, content):
    """The same by hand: the test client leaves its own file open for as much as this."""
    head = b'--xx\r\nContent-Disposition: form-data; name="file"; filename="words.csv"\r\n\r\n'
    body = head + content + b"\r\n--xx--\r\n"
    return client.post(f"{HERE}/pl", data=body, content_type="multipart/form-data; boundary=xx")


def events():
    found = select(AuditEvent).where(AuditEvent.subject == "parks").order_by(AuditEvent.id)
    return list(queries.db.session.scalars(found))


def words_in(version, language):
    definition = queries.definition_of(version.id)
    question = definition.question("Q1")
    return {w.text for w in question.wordings if w.language == language}


def test_the_page_shows_every_language_and_what_is_missing(staff_client, ours):
    page = staff_client.get(HERE).page

    assert len(page.soup.select("main h2")) == 6
    assert page.texts("main h2")[0] == "Polish ( Polski )"
    assert page.soup.select_one("bdi[lang=ar]")["dir"] == "rtl"
    assert set(page.texts("main .tag")) == {"Not started"}
    assert "People who choose this language see the questions in English." in page.html
    assert f"{HERE}/pl.xlf?version=1" in page.html


def test_a_survey_leads_to_its_languages(staff_client, ours):
    page = staff_client.get("/staff/surveys/parks").page

    assert page.soup.select_one(f'a[href="{HERE}"]').get_text() == "Languages"


def test_words_go_out_and_come_back_into_a_published_survey(staff_client, ours):
    queries.definition_of(ours.id)  # kept in memory before the words come

    sent = send(staff_client, csv_of(staff_client, question_Q1="Pytanie pierwsze?"))

    assert sent.page.heading == "What the file brought"
    assert words_in(ours, "pl") == {"Pytanie pierwsze?"}
    page = staff_client.get(HERE).page
    assert page.texts("main .tag")[0] == "Drafted"
    assert "19 of 20 texts are missing. People see English there." in page.html
    assert "Not checked yet." in page.html
    (event,) = events()
    assert (event.what, event.detail["language"]) == ("added words in a language", "pl")


def test_xliff_is_a_file_to_keep(staff_client, ours):
    answer = staff_client.get(f"{HERE}/pl.xlf")

    assert answer.content_type == "application/x-xliff+xml; charset=utf-8"
    assert answer.headers["Content-Disposition"] == "attachment; filename=parks-1-pl.xlf"
    back = send(staff_client, answer.get_data())
    assert "Nothing has changed." in back.page.html
    assert [event.detail["taken"] for event in events()] == [0]


def test_words_of_a_machine_say_so_until_somebody_checks_them(staff_client, ours):
    content = csv_of(staff_client, title="Parki")

    send(staff_client, content, is_machine="y")
    assert staff_client.get(HERE).page.texts("main .tag")[0] == "Machine draft"
    assert "No person has checked it yet." in staff_client.get(HERE).page.html

    checked = {"checked_by": "Polish Saturday School"}
    staff_client.post(f"{HERE}/pl/checked", data=checked)
    page = staff_client.get(HERE).page
    assert page.texts("main .tag")[0] == "Checked"
    assert "Checked by Polish Saturday School on" in page.html
    assert events()[-1].detail["checked_by"] == "Polish Saturday School"


def test_new_words_must_be_checked_again(staff_client, ours):
    send(staff_client, csv_of(staff_client, title="Parki"))
    staff_client.post(f"{HERE}/pl/checked", data={"checked_by": "Ola"})

    send(staff_client, csv_of(staff_client, title="Nasze parki"))

    assert staff_client.get(HERE).page.texts("main .tag")[0] == "Drafted"


def test_same_english_is_filled_in_when_asked(staff_client, ours):
    content = csv_of(staff_client, question_Q1_option_not_sure="Nie wiem")

    send(staff_client, content, fill_same="y")

    # Both questions say “Not sure”; in easy read they say something else.
    assert "18 of 20 texts are missing" in staff_client.get(HERE).page.html


def test_what_is_not_taken_is_said_with_its_row(staff_client, ours):
    content = csv_of(staff_client, title="Parki").replace(b"Question Q2?", b"An older question?")

    page = send(staff_client, content).page

    assert page.texts("main li")[0].startswith("question/Q2 (row ")
    assert "The English has changed since the file was made." in page.html


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"hello", "This file cannot be read."),
        (b"<!DOCTYPE x><xliff/>", "For safety we do not read such files."),
        ("język".encode("cp1250"), "Save it again as UTF-8."),
    ],
)
def test_a_file_that_is_no_use_is_refused_in_plain_words(staff_client, ours, content, sentence):
    answer = send(staff_client, content)

    assert answer.status_code == 422
    (link,) = answer.page.soup.select(".govuk-error-summary a")
    assert sentence in link.text
    assert events() == []


def test_no_file_at_all_is_a_mistake(staff_client, ours):
    answer = staff_client.post(f"{HERE}/pl", data={})

    assert answer.status_code == 422
    assert "Choose a file" in answer.page.html


def test_a_file_for_another_language_is_refused(staff_client, ours):
    answer = send(staff_client, csv_of(staff_client, "ro"), "pl")

    assert answer.status_code == 422
    assert "This file is in the language “ro”" in answer.page.html


def test_a_large_file_is_read_and_a_larger_one_is_refused(staff_client, ours):
    content = csv_of(staff_client, title="Parki")
    padded = content + b"\r\n" * ((LARGEST - len(content)) // 2)

    assert send_large(staff_client, padded).status_code == 200
    too_large = send_large(staff_client, padded + b"\r\n\r\n")
    assert too_large.status_code == 422
    assert "larger than 2 MB" in too_large.page.html
    assert send_large(staff_client, padded * 2).status_code == 413


def test_nothing_can_be_checked_before_there_are_words(staff_client, ours):
    assert "Mark as checked" not in staff_client.get(f"{HERE}/pl").page.html

    answer = staff_client.post(f"{HERE}/pl/checked", data={"checked_by": "Ola"})

    assert answer.status_code == 422
    assert "no words in this language yet" in answer.page.html


def test_whoever_checked_must_be_named(staff_client, ours):
    send(staff_client, csv_of(staff_client, title="Parki"))

    answer = staff_client.post(f"{HERE}/pl/checked", data={"checked_by": " "})

    assert answer.status_code == 422
    assert "Write who checked the words" in answer.page.html


def test_a_published_version_keeps_its_own_page_beside_a_draft(staff_client, ours):
    operations.new_version(ours.survey)
    queries.db.session.commit()

    page = staff_client.get(HERE).page
    assert "This is version 2." in page.html
    assert f"{HERE}?version=1" in page.html
    assert "This is version 1." in staff_client.get(f"{HERE}?version=1").page.html
    assert staff_client.get(f"{HERE}?version=3").status_code == 404


def test_english_is_not_a_language_to_translate_into(staff_client, ours):
    for address in ("/en", "/en.xlf", "/xx", "/xx.csv"):
        assert staff_client.get(HERE + address).status_code == 404
    assert send(staff_client, b"", "en").status_code == 404


@pytest.mark.parametrize("address", ["", "/pl", "/pl.xlf", "/pl.csv"])
def test_only_those_who_edit_surveys_of_the_organisation_see_them(client, address):
    version = make_small_survey([ask("Q1")], slug="parks")
    reader = StaffFactory(roles=["reader"], organisation=version.survey.organisation)

    assert client.get(HERE + address).status_code == 302
    sign_in(client, reader)
    assert client.get(HERE + address).status_code == 403


def test_surveys_of_another_organisation_are_not_found(staff_client):
    make_small_survey(slug="parks", published=False)

    for address in ("", "/pl", "/pl.xlf"):
        assert staff_client.get(HERE + address).status_code == 404
    assert send(staff_client, b"x").status_code == 404
    assert staff_client.post(f"{HERE}/pl/checked", data={"checked_by": "x"}).status_code == 404


def test_easy_read_is_counted_apart_and_only_where_the_survey_has_it(staff_client):
    plain = {"standard": "Only plain words"}
    organisation = staff_client.staff.organisation
    question = ask("Q1", options=[{"code": "yes"} | plain], wording=plain)
    make_small_survey([question], organisation=organisation, slug="parks")

    page = staff_client.get(HERE).page

    assert "0 of 4" in page.html
    assert "0 of 2" in page.html


def test_a_closed_version_can_still_be_looked_at(staff_client, ours):
    operations.close(ours, PUBLISHED_AT)
    queries.db.session.commit()

    assert staff_client.get(HERE).status_code == 200
