"""The whole way on a phone: by touch, by keyboard, without JavaScript."""

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
YOUNG_PEOPLE = "/have-your-say/young-people-2026"
KB = 1024
MOST_PAGES = 60


def finish(page: Page) -> None:
    """Go on to the end, answering only what must be answered."""
    for _ in range(MOST_PAGES):
        if page.get_by_role("heading", name="Check your answers").count():
            return
        page.locator(".actions button").last.click()
        if page.locator(".govuk-error-summary").count():
            page.locator("input[name=answer]").first.check()
    pytest.fail("the survey does not end")


@pytest.mark.parametrize("how", ["phone", "phone_without_script"])
def test_a_young_person_answers_and_gets_a_receipt(request, how):
    page: Page = request.getfixturevalue(how)
    page.goto("/")
    page.locator(f"a[href*='{YOUNG_PEOPLE}']").first.click()
    page.get_by_role("button", name="Start").click()
    page.locator("input[name=answer]").first.check()
    page.get_by_role("button", name="Next", exact=True).click()
    finish(page)
    page.get_by_role("button", name="Send my answers").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you. We have your answers.")
    receipt = page.locator(".code").inner_text()
    page.reload()
    assert page.locator(".code").inner_text() == receipt
    assert page.context.cookies() == []


def test_a_survey_can_be_answered_with_the_keyboard_alone(desk: Page):
    desk.goto(YOUNG_PEOPLE)
    tab_to(desk, "button:has-text('Start')")
    press_enter(desk)
    first = desk.url
    tab_to(desk, "input[name=answer]")
    desk.keyboard.press("Space")
    # Enter in a form goes on; it does not switch the wording.
    press_enter(desk)
    assert desk.url != first
    desk.goto(first)
    expect(desk.locator("input[name=answer]:checked")).to_have_count(1)


def press_enter(page: Page) -> None:
    with page.expect_navigation():
        page.keyboard.press("Enter")


def tab_to(page: Page, selector: str) -> None:
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.locator(f"{selector}:focus").count():
            return
    pytest.fail(f"the keyboard does not reach {selector}")


def test_the_first_question_costs_little(chromium, served):
    """At most 50 KB and 14 requests for the first question, 8 KB for the next one."""
    context = chromium.new_context(base_url=served, viewport={"width": 390, "height": 800})
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    seen: list[float] = []
    session.on("Network.loadingFinished", lambda event: seen.append(event["encodedDataLength"]))

    page.goto(YOUNG_PEOPLE)
    seen.clear()
    session.send("Network.clearBrowserCache")
    page.get_by_role("button", name="Start").click()
    page.wait_for_load_state("networkidle")
    first, requests = sum(seen), len(seen)
    seen.clear()
    page.get_by_role("button", name="Next", exact=True).click()
    page.wait_for_load_state("networkidle")
    context.close()

    assert first <= 50 * KB, f"{first / KB:.1f} KB"
    assert requests <= 14
    assert sum(seen) <= 8 * KB, f"{sum(seen) / KB:.1f} KB"
