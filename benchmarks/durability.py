"""Forced stops under load: nothing acknowledged is lost, nothing is doubled.

People answer all the time while web processes and the worker are killed with SIGKILL, at random
moments. Whoever saw the receipt must be in the database, once; whoever met a broken line sends
again and must see the same receipt. At the end every job must have been done.

    python -m benchmarks.durability [stops]
"""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from benchmarks.serving import Person, Served, first_choice, served
from engage.responses.receipt import fingerprint

PEOPLE = 4
SECONDS_BETWEEN_STOPS = 1.5


def main(stops: int) -> int:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        acknowledged: list[str] = []
        over = threading.Event()
        with served(folder) as running:
            crowd = [
                threading.Thread(target=keep_answering, args=(running.port, acknowledged, over))
                for _ in range(PEOPLE)
            ]
            for person in crowd:
                person.start()
            killed = kill_again_and_again(running, stops)
            over.set()
            for person in crowd:
                person.join()
            wait_for_jobs(folder)
        return report(folder, acknowledged, killed)


def keep_answering(port: int, acknowledged: list[str], over: threading.Event) -> None:
    person = Person(port)
    while not over.is_set():
        url = persist(person.begin)
        token = url.split("/")[2]
        while url.count("/") == 3:
            chosen = first_choice(persist(lambda at=url: person.get(at)))
            url = persist(lambda at=url, said=chosen: person.post(at, **said))
        receipt = persist(lambda at=url: person.post(at))
        if receipt.endswith("/thank-you"):
            acknowledged.append(token)


def persist(send) -> str:
    """What a patient person does on a bad line: the same again until it works."""
    for _ in range(200):
        try:
            return send()
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the server never came back")


def kill_again_and_again(running: Served, stops: int) -> dict[str, int]:
    chance = random.Random(1)
    killed = {"web": 0, "worker": 0}
    for number in range(stops):
        time.sleep(SECONDS_BETWEEN_STOPS * chance.uniform(0.5, 1.5))
        if number % 3 == 2:
            running.worker.kill()
            running.worker.wait()
            running.restart_worker()
            killed["worker"] += 1
        else:
            children = subprocess.check_output(["pgrep", "-P", str(running.web.pid)], text=True)
            os.kill(int(chance.choice(children.split())), signal.SIGKILL)
            killed["web"] += 1
    return killed


def ask(folder: Path, question: str) -> list[tuple]:
    connection = sqlite3.connect(folder / "engage.sqlite")
    try:
        return connection.execute(question).fetchall()
    finally:
        connection.close()


def wait_for_jobs(folder: Path) -> None:
    """A killed worker's lease must run out first; its time is brought forward, not its outcome."""
    end = time.monotonic() + 120
    while time.monotonic() < end:
        connection = sqlite3.connect(folder / "engage.sqlite", timeout=10)
        with connection:
            connection.execute("UPDATE job SET run_after = queued_at WHERE leased_until IS NULL")
            connection.execute(
                "UPDATE job SET leased_until = queued_at WHERE leased_until IS NOT NULL"
                " AND leased_until < datetime('now', '+14 minutes')"
            )
        connection.close()
        if not ask(folder, "SELECT 1 FROM job WHERE finished_at IS NULL"):
            return
        time.sleep(1)


def report(folder: Path, acknowledged: list[str], killed: dict[str, int]) -> int:
    sent = {
        row[0]
        for row in ask(folder, "SELECT token_hash FROM response WHERE submitted_at IS NOT NULL")
    }
    total = ask(folder, "SELECT count(*) FROM response WHERE submitted_at IS NOT NULL")[0][0]
    lost = [token for token in acknowledged if fingerprint(token) not in sent]
    undone = ask(folder, "SELECT count(*) FROM job WHERE finished_at IS NULL")[0][0]
    doubled = len(acknowledged) - len(set(acknowledged)) + total - len(sent)
    print(f"forced stops: {killed['web']} of web processes, {killed['worker']} of the worker")
    print(f"acknowledged: {len(acknowledged)}; in the database: {total}")
    print(f"lost: {len(lost)}; doubled: {doubled}; jobs not done: {undone}")
    if not acknowledged:
        print("nobody finished a survey, so nothing was shown")
    return 1 if lost or doubled or undone or not acknowledged else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 36))
