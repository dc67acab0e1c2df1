"""Which sounds, videos and captions are taken, how they are kept, what a survey knows of them."""

import os
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.errors import InvalidInputError
from engage.files import UNFINISHED, LocalFiles
from engage.surveys import media, operations, queries
from engage.surveys.media import Piece, Slot
from engage.surveys.media_checks import (
    BROKEN,
    BSL,
    IS_SOUND,
    IS_VIDEO,
    LARGEST_CAPTIONS,
    LARGEST_SOUND,
    LARGEST_VIDEO,
    NO_CAPTIONS,
    NO_CUES,
    NO_SOUND,
    NO_VIDEO,
    NOT_PLAYED,
    SIGNS,
    SOUND,
    SOUND_NOT_PLAYED,
    ending_of_captions,
    ending_of_sound,
    ending_of_video,
)
from engage.surveys.media_store import media_files
from engage.surveys.media_tasks import KEPT_UNUSED, tidy_media
from tests.factories import StaffFactory
from tests.survey_factories import ask, make_small_survey
from tests.surveys.media_files import CAPTIONS, labelled_mp3, m4a, mp3, mp4, ogg, webm

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
PHOTO = b"\xff\xd8\xff\xe0\x00\x10JFIF" + b"\0" * 400
PAGE = b"<!doctype html><script>alert(1)</script>"


# ---- what is taken


@pytest.mark.parametrize(
    ("content", "ending"),
    [
        (mp3(), "mp3"),
        (labelled_mp3(), "mp3"),
        (m4a(), "m4a"),
        (ogg(), "ogg"),
        (ogg(b"\x01vorbis" + b"\0" * 20), "ogg"),
        (webm((2, b"A_OPUS")), "weba"),
        (webm((2, b"A_OPUS"), live=True), "weba"),
    ],
)
def test_a_sound_is_known_by_what_it_holds(content, ending):
    assert ending_of_sound(content) == ending


@pytest.mark.parametrize(
    ("content", "ending"),
    [
        (mp4(), "mp4"),
        (mp4((b"vide", b"avc1")), "mp4"),
        (webm(), "webm"),
        (webm((1, b"V_VP8"), live=True), "webm"),
    ],
)
def test_a_video_is_known_by_what_it_holds(content, ending):
    assert ending_of_video(content) == ending


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", NO_SOUND),
        (PHOTO, NO_SOUND),
        (PAGE, NO_SOUND),
        (b"ID3" + PAGE, NO_SOUND),
        (b"\xff\xfeU\0T\0F\0-\x001\x006\0", NO_SOUND),
        (mp3(2), NO_SOUND),
        (ogg(b"\x80theora"), NO_SOUND),
        (webm(kind=b"matroska"), NO_SOUND),
        (mp4((b"text", b"tx3g")), NO_SOUND),
        (mp4(), IS_VIDEO),
        (webm(), IS_VIDEO),
        (mp4((b"soun", b"alac")), SOUND_NOT_PLAYED),
        (m4a()[:-9], BROKEN),
        (m4a() + PAGE, BROKEN),
        (b"OggS", BROKEN),
    ],
)
def test_what_is_no_sound_is_refused_with_the_reason(content, sentence):
    with pytest.raises(InvalidInputError, match=sentence.replace(".", r"\.")):
        ending_of_sound(content)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (PHOTO, NO_VIDEO),
        (CAPTIONS, NO_VIDEO),
        (mp3(), IS_SOUND),
        (m4a(), IS_SOUND),
        (mp4((b"vide", b"hvc1")), NOT_PLAYED),
        (webm((1, b"V_AV1")), NOT_PLAYED),
        (mp4()[:200], BROKEN),
        (webm()[:40], BROKEN),
        (b"\x1a\x45\xdf\xa3\0", BROKEN),
    ],
)
def test_what_is_no_video_is_refused_with_the_reason(content, sentence):
    with pytest.raises(InvalidInputError, match=sentence.replace(".", r"\.")):
        ending_of_video(content)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"1\n00:00:01,000 --> 00:00:02,000\nHello\n", NO_CAPTIONS),
        (b"WEBVTTT\n", NO_CAPTIONS),
        (PAGE, NO_CAPTIONS),
        ("WEBVTT\n\nż".encode("cp1250"), NO_CAPTIONS),
        (CAPTIONS + b"\0", NO_CAPTIONS),
        (b"WEBVTT\n\nHello\n", NO_CUES),
    ],
)
def test_what_is_no_captions_is_refused_with_the_reason(content, sentence):
    with pytest.raises(InvalidInputError) as refused:
        ending_of_captions(content)
    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    "content",
    [CAPTIONS, b"\xef\xbb\xbf" + CAPTIONS, CAPTIONS.replace(b"\n", b"\r\n"), CAPTIONS + b"\n"],
)
def test_captions_of_any_program_are_taken(content):
    assert ending_of_captions(content) == "vtt"


