"""Listen, and Leave this page, in a real browser with a voice of the test's own."""

import json
import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

# A voice that notes what it is given. `go_on()` is the end of what it says.
A_VOICE = """
  window.said = []; window.stops = 0;
  let voices = VOICES, now;
  const speech = {
    getVoices: () => voices,
    speak(words) {
      now = words;
      const part = document.querySelector('.speaking');
      const {text, lang, voice} = words;
      said.push({text, lang, voice: voice.name, part: part.innerText});
    },
    cancel() { stops++; now = undefined; },
  };
  window.go_on = () => now && now.onend();
  window.voices_come = list => { voices = list; speech.onvoiceschanged(); };
  Object.defineProperty(window, 'speechSynthesis', {value: speech});
  window.SpeechSynthesisUtterance = function (text) { this.text = text; };
"""
BRITISH = {"name": "British", "lang": "en_GB", "localService": True}
AMERICAN = {"name": "American", "lang": "en-US", "localService": True}
FAR_AWAY = {"name": "Far away", "lang": "en-GB", "localService": False}
POLISH = {"name": "Polish", "lang": "pl-PL", "localService": True}
EASY = "/privacy?read=easy"


def give_voices(page: Page, *voices: dict[str, object]) -> None:
    page.add_init_script(A_VOICE.replace("VOICES", json.dumps(voices)))


def said(page: Page) -> list[str]:
    return [each["text"] for each in page.evaluate("said")]


def hear_all(page: Page) -> list[str]:
    """Listen to the end of the page."""
    for _ in range(200):
        before = len(said(page))
        page.evaluate("go_on()")
        if len(said(page)) == before:
            return said(page)
    pytest.fail("it never ends")


def listen(page: Page):
    return page.get_by_role("button", name="Listen")


def test_it_says_the_page_in_order_a_sentence_at_a_time(phone: Page):
    give_voices(phone, BRITISH)
    phone.goto(EASY)
    parts = phone.locator("[data-say]:visible").all_inner_texts()
    listen(phone).click()
    heard = hear_all(phone)

    assert " ".join(heard).split() == " ".join(parts).split()
    assert all(len(re.findall(r"[.?!]\s", sentence)) == 0 for sentence in heard)
    expect(listen(phone)).to_be_visible()
    expect(phone.locator(".speaking")).to_have_count(0)


def test_long_words_are_cut_into_sentences(phone: Page):
    give_voices(phone, BRITISH)
    phone.goto(EASY)
    phone.evaluate(
        "document.querySelector('[data-say]').textContent = 'One thing. Is it  two?\\n Yes! Three'"
    )
    listen(phone).click()
    assert hear_all(phone)[:4] == ["One thing.", "Is it two?", "Yes!", "Three"]


@pytest.mark.parametrize(
    "text", ["یہ ایک ہے۔ کیا یہ دو ہے؟", "এটা এক। এটা দুই।", "Jedno zdanie. A to drugie?"]
)
def test_sentences_end_in_other_languages_too_in_a_browser_that_cannot_cut(phone: Page, text):
    give_voices(phone, BRITISH)
    phone.add_init_script("delete Intl.Segmenter")
    phone.goto(EASY)
    phone.evaluate("text => { document.querySelector('[data-say]').textContent = text }", text)
    listen(phone).click()
    heard = hear_all(phone)[:2]
    assert " ".join(heard) == text


def test_the_part_that_is_said_is_marked_and_can_be_seen(phone: Page):
    give_voices(phone, BRITISH)
    phone.goto(EASY)
    listen(phone).click()
    for _ in range(8):
        expect(phone.locator(".speaking")).to_have_count(1)
        expect(phone.locator(".speaking")).to_be_in_viewport()
        assert phone.evaluate("said.at(-1).part.includes(said.at(-1).text)")
        phone.evaluate("go_on()")


def test_stop_stops_at_once_and_listen_goes_on_from_there(phone: Page):
    give_voices(phone, BRITISH)
    phone.goto(EASY)
    listen(phone).click()
    phone.evaluate("go_on()")
    phone.evaluate("go_on()")
    third = said(phone)[2]
    phone.get_by_role("button", name="Stop").click()
    assert phone.evaluate("stops") == 1
    expect(phone.locator(".speaking")).to_have_count(0)
    phone.evaluate("go_on()")
    assert len(said(phone)) == 3

    listen(phone).click()
    assert said(phone)[3] == third


