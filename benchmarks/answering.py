"""How many surveys of eight questions a second are answered, and what each costs the processor.

Question by question, as people do it: the front page, each question opened and sent, the answers
checked, sent, and the thank-you page. SQLite, two web processes.

    python -m benchmarks.answering [people] [surveys]
"""

import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from benchmarks.serving import Person, served

WARM_UP = 12
TICKS = 100  # a second of processor time, in /proc


def main(people: int, surveys: int) -> int:
    with tempfile.TemporaryDirectory() as folder, served(Path(folder)) as running:
        # Both processes have drawn every page once, as they have after their first minutes.
        for _ in range(WARM_UP):
            Person(running.port).answer_whole_survey()
        before, began = processor_seconds(running.web.pid), time.monotonic()
        with ThreadPoolExecutor(people) as crowd:
            done = list(
                crowd.map(lambda _: Person(running.port).answer_whole_survey(), range(surveys))
            )
        seconds = time.monotonic() - began
        processor = processor_seconds(running.web.pid) - before
    requests = sum(count for _token, count in done)
    print(f"{surveys} whole surveys by {people} people at a time: {surveys / seconds:.1f} a second")
    print(f"{requests / seconds:.0f} requests a second, {requests / surveys:.0f} for each survey")
    print(
        f"processor: {1000 * processor / surveys:.0f} ms a survey, "
        f"{1000 * processor / requests:.1f} ms a request"
    )
    return 0


def processor_seconds(parent: int) -> float:
    """Of the web processes together, theirs and the kernel's for them."""
    children = subprocess.check_output(["pgrep", "-P", str(parent)], text=True).split()
    total = 0
    for child in children:
        fields = Path(f"/proc/{child}/stat").read_text().rsplit(")", 1)[1].split()
        total += int(fields[11]) + int(fields[12])
    return total / TICKS


if __name__ == "__main__":
    numbers = [int(text) for text in sys.argv[1:]]
    sys.exit(main(*(numbers or [8, 100])))
