"""WCAG 2.1.1 and 2.5.7: what a mouse can do, the keyboard and a single press can do too."""

from playwright.sync_api import Page

from tests.browser.own_checks.scripts import evaluate

FOR_A_MOUSE = """() => {
  const isControl = e => e.closest('a[href],button,input,select,textarea,summary,label');
  const isReached = e => isControl(e) || e.closest('[tabindex="0"]');
  const looksLikeOne = e => getComputedStyle(e).cursor === 'pointer';
  return every('body *').filter(e => isShown(e) && (
    e.draggable && !isControl(e) && !e.matches('img')
    || e.matches('[onclick],[role=button],[role=link]') && !isReached(e)
    || looksLikeOne(e) && !isReached(e))).map(named);
}"""


def findings(page: Page) -> list[str]:
    return [f"only for a mouse: {each}" for each in evaluate(page, FOR_A_MOUSE)]
