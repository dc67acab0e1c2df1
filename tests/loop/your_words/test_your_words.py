"""Where somebody's own words went: theirs alone, sentence by sentence, with what was answered."""

import re
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from engage.analysis.frame.models import Mention
from engage.analysis.prepare import content_key
from engage.extensions import db
from engage.loop import steps
from engage.loop.your_words.tracing import Mentioned, Part, parts_of
from engage.responses.models import Answer, Response
from engage.web import tries
from tests.loop.made import a_public_action, a_theme
from tests.survey_factories import ask, make_small_survey

PAGE = "/your-code/where-your-words-went"
WAITS, BUS = "We wait too long for help.", "The bus never comes."
CANARY = "The purple heron flies at noon."


def mentioned(sentence, theme_id):
    return Mentioned(sentence, content_key(sentence), theme_id)


# ---- thinking


@pytest.mark.parametrize(
    ("text", "said", "parts"),
    [
        (f"{WAITS} {BUS}", [(WAITS, 1)], [(WAITS, (1,)), (BUS, ())]),
        (f"{WAITS} {BUS}", [(WAITS, 1), (BUS, 1)], [(f"{WAITS} {BUS}", (1,))]),
        (f"{WAITS} {BUS}", [(WAITS, 2), (WAITS, 1)], [(WAITS, (1, 2)), (BUS, ())]),
        # A person put the whole comment there.
        (f"{WAITS} {BUS}", [(f"{WAITS} {BUS}", 3)], [(f"{WAITS} {BUS}", (3,))]),
        # Cut in another way than now.
        (f"{WAITS} {BUS}", [("too long", 1)], [(WAITS, (1,)), (BUS, ())]),
        (BUS, [("Words of before", 1)], [(BUS, ()), ("Words of before", (1,))]),
        ("🐝", [], [("🐝", ())]),
        ("", [], []),
    ],
)
def test_each_sentence_is_under_what_it_counts_for(text, said, parts):
    found = parts_of(text, [mentioned(*one) for one in said])
    assert found == [Part(*one) for one in parts]


# ---- the page


@pytest.fixture(autouse=True)
def nobody_has_tried():
    tries.forget_all()


@pytest.fixture
def sent(client):
    """A survey that two people answered. The six words of the first, and their own answer."""
    version = make_small_survey([ask("SAY", "text"), ask("MORE", "text")], slug="small")
    codes = [send(client, f"{WAITS} {BUS}"), send(client, CANARY)]
    answers = db.session.scalars(select(Answer).order_by(Answer.id)).all()
    return version, codes, answers


def send(client, words):
    url = client.post("/have-your-say/small").location
    url = client.post(url, data={"answer": words}).location
    url = client.post(url, data={"answer": ""}).location
    page = client.get(client.post(url).location).page
    # Where an e-mail address is typed, nothing says which answers its owner has just sent.
    (way_in,) = page.soup.select('a[href^="/tell-me/small"]')
    assert way_in["rel"] == ["noreferrer"]
    return " ".join(page.texts(".code li"))


def put(answer, sentence, theme):
    """A sentence of theirs counts under the theme."""
    db.session.add(
        Mention(
            theme_id=theme.id,
            answer_id=answer.id,
            sentence_number=1,
            sentence=sentence,
            sentence_key=content_key(sentence),
            weight=1.0,
        )
    )
    db.session.commit()


def look(client, code, **more):
    return client.post(PAGE, data={"words": code, **more})


