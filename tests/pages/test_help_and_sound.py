"""Parts of answering pages that help: whom to ring, a recorded voice, sign language."""

import pytest
from bs4 import BeautifulSoup
from flask import render_template_string

PARTS = '{% from "components/parts.html" import help_strip, recorded_sound, sign_language %}'


@pytest.fixture
def draw(app):
    def drawn(part: str, **values: object) -> BeautifulSoup:
        with app.test_request_context("/"):
            html = render_template_string(PARTS + "{{ " + part + " }}", **values)
        return BeautifulSoup(html, "html.parser")

    return drawn


FULL_HELP = (
    "help_strip('01632 960118', '9am to 5pm', easy_read, '01632 960119', '/help-me/x', urgent=True)"
)


@pytest.mark.parametrize("easy_read", [False, True])
def test_help_is_seen_at_once_and_numbers_open_without_script(draw, easy_read):
    strip = draw(FULL_HELP, easy_read=easy_read)
    assert strip.summary.get_text() == "Need help now?"
    assert strip.select_one("a[href='/help-me/x']").get_text() == "Please help me"
    assert not strip.select("details a[href='/help-me/x']")
    numbers = [link["href"] for link in strip.select("details a")]
    assert numbers == ["tel:999", "tel:08001111", "tel:01632960118", "tel:01632960119"]
    assert "9am to 5pm" in strip.details.get_text()


@pytest.mark.parametrize("easy_read", [False, True])
def test_telephone_numbers_read_left_to_right_in_every_language(draw, easy_read):
    strip = draw(FULL_HELP, easy_read=easy_read)
    spaced = [link for link in strip.select("a[href^=tel]") if " " in link.get_text()]
    assert len(spaced) == 4
    assert all(link.bdi for link in spaced)


def test_what_is_not_there_is_not_offered(draw):
    strip = draw("help_strip(urgent=True)")
    assert [link["href"] for link in strip.select("a")] == ["tel:999", "tel:08001111"]


def test_a_recorded_voice_starts_only_when_asked_and_has_its_words(draw):
    part = draw("recorded_sound('/media/a.mp3', 'What was said')")
    assert part.audio["preload"] == "none"
    assert part.audio.has_attr("controls")
    assert not part.audio.has_attr("autoplay")
    assert part.audio["aria-label"]
    assert "What was said" in part.details.get_text()


def test_sign_language_has_captions_and_words_and_starts_only_when_asked(draw):
    part = draw("sign_language('/media/a.mp4', '/media/a.vtt', ['One', 'Two'], 'pl')")
    assert part.video["preload"] == "none"
    assert part.video.has_attr("playsinline")
    assert not part.video.has_attr("autoplay")
    assert (part.track["kind"], part.track["srclang"]) == ("captions", "pl")
    assert [p.get_text() for p in part.select("details p")] == ["One", "Two"]


@pytest.mark.parametrize("part", ["recorded_sound('/a.mp3')", "sign_language('/a.mp4')"])
def test_without_a_transcript_there_is_nothing_to_open(draw, part):
    assert draw(part).details is None
