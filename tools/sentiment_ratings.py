"""Texts that people rated, read where they lie: what the sentiment head is learnt from."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from engage.analysis import sentiment
from engage.analysis.prepare import question_tone

NEGATIVE, NEUTRAL, POSITIVE = 0, 1, 2
FEEDBACK, FIRST_PHASE = "nhs_fft", "nhs_phase1"
MOVIES, TWEETS, WORDS = "vader_gt_movieReviewSnippets", "vader_gt_tweets", "vader_words"


@dataclass(frozen=True)
class Rated:
    text: str
    tone: str
    rating: float  # -1 unhappy to 1 happy
    source: str

    @property
    def group(self) -> int:
        if abs(self.rating) < 0.124:
            return NEUTRAL
        return POSITIVE if self.rating > 0 else NEGATIVE


def rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


def nhs_friends_and_family(folder: Path) -> Iterator[Rated]:
    for row in rows(folder / "nhs_fft_v6.csv"):
        if not row["Comment sentiment"]:
            continue
        rating = (3 - float(row["Comment sentiment"])) / 2
        yield Rated(row["FFT answer"], question_tone(row["FFT question"]), rating, "nhs_fft")


# What each hospital asked, read from its answers. Trust B is left out: its marks contradict them.
NHS_TONES = {
    "Trust A - Q1": "improve",
    "Trust A - Q2": "praise",
    "Trust C - Q1": "praise",
    "Trust C - Q2": "improve",
}


def nhs_first_phase(folder: Path) -> Iterator[Rated]:
    for row in rows(folder / "nhs_phase1.csv"):
        mark = row["criticality"]
        if row["question"] in NHS_TONES and mark.lstrip("-").isdecimal() and abs(int(mark)) <= 5:
            yield Rated(row["feedback"], NHS_TONES[row["question"]], int(mark) / 5, "nhs_phase1")


def rated_by_people(folder: Path, name: str) -> Iterator[Rated]:
    for row in rows(folder / f"{name}.csv"):
        yield Rated(row["text"], "neutral", float(row["mean_rating"]) / 4, name)


def rated_words() -> Iterator[Rated]:
    """VADER's word list is itself rated by people, so each word makes a small sentence."""
    for line in (sentiment.DATA / sentiment.LEXICON).read_text("utf-8").splitlines():
        word, mean = line.split("\t")[:2]
        if word.isalpha():
            yield Rated(f"It was {word}.", "neutral", float(mean) / 4, WORDS)


def everything(folder: Path) -> list[Rated]:
    return [
        *nhs_friends_and_family(folder),
        *nhs_first_phase(folder),
        *rated_by_people(folder, TWEETS),
        *rated_by_people(folder, MOVIES),
        *rated_words(),
    ]
