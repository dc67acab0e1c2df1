"""Lighthouse as on a phone, on three types of page: performance, accessibility, best practices.

Needs node and Chromium; Lighthouse itself is fetched from npm into a folder that is thrown away.

    python -m benchmarks.lighthouse
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.serving import BIN, ROOT, Person, free_port, wait_until_up

VERSION = "12.8.2"  # 13 needs a newer node than Debian has
PARTS = ("performance", "accessibility", "best-practices")
TARGET = 100
SURVEY = "/have-your-say/parent-carers-2026"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
AS_ROOT = ["--no-sandbox"] if os.geteuid() == 0 else []


def main() -> int:
    """0 also where it cannot run: the line it prints says so."""
    if missing := what_is_missing():
        print(f"Lighthouse cannot run here: {missing}. No score was measured.")
        return 0
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        if problem := install(folder):
            print(f"Lighthouse cannot run here: {problem}. No score was measured.")
            return 0
        return measure_demonstration(folder)


def what_is_missing() -> str:
    if not (shutil.which("node") and shutil.which("npm")):
        return "node and npm are not installed"
    return "" if CHROMIUM else "Chromium is not installed"


def install(folder: Path) -> str:
    """What is in the way, or nothing."""
    command = ["npm", "install", "--no-audit", "--no-fund", f"lighthouse@{VERSION}"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    return "" if done.returncode == 0 else f"npm could not fetch it ({done.stderr.strip()[-200:]})"


def measure_demonstration(folder: Path) -> int:
    port = free_port()
    environment = os.environ | {
        "ENGAGE_INSTANCE": str(folder / "instance"),
        "ANALYSIS_TOOLS": "simple",
        "MIN_FREE_MEGABYTES": "0",
    }
    command = [BIN / "engage", "serve", "--port", str(port)]
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(command, env=environment, cwd=ROOT, stdout=log, stderr=log)
        try:
            wait_for_demonstration(port)
            return report(folder, f"http://localhost:{port}", a_question(port))
        finally:
            process.terminate()
            process.wait(30)


def wait_for_demonstration(port: int) -> None:
    for _try in range(10):  # each waits twenty seconds
        try:
            return wait_until_up(port)
        except SystemExit:
            continue
    raise SystemExit("the demonstration did not start")


def a_question(port: int) -> str:
    return Person(port).post(SURVEY, read="standard")


def report(folder: Path, address: str, question: str) -> int:
    worst = TARGET
    pages = {"welcome": SURVEY, "question": question, "you said, we did": "/you-said-we-did"}
    for name, path in pages.items():
        scores = scores_of(folder, address + path)
        worst = min(worst, *scores)
        print(f"{name:18}", "  ".join(f"{p} {s}" for p, s in zip(PARTS, scores, strict=True)))
    print(f"Target {TARGET} in each: {'met' if worst >= TARGET else f'not met, lowest {worst}'}")
    return 0 if worst >= TARGET else 1


def scores_of(folder: Path, url: str) -> list[int]:
    flags = " ".join(["--headless=new", "--disable-gpu", *AS_ROOT])
    command = [
        str(folder / "node_modules" / ".bin" / "lighthouse"),
        url,
        f"--only-categories={','.join(PARTS)}",
        "--output=json",
        "--quiet",
        f"--chrome-flags={flags}",
    ]
    environment = os.environ | {"CHROME_PATH": str(CHROMIUM)}
    done = subprocess.run(
        command, env=environment, cwd=folder, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise SystemExit(f"Lighthouse could not look at {url}:\n{done.stderr.strip()[-800:]}")
    found = json.loads(done.stdout)["categories"]
    return [round(100 * found[part]["score"]) for part in PARTS]


if __name__ == "__main__":
    sys.exit(main())
