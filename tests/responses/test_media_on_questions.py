"""The sound and the sign-language video of a question, as those who answer meet them."""

from datetime import UTC, datetime

import pytest

from engage.surveys import media, operations
from engage.surveys.media import Piece, Slot
from engage.surveys.media_checks import BSL, SIGNS, SOUND
from engage.surveys.media_store import media_files
from tests.factories import StaffFactory
from tests.survey_factories import ask, make_small_survey
from tests.surveys.media_files import CAPTIONS, fetched, mp3, mp4

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)


@pytest.fixture
def version(session):
    return make_small_survey([ask("Q1"), ask("Q2")], slug="parks")


@pytest.fixture
def officer(version):
    return StaffFactory(organisation=version.survey.organisation)


@pytest.fixture
def put_sound(version, officer, session):
    def put(language="en", content=None, words="", code="Q1"):
        digest = media_files().save(content or mp3(), "mp3")
        slot = Slot(version.id, code, SOUND, language)
        media.put(slot, Piece(digest, "audio/mpeg", transcript=words), officer, NOW)
        session.commit()
        return f"/media/{digest}.mp3"

    return put


@pytest.fixture
def put_signs(version, officer, session):
    def put(words="How is it going?\nChoose one."):
        files = media_files()
        video, captions = files.save(mp4(size=5000), "mp4"), files.save(CAPTIONS, "vtt")
        piece = Piece(video, "video/mp4", captions, words)
        media.put(Slot(version.id, "Q1", SIGNS, BSL), piece, officer, NOW)
        session.commit()
        return f"/media/{video}.mp4", f"/media/{captions}.vtt"

    return put


def begin(client, **read):
    return client.post("/have-your-say/parks", data={"read": "standard"} | read).location


def test_a_sound_stands_before_the_question_and_never_starts_by_itself(client, put_sound):
    address = put_sound()

    page = client.get(begin(client)).page

    audio = page.soup.select_one("main audio")
    assert audio["src"] == address
    assert audio["preload"] == "none"
    assert audio.has_attr("controls")
    assert not audio.has_attr("autoplay")
    assert page.texts(".media details p") == ["Question Q1?"]
    assert audio.find_next("h1") is page.soup.h1


def test_a_sound_may_have_words_of_its_own(client, put_sound):
    put_sound(words="How is it going?\n\nChoose one, <b>please</b>.")

    page = client.get(begin(client)).page

    assert page.texts(".media details p") == ["How is it going?", "Choose one, <b>please</b>."]


def test_a_sound_is_offered_in_the_language_of_the_page_only(client, put_sound):
    polish = put_sound("pl", words="Pytanie pierwsze?")

    assert client.get(begin(client)).page.soup.audio is None
    page = client.get(begin(client, lang="pl")).page
    assert page.soup.audio["src"] == polish
    assert page.soup.html["lang"] == "pl"


def test_sign_language_is_offered_in_every_language_with_captions_and_words(client, put_signs):
    video, captions = put_signs()

    for language in ("en", "pl", "ar"):
        page = client.get(begin(client, lang=language)).page
        shown = page.soup.select_one("main video")
        assert shown["src"] == video
        assert shown["preload"] == "none"
        assert not shown.has_attr("autoplay")
        assert (shown.track["src"], shown.track["srclang"]) == (captions, "en")
        assert page.texts(".media details p") == ["How is it going?", "Choose one."]
        marked = page.soup.select(".media details p span[lang=en]")
        assert bool(marked) == (language != "en")
    assert "British Sign Language" in client.get(begin(client)).page.html


def test_other_questions_have_neither(client, put_sound, put_signs):
    put_sound(), put_signs()
    second = client.post(begin(client), data={"answer": "yes"}).location

    assert client.get(second).page.soup.select("audio, video") == []


def test_the_sound_stays_where_there_is_an_answer_or_a_mistake(client, put_sound):
    address = put_sound()
    first = begin(client)
    assert client.get(first).page.soup.audio

    client.post(first, data={"answer": "yes"})
    assert client.get(first).page.soup.audio["src"] == address
    wrong = client.post(first, data={"answer": "nonsense"})
    assert wrong.status_code == 422
    assert wrong.page.soup.audio["src"] == address


