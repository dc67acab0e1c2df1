"""The sound and the sign-language video of a question, as staff put them in, through HTTP."""

import io

import pytest
from sqlalchemy import select

from engage.people.models import AuditEvent
from engage.surveys import media, operations, queries
from engage.surveys.media_checks import BSL, IS_VIDEO, LARGEST_SOUND, NO_CUES, NOT_PLAYED
from engage.surveys.media_store import media_files
from tests.factories import StaffFactory
from tests.signin import sign_in
from tests.survey_factories import PUBLISHED_AT, ask, make_small_survey
from tests.surveys.media_files import CAPTIONS, fetched, m4a, mp3, mp4

HERE = "/staff/surveys/parks/sound-and-signs"
WORDS = "How is it going?\r\n\r\nChoose one."


@pytest.fixture
def ours(staff_client):
    """A survey of the organisation of whoever is signed in."""
    organisation = staff_client.staff.organisation
    return make_small_survey(
        [ask("Q1"), ask("Q2")], organisation=organisation, slug="parks", title="Parks"
    )


def file(content, name="file"):
    return io.BytesIO(content), name


def send_sound(client, content=None, code="Q1", **form):
    given = {"language": "en"} | form
    if content is not None:
        given["sound"] = file(content, "sound.mp3")
    return client.post(f"{HERE}/{code}/sound", data=given)


def send_signs(client, video=None, captions=None, words=WORDS):
    given = {"signs_words": words}
    if video is not None:
        given["video"] = file(video, "video.mp4")
    if captions is not None:
        given["captions"] = file(captions, "video.vtt")
    return client.post(f"{HERE}/Q1/signs", data=given)


def send_by_hand(client, content, to="sound", name="sound"):
    """The test client leaves its own file open for as much as this."""
    head = f'--xx\r\nContent-Disposition: form-data; name="{name}"; filename="x"\r\n\r\n'
    rest = b'\r\n--xx\r\nContent-Disposition: form-data; name="language"\r\n\r\nen\r\n--xx--\r\n'
    body = head.encode() + content + rest
    kind = "multipart/form-data; boundary=xx"
    return client.post(f"{HERE}/Q1/{to}", data=body, content_type=kind)


def events():
    found = select(AuditEvent).where(AuditEvent.subject == "parks").order_by(AuditEvent.id)
    return list(queries.db.session.scalars(found))


def kept(version):
    return queries.definition_of(version.id).media


def mistakes(answer):
    assert answer.status_code == 422
    summary = answer.page.soup.select_one(".govuk-error-summary[autofocus]")
    return {link["href"]: link.get_text() for link in summary.select("a")}


def test_a_survey_leads_to_its_questions_and_what_each_has(staff_client, ours):
    survey = staff_client.get("/staff/surveys/parks").page
    assert survey.soup.select_one(f'a[href="{HERE}"]').get_text() == "Sound and sign language"
    assert staff_client.get(HERE).page.html.count("No sound and no video yet.") == 2

    send_sound(staff_client, mp3())
    send_signs(staff_client, mp4(), CAPTIONS)

    page = staff_client.get(HERE).page
    assert page.texts("main h2") == ["Question Q1?", "Question Q2?"]
    assert page.texts("main .tag") == ["Sound: English", "British Sign Language"]
    assert page.html.count("No sound and no video yet.") == 1


def test_a_sound_is_kept_noted_and_can_be_played(staff_client, ours):
    answer = send_sound(staff_client, mp3())

    page = staff_client.get(answer.location).page
    assert "The sound is kept." in page.html
    audio = page.soup.select_one("audio")
    assert audio["preload"] == "none"
    assert not audio.has_attr("autoplay")
    assert fetched(staff_client, audio["src"]).get_data() == mp3()
    assert page.texts("main details p") == ["Question Q1?"]
    (event,) = events()
    assert event.what == "put a sound on a question"
    assert event.detail == {"version": 1, "question": "Q1", "language": "en"}


def test_a_video_is_kept_with_its_captions_and_words(staff_client, ours):
    answer = send_signs(staff_client, mp4(), CAPTIONS)

    page = staff_client.get(answer.location).page
    video = page.soup.select_one("video")
    assert video["preload"] == "none"
    assert fetched(staff_client, video["src"]).get_data() == mp4()
    assert fetched(staff_client, video.track["src"]).get_data() == CAPTIONS
    assert page.texts("figure details p") == ["How is it going?", "Choose one."]
    (event,) = events()
    assert event.what == "put a sign-language video on a question"
    assert event.detail["language"] == BSL


