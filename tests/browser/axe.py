"""axe, put into a page once and run as often as wanted."""

from importlib import resources
from typing import Any

from playwright.sync_api import Page

RULES: dict[str, Any] = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
# Where the colours were looked at already, in other words.
RULES_OF_WORDS: dict[str, Any] = RULES | {"rules": {"color-contrast": {"enabled": False}}}
# What other colours can break. All else was looked at in light, and is the same markup.
# Of the colours of the device axe knows nothing: what it would say of contrast is a false alarm.
RULES_OF_COLOURS: dict[str, Any] = RULES | {
    "runOnly": ["color-contrast", "link-in-text-block", "target-size"]
}
RULES_OF_THE_DEVICE: dict[str, Any] = RULES | {"runOnly": ["target-size"]}

SCRIPT = resources.files("axe_playwright_python").joinpath("axe.min.js").read_text()
RUN = """rules => axe.run(document, rules).then(all => all.violations.map(
  each => `${each.id}, ${each.nodes.length} times: ${each.nodes[0].html.slice(0, 160)}`))"""


def violations(page: Page, rules: dict[str, Any] = RULES) -> list[str]:
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(SCRIPT)
    found: list[str] = page.evaluate(RUN, rules)
    return found


def overflow(page: Page) -> int:
    """How many pixels the page is wider than the window."""
    return page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
