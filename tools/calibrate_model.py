"""Measures the ranges that engage/analysis/calibration.py sets the steps of rounding from.

    .venv/bin/python -m tools.calibrate_model ../shared/data/feedback

Reads rated texts where they lie, none that judges the themes, and writes 48 rows of two numbers.
"""

import csv
import hashlib
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from tokenizers import Tokenizer

from engage.analysis.calibration import FILE, rounded_tensors
from engage.analysis.embedding import MOST_TOKENS, inputs_of, model_folder
from tools.sentiment_ratings import FIRST_PHASE, MOVIES, TWEETS, everything

SOURCES = (FIRST_PHASE, TWEETS, MOVIES)
FROM_EACH = 1_000
# What one text in a thousand goes beyond is cut off: a wider range makes all steps coarser.
BEYOND = 0.001


def main(folder: Path, out: Path) -> None:
    model = onnx.load(model_folder() / "model.onnx")
    names = rounded_tensors(model)
    seen = np.array(list(extremes(model, names, texts(folder))))
    least = np.quantile(seen[:, :, 0], BEYOND, axis=0)
    most = np.quantile(seen[:, :, 1], 1 - BEYOND, axis=0)
    with out.open("w", encoding="utf-8", newline="") as opened:
        rows = csv.writer(opened, lineterminator="\n")
        rows.writerow(("tensor", "least", "most"))
        rows.writerows(
            (name, f"{low:.4f}", f"{high:.4f}")
            for name, low, high in zip(names, least, most, strict=True)
        )
    print(f"Wrote {out.name}: {len(names)} ranges from {len(seen)} texts")


def texts(folder: Path) -> list[str]:
    """The first of each source in the order of a hash of their words."""
    found: list[str] = []
    for source in SOURCES:
        own = {rated.text for rated in everything(folder) if rated.source == source}
        found += sorted(own, key=lambda text: hashlib.sha256(text.encode()).digest())[:FROM_EACH]
    return found


def extremes(
    model: onnx.ModelProto, names: Sequence[str], given: Sequence[str]
) -> Iterator[list[tuple[float, float]]]:
    """For each text, the least and the most of each tensor, with steps that the model finds."""
    model.graph.output.extend(onnx.ValueInfoProto(name=name) for name in names)
    session = onnxruntime.InferenceSession(
        model.SerializeToString(), providers=["CPUExecutionProvider"]
    )
    tokenizer = Tokenizer.from_file(str(model_folder() / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(MOST_TOKENS)
    for text in given:
        held = session.run(list(names), inputs_of([tokenizer.encode(text)]))
        yield [(float(tensor.min()), float(tensor.max())) for tensor in held]


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3) or not Path(sys.argv[1]).is_dir():
        sys.exit("usage: python -m tools.calibrate_model FOLDER_OF_FEEDBACK [OUT]")
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) == 3 else FILE)
