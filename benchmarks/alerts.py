"""Alerts under forced stops: none is lost, and nothing of what a person wrote leaves in a mail.

Alerts are raised one after the other while two workers, which send the mails, are killed with
SIGKILL at random moments and started again. A mail server of our own takes the mails. At the end
every alert must have had its mail; who was killed between sending and noting it sends a second
copy, and no more. All mails and the whole log of the workers are searched for words of people.

    python -m benchmarks.alerts [alerts]
"""

import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.serving import BIN, ROOT
from engage import create_app
from engage.config import settings
from engage.extensions import db, write_transaction
from engage.people.operations import create_organisation, create_staff
from engage.safeguarding.models import Alert, SafeguardingPlan
from engage.safeguarding.operations import raise_alert
from engage.setting_up import migrate_database
from tests.smtp_sink import Sink, smtp_sink

WORKERS = 2
SECONDS_BETWEEN_ALERTS = 1.2
SECONDS_A_WORKER_WORKS = (0.0, 15.0)  # once it has started, which takes as long as it takes
SECONDS_FOR_A_MAIL = 0.2  # so that many workers are killed between sending and noting it
LONGEST_WAIT = 180.0  # seconds after the last alert
CANARIES = ("heron-4711", "canary@home.example", "The Blue House survey", "07700 900123")
LEAD = "lead-of-safeguarding"
ORGANISATION, ROLE = "benchmark", "safeguarding_lead"


class Worker:
    """The worker in a process of its own, killed again and again until it is left in peace."""

    def __init__(self, number: int, environment: dict[str, str], log: Any) -> None:
        self.number, self.environment, self.log = number, environment, log
        self.kills = 0
        self.seconds_to_start = 0.0
        self.over = threading.Event()
        self.process = self.start()
        self.killer = threading.Thread(target=self.kill_again_and_again)

    def start(self) -> subprocess.Popen:
        return subprocess.Popen(
            [BIN / "engage", "worker"],
            env=self.environment,
            cwd=ROOT,
            stdout=self.log,
            stderr=self.log,
        )

    def begin_to_kill(self, seconds_to_start: float) -> None:
        self.seconds_to_start = seconds_to_start
        self.killer.start()

    def kill_again_and_again(self) -> None:
        chance = random.Random(self.number)
        while not self.over.wait(self.seconds_to_start + chance.uniform(*SECONDS_A_WORKER_WORKS)):
            self.process.kill()
            self.process.wait()
            self.kills += 1
            self.process = self.start()

    def leave_in_peace(self) -> None:
        self.over.set()
        if self.killer.is_alive():
            self.killer.join()

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(60)


def main(how_many: int) -> int:
    with tempfile.TemporaryDirectory() as name, smtp_sink() as sink:
        folder = Path(name)
        sink.slowness = SECONDS_FOR_A_MAIL
        os.environ |= environment_for(folder, sink)
        app = create_app(settings())
        with app.app_context(), (folder / "worker.log").open("w") as log:
            organisation_id = prepare()
            workers = [Worker(number, dict(os.environ), log) for number in range(WORKERS)]
            try:
                seconds = seconds_to_first_mail(sink, organisation_id)
                for worker in workers:
                    worker.begin_to_kill(seconds)
                raised = raise_alerts(organisation_id, how_many)
                leave_in_peace(workers)
                wait_for_mails(sink, raised)
            finally:
                leave_in_peace(workers)
                for worker in workers:
                    worker.stop()
            kills = sum(worker.kills for worker in workers)
            print(f"a worker takes {seconds:.1f} seconds to start")
            return report(sink, raised, kills, folder / "worker.log")


def leave_in_peace(workers: list[Worker]) -> None:
    for worker in workers:
        worker.leave_in_peace()


def environment_for(folder: Path, sink: Sink) -> dict[str, str]:
    return {
        "ENGAGE_INSTANCE": str(folder),
        "ANALYSIS_TOOLS": "simple",
        "MIN_FREE_MEGABYTES": "0",
        "SMTP_HOST": "127.0.0.1",
        "SMTP_PORT": str(sink.port),
        "SMTP_TLS": "none",
        "MAIL_FROM": "engage@council.example",
    }


def prepare() -> int:
    """One organisation with a lead and a deputy."""
    migrate_database()
    with write_transaction():
        owner = create_organisation(ORGANISATION, "Benchmark", "Benchmark")
        people = [
            create_staff(owner, f"{name} Name", f"{name}@council.example", "not used here", [ROLE])
            for name in (LEAD, "deputy")
        ]
        db.session.add(
            SafeguardingPlan(
                organisation=owner,
                lead=people[0],
                deputy=people[1],
                hours="Always",
                tested_at=datetime.now(UTC),
            )
        )
        db.session.flush()
        return owner.id


def seconds_to_first_mail(sink: Sink, organisation_id: int) -> float:
    """How long a worker takes to start here, today."""
    began = time.monotonic()
    with write_transaction():
        raise_alert(organisation_id, "words", "", reference="the first")
    while not sink.taken and time.monotonic() - began < LONGEST_WAIT:
        time.sleep(0.1)
    return time.monotonic() - began


def raise_alerts(organisation_id: int, how_many: int) -> dict[int, float]:
    """By alert: when it was committed."""
    chance, raised = random.Random(7), {}
    heron, contact, about, phone = CANARIES
    for number in range(how_many):
        time.sleep(SECONDS_BETWEEN_ALERTS * chance.uniform(0.2, 1.8))
        with write_transaction():
            raise_alert(
                organisation_id,
                "words",
                about,
                reference=f"response/{number}",
                words=[("What happened?", f"{heron} hurts me, ring {phone}")],
                contact={"reach": contact},
            )
            newest = db.session.query(Alert.id).order_by(Alert.id.desc()).limit(1).scalar()
        raised[newest] = time.time()
    return raised


def wait_for_mails(sink: Sink, raised: dict[int, float]) -> None:
    end = time.monotonic() + LONGEST_WAIT
    while time.monotonic() < end and set(raised) - set(first_mails(sink)):
        time.sleep(0.2)
    time.sleep(3)  # for copies that should not come


def first_mails(sink: Sink) -> dict[int, float]:
    """By alert: when its first mail was taken."""
    found: dict[int, float] = {}
    for at, message in zip((at for at, _raw in sink.taken), sink.mails, strict=True):
        found.setdefault(alert_in(message["Message-ID"]), at)
    return found


def alert_in(message_id: str) -> int:
    return int(message_id.split("-")[1])


def report(sink: Sink, raised: dict[int, float], kills: int, log: Path) -> int:
    mailed = first_mails(sink)
    waits = sorted(mailed[alert] - at for alert, at in raised.items() if alert in mailed)
    lost = len(raised) - len(waits)
    copies = Counter(message["Message-ID"] for message in sink.mails)
    doubled = sum(copies.values()) - len(copies)
    leaked = leaks([raw.decode() for _at, raw in sink.taken] + [log.read_text()])
    print(f"alerts: {len(raised)}, and one before them; workers killed: {kills}")
    print(f"mails: {len(sink.taken)}; second copies: {doubled}; alerts without a mail: {lost}")
    if waits:
        at = waits[int(0.95 * (len(waits) - 1))]
        middle = waits[len(waits) // 2]
        print(f"seconds from commit to mail: half {middle:.1f}, 95% {at:.1f}, most {waits[-1]:.1f}")
    print(f"words of people in mails and in the workers' log: {leaked}")
    return 1 if lost or leaked or doubled > kills else 0


def leaks(texts: list[str]) -> int:
    return sum(text.count(canary) for text in texts for canary in CANARIES)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 100))
