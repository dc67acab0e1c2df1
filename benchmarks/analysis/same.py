"""The same comments give the same files: in any order, in another process, with other threads."""

import csv
import random
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.analysis.data import comments
from benchmarks.analysis.process import run
from benchmarks.analysis.rows import Row, at_least
from benchmarks.analysis.speed import command

FILES = ("themes.json", "assignments.csv", "comments.csv", "report.html")
COUNT, QUICK_COUNT = 1_000, 200
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


def table(feedback: Path, *, quick: bool = False) -> list[Row]:
    texts = comments(feedback)[: QUICK_COUNT if quick else COUNT]
    rows = [(str(number), text) for number, text in enumerate(texts, start=1)]
    with tempfile.TemporaryDirectory() as folder:
        unlike = list(_unlike(Path(folder), rows))
    return [
        Row(
            f"{len(rows):,} comments as they came with 1 thread, shuffled with 2: files equal",
            float(len(FILES) - len(unlike)),
            at_least(len(FILES)),
            "equal on one machine",
            note=f"{', '.join(unlike)} differ" if unlike else ", ".join(FILES),
        )
    ]


def _unlike(folder: Path, rows: Sequence[tuple[str, str]]) -> Iterator[str]:
    """The names of the files that differ between the runs."""
    shuffled = list(rows)
    random.Random(7).shuffle(shuffled)
    # One name for both, because the report has it in its title.
    runs = [
        _analysed(folder / str(threads), order, threads)
        for threads, order in ((1, rows), (2, shuffled))
    ]
    for name in FILES:
        if len({(out / name).read_bytes() for out in runs}) > 1:
            yield name


def _analysed(folder: Path, rows: Sequence[tuple[str, str]], threads: int) -> Path:
    folder.mkdir()
    file = folder / "comments.csv"
    with file.open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened).writerows([("id", "comment"), *rows])
    run(command(file, folder / "out"), **dict.fromkeys(THREADS, str(threads)))
    return folder / "out"
