"""No violation that axe finds: every type of page, in every colours, wording and direction."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from passlib.totp import TOTP
from playwright.sync_api import Page

from tests.browser.axe import (
    RULES,
    RULES_OF_COLOURS,
    RULES_OF_THE_DEVICE,
    RULES_OF_WORDS,
    overflow,
    violations,
)
from tests.browser.own_checks import OF_THE_PAGE, OF_THE_WORDS, all_findings
from tests.browser.pages import PAGES, THIS_YEAR, PageType
from tests.browser.stage import ENGLISH, READINGS, Reading, Stage

pytestmark = pytest.mark.browser

Looks = dict[str, tuple[dict[str, Any], dict[str, Any]]]
COLOURS: Looks = {
    "light": ({"color_scheme": "light", "forced_colors": "none"}, RULES),
    "dark": ({"color_scheme": "dark", "forced_colors": "none"}, RULES_OF_COLOURS),
    "forced": ({"color_scheme": "dark", "forced_colors": "active"}, RULES_OF_THE_DEVICE),
}
IN_OTHER_WORDS: Looks = {"light": (COLOURS["light"][0], RULES_OF_WORDS)}
STAFF = [
    "/staff/sign-in",
    "/staff",
    "/staff/surveys",
    "/staff/surveys/new",
    "/staff/surveys/parent-carers-2026",
    "/staff/surveys/parent-carers-2026/preview",
    "/staff/surveys/parent-carers-2026/languages",
    "/staff/surveys/parent-carers-2026/themes",
    "/staff/surveys/parent-carers-2026/themes/1",
    "/staff/surveys/parent-carers-2026/frame/history",
    "/staff/surveys/parent-carers-2026/frame/versions",
    "/staff/surveys/parent-carers-2026/frame/suggestions",
    "/staff/surveys/parent-carers-2026/comments",
    "/staff/surveys/parent-carers-2026/comments/map",
    "/staff/surveys/parent-carers-2026/checking",
    "/staff/surveys/parent-carers-2026/redaction",
    "/staff/surveys/parent-carers-2026/page-one",
    "/staff/surveys/parent-carers-2026/transparency",
    "/staff/surveys/parent-carers-2026/actions",
    "/staff/surveys/parent-carers-2026/export",
    "/staff/surveys/parent-carers-2026/q",
    "/staff/surveys/parent-carers-2026/who-is-missing",
    "/staff/indicators",
    "/staff/indicators/ledger",
    "/staff/indicators/ledger/new",
    "/staff/indicators/targets",
    "/staff/indicators/targets/q-PC/new",
    "/staff/loop",
    "/staff/surveys/parent-carers-2026/lifecycle",
    "{stage.theme}",
    "{stage.theme}/assign",
    "{stage.answer}/difference",
    "{stage.answer}/close",
    "/staff/surveys/parent-carers-2026/partners",
    "/staff/surveys/parent-carers-2026/quotes",
    "{stage.theme}/quotes",
    "/staff/surveys/parent-carers-2026/co-lead",
    "/staff/surveys/parent-carers-2026/followers",
    "/staff/promises",
    "/staff/reports",
    f"/staff/reports/annual/{THIS_YEAR}",
    # Public, and a hundred times as long as other pages: once is enough.
    f"/reports/reg56/{THIS_YEAR}",
    "/staff/reading",
    "/staff/people",
    "/staff/people/history",
    "/staff/account",
]
# What a partner has of a survey of others.
PARTNER = [
    "/staff/loop",
    "/staff/surveys/parent-carers-2026/lifecycle",
    "{stage.theme}",
    "{stage.answer}/check",
    "/staff/surveys/parent-carers-2026/quotes",
    "/staff/co-lead",
    "/staff/co-lead/parent-carers-2026",
]


@pytest.mark.parametrize("reading", READINGS, ids=str)
@pytest.mark.parametrize("kind", PAGES, ids=str)
def test_a_page_passes_axe_in_any_colours_and_our_own_checks(
    walker: Page, stage: Stage, kind: PageType, reading: Reading
):
    kind.reach(walker, stage, reading)
    # The same markup in other words has the same colours and the same order of the Tab key.
    looks, checks = COLOURS, OF_THE_WORDS | OF_THE_PAGE
    if reading != ENGLISH:
        looks, checks = IN_OTHER_WORDS, OF_THE_WORDS
    assert violations_in(looks, walker) | all_findings(walker, checks) == {}


def violations_in(looks: Looks, page: Page) -> dict[str, list[str]]:
    found = {}
    for name, (media, rules) in looks.items():
        # Without movement: half-way from one colour to the next, contrast is poor.
        page.emulate_media(reduced_motion="reduce", **media)
        if wrong := violations(page, rules):
            found[name] = wrong
    page.emulate_media(color_scheme="light", forced_colors="none")
    return found


@pytest.mark.parametrize(
    ("slug", "read"),
    [
        ("parent-carers-2026", "standard"),
        ("young-people-2026", "easy"),
        ("professionals-2026", "easy"),
    ],
)
def test_every_question_of_the_demonstration_is_accessible_and_fits(walker: Page, slug, read):
    """The kinds are looked at above; here it is the words and the pictures of real surveys."""
    begin(walker, slug, read)
    problems = {}
    for _page in range(80):
        if found := violations(walker, RULES_OF_WORDS) + ["too wide"] * (overflow(walker) > 0):
            problems[walker.url.rsplit("/", 1)[-1]] = found
        if walker.get_by_role("heading", name="Check your answers").count():
            assert problems == {}
            return
        boxes = walker.locator("input[name=answer]:visible")
        if boxes.count():
            boxes.first.check()
        with walker.expect_navigation():
            walker.locator(".actions button").last.click()
    pytest.fail("the survey does not end")


def begin(page: Page, slug: str, read: str) -> None:
    asks_age = slug.startswith("young")
    way = f"/have-your-say/{slug}{'/taking-part' if asks_age else ''}"
    page.goto(f"{way}?read={read}{'&age=16-or-over' if asks_age else ''}")
    with page.expect_navigation():
        page.locator(".actions button").first.click()


@pytest.fixture(scope="module")
def officer(chromium, server):
    """A page where somebody of the council has signed in."""
    yield from signed_in(chromium, server, "asha@council.example")


@pytest.fixture(scope="module")
def partner(chromium, server):
    """And one where somebody of the forum of parents has, which checks what the council did."""
    yield from signed_in(chromium, server, "dev@hpci.example")


def signed_in(chromium, server, email: str) -> Iterator[Page]:
    """As the card that is printed says."""
    context = chromium.new_context(base_url=server.address)
    page = context.new_page()
    card = json.loads((server.folder / "demo-sign-in.json").read_text())
    page.goto("/staff")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(card["password"])
    page.get_by_role("button", name="Sign in").click()
    page.locator("input[name=code]").fill(TOTP(card["secret"]).generate().token)
    page.locator("main button[type=submit]").first.click()
    page.wait_for_url("**/staff**")
    yield page
    context.close()


@pytest.mark.parametrize("path", STAFF)
def test_staff_pages_are_accessible_in_light_and_dark_and_fit_a_small_phone(
    officer: Page, stage: Stage, path
):
    is_accessible_and_fits(officer, path.format(stage=stage))


@pytest.mark.parametrize("path", PARTNER)
def test_pages_of_a_partner_are_accessible_in_light_and_dark_and_fit_a_small_phone(
    partner: Page, stage: Stage, path
):
    is_accessible_and_fits(partner, path.format(stage=stage))


def is_accessible_and_fits(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    reply = page.goto(address)
    assert reply is not None
    assert reply.status == 200
    found = {}
    for scheme, rules in (("light", RULES), ("dark", RULES_OF_COLOURS)):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        found[scheme] = violations(page, rules)
    assert found == {"light": [], "dark": []}
    page.set_viewport_size({"width": 320, "height": 640})
    assert overflow(page) <= 0
