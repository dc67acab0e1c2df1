"""Pages of one ambition or Outcome Bee, what all can be taken as, and how heavy they are."""

import json
from itertools import product

import pytest

from engage.extensions import db
from engage.framework import load_pack
from engage.loop import operations
from engage.loop.models import KINDS
from tests.indicators.tracing import numbers_of, numbers_on
from tests.loop.made import (
    ALL,
    AMBITION,
    CHILD,
    HOSTILE,
    NOW,
    PARENT,
    a_public_action,
    a_theme,
    at,
    count,
    people_say,
)
from tests.loop.test_public_views import LIMIT

BEE = f"{ALL}/bee/bee-2026-healthy"  # ambitions 2 and 5 lead to it
PAGES = [ALL, AMBITION, BEE, f"{AMBITION}/poster", f"{ALL}/{{slug}}", f"{ALL}/{{slug}}/poster"]
DATA = [f"{ALL}.json", f"{AMBITION}.json", f"{BEE}.json", f"{ALL}/{{slug}}.json"]


# ---- what is on which page


def test_a_page_of_an_ambition_has_its_answers_and_no_others(client, version):
    a_public_action(a_theme(version, name="Waiting", ambition="ambition-2"))
    a_public_action(a_theme(version, name="Letters", ambition="ambition-1"))
    a_public_action(a_theme(version, name="Nothing of these", ambition=None))
    page = client.get(AMBITION).page
    assert page.heading.endswith("You said, we did: Getting help early")
    assert page.texts(".pair h3") == ["Waiting"]


def test_a_page_of_a_bee_has_the_answers_of_the_ambitions_that_lead_to_it(client, version):
    for number in (1, 2, 5):
        a_public_action(a_theme(version, name=f"Of {number}", ambition=f"ambition-{number}"))
    page = client.get(BEE).page
    assert sorted(page.texts(".pair h3")) == ["Of 2", "Of 5"]


def test_a_page_of_a_bee_says_why_and_that_nobody_agreed_yet(client, version):
    a_public_action(a_theme(version))
    standard, easy = (client.get(f"{BEE}?read={read}").page.html for read in ("standard", "easy"))
    assert "The ambition covers yearly health checks." in standard
    assert "This is our judgement." in standard
    assert "Nobody has agreed it yet." in standard
    assert "Nobody has agreed this yet." in easy


def test_what_does_not_exist_is_not_found(client, session):
    nowhere = ("ambition/ambition-7", "bee/none", "bee/bee-2018-safe", "none")
    for which, rest in product(nowhere, ("", ".json", ".atom", "/poster")):
        address = f"{ALL}/{which}{rest}"
        assert (address, client.get(address).status_code) == (address, 404)


def test_without_a_crosswalk_there_is_no_page_of_a_bee_and_no_way_to_one(
    client, version, app, monkeypatch
):
    a_public_action(a_theme(version))
    without = app.extensions["pack"].model_copy(update={"served_bees": ()})
    monkeypatch.setitem(app.extensions, "pack", without)
    assert client.get(BEE).status_code == 404
    assert "/bee/" not in client.get(ALL).text + client.get(AMBITION).text


def test_with_nothing_published_the_page_says_so_kindly(client, session):
    for place, read in product((AMBITION, BEE, f"{AMBITION}/poster"), ("standard", "easy")):
        address = f"{place}?read={read}"
        assert "yet" in client.get(address).page.texts(".lead")[-1], address


def test_the_main_page_leads_to_each_that_has_answers(client, version):
    a_public_action(a_theme(version, ambition="ambition-5"))
    tree = client.get(f"{ALL}?read=easy").page.tree
    links = [link.get("href") for link in tree.cssselect(".chips a")]
    assert links == [
        f"{ALL}?read=easy",
        f"{ALL}/ambition/ambition-5?read=easy",
        f"{ALL}/bee/bee-2026-independent?read=easy",
        f"{ALL}/bee/bee-2026-healthy?read=easy",
        *(f"{ALL}/area/dspl{number}?read=easy" for number in range(1, 10)),
    ]


def test_one_of_each_kind_comes_in_turn_there_too(client, version):
    theme = a_theme(version)
    for kind in ("cannot", "did", "did", "will"):
        a_public_action(theme, kind)
    in_turn = ["We did", "We will do", "We can’t, because", "We did"]
    for address in (AMBITION, BEE):
        signs = client.get(address).page.texts(".pair .status")
        assert (address, signs) == (address, in_turn)


