"""Hostile words where staff meet them: on the pages of themes and in the files they take away."""

import csv
import io
import re
import unicodedata
import zipfile
from collections.abc import Iterable
from datetime import date
from itertools import takewhile

import pytest
from openpyxl import load_workbook

from engage.responses.export import Kept, Sent, columns_of, table, write_csv, write_xlsx
from engage.surveys.question_types import tidy
from tests.analysis.found import a_run, comments
from tests.corpora import every_hostile, some_hostile
from tests.factories import StaffFactory
from tests.loop.made import a_survey
from tests.responses.hostile_pages import PLAIN, Visitor, as_bytes, seen, visible
from tests.responses.sent import send
from tests.signin import sign_in
from tests.survey_factories import ask, make_small_survey, small_definition

ON_A_PAGE = 50
LONGEST_NAME = 100  # letters
NAMES_OF_EACH = 6
DAY = date(2026, 7, 1)
FILES = ("csv", "xlsx")
OTHER = {"code": "other", "standard": "Other", "easy_read": "Other", "free_text": True}
QUESTIONS = (ask("Q1", "text"), ask("Q2", "multi", options=("school", OTHER)))
OTHERS = [OTHER | {"code": f"other{number}"} for number in range(ON_A_PAGE)]
MANY = (
    *(ask(f"Q{number}", "text") for number in range(ON_A_PAGE)),
    ask("OTHERS", "multi", options=OTHERS),
)
HALF_A_LETTER = re.compile("[\ud800-\udfff]")
SIGNS = frozenset("=+-@\N{MINUS SIGN}")


def as_kept(strings: Iterable[str]) -> list[str]:
    """As they stand once a form has taken them."""
    typed = (as_bytes(words).decode("utf-8", "replace") for words in strings)
    return list(dict.fromkeys(words for words in map(tidy, typed) if words))


@pytest.fixture
def version(session):
    version = a_survey(slug="small")
    session.commit()
    return version


@pytest.fixture
def officer(app, version):
    staff = StaffFactory(organisation=version.survey.organisation, roles=["survey_lead"])
    return sign_in(Visitor(app), staff)


def themes(rest=""):
    return f"/staff/surveys/small/themes{rest}"


def lost(words, page):
    return [ascii(each) for each in words if visible(each) not in page.letters]


def by_page(words):
    return [words[at : at + ON_A_PAGE] for at in range(0, len(words), ON_A_PAGE)]


# ---- pages


def test_what_people_wrote_is_read_as_words(officer, version):
    found = as_kept(every_hostile())
    found = found[: len(found) // ON_A_PAGE * ON_A_PAGE]
    harmless = comments(version, [PLAIN] * 2 * ON_A_PAGE)
    a_run(version, {"harmless": harmless, "hostile": comments(version, found)})

    def page(theme, number):
        return seen(officer.post(themes(f"/{theme}/words?page={number}")))

    with_more, last = page(0, 1), page(0, 2)
    for number, words in enumerate(by_page(found), start=1):
        read = page(1, number)
        expected = last if number * ON_A_PAGE == len(found) else with_more
        assert read.elements == expected.elements
        assert not lost(words, read)


def test_what_the_machine_calls_a_theme_is_words(officer, version):
    # Of every kind some: with many more the list takes seconds to read, and says no more.
    some = as_kept(some_hostile(NAMES_OF_EACH))
    names = list(dict.fromkeys(words[:LONGEST_NAME] for words in some))
    said = comments(version, [PLAIN] * len(names))
    a_run(version, {f"{PLAIN} {n}": said[n : n + 1] for n in range(len(names))})
    harmless = seen(officer.get(themes())), seen(officer.get(themes("/7")))
    a_run(version, {name: said[n : n + 1] for n, name in enumerate(names)})

    found = seen(officer.get(themes()))

    assert found == harmless[0]
    assert not lost(names, found)
    for number in range(0, len(names), NAMES_OF_EACH):
        theme = seen(officer.get(themes(f"/{number}")))
        assert theme.elements == harmless[1].elements, ascii(names[number])
        assert not lost([names[number]], theme)


def test_what_an_officer_calls_a_theme_and_why_not_is_words(officer, version):
    a_run(version, {"waits": comments(version, [PLAIN])})

    def decided(words):
        officer.send(themes("/0/accept"), [("name", words), ("ambition", "")])
        accepted = seen(officer.get(themes("/0")))
        officer.send(themes("/0/set-aside"), [("reason", words)])
        return accepted, seen(officer.get(themes("/0"))), seen(officer.get(themes()))

    harmless = decided(PLAIN)
    for words in some_hostile(1)[::2]:
        if tidy(words):
            assert decided(words[:LONGEST_NAME]) == harmless, ascii(words)


# ---- files


def test_no_cell_of_the_files_begins_a_formula(officer, version):
    """The whole way: from the database to the file that a browser saves."""
    small = make_small_survey(MANY, slug="all", organisation=version.survey.organisation)
    for some in by_page(as_kept(every_hostile())):
        others = {f"other{n}": words for n, words in enumerate(some)}
        said = {f"Q{n}": words for n, words in enumerate(some)}
        send(small, {**said, "OTHERS": list(others)}, words={"OTHERS": others})

    files = [taken(officer, f"/staff/surveys/all/export.{kind}") for kind in FILES]

    rows = cells_of_csv(files[0])
    assert len(rows) == 1 + len(by_page(as_kept(every_hostile())))
    assert_plain(rows)
    assert_only_text(files[1], len(rows))


def taken(officer, path):
    return officer.post(path, buffered=True).get_data()


def test_no_cell_begins_a_formula_whatever_came_past_the_forms():
    """As from an old file or a program: controls and marks are still in the words."""
    whole = [words for words in every_hostile() if not HALF_A_LETTER.search(words)]
    definition = small_definition(QUESTIONS)
    sent = [
        Sent(
            1,
            DAY,
            "import",
            "en",
            False,
            {"Q1": Kept(words), "Q2": Kept(["other"], {"other": words})},
        )
        for words in whole
    ]
    rows = list(table(columns_of([definition]), sent, with_labels=True, is_invented=False))
    as_csv, as_xlsx = io.BytesIO(), io.BytesIO()

    write_csv(rows, as_csv)
    write_xlsx(rows, as_xlsx)

    read = cells_of_csv(as_csv.getvalue())
    assert read == rows
    assert_plain(read)
    assert_only_text(as_xlsx.getvalue(), len(rows))


def cells_of_csv(data):
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def assert_plain(rows):
    assert {len(row) for row in rows} == {len(rows[0])}
    assert not [ascii(cell) for row in rows for cell in row if begins_a_formula(cell)]


def begins_a_formula(cell):
    """With what cannot be seen left out, as some programs do, and wide signs read as narrow."""
    unseen = "".join(takewhile(lambda sign: unicodedata.category(sign)[0] in "ZC", cell))
    first = unicodedata.normalize("NFKC", cell[len(unseen) :][:1])
    return first[:1] in SIGNS or cell[:1] in ("\t", "\r", "\n", "\0")


def assert_only_text(workbook, rows):
    """No formula, no link, nothing but text, in a file that opens."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as parts:
        sheets = [parts.read(name) for name in parts.namelist() if "worksheets/" in name]
    # In words each of these signs is written as &lt;.
    assert not [sheet for sheet in sheets if re.search(rb"<(f|hyperlink|oleObject)\b", sheet)]
    answers = list(load_workbook(io.BytesIO(workbook))["Answers"].iter_rows())
    assert len(answers) == rows
    assert {cell.data_type for row in answers for cell in row if cell.value is not None} == {"s"}
