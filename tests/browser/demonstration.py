"""The demonstration that browsers walk through: made once for all the processes of a test run.

`python -m tests.browser.demonstration FOLDER` makes it beforehand, while other tests are run.
"""

import fcntl
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
ENGAGE = Path(sys.executable).with_name("engage")


def made_in(shared: Path) -> Path:
    """Its folder, in one that these processes share. Whoever comes second waits for the first."""
    folder = shared / "demonstration"
    with (shared / "demonstration.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            half = shared / "half-made"
            for command in ("migrate", "demo"):
                subprocess.run([ENGAGE, command], env=environment(half), check=True, cwd=ROOT)
            half.rename(folder)
    return folder


def environment(folder: Path) -> dict[str, str]:
    """In which `engage` keeps everything in that folder."""
    found = os.environ | {
        "ENGAGE_INSTANCE": str(folder),
        "ANALYSIS_TOOLS": "simple",  # the real models have tests of their own
        "MIN_FREE_MEGABYTES": "0",
    }
    found.pop("DATABASE_URL", None)
    return found


def begin(shared: Path) -> subprocess.Popen:
    """Make it beside what else is done. What goes wrong is said by whoever needs it first."""
    return subprocess.Popen(
        [sys.executable, "-m", __name__, shared],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


if __name__ == "__main__":
    made_in(Path(sys.argv[1]))
