"""How much of what names somebody is found, on sentences written for it.

`tests/corpora/redaction.csv` holds invented sentences with the letters that name somebody, and
sentences full of traps that name nobody. A hash of each sentence puts it into one of two halves:
the rules were tuned on `look`; only `held` is reported.
"""

import csv
import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from benchmarks.analysis.rows import Row, at_least, at_most
from engage.analysis.redaction import names
from engage.analysis.redaction.lists import first_names
from engage.analysis.redaction.places import Places, places_of
from engage.analysis.redaction.rules import suggest
from engage.analysis.redaction.suggestion import Suggestion
from engage.framework.loading import load_pack

CORPUS = Path(__file__).parents[2] / "tests" / "corpora" / "redaction.csv"
LOOK, HELD = "look", "held"
# "Mrs Patel" is found where "Patel" is, and "the 2nd of June" where "2nd of June" is.
NO_PART = ("mr and mrs ", "mrs ", "mr ", "ms ", "miss ", "dr. ", "dr ", "nurse ", "professor ")
LEFT_OUT = (*NO_PART, "sir ", "the ")

Suggest = Callable[[str], list[Suggestion]]


@dataclass(frozen=True)
class Span:
    start: int
    end: int
    kind: str


@dataclass(frozen=True)
class Sentence:
    text: str
    spans: tuple[Span, ...]
    case: str  # capitalised, lower, clean

    @property
    def half(self) -> str:
        number = int(hashlib.sha256(self.text.encode()).hexdigest(), 16)
        return LOOK if number % 2 else HELD


@dataclass(frozen=True)
class Score:
    found: Counter[str]
    there: Counter[str]
    clean: int
    clean_words: int
    alarms: int
    alarm_words: int

    def share(self, kind: str) -> float:
        return self.found[kind] / self.there[kind]

    def others(self) -> float:
        kinds = [kind for kind in self.there if not kind.startswith("name")]
        return sum(self.found[k] for k in kinds) / sum(self.there[k] for k in kinds)


def sentences(half: str | None = None) -> list[Sentence]:
    with CORPUS.open(encoding="utf-8", newline="") as opened:
        rows = [
            Sentence(row["text"], tuple(_spans(row["spans"])), row["case"])
            for row in csv.DictReader(opened)
        ]
    return [row for row in rows if half in (None, row.half)]


def _spans(written: str) -> Iterator[Span]:
    for part in filter(None, written.split(";")):
        start, end, kind = part.split("-")
        yield Span(int(start), int(end), kind)


def score(some: Iterable[Sentence], suggested: Suggest) -> Score:
    found: Counter[str] = Counter()
    there: Counter[str] = Counter()
    clean = clean_words = alarms = alarm_words = 0
    for each in some:
        marks = suggested(each.text)
        if not each.spans:
            clean, alarms = clean + 1, alarms + bool(marks)
            clean_words += len(each.text.split())
            alarm_words += sum(len(each.text[m.start : m.end].split()) for m in marks)
        for span in each.spans:
            kind = f"name {each.case}" if span.kind == "name" else span.kind
            there[kind] += 1
            found[kind] += _is_covered(each.text, span, marks)
    return Score(found, there, clean, clean_words, alarms, alarm_words)


def _is_covered(text: str, span: Span, marks: Iterable[Suggestion]) -> bool:
    """Every letter of it would be taken out, whatever the rule is called."""
    covered = {n for mark in marks for n in range(mark.start, mark.end)}
    said = text[span.start : span.end].casefold()
    title = next((each for each in LEFT_OUT if said.startswith(each)), "")
    letters = range(span.start + len(title), span.end)
    return all(n in covered for n in letters if text[n].isalnum())


def county() -> Places:
    return places_of(load_pack("hertfordshire"))


@contextmanager
def half_of_the_names() -> Iterator[None]:
    """Every second first name is on no list, as rare names are in life."""
    kept = {name: sure for n, (name, sure) in enumerate(sorted(first_names().items())) if n % 2}
    with patch.object(names, "first_names", lambda: kept):
        yield


@contextmanager
def no_first_names() -> Iterator[None]:
    with patch.object(names, "first_names", dict):
        yield


def table(folder: Path) -> list[Row]:
    """The rows of the table; `folder` is not used, for the sentences come with the project."""
    places = county()
    held = sentences(HELD)

    def suggested(text: str) -> list[Suggestion]:
        return suggest(text, places)

    now = score(held, suggested)
    with half_of_the_names():
        half = score(held, suggested)
    with no_first_names():
        without = score(held, suggested)
    return [
        Row(
            "redaction: names capitalised / lower-case",
            _names(now),
            at_least(0.95, 0.85),
            "0.78 / 0.67",
            note=f"{now.there['name capitalised']} and {now.there['name lower']} names held out",
        ),
        Row("the same, every second first name on no list", _names(half)),
        Row("the same, without the list of first names", _names(without)),
        Row(
            "redaction: false alarms, of clean sentences / words",
            (now.alarms / now.clean, now.alarm_words / now.clean_words),
            at_most(0.02, 0.02),
            "0",
            note=f"{now.clean} clean sentences held out",
        ),
        Row(
            "redaction: all other kinds found",
            now.others(),
            at_least(1.0),
            note=", ".join(
                f"{kind} {now.found[kind]} of {now.there[kind]}"
                for kind in sorted(now.there)
                if not kind.startswith("name")
            ),
        ),
    ]


def _names(found: Score) -> tuple[float, float]:
    return found.share("name capitalised"), found.share("name lower")
