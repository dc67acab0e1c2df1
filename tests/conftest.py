import gc
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask, g, request_started
from flask.testing import FlaskClient
from hypothesis import settings
from sqlalchemy import event
from sqlalchemy.orm import Session, scoped_session

from engage import create_app
from engage.extensions import db
from engage.people.access import ROLES
from tests.browser.demonstration import begin
from tests.database import new_database
from tests.factories import StaffFactory
from tests.page import Browser
from tests.signin import sign_in
from tests.smtp_sink import Sink, smtp_sink

# A busy machine is slow now and then; that is no fault of what is tested.
settings.register_profile("engage", deadline=None, max_examples=50)
# On a second database a few examples say whether it is one more: the width was searched before.
settings.register_profile("engage again", deadline=None, max_examples=10)
settings.load_profile("engage again" if "TEST_DATABASE_URL" in os.environ else "engage")


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One for all the processes that test side by side."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session", autouse=True)
def demonstration_beforehand(request: pytest.FixtureRequest) -> Iterator[None]:
    """What browsers need takes a minute to make: the other tests need not wait for it."""
    is_first = os.environ.get("PYTEST_XDIST_WORKER", "gw0") == "gw0"
    if not is_first or not any(map(needs_a_browser, request.session.items)):
        yield
        return
    making = begin(request.getfixturevalue("shared_folder"))
    yield
    making.wait()


def needs_a_browser(item: pytest.Item) -> bool:
    return item.get_closest_marker("browser") is not None


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """One app for the whole run, on SQLite, or on the database TEST_DATABASE_URL names."""
    folder = tmp_path_factory.mktemp("database")
    with new_database(folder) as address:
        yield from app_on(address, folder)


def app_on(address: str, folder: Path) -> Iterator[Flask]:
    app = create_app(test_settings(folder) | {"SQLALCHEMY_DATABASE_URI": address})
    app.test_client_class = Browser
    request_started.connect(forget_the_last_request, app)
    with app.app_context():
        db.session.configure(join_transaction_mode="create_savepoint")
        db.drop_all()
        db.create_all()
    yield app
    with app.app_context():
        db.engine.dispose()


def forget_the_last_request(app: Flask, **rest: object) -> None:
    """The test's context stays open, so who was signed in would outlive the request they made."""
    for name in list(g):
        g.pop(name)


def test_settings(folder) -> dict[str, object]:
    return {
        "SECRET_KEY": "test",
        "FOLLOWER_KEY": "test",
        "SECURITY_PASSWORD_SALT": "test",
        "SECURITY_TOTP_SECRETS": {"1": "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"},
        "SQLALCHEMY_DATABASE_URI": f"sqlite:///{folder}/test.sqlite",
        "INSTANCE_FOLDER": str(folder),
        "MIN_FREE_MEGABYTES": 0,
        "TESTING": True,
        "PROPAGATE_EXCEPTIONS": False,
        "PUBLIC_URL": "https://engage.example",
        "TRUSTED_PROXIES": 0,
        "PACK": "hertfordshire",
        "ANALYSIS_TOOLS": "simple",
        "SECURITY_PASSWORD_HASH": "plaintext",  # argon2 is slow on purpose
        "SECURITY_PASSWORD_SCHEMES": ["plaintext"],
        "SECURITY_DEPRECATED_PASSWORD_SCHEMES": [],
    }


test_settings.__test__ = False  # type: ignore[attr-defined]


@pytest.fixture(autouse=True)
def database(request: pytest.FixtureRequest) -> Iterator[None]:
    """Each test that uses the app runs in a transaction that is undone, whatever is committed."""
    if not NEEDS_DATABASE & set(request.fixturenames):
        yield
        return
    app = request.getfixturevalue("app")
    with app.app_context():
        engine = db.engine
        with engine.connect() as connection:
            outer = connection.begin()
            db.engines[None] = connection
            yield
            db.session.remove()
            outer.rollback()
        db.engines[None] = engine


NEEDS_DATABASE = {"app", "client", "session", "queries", "staff_client"}


# They ask how words stand on a page, and ask the database nothing that others do not ask too.
OF_WORDS_ALONE = {
    "test_hostile_words.py",
    "test_hostile_words_for_staff.py",
    "test_hostile_help.py",
    "test_public_views.py",
    "test_traced.py",
    "test_q_page_hidden.py",
    "test_method_page.py",
    "test_public_feed.py",
    "test_public_poster.py",
    "test_writing_views.py",
}


# As with the examples of hypothesis: what a second database could do otherwise shows at once.
MOST_VALUES = 1


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On a database that is named, what uses one, one value of each: the rest is the same."""
    if "TEST_DATABASE_URL" not in os.environ:
        return
    of_a_test: Counter[str] = Counter()
    chosen, others = [], []
    for item in items:
        name = item.nodeid.partition("[")[0]
        of_a_test[name] += uses_a_database(item)
        is_chosen = uses_a_database(item) and of_a_test[name] <= MOST_VALUES
        (chosen if is_chosen else others).append(item)
    config.hook.pytest_deselected(items=others)
    items[:] = chosen


def pytest_collection_finish(session: pytest.Session) -> None:
    """What was loaded stays: looking through it all for rubbish again and again costs a tenth."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def uses_a_database(item: pytest.Item) -> bool:
    fixtures = set(getattr(item, "fixturenames", ()))
    # Only SQLite can be told to refuse to write in the middle of a transaction.
    if item.path.name in OF_WORDS_ALONE or "read_only" in fixtures:
        return False
    return bool((NEEDS_DATABASE | {"other_database"}) & fixtures)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def staff_client(app: Flask) -> FlaskClient:
    """Somebody with every role, signed in; `staff_client.staff` says who."""
    staff = StaffFactory(roles=list(ROLES))
    client = sign_in(app.test_client(), staff)
    client.staff = staff  # type: ignore[attr-defined]
    return client


@pytest.fixture
def session(app: Flask) -> scoped_session[Session]:
    return db.session


@pytest.fixture
def sink(app: Flask) -> Iterator[Sink]:
    """Where all mails of the test go."""
    with smtp_sink() as sink:
        before = dict(app.config)
        app.config.update(SMTP_HOST="127.0.0.1", SMTP_PORT=sink.port, SMTP_TLS="none")
        app.config.update(SMTP_USER="", SMTP_PASSWORD="", MAIL_FROM="engage@council.example")
        yield sink
        app.config.clear()
        app.config.update(before)


@pytest.fixture
def queries(app: Flask, database: None) -> Iterator[list[str]]:
    """The SQL run during the test, savepoints aside."""
    seen: list[str] = []

    def note(connection, cursor, statement, *rest):
        if "SAVEPOINT" not in statement:
            seen.append(statement)

    event.listen(db.engines[None], "before_cursor_execute", note)
    yield seen
    event.remove(db.engines[None], "before_cursor_execute", note)


@pytest.fixture
def other_database(tmp_path) -> Iterator[str]:
    """The address of a database of its own, empty, on the engine the tests run on."""
    with new_database(tmp_path) as address:
        yield address
