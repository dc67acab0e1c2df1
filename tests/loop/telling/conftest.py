import pytest

from engage import mail
from engage.loop.telling import how_often
from engage.web import tries
from tests.loop.made import a_survey, a_theme
from tests.safeguarding.smtp_sink import smtp_sink


@pytest.fixture(autouse=True)
def nobody_has_tried():
    tries.forget_all()
    how_often.forget_all()


@pytest.fixture
def sink(app, monkeypatch):
    monkeypatch.setattr(mail, "TIMEOUT", 0.3)
    with smtp_sink() as sink:
        before = dict(app.config)
        app.config.update(SMTP_HOST="127.0.0.1", SMTP_PORT=sink.port, SMTP_TLS="none")
        app.config.update(SMTP_USER="", SMTP_PASSWORD="", MAIL_FROM="engage@council.example")
        yield sink
        app.config.clear()
        app.config.update(before)


@pytest.fixture
def theme(session):
    """Of a survey that everyone can read about."""
    found = a_theme(a_survey(title="Parents", slug="parents"), name="Waiting for help")
    session.commit()
    return found
