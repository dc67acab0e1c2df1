"""Each of our own checks, which see what axe cannot, finds its fault; pages work without script.

That they find nothing on our pages is asked in `test_accessibility`, beside axe.
"""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import own_checks
from tests.browser.own_checks import OF_THE_PAGE, OF_THE_WORDS, WITHOUT_SCRIPT, all_findings
from tests.browser.pages import PAGES, PageType
from tests.browser.stage import ENGLISH, Stage

pytestmark = pytest.mark.browser
BAD = (Path(own_checks.__file__).parent / "bad.html").as_uri()


@pytest.mark.parametrize("kind", PAGES, ids=str)
def test_it_works_without_script(walker_without_script: Page, stage: Stage, kind: PageType):
    kind.reach(walker_without_script, stage, ENGLISH)
    assert all_findings(walker_without_script, WITHOUT_SCRIPT) == {}


# ---- what each check must find in a page that is full of faults

FAULTS = [
    ("reflow", "at 320 pixels, 180 pixels too wide"),
    ("reflow", "at 400 %, 180 pixels too wide"),
    ("text spacing", "cut off: p.cut “Words that fit, but only just”"),
    ("targets", "button.small “x” is 20 by 20"),
    ("names", "no words: <button"),
    ("language of parts", "said to be en: العربية"),
    ("language of parts", "said to be en: Добрий день"),
    ("mouse only", "only for a mouse: div.card “Press me with a mouse”"),
    ("motion", "moves: p.moving “I move”"),
    ("contrast", "light, 4.5 to 1: “Grey words on white"),
    ("states in forced colours", "looks the same in both states: input#r1"),
    ("focus", "no sign of the focus: a#here"),
    ("focus", "covered when it has the focus: a “Covered by what is stuck"),
    ("focus", "the Tab key does not reach a “Second”"),
]


@pytest.fixture(scope="module")
def found_in_a_bad_page(chromium: Browser):
    page = chromium.new_page(viewport={"width": 360, "height": 740})
    page.goto(BAD)
    found = all_findings(page, OF_THE_WORDS | OF_THE_PAGE)
    page.close()
    return found


@pytest.mark.parametrize(("check", "fault"), FAULTS)
def test_a_check_finds_its_fault(found_in_a_bad_page, check, fault):
    assert any(fault in each for each in found_in_a_bad_page[check]), found_in_a_bad_page[check]


def test_a_form_that_needs_script_is_found(chromium: Browser):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(BAD)
    found = all_findings(page, WITHOUT_SCRIPT)["no script"]
    context.close()
    assert any("a form that cannot be sent" in each for each in found), found


def test_every_check_has_a_fault_to_find():
    assert {check for check, _fault in FAULTS} == set(OF_THE_WORDS | OF_THE_PAGE)