def test_the_largest_are_taken_and_larger_ones_are_refused():
    sound = mp3(LARGEST_SOUND // len(mp3(1)))
    video = mp4(size=LARGEST_VIDEO - len(mp4(size=0)))
    captions = CAPTIONS.ljust(LARGEST_CAPTIONS, b"\n")
    for check, content in (
        (ending_of_sound, sound.ljust(LARGEST_SOUND, b"\0")),
        (ending_of_video, video),
        (ending_of_captions, captions),
    ):
        assert check(content)
        with pytest.raises(InvalidInputError, match="larger than"):
            check(content + b"\n")


def said_by(check, content):
    """The sentence that refuses it; a full stop where it is taken."""
    try:
        check(content)
    except InvalidInputError as error:
        return str(error)
    return "."


STARTS = [b"", b"ID3", b"\xff\xfb\x90\x00", b"OggS", b"\x1a\x45\xdf\xa3", b"\0\0\0\x18ftyp", mp4()]


@given(st.sampled_from(STARTS), st.binary(max_size=300))
def test_any_bytes_are_taken_or_refused_in_words(start, rest):
    for check in (ending_of_sound, ending_of_video, ending_of_captions):
        assert said_by(check, start + rest).endswith(".")


@given(st.integers(0, 10_000), st.integers(0, 255), st.sampled_from([mp4(), webm(), m4a(), ogg()]))
def test_a_file_with_one_wrong_byte_is_taken_or_refused_in_words(at, byte, content):
    damaged = bytearray(content)
    damaged[at % len(content)] = byte
    for check in (ending_of_sound, ending_of_video):
        assert said_by(check, bytes(damaged)).endswith(".")


# ---- how files are kept


def test_a_file_is_kept_whole_under_the_fingerprint_of_what_it_holds(tmp_path):
    files = LocalFiles(tmp_path / "media")

    digest = files.save(b"a sound", "mp3")

    assert digest == sha256(b"a sound").hexdigest()
    assert files.path(f"{digest}.mp3").read_bytes() == b"a sound"
    assert [file.name for file in files.folder.iterdir()] == [f"{digest}.mp3"]


def test_the_same_content_twice_is_one_file_that_is_new_again(tmp_path):
    files = LocalFiles(tmp_path)
    name = files.save(b"a sound", "mp3") + ".mp3"
    os.utime(tmp_path / name, (0, 0))
    assert list(files.untouched_since(NOW)) == [name]

    files.save(b"a sound", "mp3")

    assert list(files.untouched_since(NOW - timedelta(days=365))) == []
    assert len(list(tmp_path.iterdir())) == 1


def test_a_file_that_cannot_be_written_leaves_nothing_behind(tmp_path, monkeypatch):
    def full(descriptor):
        raise OSError("no space left")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="no space"):
        LocalFiles(tmp_path).save(b"a sound", "mp3")

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "name", ["../secret_key", "a.mp3", "", ".", f"{UNFINISHED}x", "0" * 64, f"../{'0' * 64}.mp3"]
)
def test_no_name_leads_out_of_the_folder(tmp_path, name):
    (tmp_path / "secret_key").write_text("secret")
    files = LocalFiles(tmp_path / "media")
    files.save(b"x", "mp3")

    assert files.path(name) is None
    files.remove(name)
    assert (tmp_path / "secret_key").exists()


