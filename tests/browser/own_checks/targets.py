"""What can be pressed is at least 44 by 44 pixels: WCAG 2.5.5, and our rule.

Links inside a sentence may be as small as their words.
"""

from playwright.sync_api import Page

from tests.browser.own_checks.scripts import evaluate

SIDE = 44

TOO_SMALL = """side => {
  const boxOf = e => {
    const own = e.getBoundingClientRect();
    if (!e.matches('[type=radio],[type=checkbox]') || !e.labels || !e.labels.length) return own;
    const label = e.labels[0].getBoundingClientRect();
    return {width: Math.max(own.width, label.width), height: Math.max(own.height, label.height)};
  };
  const isInASentence = e => {
    const around = e.closest('p,li,dd,td,th,figcaption');
    return e.matches('a') && getComputedStyle(e).display === 'inline' && around
      && around.textContent.trim() !== e.textContent.trim();
  };
  return every(CONTROLS + ',[role=button],[onclick],[tabindex="0"]:not(.scroll)')
    .filter(e => isShown(e) && !isInASentence(e)
      && (boxOf(e).width < side - .5 || boxOf(e).height < side - .5))
    .map(e => `${named(e)} is ${Math.round(boxOf(e).width)} by ${Math.round(boxOf(e).height)}`);
}"""


def findings(page: Page) -> list[str]:
    found: list[str] = evaluate(page, TOO_SMALL, SIDE)
    return found