def test_at_the_end_it_starts_again_from_the_top(phone: Page):
    give_voices(phone, BRITISH)
    phone.goto(EASY)
    listen(phone).click()
    heard = hear_all(phone)
    listen(phone).click()
    assert said(phone)[len(heard)] == heard[0]


def test_nothing_is_said_until_somebody_asks(phone: Page):
    give_voices(phone, BRITISH)
    phone.goto(EASY)
    phone.wait_for_timeout(200)
    assert said(phone) == []


@pytest.mark.parametrize("voices", [(), (POLISH,)])
def test_there_is_no_button_without_a_voice_for_the_language(phone: Page, voices):
    give_voices(phone, *voices)
    phone.goto(EASY)
    expect(phone.locator("[data-read]")).to_be_hidden()


def test_voices_may_come_late(phone: Page):
    give_voices(phone)
    phone.goto(EASY)
    expect(phone.locator("[data-read]")).to_be_hidden()
    phone.evaluate("voices => voices_come(voices)", [BRITISH])
    expect(listen(phone)).to_be_visible()


@pytest.mark.parametrize(
    ("voices", "chosen"),
    [
        ((AMERICAN, FAR_AWAY, BRITISH), "British"),
        ((FAR_AWAY, AMERICAN), "American"),
        ((POLISH, FAR_AWAY), "Far away"),
    ],
)
def test_a_voice_that_lives_on_the_phone_comes_first(phone: Page, voices, chosen):
    give_voices(phone, *voices)
    phone.goto(EASY)
    listen(phone).click()
    assert phone.evaluate("said[0].voice") == chosen
    note = phone.locator("[data-read-note]")
    expect(note).to_be_visible() if chosen == "Far away" else expect(note).to_be_hidden()


def test_a_part_in_another_language_is_said_in_it(phone: Page):
    give_voices(phone, BRITISH, POLISH)
    phone.goto(EASY)
    phone.evaluate("document.querySelector('[data-say]').lang = 'pl'")
    listen(phone).click()
    assert phone.evaluate("[said[0].lang, said[0].voice]") == ["pl", "Polish"]


def test_without_script_there_is_no_button(phone_without_script: Page):
    phone_without_script.goto(EASY)
    expect(phone_without_script.locator("[data-read]")).to_be_hidden()


# ---- Leave this page

ELSEWHERE = "https://www.bbc.co.uk/weather"
SURVEY = "/have-your-say/parent-carers-2026"


@pytest.fixture
def typing(phone: Page) -> Page:
    """Somebody writes on a page that can be left."""
    phone.route("https://www.bbc.co.uk/**", lambda route: route.fulfill(body="<h1>Weather</h1>"))
    give_voices(phone, BRITISH)
    phone.goto("/")
    phone.goto(SURVEY)
    phone.evaluate(
        """() => {
          const box = document.createElement('textarea');
          document.querySelector('main').append(box);
          box.value = 'my secret'; box.focus();
        }"""
    )
    return phone


def test_leaving_goes_away_at_once_and_back_does_not_show_it(typing: Page):
    typing.get_by_role("link", name="Leave this page").click()
    typing.wait_for_url(ELSEWHERE)
    typing.go_back()
    assert typing.url.endswith("/")
    assert "secret" not in typing.content()


def test_the_page_is_empty_before_the_other_one_comes(typing: Page):
    typing.route("https://www.bbc.co.uk/**", lambda route: None)
    left = typing.evaluate(
        """() => {
          document.querySelector('[data-leave]').click();
          return [document.body, document.title.trim(), stops];
        }"""
    )
    assert left == [None, "", 1]


def test_escape_three_times_leaves_while_typing(typing: Page):
    for _ in range(3):
        typing.keyboard.press("Escape")
    typing.wait_for_url(ELSEWHERE)


def test_escape_twice_or_slowly_does_not_leave(typing: Page):
    typing.keyboard.press("Escape")
    typing.keyboard.press("Escape")
    typing.wait_for_timeout(2100)
    typing.keyboard.press("Escape")
    typing.wait_for_timeout(200)
    assert typing.url.endswith(SURVEY)


def test_without_script_leave_is_a_link(phone_without_script: Page):
    phone_without_script.goto(SURVEY)
    link = phone_without_script.get_by_role("link", name="Leave this page")
    assert link.get_attribute("href") == ELSEWHERE
