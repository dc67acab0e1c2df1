"""The labelled texts, read where they lie; they are never copied into the project.

Each text stands once, in the order of a hash of its words, which has nothing to do with its label.
"""

import csv
import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

NHS, BBC, M10 = "NHS", "BBC", "M10"
NHS_FILE, OLDER_NHS_FILE = "nhs_fft_v6.csv", "nhs_phase1.csv"
OCTIS_FILES = {BBC: "octis_BBC_News.tsv", M10: "octis_M10.tsv"}
FIRST_THEME = "Not assigned"
# A theme that fewer comments have is too small to be found or missed.
FEWEST = 15


@dataclass(frozen=True)
class Labelled:
    name: str
    texts: list[str]
    labels: list[str]

    def first(self, count: int) -> "Labelled":
        return Labelled(self.name, self.texts[:count], self.labels[:count])


def labelled(folder: Path, name: str) -> Labelled:
    found = _nhs(folder) if name == NHS else _octis(folder / OCTIS_FILES[name])
    ordered = sorted(found.items(), key=lambda pair: _hash(pair[0]))
    return Labelled(name, [text for text, _ in ordered], [label for _, label in ordered])


def comments(folder: Path) -> list[str]:
    """Every comment of both NHS files that holds something, in the order of the files."""
    rows = [row["FFT answer"] for row in table(folder / NHS_FILE)]
    rows += [row["feedback"] for row in table(folder / OLDER_NHS_FILE)]
    return [text for text in rows if text.strip()]


def several_labels(folder: Path) -> tuple[list[str], list[list[str]]]:
    """Every NHS comment once, with all the themes that people gave it, maybe none."""
    found: dict[str, set[str]] = {}
    for row in table(folder / NHS_FILE):
        text = " ".join(row["FFT answer"].split())
        if text:
            found.setdefault(text, set()).update(_themes(row))
    texts = sorted(found, key=_hash)
    return texts, [sorted(found[text]) for text in texts]


def table(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as opened:
        return list(csv.DictReader(opened))


def _nhs(folder: Path) -> dict[str, str]:
    """Comments that people gave exactly one theme, of themes that at least FEWEST have."""
    found: dict[str, str] = {}
    for row in table(folder / NHS_FILE):
        text = " ".join(row["FFT answer"].split())
        themes = _themes(row)
        if text and len(themes) == 1:
            found.setdefault(text, themes[0])
    sizes = Counter(found.values())
    return {text: theme for text, theme in found.items() if sizes[theme] >= FEWEST}


def _themes(row: Mapping[str, str]) -> list[str]:
    columns = list(row)
    names = columns[columns.index(FIRST_THEME) :]
    return [name for name in names if row[name] in ("1", "1.0")]


def _octis(file: Path) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        text, _, label = line.split("\t")
        if text.strip():
            found.setdefault(text, label.strip())
    return found


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