def test_easy_read_has_them_too(client, put_sound, put_signs):
    put_sound(), put_signs()

    assert len(client.get(begin(client, read="easy")).page.soup.select("audio, video")) == 2


def test_pages_kept_in_memory_show_new_media_at_once(client, put_sound, version, officer, session):
    first = begin(client)
    assert client.get(first).page.soup.audio is None

    address = put_sound()
    assert client.get(first).page.soup.audio["src"] == address
    other = put_sound(content=mp3(5))
    assert client.get(first).page.soup.audio["src"] == other

    media.take_away(Slot(version.id, "Q1", SOUND, "en"), officer, NOW)
    session.commit()
    assert client.get(first).page.soup.audio is None


def test_a_survey_without_media_costs_no_question_more_and_one_with_it_none_either(
    client, put_sound, put_signs, queries
):
    first = begin(client)
    client.get(first)
    queries.clear()
    client.get(first)
    without = len(queries)
    assert not [query for query in queries if query.startswith("SELECT question_media")]

    put_sound(), put_signs()
    client.get(first)
    queries.clear()
    client.get(first)
    assert len(queries) == without


def test_reading_a_survey_without_media_does_not_ask_for_any(client, version, queries):
    queries.clear()
    client.get(begin(client))

    assert not [query for query in queries if "SELECT question_media" in query]


# ---- how the files are served


def test_a_sound_is_served_as_what_it_is_and_kept_for_good(client, put_sound):
    answer = fetched(client, put_sound())

    assert answer.get_data() == mp3()
    assert answer.content_type == "audio/mpeg"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Accept-Ranges"] == "bytes"
    assert "immutable" in answer.headers["Cache-Control"]
    assert "max-age=31536000" in answer.headers["Cache-Control"]
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert "Set-Cookie" not in answer.headers


def test_a_part_of_a_video_is_served_as_iphones_ask_for_it(client, put_signs):
    video, _captions = put_signs()
    whole = mp4(size=5000)

    first = fetched(client, video, Range="bytes=0-1")
    assert first.status_code == 206
    assert first.get_data() == whole[:2]
    assert first.headers["Content-Range"] == f"bytes 0-1/{len(whole)}"
    assert first.content_type == "video/mp4"

    last = fetched(client, video, Range="bytes=-100")
    assert last.get_data() == whole[-100:]
    rest = fetched(client, video, Range=f"bytes=5000-{len(whole) + 9}")
    assert rest.get_data() == whole[5000:]


def test_a_part_beyond_the_end_is_refused_with_the_length(client, put_sound):
    answer = fetched(client, put_sound(), Range="bytes=99999-")

    assert answer.status_code == 416
    assert answer.headers["Content-Range"] == f"bytes */{len(mp3())}"


def test_what_a_browser_has_it_does_not_fetch_again(client, put_sound):
    address = put_sound()
    etag = fetched(client, address).headers["ETag"]

    again = fetched(client, address, **{"If-None-Match": etag})

    assert again.status_code == 304
    assert again.get_data() == b""


def test_captions_are_text(client, put_signs):
    _video, captions = put_signs()

    answer = fetched(client, captions, **{"Accept-Encoding": "gzip, br"})

    assert answer.content_type == "text/vtt; charset=utf-8"
    assert answer.get_data() == CAPTIONS


@pytest.mark.parametrize(
    "name", ["", "x", "x.mp3", "..%2fsecret_key", f"{'0' * 64}.mp3", f"{'0' * 64}.html", "a\0b.mp3"]
)
def test_what_no_survey_uses_is_not_found(client, put_sound, name):
    put_sound()

    assert client.get(f"/media/{name}").status_code == 404


def test_a_file_is_not_served_under_another_ending(client, put_sound):
    address = put_sound()

    for ending in ("vtt", "m4a", "mp4", "html"):
        assert client.get(address.replace("mp3", ending)).status_code == 404


def test_a_file_that_is_lost_is_not_found_and_the_question_stays(client, put_sound):
    address = put_sound(content=mp3(6))
    media_files().remove(address.removeprefix("/media/"))

    assert fetched(client, address).status_code == 404
    assert client.get(begin(client)).status_code == 200


def test_those_who_finish_after_closing_still_hear_it(client, put_sound, version, session):
    address = put_sound()
    operations.close(version, NOW)
    session.commit()

    assert fetched(client, address).status_code == 200