def test_somebody_follows_their_own_words_from_the_receipt_to_the_answer(client, sent):
    version, (code, other), (ours, theirs) = sent
    theme = a_theme(version, name="Waiting for help")
    put(ours, WAITS, theme)
    put(theirs, CANARY, theme)
    receipt = client.post("/your-code", data={"words": code}).page
    form = receipt.soup.select_one(f'form[action^="{PAGE}"]')

    unread = client.post(form["action"], data={"words": form.select_one("[name=words]")["value"]})

    assert unread.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in unread.headers
    text = " ".join(unread.page.texts("main"))
    assert "Your words are under: Waiting for help" in text
    assert "We wrote this down as one of the main things people said on 22 November 2026" in text
    assert "There is no answer yet." in text
    assert unread.page.texts("q") == [WAITS, BUS]
    assert "Nobody has read these words yet. A person will read them." in text
    assert "heron" not in unread.page.html

    action = a_public_action(theme, "doing", we_did="We hire two people")
    row = db.session.scalars(select(Response).order_by(Response.id)).first()
    row.words_read_at = datetime.now(UTC)
    db.session.commit()
    text = " ".join((page := look(client, code).page).texts("main"))
    for words in ("We are doing", "We hire two people", "Head of therapies", "22 November 2026"):
        assert words in text
    assert "A person has read these words. They are not under a main thing yet." in text
    # As many others as the public page tells of, and no more.
    assert "We will show how many people when the next count is made." in text
    assert page.soup.select_one(f'a[href$="/you-said-we-did/answer/{action.id}"]')
    assert "heron" not in page.html
    assert page.texts("q") == [WAITS, BUS]
    assert look(client, other).page.texts("q") == [CANARY]


def test_a_promised_day_is_said_and_also_that_it_has_passed(client, sent):
    version, (code, _other), (ours, _theirs) = sent
    theme = a_theme(version)
    put(ours, WAITS, theme)
    steps.acknowledge(theme, theme.decided_by)
    steps.assign(theme, "Head of transport", date(2099, 3, 1), theme.decided_by)
    db.session.commit()
    assert "We said we would answer by 1 March 2099." in look(client, code).page.html

    steps.assign(theme, "Head of transport", date(2026, 1, 1), theme.decided_by)
    db.session.commit()
    assert "That day has passed. We are late." in look(client, code).page.html


def test_only_accepted_themes_and_words_that_are_not_held_apart_are_shown(client, sent):
    version, (code, _other), (ours, _theirs) = sent
    put(ours, WAITS, a_theme(version, name="Thrown away", state="set_aside"))
    theme = a_theme(version, name="Buses")
    put(ours, BUS, theme)
    page = look(client, code).page
    assert "Thrown away" not in page.html
    assert "Buses" in page.html

    db.session.get_one(Response, ours.response_id).is_held = True
    db.session.commit()
    page = look(client, code).page
    assert "Buses" not in page.html
    assert page.texts("q") == [f"{WAITS} {BUS}"]


def test_a_theme_is_told_once_and_named_after_that(client):
    version = make_small_survey([ask("SAY", "text"), ask("MORE", "text")], slug="small")
    code = send(client, f"{WAITS} {BUS} {WAITS}")
    theme = a_theme(version, name="Waiting")
    put(db.session.scalars(select(Answer)).one(), WAITS, theme)
    page = look(client, code).page
    assert page.html.count("There is no answer yet.") == 1
    assert [link["href"] for link in page.soup.select('a[href^="#theme"]')] == [
        f"#theme-{theme.id}"
    ]


def test_easy_read_comes_by_a_button_and_keeps_the_code_out_of_the_address(client, sent):
    version, (code, _other), (ours, _theirs) = sent
    theme = a_theme(version)
    put(ours, WAITS, theme)
    a_public_action(theme, "cannot")
    page = look(client, code, switch="easy").page
    assert "We cannot do it" in page.html
    assert "Only you can see this page." in page.html
    assert page.soup.select_one("button[value=standard][name=switch]")
    links = [f"{e.get('href')} {e.get('action')}" for e in page.soup.select("a, form")]
    # Whole words, and two of them: "access" is also the beginning of an address.
    words_of_code = set(code.split())
    assert not [link for link in links if len(words_of_code & set(re.findall("[a-z]+", link))) > 1]
    assert client.get(PAGE).status_code == 405


def test_a_wrong_code_learns_nothing_and_too_many_are_stopped(client, sent, monkeypatch):
    answer = look(client, "one two three four five six")
    assert answer.status_code == 303
    assert answer.location.endswith("/your-code")
    monkeypatch.setattr(tries, "TRIES", type(tries.TRIES)(1))
    statuses = [look(client, sent[1][0]).status_code for _ in range(2)]
    assert statuses == [200, 429]
