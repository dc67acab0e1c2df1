"""How near the themes are to people's own labels, for Engage and for the peers on the same texts.

Engage is its theme finder over its whole-comment vectors. Nothing is dropped: texts in no theme
count as a group of their own. BERTopic stands twice: as it leaves its outliers, and with them put
with the nearest topic ("placed").
"""

import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import fmean
from typing import Any

import numpy as np

from benchmarks.analysis import measures
from benchmarks.analysis.data import BBC, M10, NHS, Labelled, labelled
from benchmarks.analysis.kept import KeptVectors, code_key, kept, key_of
from benchmarks.analysis.peers import AS_FOUND, BERTOPIC, KEYNMF, LDA, NMF, Peers, Run
from benchmarks.analysis.rows import Row, at_least, at_most
from engage.analysis.embedding import installed_embedder
from engage.analysis.themes import BertopicFinder
from engage.analysis.types import Settings, Vectors

ENGAGE, PLACED = "engage", "bertopic, placed"
FINDER_CODE = ("engage/analysis/*.py", "engage/analysis/themes/**", "engage/analysis/data/**")
METHODS = (ENGAGE, PLACED, BERTOPIC, LDA, NMF, KEYNMF)
SEEDS = (42, 1, 2)
KEYWORD_THEMES = (10, 30)
MOST_FOR_AGREEMENT = 20


@dataclass(frozen=True)
class Score:
    """The figures of one method on one set of texts at one number of themes, mean of its seeds."""

    data: str
    method: str
    themes: int
    nmi: float
    ari: float
    purity: float
    npmi: float
    diversity: float
    no_theme: float
    seconds: float


FIGURES = ("nmi", "ari", "purity", "npmi", "diversity", "no_theme", "seconds")


@dataclass(frozen=True)
class Plan:
    """Which numbers of themes, how many seeds and which peers for one set of texts."""

    data: str
    themes: tuple[int, ...]
    seeds: int
    texts: int | None = None
    peers: tuple[str, ...] = (LDA, NMF, KEYNMF, BERTOPIC)


FULL = (Plan(NHS, (10, 20, 30), 3), Plan(BBC, (10, 30), 1), Plan(M10, (10, 30), 1))
QUICK = (Plan(NHS, (10, 20), 1, 400, (LDA, NMF, BERTOPIC)),)


def scores(feedback: Path, out: Path, plans: Sequence[Plan], peers: Peers | None) -> list[Score]:
    found: list[Score] = []
    for plan in plans:
        data = labelled(feedback, plan.data)
        data = data.first(plan.texts) if plan.texts else data
        found += _engage(data, plan, out)
        if peers:
            found += _peers(data, plan, peers)
    return found


def _engage(data: Labelled, plan: Plan, out: Path) -> list[Score]:
    # Nothing is read or embedded where all is kept.
    vectors: list[Vectors] = []
    found = []
    for themes in plan.themes:
        runs = []
        for seed in SEEDS[: plan.seeds]:
            file = out / "kept" / f"engage-{data.name}-{len(data.texts)}-{themes}-{seed}.json"
            key = key_of(code_key(FINDER_CODE), data.texts, themes, seed)

            def group(themes: int = themes, seed: int = seed) -> dict[str, Any]:
                if not vectors:
                    cache = KeptVectors(out / "kept" / "vectors.sqlite")
                    vectors.append(installed_embedder(cache).embed(data.texts))
                return _grouped(data, vectors[0], Settings(themes=themes, seed=seed))

            runs.append(_figures(data, kept(file, key, group), "labels"))
        found.append(_mean(data.name, ENGAGE, themes, runs))
    return found


def _grouped(data: Labelled, vectors: Vectors, settings: Settings) -> dict[str, Any]:
    begun = time.process_time()
    grouping = BertopicFinder().find(data.texts, vectors, len(data.texts), settings)
    return {
        "labels": grouping.labels.tolist(),
        "keywords": [list(words) for words in grouping.keywords],
        "seconds": time.process_time() - begun,
    }


def _peers(data: Labelled, plan: Plan, peers: Peers) -> list[Score]:
    runs = [
        Run(method, themes, seed)
        for method in plan.peers
        for themes in plan.themes
        # KeyNMF reads every word of the vocabulary with the model: one seed has to do.
        for seed in range(1 if method == KEYNMF else plan.seeds)
    ]
    runs += [Run(BERTOPIC, AS_FOUND, seed) for seed in range(plan.seeds)]
    by_method: dict[tuple[str, int], list[dict[str, float]]] = {}
    for run, found in peers.found(data.texts, runs):
        for method, column in _ways(run, found):
            here = by_method.setdefault((method, run.themes), [])
            here.append(_figures(data, found, column))
    return [_mean(data.name, method, k, runs) for (method, k), runs in by_method.items()]


def _ways(run: Run, found: dict[str, Any]) -> Iterator[tuple[str, str]]:
    yield run.method, "labels"
    if "placed" in found:
        yield PLACED, "placed"


