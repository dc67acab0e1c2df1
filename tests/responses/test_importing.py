"""Answers that were collected elsewhere, taken in from a file."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import yaml

from engage.errors import InvalidInputError
from engage.jobs.models import Job
from engage.responses import command
from engage.responses.importing import import_file
from engage.responses.models import Answer, Response
from engage.safeguarding.models import Alert
from engage.surveys import operations
from engage.surveys.models import Survey
from engage.surveys.timing import first_day
from tests.factories import OrganisationFactory
from tests.survey_factories import NOT_SURE, PUBLISHED_AT, ask, make_small_survey

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
OTHER = {"code": "other", "standard": "Other", "easy_read": "Other", "free_text": True}
QUESTIONS = (
    ask("Q1"),
    ask("Q2", "text", role="free_text"),
    ask("Q3", "multi", options=("bus", "taxi", OTHER, NOT_SURE | {"missing": True})),
    ask("Q4", "rank", options=("one", "two", "three"), max_choices=2),
    ask("Q5", "loop", scale="quality5", loop_over="Q3"),
)
USUAL = {
    "row_id": "Id",
    "submitted": {"column": "Sent"},
    "questions": {
        "Q1": {"column": "Happy", "values": {"1": "yes", "2": "no"}},
        "Q2": {"column": "Words"},
    },
}
FILE = """Id,Sent,Happy,Words
a1,2026-05-04,1,"The bus came, late"
a2,2026-05-05,2,
a3,2026-05-05,,
"""


@pytest.fixture
def survey(session):
    return make_small_survey(QUESTIONS, slug="small").survey


@pytest.fixture
def take_in(survey, tmp_path):
    """Import this text with this mapping, as somebody at the command line does."""

    def take_in(text=FILE, **mapping):
        file, said = tmp_path / "answers.csv", tmp_path / "mapping.yaml"
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        said.write_text(yaml.safe_dump(USUAL | mapping), encoding="utf-8")
        return import_file(survey, file, said, NOW)

    return take_in


def asked(**questions):
    return {"questions": {"Q1": USUAL["questions"]["Q1"], **questions}}


def values(session, code):
    answers = session.query(Answer).join(Answer.question).order_by(Answer.id)
    return [answer.value for answer in answers if answer.question.code == code]


def nothing_is_written(session):
    session.rollback()
    return session.query(Response).count() == 0 and session.query(Job).count() == 0


def test_a_row_becomes_a_sent_response(take_in, session):
    report = take_in()

    assert [report.rows, report.added, report.already_there, report.without_answers] == [3, 2, 0, 1]
    first, second = session.query(Response).order_by(Response.id)
    assert [first.channel, first.language] == ["import", "en"]
    assert [first_day(first.submitted_at), first.started_on] == [date(2026, 5, 4)] * 2
    assert [len(first.answers), len(second.answers)] == [2, 1]
    assert values(session, "Q1") == ["yes", "no"]
    assert values(session, "Q2") == ["The bus came, late"]


def test_words_about_being_hurt_are_read_first(take_in, session):
    take_in(FILE.replace("The bus came, late", "My dad hits me"))

    urgencies = [response.urgency for response in session.query(Response).order_by(Response.id)]
    assert urgencies == [2, 0]
    assert session.query(Alert).count() == 0, "they were said long ago, and elsewhere"


def test_importing_twice_adds_nothing(take_in, session):
    take_in()

    report = take_in()

    assert [report.added, report.already_there] == [0, 2]
    assert str(report) == "3 rows read: 0 added, 2 already there, 1 without an answer."
    assert session.query(Response).count() == 2


def test_a_longer_file_adds_what_is_new(take_in, session):
    take_in()

    report = take_in(FILE + "a4,2026-05-06,1,New\n")

    assert [report.added, report.already_there] == [1, 2]


def test_a_new_version_does_not_take_the_same_rows_again(take_in, survey, session):
    take_in()
    operations.close(survey.versions[0], NOW)
    operations.publish(operations.new_version(survey), PUBLISHED_AT)
    session.commit()

    assert take_in().added == 0


def test_without_a_row_id_equal_rows_are_two_people_each_time(take_in):
    text = "Sent,Happy,Words\n" + "2026-05-04,1,Good\n" * 2

    first, second = take_in(text, row_id=[]), take_in(text, row_id=[])

    assert [first.added, second.added, second.already_there] == [2, 0, 2]


def test_a_row_that_stands_twice_in_the_file_counts_once(take_in, session):
    report = take_in(FILE + "a2,2026-05-05,2,\n")

    assert [report.rows, report.added, report.already_there] == [4, 2, 1]
    assert session.query(Response).count() == 2


@pytest.mark.parametrize("between", [",", ";"])
def test_the_headings_tell_what_stands_between_the_cells(take_in, session, between):
    text = "\ufeffId,Sent,Happy,Words\na1,2026-05-04,1,Good\n".replace(",", between)

    assert take_in(text).added == 1
    assert values(session, "Q2") == ["Good"]


@pytest.mark.parametrize("mapping", [{}, {"delimiter": ","}])
def test_an_empty_file_is_refused(take_in, session, mapping):
    with pytest.raises(InvalidInputError, match=r"answers\.csv is empty"):
        take_in("", **mapping)

    assert nothing_is_written(session)


def test_new_answers_are_read_and_counted(take_in, survey, session):
    take_in()

    jobs = {job.name: job.arguments for job in session.query(Job)}
    assert jobs["analysis.refresh"] == {"survey_id": survey.id}
    assert "indicators.snapshot" in jobs


def test_nothing_new_asks_for_nothing(take_in, session):
    take_in("Id,Sent,Happy,Words\n")
    assert session.query(Job).count() == 0


def test_several_answers_are_split_and_others_words_kept(take_in, session):
    take_in(
        "Id,Sent,Happy,How,Else,Best\na1,2026-05-04,1,bus | Other,A bike,two>one\n",
        **asked(
            Q3={
                "column": "How",
                "split": "|",
                "values": {"Other": "other"},
                "other_words": {"other": "Else"},
            },
            Q4={"column": "Best", "split": ">"},
        ),
    )

    assert values(session, "Q3") == [["bus", "other"]]
    assert values(session, "Q4") == [["two", "one"]]
    (other,) = [a.other_words for a in session.query(Answer) if a.other_words]
    assert other == {"other": "A bike"}


def test_a_column_can_answer_different_questions_in_different_rows(take_in, session):
    text = "Id,Sent,Happy,Ask,Words\na1,2026-05-04,1,Why?,Because\na2,2026-05-04,1,Else?,More\n"

    take_in(text, **asked(Q2={"column": "Words", "where": {"Ask": "Why?"}}))

    assert values(session, "Q2") == ["Because"]


def test_days_languages_and_encodings_are_read_as_the_mapping_says(take_in, session):
    take_in(
        "Id;Sent;Happy;Words;Tongue\na1;04/05/2026;1;café;Polish\n".encode("cp1252"),
        delimiter=";",
        encoding="cp1252",
        submitted={"column": "Sent", "format": "%d/%m/%Y"},
        language={"column": "Tongue", "values": {"Polish": "pl"}},
    )
    response = session.query(Response).one()

    assert [first_day(response.submitted_at), response.language] == [date(2026, 5, 4), "pl"]
    assert values(session, "Q2") == ["café"]


def test_everything_that_is_wrong_is_said_once_and_nothing_is_written(take_in, session):
    text = (
        "Id,Sent,Happy,Words\n"
        "a1,2026-05-04,7,x\na2,2026-05-04,7,x\na3,4 May,8,x\na3,2097-01-01,1,x\n,2026-05-04,1,x\n"
    )

    with pytest.raises(InvalidInputError) as refused:
        take_in(text)

    assert str(refused.value).splitlines() == [
        "answers.csv: nothing was imported.",
        "- “Happy” has a value the mapping does not know for Q1: “7” (row 2, and 1 more)",
        "- “Sent” is not a day like %Y-%m-%d: “4 May” (row 4)",
        "- “Happy” has a value the mapping does not know for Q1: “8” (row 4)",
        "- The row id “a3” has other answers above (row 5)",
        "- The day 2097-01-01 is still to come (row 5)",
        "- There is no row id (row 6)",
    ]
    assert nothing_is_written(session)


def test_unknown_columns_questions_and_answers_are_said_before_the_rows(take_in, session):
    with pytest.raises(InvalidInputError) as refused:
        take_in(
            "Id,Sent,Happy,Happy\na1,2026-05-04,9,9\n",
            questions={
                "Q1": {"column": "Happy", "values": {"1": "great"}},
                "Q2": {"column": "Words"},
                "Q5": {"column": "Id"},
                "Q9": {"column": "Id"},
            },
        )

    assert str(refused.value).splitlines()[1:] == [
        "- There are 2 columns “Happy”",
        "- There is no column “Words”",
        "- The question “Q1” has no answer “great”",
        "- The question “Q5” is of a kind that cannot be imported",
        "- The survey has no question “Q9”",
    ]
    assert nothing_is_written(session)


def test_a_long_list_of_what_is_wrong_ends(take_in):
    text = "Id,Sent,Happy,Words\n" + "".join(f"a{n},2026-05-04,x{n},\n" for n in range(30))

    with pytest.raises(InvalidInputError) as refused:
        take_in(text)

    assert str(refused.value).endswith("\n- and 10 more")


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("bus|not_sure", "has an answer to Q3 that stands alone, beside others"),
        ("bus|tram", "has a value the mapping does not know for Q3: “tram”"),
    ],
)
def test_answers_that_cannot_stand_together_are_refused(take_in, cell, words):
    text = f"Id,Sent,Happy,How\na1,2026-05-04,1,{cell}\n"

    with pytest.raises(InvalidInputError, match=words):
        take_in(text, **asked(Q3={"column": "How", "split": "|"}))


def test_more_places_than_a_ranking_has_are_refused(take_in):
    text = "Id,Sent,Happy,Best\na1,2026-05-04,1,one>two>three\n"

    with pytest.raises(InvalidInputError, match="has more than 2 answers to Q4"):
        take_in(text, **asked(Q4={"column": "Best", "split": ">"}))


@pytest.mark.parametrize(
    ("mapping", "words"),
    [
        ({"submitted": {}}, "submitted needs “column” or “day”, and not both"),
        ({"colour": "red"}, "mapping.yaml: “colour” is not a key of the format"),
        ({"questions": {}}, "mapping.yaml: “questions”"),
        ({"encoding": "martian"}, "There is no encoding “martian”"),
        ({"encoding": "ascii"}, "is not written in ascii"),
        ({"delimiter": ", "}, "mapping.yaml: “delimiter”"),
        (
            {"questions": {"Q1": {"column": "Happy", "values": {"1": True}}}},
            "put quotes around “yes” and “no”",
        ),
    ],
)
def test_a_mapping_that_cannot_be_used_is_one_sentence(take_in, session, mapping, words):
    with pytest.raises(InvalidInputError, match=words):
        take_in("Id,Sent,Happy,Words\na1,2026-05-04,1,café\n", **mapping)

    assert nothing_is_written(session)


def test_more_cells_than_headings_are_refused(take_in):
    with pytest.raises(InvalidInputError, match=r"more cells than headings \(row 2\)"):
        take_in("Id,Sent,Happy,Words\na1,2026-05-04,1,x,y\n")


def test_a_short_row_and_a_blank_line_are_no_mistakes(take_in):
    assert take_in("Id,Sent,Happy,Words\n\na1,2026-05-04,1\n,,,\n").added == 1


def test_a_file_that_is_not_there_is_one_sentence(survey, tmp_path):
    mapping = tmp_path / "mapping.yaml"
    mapping.write_text(yaml.safe_dump(USUAL))

    with pytest.raises(InvalidInputError, match=r"^none.csv cannot be read\.$"):
        import_file(survey, tmp_path / "none.csv", mapping, NOW)
    with pytest.raises(InvalidInputError, match=r"^none.yaml cannot be read\.$"):
        import_file(survey, tmp_path / "none.csv", tmp_path / "none.yaml", NOW)


def test_a_draft_takes_no_answers(session, tmp_path):
    draft = make_small_survey(QUESTIONS, slug="draft", published=False).survey
    mapping = tmp_path / "mapping.yaml"
    mapping.write_text(yaml.safe_dump(USUAL))

    with pytest.raises(InvalidInputError, match="is a draft"):
        import_file(draft, tmp_path / "none.csv", mapping, NOW)


def test_control_characters_are_left_out(take_in, session):
    take_in("Id,Sent,Happy,Words\na1,2026-05-04,1,bell\x07 and \x00nul\n")

    assert values(session, "Q2") == ["bell and nul"]


# ---- the command, and the example in docs/import.md


NHS = (
    "Comment ID,Trust,FFT categorical answer,FFT question,FFT answer\n"
    "N 1 - Q1,NEAS,1,FFT Why?,The driver was kind\n"
    "N 1 - Q2,NEAS,1,How could we improve?,Come sooner\n"
    "N 2 - Q1,NHFT,7,What was good?,The nurse\n"
)


@pytest.fixture
def nhs(app, session, tmp_path):
    """The command, run on a file that looks like the NHS one."""
    OrganisationFactory(code="org-hcc")
    session.commit()
    file = tmp_path / "nhs.csv"
    file.write_text(NHS)

    def run(template="nhs-template.yaml", organisation="org-hcc"):
        return command.import_into_new(
            file, EXAMPLES / "nhs-mapping.yaml", "nhs", EXAMPLES / template, organisation
        )

    return run


def test_the_example_makes_its_survey_and_fills_it(nhs, session):
    report = nhs()

    assert [report.added, nhs().already_there] == [3, 3]
    assert values(session, "N1") == ["neas", "neas", "nhft"]
    assert values(session, "N2") == ["very_good", "very_good"]
    assert values(session, "N3") == ["The driver was kind"]
    assert values(session, "N4") == ["The nurse"]
    assert values(session, "N5") == ["Come sooner"]
    (version,) = session.query(Survey).filter_by(slug="nhs").one().versions
    assert not version.is_open(datetime.now(UTC))


def test_a_survey_is_not_made_for_a_file_that_cannot_be_used(nhs, session, tmp_path):
    (tmp_path / "nhs.csv").write_text("Trust\nNEAS\n")

    with pytest.raises(InvalidInputError, match="There is no column “Comment ID”"):
        nhs()

    assert session.query(Survey).filter_by(slug="nhs").count() == 0


def test_an_unknown_organisation_is_said_with_those_there_are(nhs):
    with pytest.raises(InvalidInputError, match=r"no organisation “x”. Known: org-hcc\."):
        nhs(organisation="x")


def test_an_unknown_survey_is_said(app, session, tmp_path):
    with pytest.raises(InvalidInputError, match="no survey with the address “nowhere”"):
        command.import_answers(tmp_path / "a.csv", tmp_path / "m.yaml", "nowhere")
