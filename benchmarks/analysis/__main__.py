"""Everything the analysis promises, measured by one command.

    python -m benchmarks.analysis FOLDER_OF_FEEDBACK [--peers [FOLDER]] [--quick] [--out DIR]

Prints one table and writes table.md, table.json and the plots to DIR. See docs/benchmarks.md.
"""

import argparse
import importlib
import inspect
import json
import sys
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from benchmarks.analysis import language, plots, quality, same, speed
from benchmarks.analysis.kept import ROOT, KeptVectors
from benchmarks.analysis.peers import Peers
from benchmarks.analysis.rows import NOT_MET, Row, markdown
from engage.analysis.embedding import installed_embedder

OUT = ROOT / "instance" / "benchmarks"
# Modules and their functions, which may ask for vectors that are kept; some take minutes.
OTHERS = {
    "several": "table",
    "codebook": "codebook_table",
    "ceilings": "table",
    "feelings": "table",
    "ambitions": "table",
    "redaction": "table",
}
SLOW = ("several", "codebook", "feelings", "ceilings")
SAME = "files equal"


@dataclass
class Bench:
    feedback: Path
    out: Path
    quick: bool
    peers: Peers | None
    detail: str = ""
    record: dict[str, object] = field(default_factory=dict)

    def quality(self) -> list[Row]:
        plans = quality.QUICK if self.quick else quality.FULL
        found = quality.scores(self.feedback, self.out, plans, self.peers)
        self.detail += quality.detail(found)
        self.record["quality"] = [asdict(score) for score in found]
        self._plot("quality.svg", plots.quality(found))
        return quality.rows(found, whole=not self.quick)

    def language(self) -> list[Row]:
        return language.table(self.feedback, quick=self.quick)

    def speed(self) -> list[Row]:
        sizes = speed.QUICK_SIZES if self.quick else speed.SIZES
        found = speed.measure(self.out, sizes, self.peers)
        self.record["speed"] = [asdict(timed) for timed in found]
        self._plot("speed.svg", plots.speed(found))
        return speed.rows(found)

    def same(self) -> list[Row]:
        return same.table(self.feedback, quick=self.quick)

    def other(self, name: str) -> list[Row]:
        if self.quick and name in SLOW:
            return []
        module = importlib.import_module(f"benchmarks.analysis.{name}")
        measure: Callable[..., Sequence[Row]] = getattr(module, OTHERS[name])
        wanted = inspect.signature(measure).parameters
        offered: dict[str, Callable[[], object]] = {
            "out": lambda: self.out / "kept",
            "cache": self._vectors,
            "embedder": lambda: installed_embedder(self._vectors()),
        }
        given = {key: offer() for key, offer in offered.items() if key in wanted}
        return list(measure(self.feedback, **given))

    def _vectors(self) -> KeptVectors:
        return KeptVectors(self.out / "kept" / "vectors.sqlite")

    def parts(self) -> dict[str, Callable[[], list[Row]]]:
        """Speed comes last: what it needs most is a machine with nothing else to do."""
        found: dict[str, Callable[[], list[Row]]] = {"quality": self.quality}
        for name in OTHERS:
            if Path(__file__).with_name(f"{name}.py").exists():
                found[name] = lambda name=name: self.other(name)
        return {**found, "language": self.language, "same": self.same, "speed": self.speed}

    def _plot(self, name: str, picture: str) -> None:
        (self.out / name).write_text(picture, encoding="utf-8")


def measure(bench: Bench) -> tuple[list[Row], int]:
    """The rows of every part; one that breaks is said in the table and the others go on."""
    rows, broken = [], 0
    for name, part in bench.parts().items():
        print(f"{name} ...", file=sys.stderr, flush=True)
        began = time.monotonic()
        try:
            rows += part()
        except Exception:
            traceback.print_exc()
            rows.append(Row(name, None, note="this part broke; what it said is on standard error"))
            broken += 1
        print(f"{name}: {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
    return rows, broken


def write(bench: Bench, rows: Sequence[Row]) -> None:
    table = markdown(rows)
    text = f"{table}\n## Every method on every set of texts\n\n{bench.detail}"
    (bench.out / "table.md").write_text(text, encoding="utf-8")
    record = {"quick": bench.quick, "rows": [row.plain() for row in rows], **bench.record}
    (bench.out / "table.json").write_text(json.dumps(record, indent=1), encoding="utf-8")
    print(table)
    print(f"table.md, table.json and the plots are in {bench.out}.", file=sys.stderr)


def arguments() -> argparse.Namespace:
    reader = argparse.ArgumentParser(prog="python -m benchmarks.analysis", description=__doc__)
    reader.add_argument("feedback", type=Path, help="the folder of labelled texts")
    reader.add_argument(
        "--peers",
        nargs="?",
        type=Path,
        const=OUT / "peers",
        help="measure the peers too; FOLDER is their environment, made where it is not there",
    )
    reader.add_argument("--quick", action="store_true", help="a look in under three minutes")
    reader.add_argument("--out", type=Path, default=OUT, help="where tables and plots go")
    return reader.parse_args()


def main() -> int:
    chosen = arguments()
    if not chosen.feedback.is_dir():
        sys.exit(f"{chosen.feedback} is not a folder of feedback.")
    out = chosen.out.absolute()
    out.mkdir(parents=True, exist_ok=True)
    peers = None
    if chosen.peers:
        peers = Peers(chosen.peers.absolute(), out / "kept" / "peers")
        peers.prepare()
    bench = Bench(chosen.feedback.absolute(), out, chosen.quick, peers)
    rows, broken = measure(bench)
    write(bench, rows)
    unlike = any(SAME in row.measure and row.met == NOT_MET for row in rows)
    return int(bool(broken) or unlike)


if __name__ == "__main__":
    sys.exit(main())
