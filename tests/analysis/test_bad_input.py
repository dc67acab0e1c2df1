"""Whatever is handed in: findings, or one sentence, and nothing lost or half-written."""

import csv
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from engage.analysis import command
from engage.analysis.embedding import OnnxEmbedder
from engage.analysis.simple import simple_tools
from engage.analysis.types import AnalysisError
from tests.analysis.comments import some_comments

URDU = "اسکول کی بس ہر روز دیر سے آتی ہے اور کوئی ہمیں نہیں بتاتا"
LONG_ENOUGH = 120  # seconds for a busy machine


@pytest.fixture(autouse=True)
def quick_tools(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "default_tools", lambda settings: simple_tools())


def run(folder: Path, comments: list[str], *options: str) -> Result:
    path = folder / "answers.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["comment"], *([text] for text in comments)])
    given = [str(path), "--text", "comment", "--out", str(folder / "out"), *options]
    return CliRunner().invoke(command.analyse, given)


def refused(result: Result, folder: Path) -> str:
    """The one sentence, after checking that nothing was written."""
    assert result.exit_code == 2
    assert [path.name for path in folder.iterdir()] == ["answers.csv"]
    said = result.stderr.strip().splitlines()[-1]
    assert "Traceback" not in result.stderr
    return said


def settings_of(folder: Path) -> dict[str, object]:
    settings: dict[str, object] = json.loads((folder / "out" / "run.json").read_text())["settings"]
    return settings


@pytest.mark.parametrize("unit", ["sentence", "comment"])
def test_one_comment_is_one_group(tmp_path: Path, unit: str) -> None:
    assert run(tmp_path, ["The bus was late."], "--unit", unit).exit_code == 0
    assert "not a topic model" in (tmp_path / "out" / "report.html").read_text()


@pytest.mark.parametrize("unit", ["sentence", "comment"])
def test_all_the_same_comment_is_one_group_of_everybody(tmp_path: Path, unit: str) -> None:
    letter = "Please keep the short breaks centre open because it is all that we have."
    result = run(tmp_path, [letter] * 500, "--unit", unit)
    assert "1 group in 500 of 500 comments" in result.stdout
    assert settings_of(tmp_path)["campaigns"] == [{"campaign": 1, "comments": 500}]
    page = (tmp_path / "out" / "report.html").read_text()
    assert "500 people sent the same text, or nearly" in page
    assert "499 comments repeat another word for word, or nearly; all count" in page


def test_only_emoji_is_a_sentence(tmp_path: Path) -> None:
    assert refused(run(tmp_path, ["😀", "🎉🎉", "👍🏽"]), tmp_path) == (
        "No comment could be used: all are empty, only marks, or say there is no answer."
    )


def test_only_urdu_is_a_sentence(tmp_path: Path) -> None:
    assert refused(run(tmp_path, [f"{URDU} {n}" for n in range(40)]), tmp_path) == (
        "No comment could be grouped: 40 of 40 are in another language, "
        "and a person needs to read them."
    )


def test_control_characters_are_taken_out(tmp_path: Path) -> None:
    assert run(tmp_path, ["the\x07 bus\x1b[31m was\x00 late\x85now"]).exit_code == 0
    said = (tmp_path / "out" / "assignments.csv").read_text(encoding="utf-8")
    assert "the bus [31m was late now" in said


def test_an_emoji_among_comments_has_a_reason_of_its_own(tmp_path: Path) -> None:
    run(tmp_path, [*(comment.text for comment in some_comments(9)), "😀", "n/a"])
    assert settings_of(tmp_path)["set_aside"] == {"no_answer": 1, "only_marks": 1}
    page = (tmp_path / "out" / "report.html").read_text()
    assert "1 comment had only marks, numbers or pictures, and no words" in page


def test_a_model_file_with_another_checksum_is_a_sentence(tmp_path: Path) -> None:
    for name in ("model.onnx", "tokenizer.json"):
        (tmp_path / name).write_bytes(b"not the model")
    with pytest.raises(AnalysisError, match="not the one that was tested.*nothing was analysed"):
        OnnxEmbedder(tmp_path, {"model.onnx": "0" * 64})


