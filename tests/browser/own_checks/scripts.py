"""Runs a check's JavaScript in the page, with a few words that all checks need."""

from typing import Any

from playwright.sync_api import Page

WORDS = r"""
const every = (selector, root = document) => [...root.querySelectorAll(selector)];
// Read aloud or skipped, but not seen: what is moved off the page or cut to a dot.
const isHiddenFromSight = e => {
  const {left, right} = e.getBoundingClientRect();
  const isFarAway = right <= 0 || left < -900 || left > innerWidth + 900;
  return isFarAway || !!e.closest('.govuk-visually-hidden');
};
const isShown = e => e.checkVisibility({visibilityProperty: true, opacityProperty: true})
  && e.getClientRects().length > 0 && !isHiddenFromSight(e);
const words = e => (e.getAttribute('aria-label') || e.textContent || e.value || e.name || '')
  .trim().replace(/\s+/g, ' ').slice(0, 40);
const named = e => e.tagName.toLowerCase() + (e.id ? '#' + e.id : e.className && e.className.split
  ? '.' + e.className.split(' ')[0] : '') + ' “' + words(e) + '”';
const CONTROLS = 'a[href],button,input:not([type=hidden]),select,textarea,summary';
"""


def evaluate(page: Page, script: str, argument: Any = None) -> Any:
    """`script`: a JavaScript function of the argument."""
    return page.evaluate(f"argument => {{ {WORDS} return ({script})(argument); }}", argument)
