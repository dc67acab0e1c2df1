"""What we check of every page beside axe.

Each check takes a page and returns what it found, in words. It leaves
the page as it met it, so that checks can follow one another.
"""

from collections.abc import Callable

from playwright.sync_api import Page

from tests.browser.own_checks import (
    colour_states,
    contrast,
    focus,
    language,
    motion,
    mouse_only,
    names,
    no_script,
    reflow,
    spacing,
    targets,
)

Check = Callable[[Page], list[str]]

# What the words of a page can break, so worth a look in every language and wording.
OF_THE_WORDS: dict[str, Check] = {
    "reflow": reflow.findings,
    "text spacing": spacing.findings,
    "targets": targets.findings,
    "names": names.findings,
    "language of parts": language.findings,
    "contrast": contrast.findings,
}
# What follows from markup and style alone. The focus comes last: it walks through the page.
OF_THE_PAGE: dict[str, Check] = {
    "mouse only": mouse_only.findings,
    "motion": motion.findings,
    "states in forced colours": colour_states.findings,
    "focus": focus.findings,
}
# For a page that was opened without JavaScript.
WITHOUT_SCRIPT: dict[str, Check] = {"no script": no_script.findings}


def all_findings(page: Page, checks: dict[str, Check]) -> dict[str, list[str]]:
    """By check; those that found nothing are left out."""
    found = {name: check(page) for name, check in checks.items()}
    return {name: findings for name, findings in found.items() if findings}
