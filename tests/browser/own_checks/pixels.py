"""Pictures of a part of the page, to see whether two of its states differ for the eye."""

from typing import Any

from playwright.sync_api import Page

Box = dict[str, float]


def picture(page: Page, box: Box, around: int = 10) -> bytes:
    """A part of the window with some pixels around it; nothing where none of it is to be seen."""
    size: Any = page.viewport_size
    left, top = max(0, box["x"] - around), max(0, box["y"] - around)
    right = min(size["width"], box["x"] + box["width"] + around)
    bottom = min(size["height"], box["y"] + box["height"] + around)
    if right - left < 1 or bottom - top < 1:
        return b""
    clip: Any = {"x": left, "y": top, "width": right - left, "height": bottom - top}
    return page.screenshot(clip=clip, caret="hide", scale="css")
