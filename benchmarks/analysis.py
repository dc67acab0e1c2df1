"""The analysis of real comments: seconds and memory from cold, and the same files every time.

Reads the feedback files where they lie; they are never copied into the project.

    python -m benchmarks.analysis FOLDER_OF_FEEDBACK
"""

import csv
import hashlib
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ENGAGE = Path(sys.executable).with_name("engage")
SAME_EVERY_TIME = ("themes.json", "assignments.csv", "comments.csv")


def main(feedback: Path) -> int:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rows = comments(feedback)
        unlike = 0
        for size in (1000, 5000):
            file = write(folder / f"{size}.csv", rows[:size])
            seconds, megabytes = analyse(file, folder / f"out-{size}")
            print(f"{size} comments: {seconds:.1f} s from cold, {megabytes:.0f} MB at most")
        random.Random(7).shuffle(first := rows[:1000])
        analyse(write(folder / "shuffled.csv", first), folder / "out-shuffled")
        analyse(folder / "1000.csv", folder / "out-again")
        for other in ("out-shuffled", "out-again"):
            for file_name in SAME_EVERY_TIME:
                same = digest(folder / "out-1000" / file_name) == digest(folder / other / file_name)
                unlike += not same
                print(f"{other} {file_name}: {'the same' if same else 'DIFFERENT'}")
    return 1 if unlike else 0


def comments(feedback: Path) -> list[tuple[str, str]]:
    """(id, words) of the real comments, in the order of the files."""
    found = []
    for name, column in (("nhs_fft_v6.csv", "fft answer"), ("nhs_phase1.csv", "feedback")):
        with (feedback / name).open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            columns = {key.lower(): key for key in reader.fieldnames or ()}
            words = columns[column]
            found += [(f"{name}-{n}", row[words]) for n, row in enumerate(reader)]
    return found


def write(file: Path, rows: list[tuple[str, str]]) -> Path:
    with file.open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened).writerows([("id", "comment"), *rows])
    return file


def analyse(file: Path, out: Path) -> tuple[float, float]:
    """(seconds, megabytes at most) of one run in a process of its own."""
    began = time.monotonic()
    subprocess.run(
        [ENGAGE, "analyse", file, "--text", "comment", "--id", "id", "--out", out],
        check=True,
        stderr=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )
    seconds = time.monotonic() - began
    # The largest of all so far: sizes are run from small to large.
    return seconds, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


if __name__ == "__main__":
    if len(sys.argv) != 2 or not Path(sys.argv[1]).is_dir():
        sys.exit("usage: python -m benchmarks.analysis FOLDER_OF_FEEDBACK")
    sys.exit(main(Path(sys.argv[1])))
