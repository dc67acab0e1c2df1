"""WCAG 2.1.1, 2.4.3, 2.4.7, 2.4.11: the Tab key comes to everything, in the order of the page,
and one sees where one is."""

from collections import Counter
from typing import Any

from playwright.sync_api import Page

from tests.browser.own_checks.pixels import picture
from tests.browser.own_checks.scripts import evaluate

MOST_STOPS = 120
# Pictures are slow, and controls of one kind share the rule that shows their focus, on all pages
# of the same sheets of style.
PICTURES_OF_A_KIND = 3
_pictured: Counter[str] = Counter()

# One stop for a group of radio buttons: the chosen one, or the first.
STOPS = """() => {
  const group = e => every(`[type=radio][name="${e.name}"]`);
  const speaksForItsGroup = e => (group(e).find(each => each.checked) || group(e)[0]) === e;
  window.stops = every(CONTROLS + ',[tabindex]').filter(e => isShown(e) && e.tabIndex >= 0
    && !e.disabled && (e.type !== 'radio' || speaksForItsGroup(e)));
  return window.stops.map(named);
}"""
HERE = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const hasItsLabel = e.matches('[type=radio],[type=checkbox]') && e.labels[0];
  const shown = hasItsLabel || e;
  const {x, y, width, height} = shown.getBoundingClientRect();
  const isOnTop = (across, down) => {
    const top = document.elementFromPoint(x + width * across, y + height * down);
    return top && (top === e || shown.contains(top) || top.contains(shown));
  };
  const points = [[.5, .5], [.1, .5], [.9, .5], [.5, .1], [.5, .9]];
  const isCovered = !points.some(point => isOnTop(...point));
  const sheets = [...document.styleSheets].map(sheet => sheet.href).join();
  const within = shown.parentElement.className;
  const kind = `${e.tagName} ${e.type || ''} ${e.className} in ${within} by ${sheets}`;
  return {x, y, width, height, isCovered, kind, name: named(e), place: window.stops.indexOf(e)};
}"""
# Whatever had the focus, the next press of the Tab key starts at the top.
TO_THE_TOP = """() => {
  const top = document.createElement('span');
  top.tabIndex = -1;
  document.body.prepend(top);
  top.focus();
  top.remove();
  scrollTo(0, 0);
}"""
LEAVE = "() => { window.was_here = document.activeElement; window.was_here.blur() }"
RETURN = "() => window.was_here.focus({preventScroll: true, focusVisible: true})"


def findings(page: Page) -> list[str]:
    names = evaluate(page, STOPS)
    page.emulate_media(reduced_motion="reduce")
    evaluate(page, TO_THE_TOP)
    found, places = walk(page)
    page.emulate_media(reduced_motion=None)
    missed = [name for place, name in enumerate(names) if place not in places]
    return found + [f"the Tab key does not reach {name}" for name in missed]


def walk(page: Page) -> tuple[list[str], list[int]]:
    """What is wrong at each stop, and the places of the stops in the page, in order."""
    found: list[str] = []
    places: list[int] = []
    for _stop in range(MOST_STOPS):
        page.keyboard.press("Tab")
        here = evaluate(page, HERE)
        if here is None or here["place"] in places:
            break
        if here["place"] >= 0:
            places.append(here["place"])
        found += [f"covered when it has the focus: {here['name']}"] * here["isCovered"]
        if _pictured[here["kind"]] < PICTURES_OF_A_KIND:
            _pictured[here["kind"]] += 1
            found += wrong_to_the_eye(page, here)
    return found, places


def wrong_to_the_eye(page: Page, here: dict[str, Any]) -> list[str]:
    name = here["name"]
    box = {side: here[side] for side in ("x", "y", "width", "height")}
    with_focus = picture(page, box)
    evaluate(page, LEAVE)
    without = picture(page, box)
    evaluate(page, RETURN)
    if not with_focus:
        return [f"out of sight when it has the focus: {name}"]
    return [f"no sign of the focus: {name}"] * (with_focus == without)
