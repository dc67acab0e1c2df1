"""`engage statistics`, as it is typed."""

import json
import subprocess
import sys

import pytest
from click.testing import CliRunner

from engage.cli import main
from engage.indicators.statistics.functions import FUNCTIONS


def typed(*words, stdin=None):
    return CliRunner().invoke(main, ["statistics", *words], input=stdin)


def test_a_function_reads_a_file_and_prints_json(tmp_path):
    file = tmp_path / "given.json"
    file.write_text('{"x": 177, "n": 531}')
    found = typed("wilson", "--json", str(file))
    assert found.exit_code == 0
    assert json.loads(found.stdout)["lower"] == pytest.approx(0.294561, abs=1e-6)


def test_a_dash_is_standard_input():
    found = typed("wilson", "--json", "-", stdin='[{"x": 1, "n": 10}]')
    assert json.loads(found.stdout)[0]["p"] == 0.1


def test_names_come_out_as_they_were_written():
    found = typed("suppress_table", "--json", "-", stdin='{"table": [["Łódź", 9]]}')
    assert "Łódź" in found.stdout


def test_the_list_says_each_function_on_one_line():
    found = typed("--list")
    assert found.exit_code == 0
    assert [line.split()[0] for line in found.stdout.splitlines()] == list(FUNCTIONS)


@pytest.mark.parametrize(
    ("words", "stdin", "sentence"),
    [
        (["wilson", "--json", "-"], "{", "The file is not JSON that can be read."),
        (["wilson", "--json", "-"], '{"x": 1}', 'The key "n" is missing.'),
        (["wilson", "--json", "-"], "[" * 100_000, "too many brackets"),
        (["wilson", "--json", "-"], " " * 10_000_001, "The file is over 10 MB."),
        (["magic", "--json", "-"], "{}", 'There is no function "magic"'),
        (["wilson", "--json", "not_there.json"], None, "not_there.json cannot be read."),
        (["wilson", "--json", "a\0b"], None, "cannot be read."),
        (["wilson"], None, "Say which function, and --json with a file"),
        ([], None, "Say which function, and --json with a file"),
    ],
)
def test_what_cannot_be_worked_out_is_a_sentence_and_exit_2(words, stdin, sentence):
    found = typed(*words, stdin=stdin)
    assert found.exit_code == 2
    assert found.stdout == ""
    assert sentence in found.stderr
    assert len(found.stderr.splitlines()) == 1


def test_it_needs_no_web_application_no_database_and_no_scipy():
    code = (
        "import sys; from engage.indicators.statistics.functions import call; "
        "call('rates', {'events': 8, 'denominator': 99}); "
        "print([name for name in ('flask', 'sqlalchemy', 'scipy') if name in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
