import pytest

from engage import mail
from engage.loop.telling import how_often
from engage.web import tries
from tests.loop.made import a_survey, a_theme


@pytest.fixture(autouse=True)
def nobody_has_tried():
    tries.forget_all()
    how_often.forget_all()


@pytest.fixture
def sink(sink, monkeypatch):
    """One that says nothing is soon given up."""
    monkeypatch.setattr(mail, "TIMEOUT", 0.3)
    return sink


@pytest.fixture
def theme(session):
    """Of a survey that everyone can read about."""
    version = a_survey(title="Parents", title_easy="Mums and dads", slug="parents")
    found = a_theme(version, name="Waiting for help")
    session.commit()
    return found
