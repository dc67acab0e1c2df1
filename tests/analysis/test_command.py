import csv
import json
import random
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from engage.analysis import command
from engage.analysis.simple import simple_tools
from tests.analysis.comments import some_comments


@pytest.fixture(autouse=True)
def quick_tools(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "default_tools", lambda settings: simple_tools())


def run(path: Path, *options: str) -> Result:
    out = str(path.parent / "out")
    return CliRunner().invoke(
        command.analyse, [str(path), "--text", "comment", "--out", out, *options]
    )


def saved(folder: Path, text: str | bytes, name: str = "answers.csv") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def rows(count: int = 40) -> list[tuple[str, str]]:
    return [(comment.id, comment.text) for comment in some_comments(count)]


def table(given: list[tuple[str, str]], mark: str = ",") -> str:
    return "\n".join([f"ref{mark}comment", *(f'{i}{mark}"{t}"' for i, t in given)]) + "\n"


def refused(result: Result, folder: Path) -> str:
    """The one sentence, after checking that nothing else happened."""
    assert result.exit_code == 2
    assert not (folder / "out").exists()
    assert not [path for path in folder.iterdir() if path.name.startswith(".")]
    return result.stderr.strip().splitlines()[-1]


def read(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def test_the_five_files_are_written(tmp_path: Path) -> None:
    result = run(saved(tmp_path, table(rows())), "--id", "ref")
    assert result.exit_code == 0, result.output
    out = tmp_path / "out"
    assert sorted(p.name for p in out.iterdir()) == [
        "assignments.csv",
        "comments.csv",
        "report.html",
        "run.json",
        "themes.json",
    ]
    assert read(out / "assignments.csv")[0] == [
        "id",
        "sentence_number",
        "sentence",
        "theme",
        "weight",
    ]
    assert read(out / "comments.csv")[0] == [
        "id",
        "language",
        "set_aside",
        "sentiment",
        "sentiment_label",
        "ambition_1",
        "score_1",
        "ambition_2",
        "score_2",
        "repeats",
        "campaign",
        "rich",
    ]
    themes = json.loads((out / "themes.json").read_text())
    assert {
        "id",
        "label",
        "keywords",
        "people",
        "share",
        "stability",
        "sentiment",
        "quotes",
        "ambitions",
    } <= set(themes[0])
    assert set(json.loads((out / "run.json").read_text())) >= {
        "method",
        "settings",
        "versions",
        "checksums",
        "times",
    }


@pytest.mark.parametrize(
    "text",
    [
        table(rows()),
        "\ufeff" + table(rows()),
        table(rows(), ";"),
        table(rows()).replace("\n", "\r\n"),
    ],
    ids=["plain", "BOM", "semicolons", "Windows lines"],
)
def test_spreadsheets_of_all_kinds_are_read(tmp_path: Path, text: str) -> None:
    assert run(saved(tmp_path, text), "--id", "ref").exit_code == 0
    assert [row[0] for row in read(tmp_path / "out" / "comments.csv")[1:]] == [i for i, _ in rows()]


def test_without_an_id_column_rows_are_numbered(tmp_path: Path) -> None:
    assert run(saved(tmp_path, table([("x", t) for _, t in rows(5)]))).exit_code == 0
    assert [row[0] for row in read(tmp_path / "out" / "comments.csv")[1:]] == list("12345")


def test_shuffled_rows_give_the_same_bytes(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    first.mkdir()
    second.mkdir()
    given = rows(90)
    run(saved(first, table(given)), "--id", "ref")
    run(saved(second, table(random.Random(1).sample(given, 90))), "--id", "ref")
    for name in ("themes.json", "assignments.csv", "comments.csv", "report.html"):
        assert (first / "out" / name).read_bytes() == (second / "out" / name).read_bytes()


@pytest.mark.parametrize(
    ("text", "options", "words"),
    [
        ("", (), "is empty"),
        ("ref,comment\n", (), "no rows"),
        ("ref,words\n1,hello\n", (), 'no column "comment"'),
        (table(rows()).encode("utf-16"), (), "UTF-8"),
        ("ref,comment\n1,caf\u00e9 was shut\n".encode("latin-1"), (), "UTF-8 (see line 2)"),
        ("ref,comment\n7,a bus\n7,a train\n", ("--id", "ref"), "'7'"),
        ("ref,comment\n,a bus\n", ("--id", "ref"), "nothing in the id column"),
        ("ref,comment\n1,😀\n2,🎉\n", (), "No comment could be used"),
        ("ref,comment\n1,n/a\n2,none\n", (), "No comment could be used"),
        ("ref,comment\n1,بہت اچھا کام ہے\n", (), "another language"),
        (table(rows()), ("--question", "Why?", "--question-column", "ref"), "not both"),
        (table(rows()), ("--question-column", "asked"), 'no column "asked"'),
        (table(rows()), ("--themes", "1"), "2 or more"),
        (table(rows()), ("--themes", "900"), "900 themes cannot be found"),
        (table(rows()), ("--seed", "-1"), "--seed"),
        (table(rows()), ("--ambitions", "missing.yaml"), "missing.yaml"),
    ],
)
def test_a_fault_is_one_clear_sentence(
    tmp_path: Path, text: str | bytes, options: tuple[str, ...], words: str
) -> None:
    assert words in refused(run(saved(tmp_path, text), *options), tmp_path)


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    assert "cannot be read" in refused(run(tmp_path / "missing.csv"), tmp_path)


def test_a_folder_that_is_a_file_is_said(tmp_path: Path) -> None:
    path = saved(tmp_path, table(rows()))
    (tmp_path / "out").write_text("in the way")
    result = run(path)
    assert result.exit_code == 2
    assert "is a file" in result.stderr
    assert (tmp_path / "out").read_text() == "in the way"


def test_a_folder_inside_nothing_is_said(tmp_path: Path) -> None:
    path = saved(tmp_path, table(rows()))
    result = run(path, "--out", str(tmp_path / "no" / "where"))
    assert "not there" in refused(result, tmp_path)


def test_results_of_an_earlier_run_are_replaced_and_other_files_stay(tmp_path: Path) -> None:
    path = saved(tmp_path, table(rows()))
    run(path)
    (tmp_path / "out" / "notes.txt").write_text("mine")
    (tmp_path / "out" / "themes.json").write_text("old")
    assert run(path).exit_code == 0
    assert (tmp_path / "out" / "notes.txt").read_text() == "mine"
    assert (tmp_path / "out" / "themes.json").read_text() != "old"


def test_a_sentence_that_looks_like_a_formula_is_made_safe(tmp_path: Path) -> None:
    path = saved(tmp_path, 'ref,comment\n1,"=HYPERLINK(1) is what the bus said"\n')
    assert run(path).exit_code == 0
    assert read(tmp_path / "out" / "assignments.csv")[1][2].startswith("'=HYPERLINK")


def test_a_page_of_markup_stays_text_in_the_report(tmp_path: Path) -> None:
    path = saved(tmp_path, 'ref,comment\n1,"<script>alert(1)</script> the bus was late"\n')
    run(path)
    page = (tmp_path / "out" / "report.html").read_text()
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "http" not in page


def test_ten_megabytes_in_one_cell_are_cut_and_said(tmp_path: Path) -> None:
    path = saved(tmp_path, table([("1", "the bus was late again " * 450_000), *rows(5)[1:]]))
    assert run(path, "--id", "ref").exit_code == 0
    assert (
        json.loads((tmp_path / "out" / "run.json").read_text())["settings"]["comments_cut_short"]
        == 1
    )
    assert "was too long and was cut" in (tmp_path / "out" / "report.html").read_text()


def test_control_characters_do_not_reach_the_results(tmp_path: Path) -> None:
    path = saved(tmp_path, "ref,comment\n1,the\x00 bus\x1b was\x07 late\n")
    assert run(path).exit_code == 0
    assert read(tmp_path / "out" / "assignments.csv")[1][2] == "the bus was late"


def test_a_grouped_reading_says_so(tmp_path: Path) -> None:
    run(saved(tmp_path, table(rows(9))))
    assert "not a topic model" in (tmp_path / "out" / "report.html").read_text()
    assert json.loads((tmp_path / "out" / "run.json").read_text())["method"] == "grouped_reading"


def test_comments_in_other_languages_are_listed_for_a_person(tmp_path: Path) -> None:
    run(saved(tmp_path, table([*rows(9), ("77", "بہت اچھا کام ہے")])), "--id", "ref")
    page = (tmp_path / "out" / "report.html").read_text()
    assert "For a person to read" in page
    assert "comment 77" in page
