"""Two themes for one comment, and how much of the themes comes back when comments are left out.

On all the NHS comments that hold something, each text once. The number of themes is Engage's own
choice for stability, made anew for each 80 %. For several themes per comment it is the most that
Engage makes unless more are asked for (people gave 33), and beside it 20 and its own choice: themes
of a comment's sentences, as Engage reads unless asked otherwise, and once those of whole comments.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import Any

import numpy as np

from benchmarks.analysis import measures
from benchmarks.analysis.data import several_labels
from benchmarks.analysis.kept import KeptVectors, code_key, kept, key_of
from benchmarks.analysis.measures import Numbers
from benchmarks.analysis.rows import Row, at_least
from engage.analysis.embedding import installed_embedder
from engage.analysis.pipeline import analyse
from engage.analysis.themes import BertopicFinder
from engage.analysis.tools import default_tools
from engage.analysis.types import NO_THEME, Comment, Grouping, Settings, VectorCache, Vectors

FINDER_CODE = ("engage/analysis/*.py", "engage/analysis/themes/**", "engage/analysis/data/**")
MOST, FEWER = Settings().most_themes, 20
SEEDS = (42, 1, 2)


@dataclass(frozen=True)
class Sample:
    """So many comments, grouped so many times, of so many draws; and what to reach."""

    comments: int
    runs: int
    draws: int
    before: str
    aim: float


SAMPLES = (
    Sample(193, 10, 3, "0.59", 0.65),
    Sample(481, 8, 3, "0.66", 0.68),
    Sample(2_250, 5, 4, "0.70", 0.72),
)


@dataclass(frozen=True)
class Material:
    texts: list[str]
    labels: list[list[str]]
    vectors: Vectors

    def find(self, places: Sequence[int] | Numbers, settings: Settings) -> Grouping:
        texts = [self.texts[place] for place in places]
        return BertopicFinder().find(texts, self.vectors[list(places)], len(texts), settings)


def table(feedback: Path, out: Path) -> list[Row]:
    texts, labels = several_labels(feedback)
    cache = KeptVectors(out / "vectors.sqlite")
    known = Material(texts, labels, installed_embedder(cache).embed(texts))
    code = code_key(FINDER_CODE)
    rows = [_two_themes(kept(out / "two-themes.json", code, lambda: _f1(known, cache)))]
    for sample in SAMPLES:
        file = out / f"steady-{sample.comments}.json"

        def steady(sample: Sample = sample) -> dict[str, Any]:
            return _steady(known, sample)

        rows.append(_steadiness(sample, kept(file, key_of(code, sample), steady)))
    return rows


def _f1(known: Material, cache: VectorCache) -> dict[str, float]:
    """Over the comments to which people gave two themes or more; all with a theme are grouped."""
    places = [n for n, labels in enumerate(known.labels) if labels]
    many = [n for n, place in enumerate(places) if len(known.labels[place]) > 1]
    people = [known.labels[places[n]] for n in many]

    def agreed(found: Sequence[Sequence[int]]) -> float:
        return measures.unsupervised_f1(people, [found[n] for n in many])

    def by_sentences(themes: int | None) -> float:
        settings = [Settings(themes=themes, seed=seed) for seed in SEEDS]
        return fmean(agreed(_of_sentences(known, places, cache, each)) for each in settings)

    whole = _of_whole_comments(known, places)
    return {
        "comments": len(many),
        "one": agreed([themes[:1] for themes in whole]),
        "two": agreed(whole),
        "most": by_sentences(MOST),
        "fewer": by_sentences(FEWER),
        "own": by_sentences(None),
    }


def _of_whole_comments(known: Material, places: Sequence[int]) -> list[list[int]]:
    grouping = known.find(places, Settings(themes=FEWER))
    second = grouping.second if grouping.second is not None else grouping.labels
    pairs = zip(grouping.labels.tolist(), second.tolist(), strict=True)
    return [[theme for theme in dict.fromkeys(pair) if theme != NO_THEME] for pair in pairs]


def _of_sentences(
    known: Material, places: Sequence[int], cache: VectorCache, settings: Settings
) -> list[list[int]]:
    """All themes of a comment's sentences, found by the whole analysis."""
    comments = [Comment(str(place), known.texts[place]) for place in places]
    found = analyse(comments, default_tools(settings, cache), [], settings)
    themes: dict[int, dict[int, None]] = defaultdict(dict)
    for one in found.assignments:
        if one.theme != NO_THEME:
            themes[int(one.comment_id)][one.theme] = None
    return [list(themes[place]) for place in places]


def _two_themes(found: dict[str, float]) -> Row:
    return Row(
        f"several themes per comment ({found['comments']:,}), unsupervised: micro-F1",
        round(found["most"], 4),
        at_least(0.52),
        "0.49",
        note=f"by sentences in {MOST} themes, mean of {len(SEEDS)} seeds; in {FEWER} "
        f"{found['fewer']:.3f}; its own number {found['own']:.3f}; whole comments in {FEWER} "
        f"{found['two']:.3f}, {found['one']:.3f} with one theme",
    )


def _steady(known: Material, sample: Sample) -> dict[str, Any]:
    scores, counts = [], []
    for draw in range(sample.draws):
        order = np.random.RandomState(100 + draw).permutation(len(known.texts))
        places = np.sort(order[: sample.comments])

        def group(some: Numbers, places: Numbers = places) -> Numbers:
            grouping = known.find(places[some], Settings())
            counts.append(len(grouping.centroids))
            return grouping.labels

        scores.append(measures.stability(len(places), group, sample.runs))
    return {"ari": scores, "themes": [min(counts), max(counts)]}


def _steadiness(sample: Sample, found: dict[str, Any]) -> Row:
    low, high = found["themes"]
    return Row(
        f"stability at {sample.comments:,} comments (ARI)",
        round(fmean(found["ari"]), 4),
        at_least(sample.aim),
        sample.before,
        note=f"{low} to {high} themes",
    )
