"""Posters: what is on the one page of paper, and where its picture leads."""

from base64 import b64decode
from dataclasses import replace

import pytest

from engage.extensions import db
from engage.loop import steps
from engage.loop.models import KINDS
from engage.loop.pairs import Pair
from engage.loop.public.poster import MOST, SIZES, poster
from engage.web.qr import qr_picture
from tests.loop.made import (
    ALL,
    AMBITION,
    CHILD,
    PARENT,
    a_check,
    a_partner,
    a_public_action,
    a_survey,
    a_theme,
    at,
    count,
    people_say,
)

POSTERS = [f"{ALL}/{{slug}}/poster", f"{AMBITION}/poster"]
TITLE = "Parent carer SEND satisfaction survey"
LONG = "We hire two more speech therapists and tell every family how long it takes. "


def made(number, kind="will", words="We hire two.", **more):
    usual = Pair(
        number, kind, f"Theme {number}", ["You wait."], [words], "About 40.", "", "", "", ""
    )
    return replace(usual, **more)


# ---- which answers


def test_up_to_four_answers_stand_in_turn():
    pairs = [made(number, kind) for number, kind in enumerate([*KINDS, *KINDS])]
    shown = poster(pairs, TITLE)
    assert len(shown.pairs) == MOST
    assert [pair.id for pair in shown.pairs] == sorted(pair.id for pair in shown.pairs)
    assert len({pair.kind for pair in shown.pairs}) == MOST


@pytest.mark.parametrize("before", range(8))
def test_what_we_cannot_do_is_on_it_however_many_come_before(before):
    pairs = [*(made(number, "did") for number in range(before)), made(99, "cannot")]
    assert poster(pairs, TITLE).pairs[-1].id == 99


def test_the_fewer_words_the_larger_the_letters():
    few, many = poster([made(1)], TITLE), poster([made(1, words=LONG * 12)], TITLE)
    assert few.size == SIZES[0]
    assert many.size < few.size


def test_an_answer_that_is_too_long_gives_its_place_to_another():
    pairs = [made(1, "did", LONG * 40), made(2, "cannot", LONG * 40), made(3), made(4, "cannot")]
    assert [pair.id for pair in poster(pairs, TITLE).pairs] == [3, 4]


def test_where_every_answer_is_too_long_there_is_none():
    assert poster([made(1, words=LONG * 60)], TITLE).pairs == []
    assert poster([], TITLE).pairs == []


def test_capitals_and_easy_read_need_more_room():
    usual = made(1, words=LONG * 10)
    size = poster([usual], TITLE).size
    assert poster([replace(usual, answer=[LONG.upper() * 10])], TITLE).size < size
    assert poster([usual], TITLE, easy_read=True).size < size


# ---- the page


@pytest.mark.parametrize("address", POSTERS)
def test_a_poster_says_what_was_said_and_done_and_by_how_many(client, version, address):
    theme = a_theme(version, people_say(version, PARENT, 42))
    a_public_action(theme, "cannot")
    count(version)
    said = " ".join(client.get(at(address, version)).page.texts(".sheet")[0].split())
    for words in (
        "You said: You wait",
        "We can’t, because",
        "We hire",
        "About 40 people said this",
    ):
        assert words in said
    assert "Instead: Free travel training" in said
    assert "We have given 1 answer." in said


@pytest.mark.parametrize("address", POSTERS)
@pytest.mark.parametrize("people", [1, 9])
def test_fewer_than_10_people_are_never_a_number(client, version, address, people):
    a_public_action(a_theme(version, people_say(version, CHILD, people)))
    count(version)
    said = client.get(at(address, version)).page.texts(".sheet")[0]
    assert "Fewer than 10 people said this." in said


@pytest.mark.parametrize("address", POSTERS)
@pytest.mark.parametrize("read", ["", "?read=easy"])
def test_the_picture_leads_to_the_page_in_the_same_reading(client, version, address, read):
    a_public_action(a_theme(version))
    soup = client.get(at(address, version) + read).page.soup
    page = at(address, version).removesuffix("/poster")
    picture = soup.select_one(".sheet > footer img")
    assert picture["src"] == qr_picture(f"https://engage.example{page}{read}")
    assert b"<svg" in b64decode(picture["src"].partition(",")[2])
    assert "phone" in picture["alt"]
    assert soup.select_one(".sheet__address").text == f"engage.example{page}"


def test_the_picture_does_not_bring_the_look_of_who_prints(client, version):
    a_public_action(a_theme(version))
    plain, dark = (
        client.get(at(POSTERS[0], version) + look).page.soup.select_one("footer img")["src"]
        for look in ("", "?look=dark")
    )
    assert plain == dark


def test_the_easy_poster_has_the_easy_words_and_pictures(client, version):
    a_public_action(a_theme(version), you_said_easy="You wait long.", we_did_easy="More staff.")
    page = client.get(at(POSTERS[0], version) + "?read=easy").page
    assert page.texts(".easy-pic p")[:2] == ["You wait long.", "More staff."]


def test_only_where_some_are_real_each_made_up_answer_says_so(client, version):
    version.survey.is_invented = True
    a_public_action(a_theme(version))
    assert "Made-up example." not in client.get(f"{AMBITION}/poster").page.texts(".bill")[0]
    a_public_action(a_theme(a_survey()))
    bills = client.get(f"{AMBITION}/poster").page.texts(".bill")
    assert sorted("Made-up example." in each for each in bills) == [False, True]


@pytest.mark.parametrize("read", ["", "?read=easy"])
@pytest.mark.parametrize(("said", "is_again"), [("not_yet", True), ("partly", False)])
def test_what_families_say_is_not_done_says_that_we_look_at_it_again(
    client, version, said, is_again, read
):
    action = a_public_action(a_theme(version), "did")
    steps.record_check(action, a_check(said), a_partner(version.survey))
    db.session.commit()
    (bill,) = client.get(at(POSTERS[0], version) + read).page.texts(".bill")
    assert ("We are looking at this again." in bill) == is_again


def test_the_page_leads_to_its_poster(client, version):
    a_public_action(a_theme(version))
    for address in POSTERS:
        page = at(address, version).removesuffix("/poster")
        soup = client.get(f"{page}?read=easy").page.soup
        assert soup.find("a", href=f"{page}/poster?read=easy")
