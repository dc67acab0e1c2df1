"""A command in a process of its own: seconds by the clock and of processor, and peak memory."""

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

EVERY = 0.05  # seconds
MOST_SHOWN = 2000  # letters
PROC = Path("/proc")


@dataclass(frozen=True)
class Cost:
    """`megabytes` is the most that the process and all it started held at one time."""

    seconds: float
    processor: float
    megabytes: float


def run(command: Sequence[str | Path], **environment: str) -> Cost:
    """What the command says is shown only when it fails."""
    with tempfile.TemporaryFile() as said:
        began = time.monotonic()
        child = subprocess.Popen(
            command, stdout=said, stderr=said, env={**os.environ, **environment}
        )
        used, most = _watched(child)
        seconds = time.monotonic() - began
        if child.returncode:
            said.seek(0)
            sys.stderr.write(said.read().decode(errors="replace")[-MOST_SHOWN:])
            raise subprocess.CalledProcessError(child.returncode, [str(part) for part in command])
    return Cost(seconds, used.ru_utime + used.ru_stime, most)


def _watched(child: "subprocess.Popen[bytes]") -> tuple[resource.struct_rusage, float]:
    """Waits for the end; what was used, and the most megabytes held at once."""
    most = 0.0
    while True:
        done, status, used = os.wait4(child.pid, os.WNOHANG)
        if done:
            break
        most = max(most, _megabytes(child.pid))
        time.sleep(EVERY)
    child.returncode = os.waitstatus_to_exitcode(status)
    # Where there is no /proc, the largest single process has to do.
    return used, most or used.ru_maxrss / 1024**2


def _megabytes(root: int) -> float:
    """Resident memory of a process and its descendants; the root's own peak is never missed."""
    total, waiting = 0, [root]
    highest = _status(root, "VmHWM")
    while waiting:
        process = waiting.pop()
        total += _status(process, "VmRSS")
        waiting += _children(process)
    return max(total, highest) / 1024


def _status(process: int, field: str) -> int:
    """Kilobytes, 0 where the process has gone."""
    try:
        lines = (PROC / str(process) / "status").read_text().splitlines()
    except OSError:
        return 0
    found = (line.split()[1] for line in lines if line.startswith(f"{field}:"))
    return int(next(found, 0))


def _children(process: int) -> list[int]:
    found: list[int] = []
    for task in (PROC / str(process) / "task").glob("*/children"):
        try:
            found += map(int, task.read_text().split())
        except OSError:  # gone between the two looks
            continue
    return found
