"""Feeds of published answers: valid whatever was typed, lasting, and no more than the pages say."""

from datetime import datetime, timedelta
from itertools import product
from xml.etree import ElementTree as ET

import pytest

from engage.extensions import db
from engage.loop import operations, steps
from engage.loop.models import KINDS
from engage.loop.public.atom import MIMETYPE, Entry, Feed, as_atom
from engage.loop.public.feed import MOST
from tests.corpora import every_hostile
from tests.loop.made import (
    ALL,
    AMBITION,
    CHILD,
    HOSTILE,
    NOW,
    PARENT,
    a_check,
    a_public_action,
    a_theme,
    at,
    count,
    people_say,
    whole,
)

FEEDS = [f"{ALL}.atom", f"{AMBITION}.atom", f"{ALL}/{{slug}}.atom"]
ATOM = "{http://www.w3.org/2005/Atom}"


def read_xml(data):
    return ET.fromstring(data)  # noqa: S314 — we wrote it


def feed_at(client, address):
    reply = client.get(address)
    assert (reply.status_code, reply.mimetype) == (200, MIMETYPE)
    return read_xml(reply.data)


def entries_at(client, address):
    return feed_at(client, address).findall(f"{ATOM}entry")


def said(element, name):
    return element.findtext(f"{ATOM}{name}")


def links_of(element):
    return {link.get("rel"): link.get("href") for link in element.findall(f"{ATOM}link")}


# ---- what it says


def test_a_feed_has_all_that_the_standard_demands(client, version):
    a_public_action(a_theme(version))
    for path in (at(address, version) for address in FEEDS):
        feed = feed_at(client, path)
        (entry,) = feed.findall(f"{ATOM}entry")
        for element in (feed, entry):
            assert said(element, "id").startswith("tag:engage.example,2026:"), path
            assert said(element, "title"), path
            assert datetime.fromisoformat(said(element, "updated")).tzinfo, path
        assert feed.findtext(f"{ATOM}author/{ATOM}name") == "Hertfordshire SEND partnership", path
        assert links_of(feed)["self"] == "https://engage.example" + path
        assert links_of(feed)["alternate"] == links_of(feed)["self"].removesuffix(".atom")


def test_an_entry_says_the_kind_and_both_sides_in_words(client, version):
    for kind in KINDS:
        a_public_action(a_theme(version, name=kind), kind, you_said="You wait", we_did="We hire")
    entries = [
        (said(each, "title"), said(each, "content")) for each in entries_at(client, FEEDS[0])
    ]
    for title, content in entries:
        kind_in_words = title.partition(": ")[0]
        assert kind_in_words[0].isupper(), title
        assert "<p>You said: You wait</p>" in content, title
        assert f"<p>{kind_in_words}: We hire</p>" in content, title
    assert sorted(title.partition(": ")[2] for title, _ in entries) == sorted(KINDS)
    assert len({title.partition(": ")[0] for title, _ in entries}) == len(KINDS)


def test_what_we_cannot_do_says_what_instead_and_how_to_challenge_it(client, version):
    a_public_action(a_theme(version), "cannot")
    content = said(entries_at(client, FEEDS[0])[0], "content")
    assert "We do not have the money." in content
    assert "Instead: Free travel training" in content
    assert "If you disagree, you can ask for a review" in content


def test_the_easy_feed_has_the_easy_words(client, version):
    a_public_action(a_theme(version), we_did_easy="More staff.")
    easy, standard = (entries_at(client, f"{ALL}.atom{read}")[0] for read in ("?read=easy", ""))
    assert "More staff." in said(easy, "content")
    assert "More staff." not in said(standard, "content")
    assert said(easy, "id") != said(standard, "id")
    assert "read=easy" in links_of(easy)["alternate"]


def test_made_up_answers_say_so_in_the_title_and_the_words(client, version):
    version.survey.is_invented = True
    a_public_action(a_theme(version))
    (entry,) = entries_at(client, FEEDS[0])
    assert said(entry, "title").endswith("(made-up example)")
    assert said(entry, "content").startswith("<p>Made-up example.")


def test_real_answers_are_not_called_made_up(client, version):
    a_public_action(a_theme(version))
    assert "ade-up" not in client.get(FEEDS[0]).text


def test_an_empty_feed_is_a_feed(client, version):
    for address in FEEDS:
        assert said(feed_at(client, at(address, version)), "updated"), address


@pytest.mark.parametrize("people", [1, 4, 9])
def test_fewer_than_10_people_are_never_a_number(client, version, people):
    a_public_action(a_theme(version, people_say(version, CHILD, people)), "did", reached=3)
    people_say(version, PARENT, 12)  # enough that theirs alone would be a number
    count(version)
    content = said(entries_at(client, FEEDS[0])[0], "content")
    assert "Fewer than 10 people said this." in content
    assert "Fewer than 10 people have had this so far." in content
    assert "child or young person" not in content


# ---- what lasts and what goes


def test_an_id_lasts_and_the_day_moves_when_an_answer_changes(client, version):
    action = a_public_action(a_theme(version))
    (before,) = entries_at(client, FEEDS[0])
    action.changed_at = action.changed_at + timedelta(days=3)
    (after,) = entries_at(client, FEEDS[0])
    assert said(after, "id") == said(before, "id")
    assert said(after, "published") == said(before, "published")
    assert said(after, "updated") > said(before, "updated")


