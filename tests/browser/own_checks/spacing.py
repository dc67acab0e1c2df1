"""WCAG 1.4.12: with more space between letters, words and lines, nothing is cut off."""

from playwright.sync_api import Page

from tests.browser.own_checks.scripts import evaluate

# A sheet made here is let through by the page's policy, a <style> is not.
SPREAD = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important;
    word-spacing: .16em !important } p { margin-bottom: 2em !important }`);
  document.adoptedStyleSheets = [sheet];
}"""
CLOSE = "() => { document.adoptedStyleSheets = [] }"
# Words that do not fit: cut by their box, running out of their button, or out of the page.
CUT_OFF = """() => {
  const cuts = e => ['hidden', 'clip'].some(how => {
    const style = getComputedStyle(e);
    return style.overflowX === how || style.overflowY === how;
  });
  const spills = e => e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1;
  const holdsWords = e => isShown(e) && e.textContent.trim() && e.clientWidth > 1;
  const cut = every('body :not(svg, svg *)')
    .filter(e => holdsWords(e) && cuts(e) && spills(e));
  const out = every('button, a.govuk-button, a.mini, .pick__label, label').filter(e => holdsWords(e)
    && getComputedStyle(e).display !== 'inline' && e.scrollWidth > e.clientWidth + 2);
  const over = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  return [...cut.map(e => 'cut off: ' + named(e)), ...out.map(e => 'runs out: ' + named(e)),
    ...(over > 0 ? [`the page is ${over} pixels too wide`] : [])];
}"""


def findings(page: Page) -> list[str]:
    evaluate(page, SPREAD)
    found: list[str] = evaluate(page, CUT_OFF)
    evaluate(page, CLOSE)
    return found
