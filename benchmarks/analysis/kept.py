"""What was measured is kept, so that a run that was stopped goes on where it was."""

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from engage.analysis.types import Vectors

ROOT = Path(__file__).parents[2]
PART = 500


def kept(file: Path, key: str, measure: Callable[[], Any]) -> Any:
    """What `measure` gives, from the file when that was made with the same key."""
    if file.exists():
        before = json.loads(file.read_text(encoding="utf-8"))
        if before["key"] == key:
            return before["found"]
    found = measure()
    write(file, {"key": key, "found": found})
    return found


def write(file: Path, value: Any) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    half = file.with_suffix(".half")
    half.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
    half.replace(file)


def key_of(*parts: object) -> str:
    return hashlib.sha256(json.dumps(parts, default=str).encode()).hexdigest()[:16]


def code_key(patterns: Iterable[str]) -> str:
    """A hash of source and data files: other code has other results."""
    files = sorted({path for pattern in patterns for path in ROOT.glob(pattern) if path.is_file()})
    digest = hashlib.sha256()
    for path in files:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


class KeptVectors:
    """Vectors on disk by a hash of model and text; only the quality of themes uses it."""

    def __init__(self, file: Path) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        self._rows = sqlite3.connect(file, timeout=60)
        self._rows.execute("create table if not exists v (k text primary key, b blob)")

    def get(self, keys: Sequence[str]) -> Mapping[str, Vectors]:
        found: dict[str, Vectors] = {}
        for start in range(0, len(keys), PART):
            some = list(keys[start : start + PART])
            marks = ",".join("?" * len(some))
            rows = self._rows.execute(f"select k, b from v where k in ({marks})", some)  # noqa: S608
            found.update((key, np.frombuffer(blob, dtype=np.float32)) for key, blob in rows)
        return found

    def put(self, vectors: Mapping[str, Vectors]) -> None:
        with self._rows:
            self._rows.executemany(
                "insert or ignore into v values (?, ?)",
                [(key, row.astype(np.float32).tobytes()) for key, row in vectors.items()],
            )
