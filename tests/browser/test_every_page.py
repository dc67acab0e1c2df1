"""Every kind of page: no accessibility violation, nothing wider than a small phone."""

import json
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from passlib.totp import TOTP
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
PUBLIC = [
    "/",
    "/?read=easy",
    "/have-your-say/parent-carers-2026",
    "/have-your-say/young-people-2026",
    "/you-said-we-did",
    "/you-said-we-did/parent-carers-2026",
    "/you-said-we-did/parent-carers-2026?read=easy",
    "/indicators",
    "/indicators/q",
    "/privacy",
    "/accessibility",
    "/credits",
    "/staff/sign-in",
    "/nowhere",
]
STAFF = [
    "/staff",
    "/staff/surveys",
    "/staff/surveys/new",
    "/staff/surveys/parent-carers-2026",
    "/staff/surveys/parent-carers-2026/preview",
    "/staff/surveys/parent-carers-2026/themes",
    "/staff/surveys/parent-carers-2026/themes/1",
    "/staff/surveys/parent-carers-2026/actions",
    "/staff/surveys/parent-carers-2026/export",
    "/staff/people",
    "/staff/people/history",
    "/staff/account",
]


def violations(page: Page) -> list[str]:
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{v['id']}: {v['nodes'][0]['html'][:160]}" for v in found]


def overflow(page: Page) -> int:
    return page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PUBLIC)
def test_public_pages_are_accessible_and_fit_a_small_phone(phone: Page, path, scheme):
    phone.emulate_media(color_scheme=scheme)
    phone.goto(path)
    assert violations(phone) == []
    assert overflow(phone) <= 0


@pytest.mark.parametrize(
    ("slug", "read"),
    [
        ("parent-carers-2026", "standard"),
        ("young-people-2026", "easy"),
        ("professionals-2026", "easy"),
    ],
)
def test_every_question_page_is_accessible_and_fits(phone: Page, slug, read):
    phone.goto(f"/have-your-say/{slug}?read={read}")
    phone.get_by_role("button", name="Start").click()
    problems = {}
    for _ in range(80):
        if found := violations(phone) + ["too wide"] * (overflow(phone) > 0):
            problems[phone.url.rsplit("/", 1)[-1]] = found
        if phone.get_by_role("heading", name="Check your answers").count():
            break
        boxes = phone.locator("input[name=answer]")
        if boxes.count():
            boxes.first.check()
        phone.locator(".actions button").last.click()
    assert problems == {}
    phone.get_by_role("button", name="Send my answers").click()
    assert violations(phone) == []


@pytest.fixture(scope="module")
def officer(chromium, served, tmp_path_factory):
    """A page where somebody of the council has signed in, as the card that is printed says."""
    context = chromium.new_context(base_url=served, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    card = json.loads(
        next(Path(tmp_path_factory.getbasetemp()).rglob("demo-sign-in.json")).read_text()
    )
    page.goto("/staff")
    page.get_by_label("E-mail").fill("asha@council.example")
    page.get_by_label("Password").fill(card["password"])
    page.get_by_role("button", name="Sign in").click()
    page.locator("input[name=code]").fill(TOTP(card["secret"]).generate().token)
    page.locator("main button[type=submit]").first.click()
    page.wait_for_url("**/staff**")
    yield page
    context.close()


@pytest.mark.parametrize("path", STAFF)
def test_staff_pages_are_accessible_and_fit_a_small_phone(officer: Page, path):
    officer.set_viewport_size({"width": 1280, "height": 900})
    reply = officer.goto(path)
    assert reply is not None
    assert reply.status == 200
    assert violations(officer) == []
    officer.set_viewport_size({"width": 320, "height": 640})
    assert overflow(officer) <= 0