def test_a_file_that_lies_about_its_type_is_refused(staff_client, ours):
    assert mistakes(send_sound(staff_client, mp4())) == {"#sound": IS_VIDEO}
    page = b"<!doctype html><script>alert(1)</script>"
    assert list(mistakes(send_sound(staff_client, page))) == ["#sound"]
    new_iphone = mp4((b"vide", b"hvc1"))
    assert mistakes(send_signs(staff_client, new_iphone, CAPTIONS)) == {"#video": NOT_PLAYED}
    assert mistakes(send_signs(staff_client, mp4(), b"WEBVTT\n\nHello")) == {"#captions": NO_CUES}
    assert kept(ours) == ()
    assert events() == []


def test_a_video_needs_captions_and_words(staff_client, ours):
    assert mistakes(send_signs(staff_client, mp4(), words=" ")) == {
        "#captions": "Choose a file",
        "#signs_words": "Write the words of the video",
    }
    assert mistakes(send_signs(staff_client, words=WORDS)) == {
        "#video": "Choose a file",
        "#captions": "Choose a file",
    }
    too_long = send_signs(staff_client, mp4(), CAPTIONS, words="x" * 20_001)
    assert mistakes(too_long) == {"#signs_words": "Use 20,000 letters or fewer"}
    assert send_signs(staff_client, mp4(), CAPTIONS, words="x" * 20_000).status_code == 302


def test_a_sound_needs_a_file_and_where_the_question_has_no_words_its_own(staff_client, ours):
    assert mistakes(send_sound(staff_client)) == {"#sound": "Choose a file"}

    in_polish = send_sound(staff_client, mp3(), language="pl")

    assert list(mistakes(in_polish)) == ["#sound_words"]
    send_sound(staff_client, mp3(), language="pl", sound_words="Pytanie pierwsze?")
    assert [piece.language for piece in kept(ours)] == ["pl"]


def test_words_can_be_put_right_without_the_file(staff_client, ours):
    send_sound(staff_client, mp3())
    send_signs(staff_client, mp4(), CAPTIONS)
    before = kept(ours)

    send_sound(staff_client, sound_words="Say it in your own words.")
    send_signs(staff_client, words="Better words")

    after = kept(ours)
    assert [piece.file for piece in after] == [piece.file for piece in before]
    assert [piece.transcript for piece in after] == ["Say it in your own words.", "Better words"]
    page = staff_client.get(f"{HERE}/Q1?language=en").page
    assert page.soup.select_one("#sound_words").get_text(strip=True) == "Say it in your own words."
    assert page.soup.select_one("#signs_words").get_text(strip=True) == "Better words"


def test_the_old_file_of_a_replaced_sound_is_not_served_any_more(staff_client, ours):
    send_sound(staff_client, mp3())
    (before,) = kept(ours)
    assert fetched(staff_client, f"/media/{before.file}").status_code == 200

    send_sound(staff_client, m4a())

    (after,) = kept(ours)
    assert after.file.endswith(".m4a")
    assert fetched(staff_client, f"/media/{before.file}").status_code == 404
    assert fetched(staff_client, f"{HERE}/files/{before.file}").status_code == 404
    assert fetched(staff_client, f"/media/{after.file}").get_data() == m4a()


def test_a_file_two_questions_use_stays_while_one_of_them_does(staff_client, ours):
    send_sound(staff_client, mp3(), "Q1")
    send_sound(staff_client, mp3(), "Q2")
    address = f"/media/{kept(ours)[0].file}"
    away = {"kind": "sound", "language": "en"}

    staff_client.post(f"{HERE}/Q1/take-away", data=away)
    assert fetched(staff_client, address).status_code == 200
    staff_client.post(f"{HERE}/Q2/take-away", data=away)
    assert fetched(staff_client, address).status_code == 404


def test_sounds_and_videos_can_be_taken_away(staff_client, ours):
    send_sound(staff_client, mp3())
    send_signs(staff_client, mp4(), CAPTIONS)
    files = [name for piece in kept(ours) for name in (piece.file, piece.captions) if name]

    staff_client.post(f"{HERE}/Q1/take-away", data={"kind": "sound", "language": "en"})
    gone = staff_client.post(
        f"{HERE}/Q1/take-away", data={"kind": "sign_language", "language": BSL}
    )

    page = staff_client.get(gone.location).page
    assert "The video is gone." in page.html
    assert page.soup.select("audio, video") == []
    assert [fetched(staff_client, f"/media/{name}").status_code for name in files] == [404] * 3
    assert [event.what for event in events()][2:] == [
        "took a sound away",
        "took a sign-language video away",
    ]
    again = {"kind": "sound", "language": "en"}
    assert staff_client.post(f"{HERE}/Q1/take-away", data=again).status_code == 404


