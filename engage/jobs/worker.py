"""The loop that does the waiting jobs until it is told to stop."""

import logging
import signal
import threading
from datetime import UTC, datetime
from types import FrameType

from engage.extensions import write_transaction
from engage.jobs.queue import DAILY, enqueue, work_off

log = logging.getLogger(__name__)


def work(pause_seconds: float = 1.0) -> None:
    """Do what is due, sleep, look again. Ends after the current job on SIGTERM or SIGINT."""
    stop = threading.Event()

    def on_signal(number: int, frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, on_signal)
    signal.signal(signal.SIGINT, on_signal)
    today = None
    while not stop.is_set():
        if (day := datetime.now(UTC).date()) != today:
            today = day
            ask_for_daily_jobs()
        if done := work_off(stop.is_set):
            log.info("jobs done: %d", done)
        stop.wait(pause_seconds)


def ask_for_daily_jobs() -> None:
    with write_transaction():
        for name in DAILY:
            enqueue(name)
