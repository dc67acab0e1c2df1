"""A question is drawn once for all who see the same; nobody sees what was drawn for another."""

import pytest

from engage.extensions import db
from engage.responses import asking
from engage.responses.kept_pages import KeptPages
from tests.survey_factories import ask, make_small_survey

MANY = [f"o{number}" for number in range(12)]
QUESTIONS = (
    ask("Q1", options=("no", "words", "longer")),
    ask("CHOICE", show_if={"question": "Q1", "in": ["no", "longer"]}),
    ask("WORDS", "text", show_if={"question": "Q1", "in": ["words"]}),
    ask("MORE", show_if={"question": "Q1", "in": ["longer"]}),
    ask("Q2", "multi", MANY),
    ask("WHY", "text"),
)


@pytest.fixture(autouse=True)
def nothing_drawn_yet(monkeypatch):
    monkeypatch.setattr(asking, "kept_pages", KeptPages())


@pytest.fixture
def version(session):
    return make_small_survey(QUESTIONS, slug="small")


@pytest.fixture
def someone(client, version):
    """Begins, answers Q1, and returns how to see a page, with the token taken out of it."""

    def someone(first="no", look="", **choices):
        url = client.post("/have-your-say/small", data={"read": "standard"} | choices).location
        token = url.split("/")[2]
        if look:
            client.post(f"/answer/{token}/easier", data={"look": look, "back": url})
        client.post(url, data={"answer": first})

        def see(key, screen=1):
            page = client.get(f"/answer/{token}/{key}?screen={screen}")
            assert page.status_code == 200
            return page.get_data(as_text=True).replace(token, "token")

        return see

    return someone


@pytest.mark.parametrize(
    ("differently", "key"),
    [
        ({"read": "easy"}, "Q2"),
        ({"lang": "pl"}, "Q2"),
        ({"look": "dark"}, "Q2"),
        ({"first": "longer"}, "Q2"),  # the same page is further on
        ({"first": "words"}, "WHY"),  # it is not the first place to write
    ],
)
def test_each_sees_their_own_whoever_came_before(someone, monkeypatch, differently, key):
    usual, other = someone(), someone(**differently)
    assert usual(key) != other(key), "they are told apart"

    after_another = other(key)
    monkeypatch.setattr(asking, "kept_pages", KeptPages())
    assert after_another == other(key), "as it is drawn for them alone"


def test_each_screen_of_a_long_list_is_its_own(someone):
    see = someone(read="easy")
    assert see("Q2") != see("Q2", screen=2)


def test_another_help_number_is_on_every_page_at_once(someone, version):
    see = someone()
    see("Q2")
    version.survey.organisation.help_phone = "01632 960999"
    db.session.commit()

    assert "01632 960999" in see("Q2")


def test_two_who_see_the_same_share_one_drawing(someone):
    one, two = someone(), someone()
    assert one("Q2") == two("Q2")
    assert len(asking.kept_pages._pages) == 1
