"""The worker as the machine runs it: a process of its own."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from engage import create_app
from engage.extensions import db
from tests.conftest import test_settings

ENGAGE = [sys.executable, "-c", "from engage.cli import main; main()"]
LONG_ENOUGH = 60  # seconds for a busy machine; usually two


@pytest.fixture
def instance(tmp_path):
    """A folder of its own, with a database that has its tables.

    Made here: the command that makes them is tried elsewhere, and takes longer than the jobs.
    """
    address = f"sqlite:///{tmp_path}/engage.sqlite"
    app = create_app(test_settings(tmp_path) | {"SQLALCHEMY_DATABASE_URI": address})
    with app.app_context():
        db.create_all()
        db.engine.dispose()
    return tmp_path


def environment(folder):
    root = str(Path(__file__).parent.parent.parent)
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "LANG")}
    return kept | {"ENGAGE_INSTANCE": str(folder), "PYTHONPATH": root, "ANALYSIS_TOOLS": "simple"}


FORGETTING = "responses.forget_drafts"


def done(instance):
    with sqlite3.connect(instance / "engage.sqlite") as database:
        found = database.execute("SELECT name FROM job WHERE finished_at IS NOT NULL").fetchall()
    database.close()
    return {name for (name,) in found}


def wait_until_done(instance):
    until = time.monotonic() + LONG_ENOUGH
    while FORGETTING not in done(instance) and time.monotonic() < until:
        time.sleep(0.1)


def test_the_worker_does_the_daily_jobs_and_stops_when_told(instance):
    worker = subprocess.Popen(
        [*ENGAGE, "worker"],
        env=environment(instance),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        wait_until_done(instance)
        worker.send_signal(signal.SIGTERM)
        out, errors = worker.communicate(timeout=LONG_ENOUGH)
    finally:
        worker.kill()

    assert FORGETTING in done(instance)
    assert worker.returncode == 0
    assert errors == ""
