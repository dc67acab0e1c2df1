"""WCAG 2.2.2 and 2.3.3: nothing starts by itself, and nothing moves for who asked for calm."""

from playwright.sync_api import Page

from tests.browser.own_checks.scripts import evaluate

STARTS_BY_ITSELF = """() => [
  ...every('[autoplay],marquee,blink').map(e => 'starts by itself: ' + named(e)),
  ...every('meta[http-equiv=refresh i]').map(() => 'the page goes on by itself'),
]"""
MOVES = """() => every('*').filter(e => {
  const style = getComputedStyle(e);
  return [style.transitionDuration, style.animationDuration].join().split(',')
    .some(time => parseFloat(time) > 0) || style.scrollBehavior === 'smooth';
}).map(e => 'moves: ' + named(e))"""


def findings(page: Page) -> list[str]:
    page.emulate_media(reduced_motion="reduce")
    found = evaluate(page, STARTS_BY_ITSELF) + evaluate(page, MOVES)
    page.emulate_media(reduced_motion=None)
    return found