def test_many_answers_have_more_than_one_page(client, version):
    theme = a_theme(version)
    for _ in range(13):
        a_public_action(theme)
    for address in (AMBITION, BEE, f"{ALL}/{{slug}}"):
        first = client.get(f"{at(address, version)}?read=easy").page
        (after,) = first.tree.xpath("//a[@rel='next']/@href")
        following = client.get(after).page
        pairs = len(first.texts(".pair")), len(following.texts(".pair"))
        assert (address, pairs) == (address, (12, 1))
        assert following.texts("body.easy"), address


def test_the_address_of_one_answer_leads_to_it_on_whichever_page_it_is(client, version):
    theme = a_theme(version)
    actions = [a_public_action(theme) for _ in range(13)]  # one more than a page has
    shown = {}
    for action in actions:
        reply = client.get(f"{ALL}/answer/{action.id}?read=easy")
        page, _, place = reply.location.partition("#")
        if page not in shown:
            shown[page] = client.get(page).page.tree.xpath("//@id")
        assert place == f"answer-{action.id}"
        assert place in shown[page]
    assert len(shown) == 2


def test_the_address_of_an_answer_that_was_taken_down_is_not_found(client, version):
    action = a_public_action(a_theme(version))
    operations.take_down(action, action.written_by, NOW)
    assert client.get(f"{ALL}/answer/{action.id}").status_code == 404


# ---- what must be true of all of them


def test_what_was_taken_down_is_nowhere(client, version):
    kept = a_public_action(a_theme(version), we_did="Open plan.")
    action = a_public_action(a_theme(version), we_did="Secret plan")
    operations.take_down(action, action.written_by, NOW)
    for address in [*PAGES, *DATA]:
        said = client.get(at(address, version)).text
        assert (address, "Secret plan" in said) == (address, False)
        assert (address, kept.we_did in said) == (address, True)


def test_hostile_words_are_words(client, version):
    parts = dict.fromkeys(("you_said", "we_did", "owner", "instead", "challenge"), HOSTILE)
    a_public_action(a_theme(version, name=HOSTILE), "cannot", **parts)
    for address in PAGES:
        reply = client.get(at(address, version))
        assert (address, reply.status_code, HOSTILE in reply.text) == (address, 200, False)


def test_a_page_is_small_however_many_answers_there_are(client, version):
    long = "We hire two more speech therapists and tell every family how long it takes. " * 3
    themes = [a_theme(version, people_say(version, PARENT, 1)) for _ in range(6)]
    for number in range(28):  # of each kind four, on more than two pages
        words = dict.fromkeys(("you_said", "we_did", "you_said_easy", "we_did_easy"), long)
        a_public_action(themes[number % 6], KINDS[number % len(KINDS)], **words)
    count(version)
    for address in in_both_readings(version):
        reply = client.get(address)
        assert (address, reply.status_code) == (address, 200)
        assert (address, len(reply.data)) <= (address, LIMIT)


def in_both_readings(version):
    return [f"{at(page, version)}?read={read}" for page in PAGES for read in ("standard", "easy")]


def test_every_number_is_in_a_snapshot_or_an_answer(client, version):
    theme = a_theme(version, people_say(version, PARENT, 37) + people_say(version, CHILD, 16))
    people_say(version, PARENT, 61)
    actions = [a_public_action(theme, kind) for kind in ("did", "cannot", "doing")]
    count(version)
    snapshot = db.session.query(operations.Snapshot).filter_by(kind="loop").one()
    how_many = [len(actions), 1, 0]
    name_of_paper, ambitions = 4, [2, 5]
    known = [snapshot.data, [each.reached for each in actions], how_many, name_of_paper, ambitions]
    printed = [load_pack("hertfordshire").served_bees, version.survey.slug]
    allowed = set(numbers_of([*known, *printed]))
    for address in in_both_readings(version):
        shown = numbers_on(with_plain_areas(client.get(address).text))
        assert shown
        assert (address, set(shown) - allowed) == (address, set())


