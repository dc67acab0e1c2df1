"""Makes the three pictures of the README again, in docs/pictures/.

ENGAGE_URL names an Engage that runs already, and ENGAGE_INSTANCE its data folder; without
ENGAGE_URL one is started on a free port with a folder of its own, and taken away again.
"""

import json
import os
import socket
import struct
import subprocess
import sys
import tempfile
import time
import urllib.request
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from passlib.totp import TOTP
from playwright.sync_api import Browser, Page, sync_playwright

from tools.chromium import CHROMIUM

ROOT = Path(__file__).parent.parent
PICTURES = ROOT / "docs" / "pictures"
PATIENCE = 300  # seconds for the demonstration and its analysis
LARGEST = 150_000  # bytes
PHONE = {"width": 390, "height": 1060}  # long enough for all five faces
DESK = {"width": 1100, "height": 900}
OFFICER = "asha@council.example"


def main() -> int:
    if CHROMIUM is None:
        print("The pictures need Chromium. On Debian: apt install chromium", file=sys.stderr)
        return 2
    PICTURES.mkdir(parents=True, exist_ok=True)
    with running() as (address, folder), chromium() as browser:
        take_question(browser, address)
        take_themes(browser, address, json.loads((folder / "demo-sign-in.json").read_text()))
        take_you_said_we_did(browser, address)
    return 0


def take_question(browser: Browser, address: str) -> None:
    """How satisfied, in easy read, with faces, on a phone."""
    page = browser.new_page(base_url=address, viewport=PHONE)
    page.goto("/have-your-say/young-people-2026/taking-part?read=easy&age=16-or-over")
    page.get_by_role("button", name="Start").click()
    while not page.locator("img[src*='/face-']").count():
        page.locator("input[name=answer]").first.check()
        page.locator(".actions button").last.click()
    keep(page, "question.png")


def take_themes(browser: Browser, address: str, card: dict[str, str]) -> None:
    """What an officer sees: signed in with a password and a code."""
    page = browser.new_page(base_url=address, viewport=DESK)
    page.goto("/staff/surveys/parent-carers-2026/themes")
    page.get_by_label("E-mail").fill(OFFICER)
    page.get_by_label("Password").fill(card["password"])
    page.get_by_role("button", name="Sign in").click()
    page.locator("input[name=code]").fill(TOTP(card["secret"]).generate().token)
    page.locator("main button[type=submit]").first.click()
    page.goto("/staff/surveys/parent-carers-2026/themes")
    page.get_by_role("heading", level=1).wait_for()
    keep(page, "themes.png")


def take_you_said_we_did(browser: Browser, address: str) -> None:
    page = browser.new_page(base_url=address, viewport=DESK)
    page.goto("/you-said-we-did/parent-carers-2026")
    page.get_by_role("heading", name="All ").evaluate("it => it.scrollIntoView()")
    keep(page, "you-said-we-did.png")


def keep(page: Page, name: str) -> None:
    """The part of the page in view, as small as it gets without changing a dot."""
    page.evaluate("document.fonts.ready.then(() => true)")
    picture = squeezed(page.screenshot())
    if len(picture) > LARGEST:
        raise SystemExit(f"{name} is {len(picture)} bytes, more than {LARGEST}")
    (PICTURES / name).write_bytes(picture)
    page.close()
    print(f"{name}: {len(picture) // 1000} KB")


def squeezed(png: bytes) -> bytes:
    """The same picture, its data packed again as tightly as zlib can."""
    kept, data, at = [png[:8]], b"", 8
    while at < len(png):
        size, kind = struct.unpack(">I4s", png[at : at + 8])
        body = png[at + 8 : at + 8 + size]
        at += size + 12
        if kind == b"IDAT":
            data += body
            continue
        if kind == b"IEND":
            kept.append(chunk(b"IDAT", zlib.compress(zlib.decompress(data), 9)))
        kept.append(chunk(kind, body))
    return min(b"".join(kept), png, key=len)


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


@contextmanager
def chromium() -> Iterator[Browser]:
    # Root has no sandbox to give; everybody else keeps it.
    needed = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--disable-gpu", *needed]
        )
        yield browser
        browser.close()


@contextmanager
def running() -> Iterator[tuple[str, Path]]:
    """The address of an Engage with its demonstration, and its data folder."""
    if address := os.environ.get("ENGAGE_URL"):
        yield address, Path(os.environ.get("ENGAGE_INSTANCE", ROOT / "instance"))
        return
    with tempfile.TemporaryDirectory() as name:
        folder, port = Path(name), free_port()
        environment = os.environ | {"ENGAGE_INSTANCE": name, "ANALYSIS_TOOLS": "models"}
        for other in ("DATABASE_URL", "PUBLIC_URL", "TRUSTED_HOSTS"):
            environment.pop(other, None)
        engage = Path(sys.executable).with_name("engage")
        process = subprocess.Popen(
            [engage, "serve", "--port", str(port)], env=environment, cwd=ROOT
        )
        try:
            yield wait_for(f"http://localhost:{port}", process), folder
        finally:
            process.terminate()
            process.wait(30)


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(address: str, process: subprocess.Popen) -> str:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        try:
            urllib.request.urlopen(f"{address}/health", timeout=2).close()
        except OSError:
            time.sleep(0.5)
        else:
            return address
    raise SystemExit("Engage did not start")


if __name__ == "__main__":
    sys.exit(main())
