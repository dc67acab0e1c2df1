"""A real browser on the real thing: `engage serve` with its demonstration."""

import os
import shutil
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from tests.browser.demonstration import ENGAGE, ROOT, environment, made_in
from tests.browser.stage import Stage, set_the_stage
from tools.chromium import CHROMIUM

QUIET = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE: ViewportSize = {"width": 360, "height": 740}
PATIENCE = 120  # seconds until it answers


@dataclass(frozen=True)
class Server:
    address: str
    folder: Path  # its instance: the database, the secrets, the card to sign in with


@pytest.fixture(scope="session")
def demonstration(shared_folder: Path) -> Path:
    """The folder of a demonstration, made once for all the processes that test side by side."""
    return made_in(shared_folder)


@pytest.fixture(scope="session")
def server(demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A copy of the demonstration, served."""
    folder = tmp_path_factory.mktemp("served")
    shutil.copytree(demonstration, folder, dirs_exist_ok=True)
    port = free_port()
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(
            [ENGAGE, "serve", "--port", str(port)],
            env=environment(folder),
            stdout=log,
            stderr=subprocess.STDOUT,
            cwd=ROOT,
        )
        address = f"http://localhost:{port}"
        try:
            wait_for(address, process, folder / "log")
            yield Server(address, folder)
        finally:
            process.terminate()
            process.wait(30)


@pytest.fixture(scope="session")
def served(server: Server) -> str:
    """The address of the demonstration."""
    return server.address


@pytest.fixture(scope="session")
def stage(server: Server) -> Stage:
    """Surveys, drafts and sent answers that tests walk up to by their address."""
    return set_the_stage(server.folder, server.address)


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(address: str, process: subprocess.Popen, log: Path) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        try:
            urllib.request.urlopen(f"{address}/health", timeout=2).close()
        except OSError:
            time.sleep(0.5)
        else:
            return
    pytest.fail(f"Engage did not start:\n{log.read_text()[-3000:]}")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=[*QUIET, *(["--no-sandbox"] if is_root() else [])]
        )
        yield browser
        browser.close()


def is_root() -> bool:
    return os.geteuid() == 0


@pytest.fixture(scope="session")
def walker_all_along(chromium: Browser, served: str) -> Iterator[Page]:
    context = chromium.new_context(base_url=served, viewport=dict(PHONE))
    yield context.new_page()
    context.close()


@pytest.fixture
def walker(walker_all_along: Page) -> Page:
    """A phone that goes from page to page all through the run: quicker, and pages keep nothing."""
    walker_all_along.set_viewport_size(PHONE)
    walker_all_along.emulate_media(
        color_scheme="light", forced_colors="none", reduced_motion="no-preference"
    )
    return walker_all_along


@pytest.fixture(scope="session")
def walker_without_script(chromium: Browser, served: str) -> Iterator[Page]:
    context = chromium.new_context(base_url=served, viewport=dict(PHONE), java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.fixture
def phone(chromium: Browser, served: str) -> Iterator[Page]:
    """A small phone: 320 pixels wide."""
    yield from page_of(chromium, served, viewport={"width": 320, "height": 640})


@pytest.fixture
def phone_without_script(chromium: Browser, served: str) -> Iterator[Page]:
    size = {"width": 320, "height": 640}
    yield from page_of(chromium, served, viewport=size, java_script_enabled=False)


@pytest.fixture
def desk(chromium: Browser, served: str) -> Iterator[Page]:
    yield from page_of(chromium, served, viewport={"width": 1280, "height": 900})


def page_of(chromium: Browser, served: str, **how: object) -> Iterator[Page]:
    context = chromium.new_context(base_url=served, **how)
    yield context.new_page()
    context.close()