def with_plain_areas(said):
    """Without the numbers of the nine areas, which are names."""
    for area in load_pack("hertfordshire").areas:
        said = said.replace(f"{area.number}. {area.short_name}", area.short_name)
    return said


def test_they_take_as_many_queries_however_many_answers(client, version, queries):
    paths = [at(each, version) for each in (*PAGES, *DATA, f"{ALL}.atom", f"{AMBITION}.atom")]

    def how_many(path):
        db.session.expire_all()
        queries.clear()
        client.get(path)
        return path, len(queries)

    a_public_action(a_theme(version))
    for path in paths:
        client.get(path)
    one = [how_many(path) for path in paths]
    for kind in KINDS:
        a_public_action(a_theme(version), kind)
    assert [how_many(path) for path in paths] == one


def test_made_up_answers_are_called_so(client, version):
    version.survey.is_invented = True
    a_public_action(a_theme(version))
    for address in PAGES:
        page = client.get(at(address, version)).page
        assert "Example with made-up answers" in page.texts(".tag"), address
        assert "Example with made-up answers." in page.texts(".foot .quiet"), address


def test_none_of_them_sets_a_cookie_or_asks_elsewhere(client, version):
    a_public_action(a_theme(version))
    for address in [*PAGES, *DATA, f"{ALL}.atom", f"{ALL}/{{slug}}.atom"]:
        reply = client.get(at(address, version))
        assert "Set-Cookie" not in reply.headers, address
        fetched = reply.page.tree.xpath("//@src | //link/@href") if is_page(reply) else []
        ours = ("/", "data:image/svg+xml")
        assert (address, [each for each in fetched if not each.startswith(ours)]) == (address, [])


def is_page(reply):
    return reply.mimetype == "text/html"


# ---- as data


def test_the_data_of_many_surveys_say_what_their_own_data_say(client, version):
    said = people_say(version, PARENT, 42)
    a_public_action(a_theme(version, said), "cannot")
    count(version)
    own = client.get(at(DATA[-1], version)).json
    for address in (f"{ALL}.json", f"{AMBITION}.json", f"{BEE}.json"):
        data = client.get(address).json
        assert (address, data["actions"]) == (address, own["actions"])
        assert (address, data["totals"]) == (address, own["totals"])
        (survey,) = data["surveys"]
        assert (address, survey["people"], own["people"]) == (address, 40, 40)
        assert "people" not in data, "somebody may have answered two surveys"


@pytest.mark.parametrize("people", [1, 4, 9])
def test_fewer_than_10_people_are_null_in_all_data(client, version, people):
    a_public_action(a_theme(version, people_say(version, CHILD, people)), "did", reached=3)
    people_say(version, PARENT, 12)  # enough that theirs alone would be a number
    count(version)
    for address in DATA:
        (action,) = client.get(at(address, version)).json["actions"]
        hidden = action["people"], action["people_by_audience"], action["reached"]
        assert (address, *hidden) == (address, None, {}, None)


def test_the_data_of_a_bee_say_why(client, version):
    a_public_action(a_theme(version))
    said = client.get(f"{BEE}.json").json["outcome_bee"]
    assert said["is_draft"]
    assert said["because"][0] | {"reason": ""} == {
        "ambition": "ambition-2",
        "bee": "bee-2026-healthy",
        "confidence": "judgement",
        "reason": "",
    }


def test_the_same_data_are_not_sent_twice(client, version):
    a_public_action(a_theme(version))
    paths = [at(address, version) for address in DATA]
    known = {path: {"If-None-Match": client.get(path).headers["ETag"]} for path in paths}

    def asked_again():
        return {path: client.get(path, headers=known[path]).status_code for path in paths}

    assert asked_again() == dict.fromkeys(paths, 304)
    a_public_action(a_theme(version))
    assert asked_again() == dict.fromkeys(paths, 200)


def test_a_page_says_where_its_data_are(client, version):
    a_public_action(a_theme(version))
    for address in PAGES[:3] + PAGES[4:5]:
        tree = client.get(f"{at(address, version)}?read=easy").page.tree
        links = [link.get("href") for link in tree.cssselect('[aria-labelledby="d"] a')]
        assert links[0].endswith(".json"), address
        found = {link: client.get(link).status_code for link in links}
        assert found == dict.fromkeys(links, 200)
        assert json.loads(client.get(links[0]).text)["actions"], address