def _figures(data: Labelled, found: dict[str, Any], column: str) -> dict[str, float]:
    labels = np.array(found[column], dtype=np.int64)
    return {
        "nmi": measures.nmi(data.labels, labels),
        "ari": measures.ari(data.labels, labels),
        "purity": measures.purity(data.labels, labels),
        "npmi": measures.npmi(found["keywords"], data.texts),
        "diversity": measures.diversity(found["keywords"]),
        "no_theme": measures.no_theme(labels),
        "seconds": found["seconds"],
    }


def _mean(data: str, method: str, themes: int, runs: Sequence[dict[str, float]]) -> Score:
    means = {figure: fmean(run[figure] for run in runs) for figure in FIGURES}
    return Score(data, method, themes, **means)


# The rows of the table


BASELINES = {
    "agreement": "0.32 / 0.54",
    NHS: "-0.06 / 0.80",
    BBC: "0.18 / 0.89",
    M10: "0.04 / 0.88",
    "nmi": {BBC: "0.69", M10: "0.49"},
}
KEYWORD_AIMS = {NHS: (-0.02, 0.75), BBC: (0.19, 0.85), M10: (0.08, 0.85)}
NMI_AIMS = {BBC: 0.72, M10: 0.54}


def rows(found: Sequence[Score], *, whole: bool) -> list[Row]:
    """Aims are only held against the whole data: `--quick` has no say in them."""
    table = [_agreement(found, whole)]
    for data in dict.fromkeys(score.data for score in found):
        table += [_keywords(found, data, whole)]
        if data in NMI_AIMS:
            table += [_nmi(found, data)]
    return [*table, _left_out(found)]


def _agreement(found: Sequence[Score], whole: bool) -> Row:
    now = _means(found, NHS, ENGAGE, (MOST_FOR_AGREEMENT,), ("nmi", "purity"))
    return Row(
        "NHS, K = 20, nothing dropped: NMI / purity",
        now,
        at_least(0.36, 0.58) if whole else None,
        BASELINES["agreement"],
        _best(found, NHS, (MOST_FOR_AGREEMENT,), ("nmi", "purity")),
    )


def _keywords(found: Sequence[Score], data: str, whole: bool) -> Row:
    figures = ("npmi", "diversity")
    return Row(
        f"{data}, keywords, K = 10 and 30: NPMI / diversity",
        _means(found, data, ENGAGE, KEYWORD_THEMES, figures),
        at_least(*KEYWORD_AIMS[data]) if whole else None,
        BASELINES[data],
        _best(found, data, KEYWORD_THEMES, figures),
    )


def _nmi(found: Sequence[Score], data: str) -> Row:
    return Row(
        f"{data}, K = 10 and 30: NMI",
        _means(found, data, ENGAGE, KEYWORD_THEMES, ("nmi",)),
        at_least(NMI_AIMS[data]),
        BASELINES["nmi"][data],
        _best(found, data, KEYWORD_THEMES, ("nmi",)),
    )


def _left_out(found: Sequence[Score]) -> Row:
    own = [score.no_theme for score in found if score.method == ENGAGE]
    theirs = [score.no_theme for score in found if score.method == BERTOPIC]
    again = f"BERTopic {min(theirs):.2f} to {max(theirs):.2f}" if theirs else ""
    return Row(
        "texts in no theme, at most", max(own), at_most(0.05), "BERTopic 0.30 to 0.47", again
    )


def _means(
    found: Sequence[Score],
    data: str,
    method: str,
    themes: Sequence[int],
    figures: Sequence[str],
) -> tuple[float, ...] | None:
    here = [s for s in found if (s.data, s.method) == (data, method) and s.themes in themes]
    if not here:
        return None
    return tuple(round(fmean(asdict(score)[figure] for score in here), 4) for figure in figures)


def _best(found: Sequence[Score], data: str, themes: Sequence[int], figures: Sequence[str]) -> str:
    """The peer that is best in the first of the figures."""
    others = [method for method in METHODS if method != ENGAGE]
    scored = [(means, m) for m in others if (means := _means(found, data, m, themes, figures))]
    if not scored:
        return ""
    means, method = max(scored)
    return f"{method} {' / '.join(f'{figure:.3f}' for figure in means)}"


def detail(found: Sequence[Score]) -> str:
    """Every method beside the others, for table.md."""
    lines = ["| data | method | K | NMI | ARI | purity | NPMI | diversity | no theme | seconds |"]
    lines.append("|---" * 10 + "|")
    for score in sorted(found, key=lambda s: (s.data, s.themes, METHODS.index(s.method))):
        values = [f"{asdict(score)[figure]:.3f}" for figure in FIGURES[:-1]]
        themes = "as found" if score.themes == AS_FOUND else str(score.themes)
        cells = [score.data, score.method, themes, *values, f"{score.seconds:.1f}"]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"