# ---- how large


def test_a_sound_of_1_mb_is_taken_and_a_larger_one_is_refused_in_words(staff_client, ours):
    largest = mp3().ljust(LARGEST_SOUND, b"\0")

    assert send_by_hand(staff_client, largest).status_code == 302
    too_large = send_by_hand(staff_client, largest + b"\0" * 2_000_000)
    assert mistakes(too_large) == {"#sound": "The sound is larger than 1 MB"}


def test_a_video_of_many_megabytes_is_read_and_a_flood_is_not(staff_client, ours):
    large = send_by_hand(staff_client, mp4(size=20_000_000), "signs", "video")
    assert "#video" not in mistakes(large)
    flood = send_by_hand(staff_client, mp4(size=32_000_000), "signs", "video")
    assert flood.status_code == 413


def test_strangers_cannot_send_large_files(client):
    make_small_survey(slug="parks")

    assert send_by_hand(client, mp3().ljust(LARGEST_SOUND, b"\0")).status_code == 413


# ---- who


@pytest.mark.parametrize("address", ["", "/Q1", "/files/x.mp3"])
def test_only_those_who_edit_surveys_of_the_organisation_see_them(client, address):
    version = make_small_survey([ask("Q1")], slug="parks")
    reader = StaffFactory(roles=["reader"], organisation=version.survey.organisation)

    assert client.get(HERE + address).status_code == 302
    sign_in(client, reader)
    assert client.get(HERE + address).status_code == 403
    assert send_sound(client, mp3()).status_code == 403
    assert kept(version) == ()


def test_staff_of_another_organisation_cannot_look_send_or_take_away(staff_client):
    theirs = make_small_survey([ask("Q1")], slug="parks")
    officer = StaffFactory(organisation=theirs.survey.organisation)
    digest = media_files().save(mp3(), "mp3")
    slot = media.Slot(theirs.id, "Q1", "sound", "en")
    media.put(slot, media.Piece(digest, "audio/mpeg"), officer, PUBLISHED_AT)
    queries.db.session.commit()

    for address in ("", "/Q1", f"/files/{digest}.mp3"):
        assert staff_client.get(HERE + address).status_code == 404
    assert send_sound(staff_client, m4a()).status_code == 404
    assert send_signs(staff_client, mp4(), CAPTIONS).status_code == 404
    away = {"kind": "sound", "language": "en"}
    assert staff_client.post(f"{HERE}/Q1/take-away", data=away).status_code == 404
    assert [piece.file for piece in kept(theirs)] == [f"{digest}.mp3"]


def test_staff_play_a_draft_that_nobody_else_can_fetch(staff_client, client):
    organisation = staff_client.staff.organisation
    draft = make_small_survey([ask("Q1")], organisation=organisation, slug="parks", published=False)
    send_sound(staff_client, mp3())
    (piece,) = kept(draft)

    answer = fetched(staff_client, f"{HERE}/files/{piece.file}")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert fetched(client, f"/media/{piece.file}").status_code == 404

    operations.publish(draft, PUBLISHED_AT)
    queries.db.session.commit()
    assert fetched(client, f"/media/{piece.file}").status_code == 200


def test_a_published_version_keeps_its_own_page_beside_a_draft(staff_client, ours):
    send_sound(staff_client, mp3())
    operations.new_version(ours.survey)
    queries.db.session.commit()

    page = staff_client.get(HERE).page
    assert "This is version 2." in page.html
    assert page.texts("main .tag") == ["Sound: English"]
    assert f"{HERE}?version=1" in page.html
    staff_client.post(f"{HERE}/Q1/sound?version=1", data={"language": "en", "sound_words": "Once"})
    assert kept(ours)[0].transcript == "Once"


def test_a_question_that_is_not_there_is_not_found(staff_client, ours):
    assert staff_client.get(f"{HERE}/Q9").status_code == 404
    assert send_sound(staff_client, mp3(), "Q9").status_code == 404
    assert staff_client.get(f"{HERE}?version=3").status_code == 404
