"""What a page costs on a dear or slow connection: bytes as they come over the line, compressed.

Counted by the browser, of the bodies; what HTTP itself adds is about half a KB for each request.
"""

import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request

from tests.browser.stage import ARABIC, EASY, ENGLISH, Reading, Stage

pytestmark = pytest.mark.browser
KB = 1024
STATIC = Path(__file__).parent.parent.parent / "engage" / "static"
FIRST, MOST_REQUESTS = 35 * KB, 12
NEXT = 4 * KB
WITH_FIVE_FACES = 9 * KB  # the first time: each face once, then it is kept
READINGS = pytest.mark.parametrize("reading", [ENGLISH, EASY, ARABIC], ids=str)


@pytest.fixture
def fresh(chromium: Browser, served: str) -> Iterator[Page]:
    """A phone that was never here."""
    context = chromium.new_context(base_url=served, viewport={"width": 390, "height": 800})
    yield context.new_page()
    context.close()


@contextmanager
def counting(page: Page) -> Iterator[dict[str, int]]:
    """The bytes that came, by address; what was kept from before costs nothing."""
    came: dict[str, int] = {}
    requests: list[Request] = []
    page.on("requestfinished", lambda request: requests.append(request))
    yield came
    page.wait_for_load_state("networkidle")
    for request in requests:
        size = request.sizes()["responseBodySize"]
        if size > 0:
            came[request.url] = came.get(request.url, 0) + size


def weight(came: dict[str, int]) -> str:
    heaviest = sorted(came.items(), key=lambda each: -each[1])
    lines = [f"{size:6} {address.rpartition('/')[2]}" for address, size in heaviest]
    return "\n".join([f"{sum(came.values()) / KB:.1f} KB in {len(came)} requests", *lines])


@READINGS
def test_the_first_view_of_a_question_costs_little(
    fresh: Page, stage: Stage, served: str, reading: Reading
):
    with counting(fresh) as came:
        fresh.goto(f"/answer/{stage.person(reading).begun}/CHOICE")
    assert sum(came.values()) <= FIRST, weight(came)
    assert len(came) <= MOST_REQUESTS, weight(came)
    assert all(address.startswith(served) for address in came), "only from us"


@READINGS
def test_the_next_question_costs_less_still(fresh: Page, stage: Stage, reading: Reading):
    fresh.goto(f"/answer/{stage.person(reading).begun}/CHOICES")
    fresh.wait_for_load_state("networkidle")
    fresh.locator("input[name=answer]").first.check()
    with counting(fresh) as came, fresh.expect_navigation():
        fresh.locator(".actions button").first.click()
    assert "/USED" in fresh.url
    assert sum(came.values()) <= NEXT, weight(came)


def test_faces_are_fetched_once(fresh: Page, stage: Stage):
    address = f"/answer/{stage.person(EASY).begun}"
    fresh.goto(f"{address}/CHOICE")
    fresh.wait_for_load_state("networkidle")
    with counting(fresh) as came:
        fresh.goto(f"{address}/FACES")
    assert sum(came.values()) <= WITH_FIVE_FACES, weight(came)
    with counting(fresh) as came:
        fresh.goto(f"{address}/LOOP~school")
    assert sum(came.values()) <= NEXT, weight(came)


@pytest.mark.parametrize(
    ("files", "most"),
    [
        ("js/*.js", 6 * KB),
        ("css/engage.css css/frontend.css", 17 * KB),
        ("css/engage.css css/frontend.rtl.css", 17 * KB),
        ("fonts/atkinson-next-400.woff2 fonts/atkinson-next-700.woff2", 15 * KB),
    ],
)
def test_files_of_a_kind_stay_small_together(served: str, files: str, most: int):
    sizes = {
        path.name: compressed(f"{served}/static/{path.relative_to(STATIC)}")
        for pattern in files.split()
        for path in STATIC.glob(pattern)
    }
    assert sizes
    assert sum(sizes.values()) <= most, sizes


def test_no_picture_is_heavy(served: str):
    pictures = {path.name: path for path in (STATIC / "pictures").rglob("*.svg")}
    heavy = {name: path for name, path in pictures.items() if path.stat().st_size > 3 * KB}
    sizes = {
        name: compressed(f"{served}/static/{path.relative_to(STATIC)}")
        for name, path in heavy.items()
    }
    assert {name: size for name, size in sizes.items() if size > 3 * KB} == {}


def compressed(address: str) -> int:
    """The bytes of a file as they are sent to a browser."""
    request = urllib.request.Request(address, headers={"Accept-Encoding": "gzip, br, zstd"})
    with urllib.request.urlopen(request, timeout=30) as reply:
        return len(reply.read())
