"""A whole survey, with every kind of question: by keyboard alone, and without JavaScript."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.stage import SLUG, Stage

pytestmark = pytest.mark.browser
SURVEY = f"/have-your-say/{SLUG}?read=standard"
CODE_WORDS = 6
FURTHEST = 80  # presses of the Tab key


# ---- by keyboard alone


def press(page: Page, key: str = "Enter") -> None:
    with page.expect_navigation():
        page.keyboard.press(key)


def tab_to(page: Page, selector: str) -> None:
    for _stop in range(FURTHEST):
        page.keyboard.press("Tab")
        if page.locator(f"{selector}:focus").count():
            return
    pytest.fail(f"the keyboard does not reach {selector}")


def choose(page: Page, name: str = "answer") -> None:
    tab_to(page, f"input[name={name}]")
    page.keyboard.press("Space")


def write(page: Page, box: str, words: str) -> None:
    tab_to(page, box)
    page.keyboard.type(words)


def go_on(page: Page) -> None:
    tab_to(page, ".actions button:has-text('Continue')")
    press(page)


def rank(page: Page) -> None:
    tab_to(page, "#answer_1")
    page.keyboard.press("ArrowDown")
    tab_to(page, "#answer_2")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")


def see_code(page: Page) -> list[str]:
    return page.locator(".code").inner_text().split()


def test_with_the_keyboard_alone_one_answers_everything_stops_and_comes_back(
    desk: Page, stage: Stage
):
    desk.goto(SURVEY)
    tab_to(desk, "button:has-text('Start')")
    press(desk)
    choose(desk)
    press(desk)  # in a form, Enter goes on; it does not switch the wording
    expect(desk.get_by_role("heading", name="Question FACES?")).to_be_visible()
    choose(desk)
    go_on(desk)
    choose(desk)
    tab_to(desk, "button:has-text('Save and finish later')")
    press(desk)

    words = see_code(desk)
    assert len(words) == CODE_WORDS
    desk.goto("/")
    tab_to(desk, "a:has-text('I have a code')")
    press(desk)
    write(desk, "#words", " ".join(words))
    press(desk)
    expect(desk.get_by_role("heading", name="Question USED?")).to_be_visible()
    answer_the_rest_by_keyboard(desk)

    expect(desk.get_by_role("heading", name="Check your answers")).to_be_visible()
    expect(desk.locator("main")).to_contain_text("The bus comes late.")
    tab_to(desk, "button:has-text('Send my answers')")
    press(desk)
    expect(desk.get_by_role("heading", level=1)).to_have_text("Thank you. We have your answers.")
    assert see_code(desk) == words


def answer_the_rest_by_keyboard(page: Page) -> None:
    choose(page)  # USED: my school
    go_on(page)
    choose(page)  # LOOP
    go_on(page)
    rank(page)
    go_on(page)
    write(page, "textarea", "The bus comes late.")
    go_on(page)
    go_on(page)  # INFO
    choose(page, "answer_heard")
    choose(page, "answer_safe")
    go_on(page)
    choose(page)  # ZERO
    go_on(page)
    write(page, "#answer", "12")
    press(page)
    for part, number in (("#answer-day", "27"), ("#answer-month", "3"), ("#answer-year", "2026")):
        write(page, part, number)
    go_on(page)
    write(page, "#answer_place", "Hatfield")
    go_on(page)


def test_the_first_stop_of_the_keyboard_is_a_way_past_the_header(desk: Page, stage: Stage):
    desk.goto(SURVEY)
    desk.keyboard.press("Tab")
    skip = desk.get_by_role("link", name="Skip to main content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    desk.keyboard.press("Enter")
    desk.keyboard.press("Tab")
    assert desk.locator("main :focus").count() == 1


def test_after_a_mistake_the_keyboard_stands_at_the_summary_and_goes_to_the_box(
    desk: Page, stage: Stage
):
    desk.goto(f"/answer/{stage.people['english'].begun}/NUMBER")
    write(desk, "#answer", "a few")
    press(desk)
    expect(desk.locator(".govuk-error-summary")).to_be_focused()
    desk.keyboard.press("Tab")
    desk.keyboard.press("Enter")
    expect(desk.locator("#answer")).to_be_focused()
    assert desk.locator("#answer").input_value() == "a few"


# ---- without JavaScript


def continue_from(page: Page) -> None:
    page.get_by_role("button", name="Continue", exact=True).click()


def test_without_script_one_answers_everything_makes_it_easier_and_asks_for_help(
    phone_without_script: Page, stage: Stage
):
    page = phone_without_script
    page.goto(SURVEY)
    page.get_by_role("button", name="Start").click()
    make_it_easier(page)
    ask_for_help(page)
    answer_everything(page)

    expect(page.get_by_role("heading", name="Check your answers")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("data-look", "large dark")
    page.get_by_role("button", name="Send my answers").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you. We have your answers.")
    code = " ".join(see_code(page))
    page.get_by_role("link", name="Use your code").click()
    page.get_by_label("The six words of your code").fill(code)
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="See my copy").click()
    expect(page.locator("main")).to_contain_text("The bus comes late.")
    assert page.context.cookies() == []


def make_it_easier(page: Page) -> None:
    question = page.url
    page.get_by_role("link", name="Make it easier").click()
    page.get_by_label("Bigger").check()
    page.get_by_label("Dark").check()
    page.get_by_role("button", name="Use these").click()
    page.wait_for_url(question)
    expect(page.locator("html")).to_have_attribute("data-look", "large dark")


def ask_for_help(page: Page) -> None:
    question = page.url
    page.get_by_role("link", name="Please help me").click()
    page.locator("textarea").first.fill("I do not feel safe on the bus")
    page.locator(".actions button").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you for telling us")
    page.get_by_role("link", name="Go back to the survey").click()
    page.wait_for_url(question)


def answer_everything(page: Page) -> None:
    for _page in ("CHOICE", "FACES", "CHOICES", "USED", "LOOP"):
        page.locator("input[name=answer]").first.check()
        continue_from(page)
    page.get_by_label("First", exact=True).select_option(label="My school")
    continue_from(page)
    page.get_by_label("Question TEXT?").fill("The bus comes late.")
    continue_from(page)
    continue_from(page)  # INFO
    for statement in ("I am listened to", "I feel safe"):
        page.get_by_role("group", name=statement).get_by_label("Disagree").check()
    continue_from(page)
    page.get_by_label("7", exact=True).check()
    continue_from(page)
    page.get_by_label("Question NUMBER?").fill("12")
    continue_from(page)
    for part, number in (("Day", "27"), ("Month", "3"), ("Year", "2026")):
        page.get_by_label(part).fill(number)
    continue_from(page)
    page.get_by_label("Your town").fill("Hatfield")
    continue_from(page)
