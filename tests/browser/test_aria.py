"""What a screen reader is told: names, roles and their order, written down word by word.

Where a test here fails, listen to the page before changing what it expects.
"""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.pages import press, question, then, type_in
from tests.browser.stage import ARABIC, EASY, ENGLISH, Stage

pytestmark = pytest.mark.browser

IN_ENGLISH = """
- main:
  - link "Back"
  - link "Make it easier"
  - group "Reading version":
    - button "Standard" [pressed]
    - button "Easy read"
  - group /Question 1 of \\d+\\. .* Question CHOICE\\?/:
    - heading "Question CHOICE?" [level=1]
    - paragraph: Choose one.
    - radio "Yes"
    - radio "No"
    - radio "Not sure"
  - button "Continue"
  - button "Save and finish later"
  - button "I do not understand this question"
  - complementary "Help":
    - paragraph:
      - link "Please help me"
"""
IN_EASY_READ = """
- main:
  - group "Reading version":
    - button "Standard"
    - button "Easy read" [pressed]
  - group /Question 2 of \\d+\\. .* Question FACES\\?/:
    - heading "Question FACES?" [level=1]
    - paragraph: Choose one, or leave it blank.
    - radio "Very good"
    - radio "Good"
    - radio "OK"
    - radio "Bad"
    - radio "Very bad"
    - radio "I don't know"
    - radio "Not for me"
    - radio "I don't want to say"
  - button "Next"
  - button "Save and finish later"
  - button "I do not understand this question"
"""
# Whatever is translated: the same parts in the same order, and the questions in their language.
IN_ARABIC = """
- main:
  - link /.+/
  - link /.+/
  - group /.+/:
    - button /.+/ [pressed]
    - button /.+/
  - group /.*Question CHOICE\\?/:
    - heading "Question CHOICE?" [level=1]
    - paragraph: /.+/
    - radio "Yes"
    - radio "No"
    - radio "Not sure"
  - button /.+/
  - button /.+/
  - button /.+/
  - complementary /.+/:
    - paragraph:
      - link /.+/
"""
WITH_A_MISTAKE = """
- alert "There is one thing to fix":
  - heading "There is one thing to fix" [level=2]
  - list:
    - listitem:
      - link "Write a number from 0 to 25"
"""


@pytest.mark.parametrize(
    ("reading", "key", "told"),
    [
        (ENGLISH, "CHOICE", IN_ENGLISH),
        (EASY, "FACES", IN_EASY_READ),
        (ARABIC, "CHOICE", IN_ARABIC),
    ],
    ids=str,
)
def test_a_question_is_told_in_order(walker: Page, stage: Stage, reading, key, told):
    question(key)(walker, stage, reading)
    expect(walker.locator("main")).to_match_aria_snapshot(told)


def test_a_mistake_is_told_at_once_and_belongs_to_its_box(walker: Page, stage: Stage):
    refused = then(question("NUMBER"), type_in("#answer", "a few"), press)
    refused(walker, stage, ENGLISH)
    expect(walker).to_have_title("Error: Question NUMBER? – Every kind of question – Engage")
    summary = walker.locator(".govuk-error-summary")
    expect(summary).to_match_aria_snapshot(WITH_A_MISTAKE)
    expect(summary).to_be_focused()
    box = walker.get_by_label("Question NUMBER?")
    expect(box).to_have_attribute("aria-invalid", "true")
    expect(box).to_have_accessible_description(
        "hours Use numbers, like 12. Mistake: Write a number from 0 to 25"
    )


def test_each_answer_is_told_once(walker: Page, stage: Stage):
    """Pictures beside words are silent; the group says the question."""
    question("FACES")(walker, stage, EASY)
    names = [each.get_attribute("alt") for each in walker.locator("main img").all()]
    assert set(names) == {""}
    group = walker.get_by_role("group", name="Question FACES?")
    expect(group.get_by_role("radio")).to_have_count(8)
