"""What must start quickly loads little: the command needs no web application and no models."""

import json
import subprocess
import sys

import pytest

import engage
from tests.conftest import test_settings

HEAVY = ("sqlalchemy", "flask_sqlalchemy", "bertopic")


def loaded_by(statements):
    """What a new Python has loaded after these statements."""
    script = f"{statements}\nimport json, sys\nprint(json.dumps(sorted(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    return set(json.loads(done.stdout.splitlines()[-1]))


@pytest.mark.parametrize("module", ["engage", "engage.cli"])
def test_the_command_starts_without_a_database_or_models(module):
    assert not loaded_by(f"import {module}") & set(HEAVY)


def test_a_package_alone_loads_no_web_application():
    loaded = loaded_by("import engage")
    assert "flask" not in loaded
    assert "engage.application" not in loaded


def test_the_application_is_not_made_before_it_is_asked_for():
    loaded = loaded_by("import engage\nassert callable(engage.create_app)")
    assert "engage.application" not in loaded


def test_whoever_asks_for_the_application_gets_it(tmp_path):
    app = engage.create_app(test_settings(tmp_path))
    assert app.import_name == "engage"
    assert {"analysis", "exploring", "page_one"} <= app.blueprints.keys()
