"""Learns the map of feedback that the theme finder uses, from sentences that people coded.

Reads nhs_phase1.csv where it lies (MIT; 44 codes under 9 headings); a comment that stands in
nhs_fft_v6.csv too is left out, because that set judges the result. Writes coefficients only.

    python tools/train_projection.py FOLDER_OF_FEEDBACK [OUT]
"""

import csv
import hashlib
import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engage.analysis.embedding import installed_embedder
from engage.analysis.themes.projection import FILE

DIRECTIONS = 40
# How far the spread inside the codes is drawn towards the same in every direction.
SHRINKAGE = 0.6
FEWEST = 5  # comments of a code

Matrix = NDArray[np.float64]


def main(folder: Path, out: Path) -> None:
    texts, codes = coded(folder)
    vectors = installed_embedder().embed(texts).astype(np.float64)
    np.savez_compressed(
        out,
        directions=discriminants(vectors, codes).astype(np.float16),
        middle=vectors.mean(axis=0).astype(np.float16),
    )
    digest = hashlib.sha256(out.read_bytes()).hexdigest()
    print(f"{len(texts)} comments, {len(set(codes))} codes, {out.stat().st_size} bytes, {digest}")


def coded(folder: Path) -> tuple[list[str], list[str]]:
    """Different comments and the code of each, in the order of a hash of their words."""
    judged = {plain(row["FFT answer"]).lower() for row in rows(folder / "nhs_fft_v6.csv")}
    code_of: dict[str, str] = {}
    for row in rows(folder / "nhs_phase1.csv"):
        text = plain(row["feedback"])
        if text and text.lower() not in judged:
            code_of.setdefault(text, f"{row['label']}|{row['subcategory'].strip()}")
    ordered = sorted(code_of, key=lambda text: hashlib.sha256(text.encode()).hexdigest())
    return ordered, [code_of[text] for text in ordered]


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as opened:
        return list(csv.DictReader(opened))


def plain(text: str) -> str:
    return " ".join(text.split())


def discriminants(vectors: Matrix, codes: list[str]) -> Matrix:
    """Linear discriminant analysis: directions in which codes differ more than their comments."""
    inside, between = spreads(vectors, codes)
    size = len(inside)
    inside = (1 - SHRINKAGE) * inside + SHRINKAGE * np.trace(inside) / size * np.eye(size)
    widths, axes = np.linalg.eigh(inside)
    whitening = axes / np.sqrt(widths)
    _, best = np.linalg.eigh(whitening.T @ between @ whitening)
    found: Matrix = whitening @ best[:, ::-1][:, :DIRECTIONS]
    # The sign of a direction is of no meaning; a fixed one makes the file the same each time.
    return found * np.sign(found[np.abs(found).argmax(axis=0), np.arange(found.shape[1])])


def spreads(vectors: Matrix, codes: list[str]) -> tuple[Matrix, Matrix]:
    """The spread inside codes and between them."""
    middle, named = vectors.mean(axis=0), np.array(codes)
    inside = np.zeros((vectors.shape[1], vectors.shape[1]))
    between, counted = inside.copy(), 0
    for code in sorted(set(codes)):
        own = vectors[named == code]
        if len(own) < FEWEST:
            continue
        away = own - own.mean(axis=0)
        shift = (own.mean(axis=0) - middle)[:, None]
        inside += away.T @ away
        between += len(own) * (shift @ shift.T)
        counted += len(own)
    return inside / counted, between / counted


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3) or not Path(sys.argv[1]).is_dir():
        sys.exit("usage: python tools/train_projection.py FOLDER_OF_FEEDBACK [OUT]")
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) == 3 else FILE)