# ---- what a survey knows


@pytest.fixture
def version(session):
    return make_small_survey([ask("Q1"), ask("Q2")])


@pytest.fixture
def officer(version):
    return StaffFactory(organisation=version.survey.organisation)


def sound(version, code="Q1", language="en"):
    return Slot(version.id, code, SOUND, language)


def test_a_published_survey_gets_a_sound_at_once_and_asks_the_same(version, officer):
    before = queries.definition_of(version.id)

    media.put(sound(version), Piece("1" * 64, "audio/mpeg", transcript="Hello"), officer, NOW)

    after = queries.definition_of(version.id)
    assert after.media_for("Q1", SOUND, "en").file == "1" * 64 + ".mp3"
    assert after.media_for("Q1", SOUND, "pl") is None
    assert after.media_for("Q2", SOUND, "en") is None
    assert after == before


def test_what_is_taken_away_is_gone_at_once_whatever_came_meanwhile(version, officer):
    piece = Piece("1" * 64, "audio/mpeg")
    media.put(sound(version), piece, officer, NOW)
    media.put(sound(version, "Q2"), piece, officer, NOW + timedelta(hours=1))
    assert len(queries.definition_of(version.id).media) == 2

    assert media.take_away(sound(version), officer, NOW)  # by a clock that is behind

    assert [kept.code for kept in queries.definition_of(version.id).media] == ["Q2"]
    assert not media.take_away(sound(version), officer, NOW)


def test_two_changes_in_the_same_moment_are_both_seen(version, officer):
    for digit in "12":
        media.put(sound(version), Piece(digit * 64, "audio/mpeg"), officer, NOW)
        assert queries.definition_of(version.id).media[0].file.startswith(digit)


def test_a_video_is_not_taken_without_captions_and_words(version, officer):
    slot = Slot(version.id, "Q1", SIGNS, BSL)
    for piece in (
        Piece("1" * 64, "video/mp4", "", "Words"),
        Piece("1" * 64, "video/mp4", "2" * 64, " "),
    ):
        with pytest.raises(InvalidInputError, match="captions"):
            media.put(slot, piece, officer, NOW)


def test_a_new_version_begins_with_the_sounds_of_the_one_before(version, officer):
    media.put(sound(version), Piece("1" * 64, "audio/mpeg"), officer, NOW)
    media.put(sound(version, "Q2"), Piece("2" * 64, "audio/mpeg"), officer, NOW)
    media.take_away(sound(version, "Q2"), officer, NOW)

    later = operations.new_version(version.survey)

    assert [kept.code for kept in queries.definition_of(later.id).media] == ["Q1"]
    assert not media.is_published("2" * 64 + ".mp3")


def test_a_file_is_served_only_as_what_it_is(version, officer):
    media.put(
        Slot(version.id, "Q1", SIGNS, BSL),
        Piece("1" * 64, "video/mp4", "2" * 64, "Words"),
        officer,
        NOW,
    )

    assert media.is_published("1" * 64 + ".mp4")
    assert media.is_published("2" * 64 + ".vtt")
    for name in ("1" * 64 + ".vtt", "2" * 64 + ".mp4", "1" * 64 + ".html", "1" * 64):
        assert not media.is_published(name)


def test_after_a_day_files_that_no_survey_uses_are_gone(app, version, officer):
    files = media_files()
    used, unused, new = (files.save(content, "mp3") for content in (b"used", b"unused", b"new"))
    media.put(sound(version), Piece(used, "audio/mpeg"), officer, NOW)
    long_ago = (datetime.now(UTC) - KEPT_UNUSED - timedelta(hours=1)).timestamp()
    for digest in (used, unused):
        os.utime(files.path(f"{digest}.mp3"), (long_ago, long_ago))

    tidy_media()()

    left = [digest for digest in (used, unused, new) if files.path(f"{digest}.mp3")]
    assert left == [used, new]
