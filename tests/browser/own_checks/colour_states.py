"""With the colours of the device, what is chosen still looks different from what is not."""

from playwright.sync_api import Page

from tests.browser.own_checks.pixels import picture
from tests.browser.own_checks.scripts import evaluate

STATES = (
    "[type=radio]",
    "[type=checkbox]",
    "[aria-pressed=true]",
    ".menu [aria-current]",
    ".langs [aria-current]",
    ".switch [aria-current]",
)
# The first of a kind that can be seen, and where it is; a box to tick counts with its label.
FIND = """selector => {
  const e = every(selector).find(isShown);
  if (!e) return null;
  window.checked_now = e;
  e.scrollIntoView({block: 'center'});
  const {x, y, width, height} = (e.labels && e.labels[0] || e).getBoundingClientRect();
  return {x, y, width, height, name: named(e)};
}"""
# To the other state; done twice, it is as it was.
FLIP = """() => {
  const e = window.checked_now, off = 'data-state-taken-off';
  if (e.matches('[type=radio],[type=checkbox]')) { e.checked = !e.checked; return; }
  const attributes = ['aria-pressed', 'aria-current'];
  if (e.hasAttribute(off)) {
    const [name, value] = e.getAttribute(off).split('=');
    e.setAttribute(name, value);
    e.removeAttribute(off);
  } else {
    const name = attributes.find(each => e.hasAttribute(each));
    e.setAttribute(off, name + '=' + e.getAttribute(name));
    e.removeAttribute(name);
  }
}"""


def findings(page: Page) -> list[str]:
    page.emulate_media(forced_colors="active", reduced_motion="reduce")
    found = [each for selector in STATES for each in looks_the_same(page, selector)]
    page.emulate_media(forced_colors="none", reduced_motion=None)
    return found


def looks_the_same(page: Page, selector: str) -> list[str]:
    place = evaluate(page, FIND, selector)
    if place is None:
        return []
    name = place.pop("name")
    one = picture(page, place)
    evaluate(page, FLIP)
    other = picture(page, place)
    evaluate(page, FLIP)
    return [f"looks the same in both states: {name}"] if one == other else []
