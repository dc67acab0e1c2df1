"""A web server and a worker of their own to measure, and a person who answers a survey."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.parse
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import brotli  # type: ignore[import-untyped]

from engage.serve import web_command

ROOT = Path(__file__).parent.parent
BIN = Path(sys.executable).parent
SURVEY = Path(__file__).with_name("eight_questions.yaml")
SLUG = "benchmark"


@dataclass
class Served:
    port: int
    folder: Path
    environment: dict[str, str]
    web: subprocess.Popen
    worker: subprocess.Popen

    def restart_worker(self) -> None:
        self.worker = start_worker(self.environment)


@contextmanager
def served(folder: Path, workers: int = 2):
    """Engage with one open survey, on a free port."""
    port = free_port()
    environment = os.environ | {
        "ENGAGE_INSTANCE": str(folder),
        "PORT": str(port),
        "WEB_WORKERS": str(workers),
        "ANALYSIS_TOOLS": "simple",
        "MIN_FREE_MEGABYTES": "0",
    }
    subprocess.run(
        [sys.executable, "-m", "benchmarks.prepare"], env=environment, cwd=ROOT, check=True
    )
    web = subprocess.Popen(web_command(port), env=environment, cwd=ROOT)
    running = Served(port, folder, environment, web, start_worker(environment))
    wait_until_up(port)
    try:
        yield running
    finally:
        for process in (running.web, running.worker):
            process.send_signal(signal.SIGTERM)
            process.wait(30)


def start_worker(environment: dict[str, str]) -> subprocess.Popen:
    return subprocess.Popen([BIN / "engage", "worker"], env=environment, cwd=ROOT)


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until_up(port: int) -> None:
    for _ in range(100):
        try:
            return Person(port).get("/health") and None
        except OSError:
            time.sleep(0.2)
    raise SystemExit("the web server did not start")


class Person:
    """Somebody with a browser: keeps nothing but where they are."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.connection: http.client.HTTPConnection | None = None

    def get(self, path: str) -> str:
        return self.send("GET", path)[1]

    def post(self, path: str, **fields: str) -> str:
        """Where the answer leads. Raises OSError where nobody answered."""
        location, _body = self.send("POST", path, urllib.parse.urlencode(fields))
        return location

    def send(self, method: str, path: str, body: str | None = None) -> tuple[str, str]:
        """Over one line that stays open and with pages made small, as browsers ask for them."""
        headers = {"Sec-Fetch-Site": "same-origin", "Accept-Encoding": "gzip, deflate, br"}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            reply, content = self._ask(method, path, body, headers)
        except (http.client.HTTPException, OSError) as error:
            self.hang_up()
            raise OSError(str(error)) from error
        if reply.status >= 400:
            raise OSError(f"{reply.status} {path}")
        is_small = reply.headers["Content-Encoding"] == "br"
        text = brotli.decompress(content) if is_small else content
        return reply.headers.get("Location", ""), text.decode()

    def _ask(
        self, method: str, path: str, body: str | None, headers: dict[str, str]
    ) -> tuple[http.client.HTTPResponse, bytes]:
        if self.connection is None:
            self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        self.connection.request(method, path, body, headers)
        reply = self.connection.getresponse()
        content = reply.read()
        if reply.will_close:
            self.hang_up()
        return reply, content

    def hang_up(self) -> None:
        if self.connection is not None:
            self.connection.close()
        self.connection = None

    def begin(self) -> str:
        return self.post(f"/have-your-say/{SLUG}", read="standard")

    def answer_whole_survey(self) -> tuple[str, int]:
        """(the token, how many requests). Raises OSError where the line breaks."""
        self.get(f"/have-your-say/{SLUG}")
        url, requests = self.begin(), 2
        token = url.split("/")[2]
        while url.count("/") == 3:
            page = self.get(url)
            url = self.post(url, **first_choice(page))
            requests += 2
        self.get(url)
        self.get(self.post(url))
        return token, requests + 3


def first_choice(page: str) -> dict[str, str]:
    if "<textarea" in page:
        return {"answer": "The room was quiet and the time was right for us"}
    found = re.search(r'name="answer"[^>]*value="([^"]+)"', page)
    return {"answer": found[1]} if found else {}
