"""What can be pressed or filled in has a name in words: not only a picture or a sign."""

from playwright.sync_api import Page

from tests.browser.own_checks.scripts import evaluate

WITHOUT_WORDS = r"""() => {
  const texts = e => e.textContent + ' ' + every('img', e).map(each => each.alt).join(' ');
  const nameOf = e => [...(e.labels || []), ...(e.matches('input,select,textarea') ? [] : [e])]
    .map(texts).join(' ') + ' ' + (e.getAttribute('aria-label') || '');
  const isWord = text => /[\p{L}\p{N}][\p{L}\p{M}\p{N}]|^\s*[\p{L}\p{N}]\s*$/u.test(text);
  return every(CONTROLS).filter(e => isShown(e) && !isWord(nameOf(e)))
    .map(e => 'no words: ' + e.outerHTML.slice(0, 80));
}"""


def findings(page: Page) -> list[str]:
    found: list[str] = evaluate(page, WITHOUT_WORDS)
    return found