# what is done about an answer, one deed after the other
DEEDS = [
    lambda action, forum, now: steps.record_check(action, a_check("partly", at=now), forum),
    lambda action, forum, now: steps.record_check(action, a_check("yes", at=now), forum),
    lambda action, forum, now: steps.show_difference(
        action, "Half the wait there was", 3, action.written_by, now
    ),
    lambda action, forum, now: steps.close(action, "It works", action.written_by, now),
    lambda action, forum, now: steps.record_check(action, a_check("not_yet", at=now), forum),
    lambda action, forum, now: operations.publish(
        action, action.written_by, now, whole("did", we_did="We hire three")
    ),
]


def test_every_step_moves_the_day_of_the_entry_and_of_the_feed(client, version, forum):
    action = a_public_action(a_theme(version), "did")
    for days, deed in enumerate(DEEDS, start=1):
        deed(action, forum, NOW + timedelta(days=days))
        db.session.commit()
        moment = f"2026-11-{NOW.day + days}T12:00:00Z"
        for address in FEEDS:
            feed = feed_at(client, at(address, version))
            moments = said(feed, "updated"), said(feed.find(f"{ATOM}entry"), "updated")
            assert (address, days, *moments) == (address, days, moment, moment)


def test_the_newest_are_in_it_and_a_check_of_the_oldest_brings_it_in_before_all_others(
    client, version, forum
):
    theme = a_theme(version)
    oldest = a_public_action(theme, "did")
    for day in range(MOST + 2):
        a_public_action(theme).changed_at = NOW + timedelta(days=day + 1)
    its_id = f"tag:engage.example,2026:engage/answer/{oldest.id}"
    entries = entries_at(client, FEEDS[0])
    moments = [said(each, "updated") for each in entries]
    assert len(entries) == MOST  # no more than a reader wants
    assert moments == sorted(moments, reverse=True)
    assert its_id not in [said(each, "id") for each in entries]
    steps.record_check(oldest, a_check(at=NOW + timedelta(days=MOST + 3)), forum)
    db.session.commit()
    found = [said(each, "id") for each in entries_at(client, FEEDS[0])]
    assert found[0] == its_id
    assert len(found) == MOST


def test_the_link_of_an_entry_leads_to_its_answer(client, version):
    action = a_public_action(a_theme(version))
    (entry,) = entries_at(client, FEEDS[0])
    path = links_of(entry)["alternate"].removeprefix("https://engage.example")
    assert client.get(path).location.endswith(f"#answer-{action.id}")


def test_what_was_taken_down_is_in_no_feed(client, version):
    action = a_public_action(a_theme(version), we_did="Secret plan")
    operations.take_down(action, action.written_by, NOW)
    for address in FEEDS:
        assert "Secret plan" not in client.get(at(address, version)).text, address


def test_who_has_it_already_is_told_so(client, version):
    a_public_action(a_theme(version))
    for address in FEEDS:
        first = client.get(at(address, version))
        assert first.last_modified, address
        again = client.get(at(address, version), headers={"If-None-Match": first.headers["ETag"]})
        assert (address, again.status_code, again.data) == (address, 304, b"")


def test_it_is_told_too_where_the_feed_was_sent_compressed(client, version):
    for _ in range(5):
        a_public_action(a_theme(version))
    compressed = {"Accept-Encoding": "gzip, br"}
    etag = client.get(FEEDS[0], headers=compressed).headers["ETag"]
    again = client.get(FEEDS[0], headers=compressed | {"If-None-Match": etag})
    assert again.status_code == 304


def test_what_was_taken_down_goes_at_once_whatever_a_reader_kept(client, version):
    """Nothing that is left is newer for it, so a day alone never means "as before"."""
    a_public_action(a_theme(version))
    action = a_public_action(a_theme(version))
    first = client.get(FEEDS[0])
    operations.take_down(action, action.written_by, NOW)
    db.session.commit()
    kept = {"If-Modified-Since": first.headers["Last-Modified"]}
    for headers in (kept, kept | {"If-None-Match": first.headers["ETag"]}):
        reply = client.get(FEEDS[0], headers=headers)
        assert reply.status_code == 200
        assert len(read_xml(reply.data).findall(f"{ATOM}entry")) == 1


def test_readers_find_it_from_its_page(client, version):
    a_public_action(a_theme(version))
    for address, read in product(FEEDS, ("standard", "easy")):
        page = f"{at(address, version).removesuffix('.atom')}?read={read}"
        link = client.get(page).page.tree.find(".//link[@rel='alternate']")
        assert (page, link.get("type")) == (page, MIMETYPE)
        assert feed_at(client, link.get("href")) is not None


# ---- whatever was typed


def test_hostile_words_are_words(client, version):
    parts = dict.fromkeys(("you_said", "we_did", "owner", "instead", "challenge"), HOSTILE)
    a_public_action(a_theme(version, name=HOSTILE), "cannot", **parts)
    (entry,) = entries_at(client, FEEDS[0])
    assert HOSTILE in said(entry, "title")
    assert HOSTILE not in said(entry, "content")  # a reader shows that as HTML


def test_a_control_character_that_staff_pasted_breaks_no_feed(client, version):
    a_public_action(a_theme(version, name="Bus\x0bes"), we_did="We\x08 hire\x1f, and\ufffe train")
    (entry,) = entries_at(client, FEEDS[0])
    assert said(entry, "title").endswith(": Buses")
    assert "We hire, and train" in said(entry, "content")


def test_any_words_make_a_feed_that_reads_back():
    for words in every_hostile():
        entry = Entry(words, words, words, [words], words, NOW, NOW)
        feed = Feed(words, words, words, words, words, "en", NOW, [entry])
        read = read_xml(as_atom(feed))
        assert len(read.findall(f"{ATOM}entry")) == 1
        assert "<script" not in (said(read.find(f"{ATOM}entry"), "content") or "")
