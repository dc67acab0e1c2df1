"""What comes out of a printer: posters on one page, answers whole, dark ink on white paper."""

import re
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page

from engage.loop.models import KINDS
from engage.loop.public.poster import MOST
from engage.surveys.models import SurveyVersion
from tests.browser.stage import Stage
from tests.loop.made import PARENT, a_public_action, a_survey, a_theme, people_say

pytestmark = pytest.mark.browser
ROOT = "/you-said-we-did"
PAGES = ["", "/parent-carers-2026", "/ambition/ambition-6", "/bee/bee-2026-happy"]
# How many answers are on it at least: the words of the day and the language tell whether more fit.
POSTERS = {
    "/parent-carers-2026/poster": 2,
    "/professionals-2026/poster": 1,
    "/ambition/ambition-6/poster": 2,
}
READS = ["standard", "easy"]
LANGUAGES = ["en", "ar"]
A_PAGE = re.compile(rb"/Type\s*/Page\b(?!s)")
SAID = "You wait a long time to see somebody, and no one can tell you how long it will be. "
# And how many answers of such words fit, in standard and in easy read.
WORDS = {
    "short": ("We hire.", 4, 4),
    "usual": (SAID * 2, 3, 2),
    "long": (SAID * 8, 1, 1),
    "longest": ((SAID * 30)[:2000], 0, 0),
    "capitals": (SAID.upper() * 3, 2, 2),
    "lines": ("We hire.\n" * 12, 2, 2),
    "one word": ("antidisestablishmentarianism" * 12, 2, 2),
    "wide letters": ("WWWW MMMM " * 30, 2, 2),
}


@pytest.fixture
def paper(chromium: Browser, served: str) -> Iterator[Page]:
    context = chromium.new_context(base_url=served, color_scheme="dark")
    yield context.new_page()
    context.close()


def printed_pages(page: Page) -> int:
    page.wait_for_load_state("networkidle")
    return len(A_PAGE.findall(page.pdf(prefer_css_page_size=True)))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("read", READS)
@pytest.mark.parametrize("address", POSTERS)
def test_a_poster_of_the_demonstration_is_one_page(
    paper: Page, stage: Stage, address: str, read: str, language: str
):
    reply = paper.goto(f"{ROOT}{address}?read={read}&lang={language}&look=largest-wide-dark")
    assert reply is not None
    assert reply.status == 200
    assert paper.locator(".sheet").count() == 1
    assert POSTERS[address] <= paper.locator(".bill").count() <= MOST
    assert printed_pages(paper) == 1


@pytest.mark.parametrize("read", READS)
@pytest.mark.parametrize("kind_of_words", WORDS)
def test_a_poster_is_one_page_whatever_its_words(
    paper: Page, client, session, kind_of_words: str, read: str
):
    words, *fit = WORDS[kind_of_words]
    version = a_survey(title="What helps you and your family at school and at home " * 2)
    for number, kind in enumerate(KINDS):
        theme = a_theme(version, people_say(version, PARENT, 1), name=f"Theme {number} of a survey")
        said = {"we_did": words, "we_did_easy": words, "you_said": SAID, "you_said_easy": SAID}
        a_public_action(theme, kind, **said)
    show_poster(paper, client, version, read)
    assert paper.locator(".bill").count() == fit[READS.index(read)]
    assert printed_pages(paper) == 1
    assert inside_their_boxes(paper)


@pytest.mark.parametrize("read", READS)
def test_a_poster_without_answers_is_one_page_too(paper: Page, client, session, read: str):
    show_poster(paper, client, a_survey(), read)
    assert paper.locator(".bill").count() == 0
    assert paper.locator(".sheet .lead").count() == 1
    assert printed_pages(paper) == 1


def show_poster(page: Page, client: FlaskClient, version: SurveyVersion, read: str) -> None:
    """That of a survey which is in the database of the tests, and not in the demonstration."""
    reply = client.get(f"{ROOT}/{version.survey.slug}/poster?read={read}")
    assert reply.status_code == 200
    page.route("**/made-up", lambda route: route.fulfill(body=reply.text, content_type="text/html"))
    page.goto("/made-up")
    assert page.locator(".sheet").count() == 1


def inside_their_boxes(page: Page) -> bool:
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 718, "height": 1047})
    fits = "each => each.scrollWidth <= each.clientWidth + 1"
    return bool(page.locator(".bill").evaluate_all(f"all => all.every({fits})"))


@pytest.mark.parametrize("read", READS)
@pytest.mark.parametrize("address", PAGES)
def test_answers_print_in_one_piece_on_white_without_what_is_for_screens(
    paper: Page, stage: Stage, address: str, read: str
):
    paper.goto(f"{ROOT}{address}?read={read}&look=dark")
    paper.emulate_media(media="print", color_scheme="dark")
    for tool in (".menu", ".switch", ".foot", ".chips", ".pager", '[aria-labelledby="d"]'):
        assert not paper.locator(tool).locator("visible=true").count(), tool
    assert paper.locator(".pair").count()
    assert style_of(paper, ".pair", "breakInside") == "avoid"
    assert style_of(paper, "body", "backgroundColor") == "rgb(255, 255, 255)"
    assert style_of(paper, "body", "color") == "rgb(0, 0, 0)"
    assert style_of(paper, ".pair .quiet", "color") == "rgb(58, 73, 79)"
    assert paper.locator(".print-only a").get_attribute("href").endswith(f"{ROOT}{address}")
    assert address in style_of(paper, ".print-only a", "content", "::after")


def style_of(page: Page, what: str, name: str, part: str = "") -> str:
    asked = f"each => getComputedStyle(each, {part!r}).{name}"
    found = page.locator(what).first.evaluate(asked)
    return str(found)
