"""Make it easier: every look can be read, fits a small phone, and stays."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import RULES_OF_THE_DEVICE, overflow, violations

pytestmark = pytest.mark.browser
SURVEY = "/have-your-say/parent-carers-2026"
ALL_AT_ONCE = "largest-wide-calm-dark"
LOOKS = ["light", "dark", "cream", "strong", "large", ALL_AT_ONCE]


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("path", ["/easier?read=standard", f"{SURVEY}?read=easy"])
def test_every_look_is_accessible_and_fits_a_small_phone(phone: Page, path, look):
    phone.goto(f"{path}&look={look}")
    assert violations(phone) == []
    assert overflow(phone) <= 0


@pytest.mark.parametrize("path", ["/?", "/?read=easy", "/you-said-we-did?", "/indicators/q?"])
def test_other_pages_fit_a_small_phone_in_the_largest_look(phone: Page, path):
    phone.goto(f"{path}&look={ALL_AT_ONCE}")
    assert violations(phone) == []
    assert overflow(phone) <= 0


def test_question_pages_fit_a_small_phone_in_the_largest_look(phone: Page):
    phone.goto(f"{SURVEY}?read=easy&look={ALL_AT_ONCE}")
    too_wide = []
    for _ in range(14):
        phone.wait_for_load_state()
        too_wide += [phone.url] * (overflow(phone) > 0)
        boxes = phone.locator("main input[name=answer]")
        if boxes.count():
            boxes.first.check()
        phone.locator(".actions button").last.click()
    assert too_wide == []


def test_it_can_be_used_with_the_colours_of_the_device(phone: Page):
    phone.emulate_media(forced_colors="active")
    phone.goto("/easier?look=dark-large")
    # The colours are then the device's, which the program that looks at contrast does not know.
    assert violations(phone, RULES_OF_THE_DEVICE) == []
    chosen = phone.locator("label[for=size-2]")
    assert chosen.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
    assert overflow(phone) <= 0


@pytest.mark.parametrize("how", ["phone", "phone_without_script"])
def test_a_look_is_chosen_seen_and_kept_from_page_to_page(request, how):
    page: Page = request.getfixturevalue(how)
    page.goto("/privacy")
    page.get_by_role("link", name="Make it easier").click()
    page.get_by_label("Biggest").check()
    page.get_by_label("Dark").check()
    page.get_by_role("button", name="See how it looks").click()
    expect(page.locator("html")).to_have_attribute("data-look", "largest dark")
    page.get_by_role("button", name="Use these").click()
    page.wait_for_url("**/privacy?look=largest-dark&read=standard")
    page.get_by_role("link", name="Accessibility").click()
    expect(page.locator("html")).to_have_attribute("data-look", "largest dark")
    assert page.context.cookies() == []


@pytest.mark.parametrize("how", ["phone", "phone_without_script"])
def test_somebody_who_answers_keeps_a_look_with_their_answers(request, how):
    page: Page = request.getfixturevalue(how)
    page.goto(SURVEY)
    page.get_by_role("button", name="Start").click()
    question = page.url
    page.get_by_role("link", name="Make it easier").click()
    page.get_by_label("Biggest").check()
    page.get_by_label("Cream").check()
    page.get_by_role("button", name="See how it looks").click()
    page.get_by_role("button", name="Use these").click()
    page.wait_for_url(question)
    expect(page.locator("html")).to_have_attribute("data-look", "largest cream")
    page.locator(".actions button").last.click()
    expect(page.locator("html")).to_have_attribute("data-look", "largest cream")
    assert page.context.cookies() == []


def test_calm_pages_do_not_move(phone: Page):
    phone.goto("/easier?look=calm")
    button = phone.get_by_role("button", name="Use these")
    assert button.evaluate("e => getComputedStyle(e).transitionDuration") == "0s"


def test_more_space_is_as_much_as_wcag_asks(phone: Page):
    phone.goto("/easier?look=wide")
    lead = phone.locator(".lead")
    size, letters, words, line = lead.evaluate(
        """e => { const s = getComputedStyle(e);
          return [s.fontSize, s.letterSpacing, s.wordSpacing, s.lineHeight].map(parseFloat) }"""
    )
    assert letters >= 0.119 * size
    assert words >= 0.159 * size
    assert line >= 1.5 * size
