"""What must be true of the whole app, whatever is added to it."""

import subprocess
import sys

import pytest
from werkzeug.routing import Map

HEAVY = ("torch", "bertopic", "nltk", "sklearn", "onnxruntime", "hdbscan")


def test_every_view_says_who_may_open_it(app):
    silent = [name for name, view in app.view_functions.items() if not hasattr(view, "access")]

    assert not silent, "these are closed until they declare access (engage.web.access)"


def test_every_staff_page_is_under_staff_and_every_other_is_not(app):
    """Only there is a session; elsewhere nobody could be signed in."""
    rules: Map = app.url_map
    outside = [
        rule.rule
        for rule in rules.iter_rules()
        if app.view_functions[rule.endpoint].access.__module__ == "engage.people.access"
        and not rule.rule.startswith("/staff")
    ]

    assert not outside


@pytest.mark.parametrize("module", ["engage", "wsgi"])
def test_the_web_loads_no_models(module, tmp_path):
    """A web process stays small: what reads comments is loaded by the worker alone."""
    code = f"import sys, {module}; print(*(set({HEAVY}) & set(sys.modules)))"
    run = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={"ENGAGE_INSTANCE": str(tmp_path), "PYTHONPATH": "."},
    )

    assert run.stdout.strip() == ""
