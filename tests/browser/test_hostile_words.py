"""Hostile words in a real browser: nothing runs, nothing is loaded, nothing asks for anything."""

import pytest
from playwright.sync_api import Page

from tests.corpora import every_hostile

pytestmark = pytest.mark.browser
PARENTS = "/have-your-say/parent-carers-2026"
MOST_PAGES = 60
ROOM = 3500  # letters that surely fit in one answer

# What would show that words did more than stand there.
LISTEN = """
window.brought = [];
document.addEventListener("securitypolicyviolation", (event) => brought.push(event.blockedURI));
window.addEventListener("error", (event) => brought.push(String(event.message)), true);
"""


def in_parts() -> list[str]:
    """All the strings that can be typed, a page full at a time."""
    parts = [""]
    for words in every_hostile():
        typed = words.encode("utf-8", "ignore").decode()[:500]
        if len(parts[-1]) + len(typed) > ROOM:
            parts.append("")
        parts[-1] += typed + "\n"
    return parts


def test_no_hostile_words_run_in_a_browser(desk: Page):
    asked: list[str] = []
    desk.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    desk.on("popup", lambda popup: asked.append(popup.url))
    desk.on("request", lambda request: asked.append(request.url) if is_bad(request.url) else None)
    desk.add_init_script(LISTEN)
    url = first_text_page(desk)
    for words in in_parts():
        desk.goto(url)
        before = desk.evaluate("Object.keys(window).length")
        desk.locator("textarea").fill(words)
        desk.locator(".actions button").last.click()
        desk.goto(url)
        assert desk.locator("textarea").input_value()
        for page in (url, url.rpartition("/")[0]):
            desk.goto(page)
            assert desk.evaluate("brought") == []
            assert desk.evaluate("window.hostile") is None
            assert desk.evaluate("Object.keys(window).length") == before
    assert asked == []


def is_bad(url: str) -> bool:
    return "bad.example" in url


def first_text_page(page: Page) -> str:
    page.goto(PARENTS)
    page.get_by_role("button", name="Start").click()
    for _ in range(MOST_PAGES):
        if page.locator("textarea").count():
            return page.url
        if page.locator("input[name=answer]").count():
            page.locator("input[name=answer]").first.check()
        page.locator(".actions button").last.click()
    pytest.fail("no page takes words")
