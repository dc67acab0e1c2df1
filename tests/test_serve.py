"""Starting Engage on one machine."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from engage.serve import is_free, web_command


@pytest.fixture
def taken():
    """A port that another program listens on."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


def test_a_port_in_use_is_one_sentence_and_nothing_is_made(taken, tmp_path):
    root = Path(__file__).parent.parent
    run = subprocess.run(
        [sys.executable, "-c", "from engage.cli import main; main()", "serve", f"--port={taken}"],
        env={"ENGAGE_INSTANCE": str(tmp_path / "new"), "PYTHONPATH": str(root)}
        | {"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=False,
    )

    assert run.returncode == 2
    assert run.stdout == ""
    assert run.stderr == (
        f"Port {taken} is in use by another program. "
        f"Stop it, or choose another port: make run PORT={taken + 1}\n"
    )
    assert not (tmp_path / "new" / "engage.sqlite").exists()


def test_a_port_is_free_again_once_nobody_listens(taken):
    assert not is_free(taken)
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        port = other.getsockname()[1]
    assert is_free(port)


def test_the_web_server_listens_on_this_machine_only_unless_told(monkeypatch):
    monkeypatch.delenv("HOST", raising=False)
    assert "127.0.0.1:8123" in web_command(8123)
    monkeypatch.setenv("HOST", "0.0.0.0")  # noqa: S104
    assert "0.0.0.0:8123" in web_command(8123)