def test_whole_comments_are_one_row_each(tmp_path: Path) -> None:
    said = [f"{comment.text} Nobody rang." for comment in some_comments(60)]
    assert run(tmp_path, said, "--unit", "comment").exit_code == 0
    with (tmp_path / "out" / "assignments.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["sentence"] for row in rows] == said
    assert settings_of(tmp_path)["unit"] == "comment"


def test_a_report_of_many_foreign_comments_lists_some_and_says_where_the_rest_is(
    tmp_path: Path,
) -> None:
    said = [comment.text for comment in some_comments(40)]
    run(tmp_path, [*said, *(f"{URDU} {n}" for n in range(260))])
    page = (tmp_path / "out" / "report.html").read_text()
    assert page.count("looks like") == 200
    assert "And 60 comments more: see comments.csv." in page


# ---- a worker that is killed

ENGAGE = [sys.executable, "-c", "from engage.cli import main; main()"]
FILL = """
from engage import create_app
from engage.config import settings
from engage.extensions import db
from engage.jobs import queue
from tests.analysis.comments import some_comments
from tests.analysis.found import comments
from tests.analysis.test_shards import QUESTIONS
from tests.loop.made import CHILD, PARENT
from tests.survey_factories import make_small_survey

with create_app(settings()).app_context():
    made = make_small_survey(QUESTIONS, (PARENT, CHILD))
    comments(made, [f"{c.text} Family {n} says so." for n, c in enumerate(some_comments(6000))])
    queue.enqueue("analysis.refresh", survey_id=made.survey_id)
    db.session.commit()
"""


def environment(folder: Path) -> dict[str, str]:
    root = str(Path(__file__).parent.parent.parent)
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "LANG")}
    return kept | {"ENGAGE_INSTANCE": str(folder), "PYTHONPATH": root, "ANALYSIS_TOOLS": "simple"}


def asked(folder: Path, question: str) -> int:
    with sqlite3.connect(folder / "engage.sqlite", timeout=30) as database:
        [(number,)] = database.execute(question).fetchall()
    database.close()
    return int(number)


def until(folder: Path, question: str) -> bool:
    end = time.monotonic() + LONG_ENOUGH
    while time.monotonic() < end:
        if asked(folder, question):
            return True
        time.sleep(0.05)
    return False


def worker(folder: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen([*ENGAGE, "worker"], env=environment(folder), stderr=subprocess.PIPE)


@pytest.mark.slow
def test_a_worker_that_is_killed_half_way_loses_nothing(tmp_path: Path) -> None:
    for command_line in ([*ENGAGE, "migrate"], [sys.executable, "-c", FILL]):
        subprocess.run(command_line, env=environment(tmp_path), check=True, capture_output=True)
    shard_done = "SELECT count(*) FROM job WHERE name = 'analysis.embed' AND finished_at NOT NULL"
    first = worker(tmp_path)
    try:
        assert until(tmp_path, shard_done)
    finally:
        first.send_signal(signal.SIGKILL)
        first.communicate()

    kept = asked(tmp_path, "SELECT count(*) FROM text_vector")
    assert kept
    assert asked(tmp_path, "SELECT count(*) FROM analysis_run") == 0
    with sqlite3.connect(tmp_path / "engage.sqlite") as database:  # as if 15 minutes had passed
        database.execute("UPDATE job SET leased_until = '2000-01-01' WHERE finished_at IS NULL")
    database.close()

    second = worker(tmp_path)
    try:
        assert until(tmp_path, "SELECT count(*) FROM analysis_run")
    finally:
        second.send_signal(signal.SIGTERM)
        second.communicate(timeout=LONG_ENOUGH)
    assert asked(tmp_path, "SELECT comments_read FROM analysis_run") == 6000
    assert asked(tmp_path, "SELECT count(*) FROM comment_finding") == 6000
    assert asked(tmp_path, "SELECT count(*) FROM analysis_progress") == 0
