"""Seconds and memory from a cold start to report.html, and plain BERTopic on the same comments.

The comments are invented (invented.py). Plain BERTopic is timed to the moment it has its groups:
it makes no report, reads no feelings and tags nothing, so the race is in its favour.
"""

import os
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.analysis import invented
from benchmarks.analysis.kept import code_key, kept, key_of, write
from benchmarks.analysis.peers import Peers
from benchmarks.analysis.process import Cost, run
from benchmarks.analysis.rows import Aim, Row, at_least, at_most

ENGAGE = Path(sys.executable).with_name("engage")
ENGAGE_CODE = ("engage/analysis/**/*.py", "engage/analysis/data/**")
COMMENT, SENTENCE = "comment", "sentence"
SIZES = (531, 10_000, 100_000)
QUICK_SIZES = (531,)
RACE = 10_000
VANILLA = {"method": "vanilla", "themes": 0, "seed": 0}
SECONDS = {531: 6.0, 10_000: 30.0, 100_000: 300.0}
MEGABYTES = {10_000: 700.0, 100_000: 1200.0}
TIMES_FASTER = 3.0


@dataclass(frozen=True)
class Timed:
    """One cold run. `busy` is how many programs were waiting for a core when it began."""

    who: str
    unit: str
    comments: int
    seconds: float
    processor: float
    megabytes: float
    busy: float


def measure(out: Path, sizes: Sequence[int], peers: Peers | None) -> list[Timed]:
    found = [_engage(out, size, unit) for size in sizes for unit in (COMMENT, SENTENCE)]
    if peers and RACE in sizes:
        found.append(_vanilla(out, peers))
    return found


def _engage(out: Path, size: int, unit: str) -> Timed:
    def cold() -> dict[str, object]:
        file = invented.write(out / "kept" / f"invented-{size}.csv", size)
        order = [*command(file, out / f"speed-{size}-{unit}"), "--unit", unit]
        return _timed("engage", unit, size, order)

    file = out / "kept" / f"speed-engage-{size}-{unit}.json"
    return Timed(**kept(file, key_of(code_key(ENGAGE_CODE)), cold))


def _vanilla(out: Path, peers: Peers) -> Timed:
    def cold() -> dict[str, object]:
        texts = list(invented.comments(RACE))
        request = out / "kept" / "race" / "request.json"
        write(request, {"texts": texts, "runs": [VANILLA]})
        answers = out / "kept" / "race" / "answers"
        (answers / "vanilla-0-0.json").unlink(missing_ok=True)
        return _timed("bertopic", COMMENT, RACE, peers.command(request, answers))

    key = key_of(code_key(["benchmarks/peers/*", "benchmarks/analysis/invented*"]))
    return Timed(**kept(out / "kept" / "speed-vanilla.json", key, cold))


def _timed(who: str, unit: str, size: int, order: Sequence[str | Path]) -> dict[str, object]:
    busy = os.getloadavg()[0]
    cost: Cost = run(order)
    return {"who": who, "unit": unit, "comments": size, "busy": round(busy, 1), **asdict(cost)}


def command(file: Path, out: Path) -> list[str | Path]:
    return [ENGAGE, "analyse", file, "--text", "comment", "--id", "id", "--out", out]


def rows(found: Sequence[Timed]) -> list[Row]:
    own = [timed for timed in found if timed.who == "engage"]
    table = [_seconds(timed) for timed in own]
    table += [_megabytes(timed) for timed in own]
    return [*table, *_race(found)]


def _seconds(timed: Timed) -> Row:
    counts = timed.unit == COMMENT
    limit = SECONDS.get(timed.comments)
    return Row(
        f"cold start to report.html, {timed.comments:,} comments, each {timed.unit} embedded: s",
        round(timed.seconds, 1),
        _limit(limit) if counts else None,
        "",
        note=f"{timed.processor:.0f} s of processor; {timed.busy:.1f} programs busy at the start",
    )


def _megabytes(timed: Timed) -> Row:
    counts = timed.unit == COMMENT
    return Row(
        f"peak memory, {timed.comments:,} comments, each {timed.unit} embedded: MB",
        round(timed.megabytes),
        _limit(MEGABYTES.get(timed.comments)) if counts else None,
        "",
    )


def _limit(figure: float | None) -> Aim | None:
    return None if figure is None else at_most(figure)


def _race(found: Sequence[Timed]) -> list[Row]:
    """Processor time decides: on a busy machine the clock measures the neighbours."""
    theirs = next((timed for timed in found if timed.who == "bertopic"), None)
    ours = [t for t in found if t.who == "engage" and t.comments == RACE]
    if theirs is None or not ours:
        return []
    mine = next(timed for timed in ours if timed.unit == COMMENT)
    return [
        Row(
            f"plain BERTopic, {RACE:,} comments, from cold: times slower by clock / processor",
            (round(theirs.seconds / mine.seconds, 2), round(theirs.processor / mine.processor, 2)),
            at_least(TIMES_FASTER, TIMES_FASTER),
            "about 90 s",
            f"{theirs.seconds:.0f} s, {theirs.processor:.0f} s of processor, "
            f"{theirs.megabytes:.0f} MB",
        )
    ]
