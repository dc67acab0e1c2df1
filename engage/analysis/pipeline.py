"""The analysis, start to end. Reads nothing and stores nothing: comments in, findings out."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import NDArray

from engage.analysis import grouped, mood, naming, tagging
from engage.analysis.naming import Unit
from engage.analysis.prepare import Prepared, content_key, duplicates, natural, prepare, sentences
from engage.analysis.types import (
    EMPTY,
    GROUPED_READING,
    OTHER_LANGUAGE,
    TOPIC_MODEL,
    Ambition,
    AnalysisError,
    Assignment,
    Comment,
    CommentFinding,
    Findings,
    FoundTheme,
    Grouping,
    Progress,
    Sentence,
    Settings,
    Tools,
    Vectors,
)

AT_A_TIME = 256
FEWEST_DIFFERENT_TEXTS = 20
# How much of a sentence's meaning is its own; the rest is its comment's.
OWN_WORDS = 0.6

CLEANING = "Cleaning the comments"
LANGUAGES = "Telling the languages apart"
EMBEDDING = "Reading the sentences"
FINDING = "Finding themes"
NAMING = "Naming the themes"
FEELING = "Reading how people feel"
TAGGING = "Matching the ambitions"
STEPS = (CLEANING, LANGUAGES, EMBEDDING, FINDING, NAMING, FEELING, TAGGING)


@dataclass(frozen=True)
class Read:
    """The comments after the first look: what each says, in which language, in which sentences."""

    prepared: tuple[Prepared, ...]
    languages: tuple[str, ...]
    set_aside: tuple[str, ...]
    sentences: tuple[tuple[Sentence, ...], ...]

    @property
    def usable(self) -> list[int]:
        return [place for place, reason in enumerate(self.set_aside) if not reason]


class Steps:
    """Says which step has begun, and notes how long each took."""

    def __init__(self, tools: Tools, progress: Progress | None) -> None:
        self._clock, self._progress = tools.clock, progress
        self._begun: tuple[str, float] | None = None
        self.timings: dict[str, float] = {}

    def begin(self, step: str, total: int = 1) -> None:
        self.end()
        self._begun = (step, self._clock())
        self.tell(step, 0, total)

    def tell(self, step: str, done: int, total: int) -> None:
        if self._progress:
            self._progress(step, done, total)

    def end(self) -> None:
        if self._begun is None:
            return
        step, since = self._begun
        self.timings[step] = round(self._clock() - since, 3)
        self._begun = None


def analyse(
    comments: Sequence[Comment],
    tools: Tools,
    ambitions: Sequence[Ambition],
    settings: Settings,
    progress: Progress | None = None,
) -> Findings:
    """Themes, feelings and ambitions in these comments; the same ones give the same findings."""
    _refuse_repeated_ids(comments)
    steps = Steps(tools, progress)
    read = _read(comments, tools, settings, steps)
    vectors = _embedded(read, ambitions, tools, steps)
    guide = tagging.guide(ambitions, vectors)

    steps.begin(FINDING)
    units = _units(read)
    distinct = _distinct(units)
    method = _method(read, distinct, settings)
    if not distinct:
        grouping = None
    elif method == TOPIC_MODEL:
        grouping = tools.finder.find(
            list(distinct.values()),
            _in_context(read, units, distinct, vectors),
            len(read.usable),
            settings,
        )
    else:
        grouping = _read_in_groups(_rows(distinct, vectors), guide, ambitions)

    steps.begin(NAMING)
    offered = naming.offers(units, distinct, grouping)
    phrase_vectors = _phrase_vectors(naming.wanted_phrases(offered), tools)

    steps.begin(FEELING)
    moods = mood.feel(read.prepared, read.sentences, vectors, tools.sentiment)
    themes, placed = naming.themes(
        naming.Material(units, distinct, grouping, vectors, offered, phrase_vectors),
        moods.of_sentence,
        guide,
        len(read.usable),
    )

    steps.begin(TAGGING, len(comments))
    found = _comment_findings(read, vectors, guide, moods)
    steps.end()
    return Findings(
        themes=tuple(themes),
        assignments=tuple(_assignments(units, placed)),
        comments=tuple(found),
        method=method,
        settings=_settings_used(settings, tools, grouping, read, themes),
        versions=dict(tools.versions),
        checksums=dict(tools.checksums),
        timings=steps.timings,
    )


def _refuse_repeated_ids(comments: Sequence[Comment]) -> None:
    twice = [name for name, times in Counter(c.id for c in comments).items() if times > 1]
    if twice:
        first = min(twice, key=natural)
        raise AnalysisError(
            f"{len(twice)} ids stand more than once, for example {first[:40]!r}; "
            "each comment needs an id of its own."
        )


def _read(comments: Sequence[Comment], tools: Tools, settings: Settings, steps: Steps) -> Read:
    steps.begin(CLEANING, len(comments))
    prepared = tuple(prepare(comments))
    steps.begin(LANGUAGES, len(comments))
    languages = tuple(tools.language.guess([item.text for item in prepared]))
    reasons = tuple(
        _reason(item, language, settings)
        for item, language in zip(prepared, languages, strict=True)
    )
    split = tuple(
        () if reason in (EMPTY, OTHER_LANGUAGE) else tuple(sentences(item))
        for item, reason in zip(prepared, reasons, strict=True)
    )
    return Read(prepared, languages, reasons, split)


def _reason(item: Prepared, language: str, settings: Settings) -> str:
    if item.set_aside:
        return item.set_aside
    return "" if language == settings.language else OTHER_LANGUAGE


def _embedded(
    read: Read, ambitions: Sequence[Ambition], tools: Tools, steps: Steps
) -> dict[str, Vectors]:
    said = {sentence.text for split in read.sentences for sentence in split}
    taught = {text for _, text in tagging.teaching_texts(ambitions)}
    texts = sorted(said | taught)
    steps.begin(EMBEDDING, len(texts))
    vectors: dict[str, Vectors] = {}
    for start in range(0, len(texts), AT_A_TIME):
        some = texts[start : start + AT_A_TIME]
        vectors.update(zip(some, tools.embedder.embed(some), strict=True))
        steps.tell(EMBEDDING, start + len(some), len(texts))
    return vectors


def _phrase_vectors(phrases: Sequence[str], tools: Tools) -> dict[str, Vectors]:
    return dict(zip(phrases, tools.embedder.embed(phrases), strict=True)) if phrases else {}


def _units(read: Read) -> list[Unit]:
    return [
        Unit(sentence, content_key(sentence.text))
        for place in read.usable
        for sentence in read.sentences[place]
    ]


def _distinct(units: Sequence[Unit]) -> dict[str, str]:
    """Each thing said, once, by the hash of its words: an order that no shuffling can change."""
    texts: dict[str, str] = {}
    for unit in units:
        texts[unit.key] = min(texts.get(unit.key, unit.sentence.text), unit.sentence.text)
    return dict(sorted(texts.items()))


def _method(read: Read, distinct: Mapping[str, str], settings: Settings) -> str:
    enough = len(read.usable) >= settings.fewest_comments
    return TOPIC_MODEL if enough and len(distinct) >= FEWEST_DIFFERENT_TEXTS else GROUPED_READING


def _rows(distinct: Mapping[str, str], vectors: Mapping[str, Vectors]) -> Vectors:
    return np.stack([vectors[text] for text in distinct.values()])


def _in_context(
    read: Read,
    units: Sequence[Unit],
    distinct: Mapping[str, str],
    vectors: Mapping[str, Vectors],
) -> Vectors:
    """Each text, leaning towards the comments it stands in: "I cried" is about what went before."""
    whole = mood.comment_vectors(read.sentences, vectors)
    row_of = dict(zip((item.comment.id for item in read.prepared), whole, strict=True))
    number_of = {key: number for number, key in enumerate(distinct)}
    around = np.zeros((len(distinct), whole.shape[1]), dtype=np.float64)
    # Units come by comment id, whatever the order of the rows, so the sums are always the same.
    for unit in units:
        around[number_of[unit.key]] += row_of[unit.sentence.comment_id]
    rows = OWN_WORDS * _rows(distinct, vectors) + (1 - OWN_WORDS) * _unit_rows(around)
    return _unit_rows(rows).astype(np.float32)


def _unit_rows(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    scaled: NDArray[np.float64] = rows / np.maximum(
        np.linalg.norm(rows, axis=1, keepdims=True), 1e-9
    )
    return scaled


def _read_in_groups(
    rows: Vectors, guide: tagging.Guide | None, ambitions: Sequence[Ambition]
) -> Grouping:
    if guide is None:
        return grouped.by_likeness(rows)
    return grouped.by_ambition(rows, guide, ambitions)


def _assignments(
    units: Sequence[Unit], placed: Mapping[str, tuple[int, float]]
) -> list[Assignment]:
    return [
        Assignment(
            unit.sentence.comment_id, unit.sentence.number, unit.sentence.text, *placed[unit.key]
        )
        for unit in units
    ]


def _comment_findings(
    read: Read,
    vectors: Mapping[str, Vectors],
    guide: tagging.Guide | None,
    moods: mood.Moods,
) -> list[CommentFinding]:
    repeats = duplicates(read.prepared)
    rows = mood.comment_vectors(read.sentences, vectors)
    return [
        CommentFinding(
            comment_id=item.comment.id,
            language=read.languages[place],
            set_aside=read.set_aside[place],
            duplicate_of="" if read.set_aside[place] else repeats.get(item.comment.id, ""),
            sentiment=moods.scores[place],
            sentiment_label=moods.labels[place],
            ambitions=()
            if read.set_aside[place]
            else tagging.tags(guide, rows[place], item.text, item.comment.ambition_prior),
        )
        for place, item in enumerate(read.prepared)
    ]


def _settings_used(
    settings: Settings,
    tools: Tools,
    grouping: Grouping | None,
    read: Read,
    themes: Sequence[FoundTheme],
) -> dict[str, object]:
    """What was asked for and what was done, in words for the run's record."""
    return {
        **asdict(settings),
        "embedder": tools.embedder.name,
        "finder": tools.finder.name,
        "sentiment_scorer": tools.sentiment.name,
        "language_guesser": tools.language.name,
        "themes_found": len(themes),
        "numbers_of_themes_tried": {
            str(number): score
            for number, score in (grouping.considered if grouping else {}).items()
        },
        "comments": len(read.prepared),
        "usable_comments": len(read.usable),
        "set_aside": dict(sorted(Counter(r for r in read.set_aside if r).items())),
        "comments_cut_short": sum(item.clipped for item in read.prepared),
    }
