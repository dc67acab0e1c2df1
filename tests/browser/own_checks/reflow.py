"""WCAG 1.4.10: nothing is wider than a phone of 320 pixels, or than a screen at 400 %."""

from playwright.sync_api import Page

from tests.browser.own_checks.scripts import evaluate

PHONE = {"width": 320, "height": 640}
FOUR_TIMES = {"width": 320, "height": 256}  # 1280 by 1024 at 400 %

# A table may scroll by itself: its meaning needs two directions.
TOO_WIDE = """() => {
  const room = document.documentElement.clientWidth;
  const over = document.documentElement.scrollWidth - room;
  if (over <= 0) return [];
  const wide = every('body *').filter(e => isShown(e) && !e.closest('.scroll')
    && (e.getBoundingClientRect().right > room + 1 || e.getBoundingClientRect().left < -1));
  return [`${over} pixels too wide: ` + wide.slice(-3).map(named).join('; ')];
}"""


def findings(page: Page) -> list[str]:
    usual = page.viewport_size
    found = []
    for what, size in (("320 pixels", PHONE), ("400 %", FOUR_TIMES)):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        found += [f"at {what}, {each}" for each in evaluate(page, TOO_WIDE)]
    if usual:
        page.set_viewport_size(usual)
    return found
