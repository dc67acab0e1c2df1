"""The answers as a file, for staff who may take them away."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis.strategies import sampled_from, text
from openpyxl import load_workbook
from sqlalchemy import insert

from engage import create_app
from engage.extensions import db, expect_writes, long_reading
from engage.people.models import AuditEvent, Organisation
from engage.responses import export
from engage.responses.export import harmless
from engage.surveys import operations
from tests.conftest import test_settings
from tests.factories import StaffFactory
from tests.responses.sent import SENT_AT, send
from tests.signin import sign_in
from tests.survey_factories import NOT_SURE, PUBLISHED_AT, ask, make_small_survey, make_survey

OTHER = {"code": "other", "standard": "Other", "easy_read": "Other", "free_text": True}
SERVICES = ("school", "doctor", OTHER, NOT_SURE | {"missing": True})
SIGNS = ("=", "+", "-", "@", "\t", "\r", "\0", "＝", "＋", "－", "＠")
QUESTIONS = (
    ask("Q1"),
    ask("Q2", "multi", options=SERVICES),
    ask("Q3", "loop", scale="quality5", loop_over="Q2"),
    ask("Q4", "rank", options=("one", "two", "three")),
    ask("Q5", "text"),
    ask("Q6", "info"),
)


@pytest.fixture
def version(session):
    return make_small_survey(QUESTIONS, slug="small")


@pytest.fixture
def officer(app, version):
    return signed_in(app, version, "analyst")


def signed_in(app, version, role):
    staff = StaffFactory(organisation=version.survey.organisation, roles=[role])
    return sign_in(app.test_client(), staff)


def take(client, file="small/export.csv", labels=False):
    """The file, all of it: the connection is closed afterwards, as a browser does."""
    data = {"labels": "yes"} if labels else {}
    return client.post(f"/staff/surveys/{file}", data=data, buffered=True)


def rows(response):
    text = response.get_data().decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def records(response):
    headings, *rest = rows(response)
    return [dict(zip(headings, row, strict=True)) for row in rest]


def cells(response):
    book = load_workbook(io.BytesIO(response.get_data()))
    return list(book["Answers"].iter_rows())


def test_each_response_is_a_row_with_a_column_for_each_question(officer, version):
    send(version, {"Q1": "yes", "Q4": ["two", "one"], "Q5": "Thank you"}, language="pl")
    send(version, {"Q1": "no"}, easy_read=True)

    first, second = records(take(officer))

    assert [first["number"], first["day"], first["version"]] == ["1", "2026-07-01", "1"]
    assert [first["way_in"], first["language"], first["easy_read"]] == ["web", "pl", "no"]
    assert [first["Q1"], first["Q4"], first["Q5"]] == ["yes", "two; one", "Thank you"]
    assert [second["number"], second["Q1"], second["Q5"]] == ["2", "no", ""]
    assert second["easy_read"] == "yes"
    assert "Q6" not in first


def test_a_looped_question_has_a_column_for_each_thing_it_can_be_about(officer, version):
    send(
        version,
        {
            "Q2": ["school", "doctor"],
            "Q3": {"offered": ["school", "doctor"], "given": {"school": "good"}},
        },
    )

    (row,) = records(take(officer))

    assert row["Q2"] == "school; doctor"
    assert row["Q3~asked"] == "school; doctor"
    assert [row["Q3~school"], row["Q3~doctor"], row["Q3~other"]] == ["good", "", ""]
    assert "Q3~not_sure" not in row


def test_the_words_beside_other_have_a_column_of_their_own(officer, version):
    send(version, {"Q2": ["other"]}, words={"Q2": {"other": "A kind neighbour"}})

    (row,) = records(take(officer))

    assert [row["Q2"], row["Q2~other~words"]] == ["other", "A kind neighbour"]


def test_the_words_of_the_questions_are_a_second_row_where_they_are_wanted(officer, version):
    headings, labels = rows(take(officer, labels=True))

    assert dict(zip(headings, labels, strict=True))["Q1"] == "Question Q1?"
    assert dict(zip(headings, labels, strict=True))["Q3~school"] == "Question Q3? (School)"


def test_versions_share_a_column_where_they_share_a_code(officer, version, session):
    send(version, {"Q1": "yes"})
    operations.close(version, SENT_AT)
    second = operations.new_version(version.survey)
    operations.publish(second, PUBLISHED_AT)
    session.commit()
    send(second, {"Q1": "no"})

    found = records(take(officer))

    assert [(row["version"], row["Q1"]) for row in found] == [("1", "yes"), ("2", "no")]


def test_answers_nobody_sent_are_not_in_the_file(officer, version):
    send(version, {"Q1": "yes"}, submitted_at=None)

    assert records(take(officer)) == []


def test_no_secret_and_no_hour_is_in_the_file(officer, version):
    send(version, {"Q1": "yes"})

    text = take(officer).get_data(as_text=True)

    assert "secret" not in text
    assert "23:30" not in text


def test_somebody_who_sent_nothing_but_blanks_is_a_row(officer, version):
    send(version, {})

    (row,) = records(take(officer))

    assert row["number"] == "1"
    assert row["Q1"] == ""


def test_excel_knows_the_file_is_utf_8(officer, version):
    send(version, {"Q5": "Zażółć “gęślą” jaźń"})

    response = take(officer)

    assert response.get_data().startswith(b"\xef\xbb\xbf")
    assert records(response)[0]["Q5"] == "Zażółć “gęślą” jaźń"
    assert response.headers["Content-Disposition"].startswith("attachment; filename=answers-small-")
    assert response.headers["Cache-Control"] == "no-store"


def test_lines_and_quotation_marks_stay_in_their_cell(officer, version):
    words = 'First line,\nsecond "line"'
    send(version, {"Q5": words})

    assert records(take(officer))[0]["Q5"] == words


def test_the_workbook_holds_the_same_as_plain_text(officer, version):
    send(version, {"Q1": "yes", "Q5": "=SUM(A1:A9)"})
    send(version, {"Q5": "http://example.org 12"})

    found = cells(take(officer, "small/export.xlsx", labels=True))

    assert [len(found), found[0][0].value, found[1][7].value] == [4, "number", "Question Q1?"]
    assert found[2][-1].value == "'=SUM(A1:A9)"
    assert {cell.data_type for row in found for cell in row if cell.value} == {"s"}
    assert found[3][-1].value == "http://example.org 12"
    assert found[3][-1].hyperlink is None


def test_the_workbook_says_what_each_code_means(officer, version):
    response = take(officer, "small/export.xlsx")

    book = load_workbook(io.BytesIO(response.get_data()))
    headings, *meanings = book["Codes"].iter_rows(values_only=True)
    assert headings == ("question", "question_words", "answer", "answer_words")
    assert ("Q1", "Question Q1?", "not_sure", "Not sure") in meanings
    assert len(meanings) == len(set(meanings))


def test_a_cell_that_excel_cannot_hold_says_that_it_was_cut(officer, version):
    send(version, {"Q5": "a" * 40_000})

    found = cells(take(officer, "small/export.xlsx"))

    assert len(found[1][-1].value) == export.LONGEST_CELL
    assert found[1][-1].value.endswith("[cut: the CSV file has all of it]")
    whole = records(take(officer))[0]["Q5"]
    assert len(whole) == 40_000


@pytest.mark.parametrize(
    "words",
    [
        "=1+1",
        "+44 1632 960000",
        "-2",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "\0=1",
        "\tplain",
        "\rplain",
        "\0plain",
        "   =1",
        " \tplain",
        "\N{NO-BREAK SPACE}=1",
        "\N{ZERO WIDTH SPACE}=1",
        "\N{ZERO WIDTH NO-BREAK SPACE}=1",
        "\N{IDEOGRAPHIC SPACE}@x",
        "\N{FULLWIDTH EQUALS SIGN}1+1",
        "\N{FULLWIDTH PLUS SIGN}1",
        "\N{FULLWIDTH HYPHEN-MINUS}1",
        "\N{FULLWIDTH COMMERCIAL AT}x",
        "\N{SMALL EQUALS SIGN}1",
        "\N{MINUS SIGN}1",
        '=HYPERLINK("http://bad.example","click")',
    ],
)
def test_what_could_run_as_a_formula_gets_an_apostrophe(words):
    assert harmless(words) == f"'{words}"


@pytest.mark.parametrize(
    "words", ["", "Thank you", "3 = three", "a@b", "“=1”", "  ", "‘+’", "12", "#N/A", "€5", "é"]
)
def test_plain_words_stay_as_they_are(words):
    assert harmless(words) == words


@given(before=text(" \t\r\n\0\u00a0\u200b\u3000"), sign=sampled_from(SIGNS), after=text())
def test_no_sign_begins_a_formula_whatever_stands_around_it(before, sign, after):
    assert harmless(before + sign + after) == f"'{before}{sign}{after}"


@given(text())
def test_a_cell_is_the_words_that_were_typed_with_at_most_an_apostrophe(words):
    assert harmless(words) in (words, f"'{words}")
    assert not harmless(words).lstrip().startswith(SIGNS)


def test_a_formula_in_a_question_is_made_plain_too(officer, session, version):
    odd = make_small_survey(
        [ask("Q1", "text", wording={"standard": "=1+1", "easy_read": "=1+1"})],
        slug="odd",
        organisation=version.survey.organisation,
    )
    send(odd, {"Q1": "-"})

    labels, answers = rows(take(officer, "odd/export.csv", labels=True))[1:]

    assert [labels[-1], answers[-1]] == ["'=1+1", "'-"]


def test_taking_the_file_is_recorded(officer, version, session):
    send(version, {"Q1": "yes"})

    take(officer, "small/export.xlsx")

    event = session.query(AuditEvent).one()
    assert [event.what, event.subject] == ["downloaded the answers", "small"]
    assert event.detail == {"file": "xlsx", "answers": 1}


def test_the_page_says_what_is_in_the_file_and_records_nothing(officer, version, session):
    send(version, {"Q1": "yes"})

    page = officer.get("/staff/surveys/small/export").page

    assert page.heading == "Download the answers"
    assert "One person has sent answers." in page.html
    assert "Question Q3? (School)" in page.texts("td")
    assert session.query(AuditEvent).count() == 0


def test_the_words_of_a_survey_are_shown_as_words(officer, session, version):
    make_small_survey(
        [ask("Q1", "text", wording={"standard": "<b>Bold</b>", "easy_read": "x"})],
        slug="odd",
        title="<script>alert(1)</script>",
        organisation=version.survey.organisation,
    )

    page = officer.get("/staff/surveys/odd/export").page

    assert "<b>Bold</b>" in page.texts("td")
    assert not page.soup.select("main script, main b")


def test_a_draft_has_nothing_to_download(officer, session, version):
    make_survey(
        "event-feedback",
        slug="draft",
        organisation=version.survey.organisation,
        published=False,
    )

    page = officer.get("/staff/surveys/draft/export").page

    assert "Nobody has been asked yet" in page.html
    assert not page.soup.select("main form")
    assert take(officer, "draft/export.csv").status_code == 404


def test_made_up_answers_say_so_in_the_file_and_its_name(app, session):
    invented = make_small_survey(slug="invented", is_invented=True)
    send(invented, {"Q1": "yes"})

    response = take(signed_in(app, invented, "analyst"), "invented/export.csv")

    assert records(response)[0]["made_up"] == "yes"
    assert "made-up-answers-invented" in response.headers["Content-Disposition"]


@pytest.mark.parametrize("role", ["reader", "administrator", "safeguarding_lead"])
def test_only_those_who_may_export_get_the_file(app, version, role):
    client = signed_in(app, version, role)

    assert client.get("/staff/surveys/small/export").status_code == 403
    assert take(client).status_code == 403


def test_another_organisations_survey_is_not_there(app, version):
    stranger = sign_in(app.test_client(), StaffFactory(roles=["survey_lead"]))

    assert stranger.get("/staff/surveys/small/export").status_code == 404
    assert take(stranger).status_code == 404


def test_getting_the_file_by_its_address_is_refused(officer, version):
    assert officer.get("/staff/surveys/small/export.csv").status_code == 405
    assert take(officer, "small/export.pdf").status_code == 404


def test_a_real_template_fits_in_the_table(app, session):
    version = make_survey("parent-carer-satisfaction", slug="parents")
    send(version, {})

    found = rows(take(signed_in(app, version, "analyst"), "parents/export.csv"))

    assert len(found[0]) == len(set(found[0])) == len(found[1])


def test_a_large_survey_is_read_some_at_a_time(officer, version, queries, monkeypatch):
    monkeypatch.setattr("engage.responses.queries.READ_AT_A_TIME", 4)
    for number in range(10):
        send(version, {"Q1": "yes", "Q5": f"words {number}"})
    before = len(queries)

    found = records(take(officer))

    assert [row["Q5"] for row in found] == [f"words {number}" for number in range(10)]
    assert sum("FROM answer" in query for query in queries[before:]) == 3


def test_others_may_write_while_a_file_is_made(other_database, tmp_path):
    app = create_app(test_settings(tmp_path) | {"SQLALCHEMY_DATABASE_URI": other_database})
    with app.app_context():
        db.create_all()
        expect_writes(True)
        with long_reading():
            assert db.session.query(Organisation).count() == 0
            with db.engine.begin() as somebody_else:
                somebody_else.execute(
                    insert(Organisation).values(
                        code="x", name="X", short_name="X", help_phone="", help_hours=""
                    )
                )
        assert db.session.query(Organisation).count() == 1
        db.session.remove()
        db.engine.dispose()
    expect_writes(False)
