"""Without JavaScript every form can be sent and every link leads somewhere.

The page must have been opened in a browser that runs none.
"""

from playwright.sync_api import Page

from tests.browser.own_checks.scripts import evaluate

STUCK = """() => [
  ...every('form').filter(form => isShown(form)
      && !every('button,input', form).some(e => e.type === 'submit' && isShown(e)))
    .map(form => 'a form that cannot be sent: ' + (form.action || 'this page')),
  ...every('a[href]').filter(e => isShown(e) && /^javascript:|^#?$/i.test(e.getAttribute('href')))
    .map(e => 'a link to nowhere: ' + named(e)),
  ...every('button').filter(e => isShown(e) && e.type !== 'submit')
    .map(e => 'a button that does nothing: ' + named(e)),
]"""


def findings(page: Page) -> list[str]:
    found: list[str] = evaluate(page, STUCK)
    return found
