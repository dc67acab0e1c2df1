"""Processor seconds of what could get out of hand with long or many comments.

    python -m benchmarks.scaling

Each row has its aim; the end says how many are not met.
"""

import sys
import time
from collections.abc import Callable

import numpy as np

from engage.analysis.campaigns import repeats
from engage.analysis.needs import as_scored
from engage.analysis.prepare import prepare
from engage.analysis.sentiment import installed_scorer, lexicon_features, word_list
from engage.analysis.types import Comment

LETTER = (
    "Please keep the youth centre in our town open. It is the only place where our children are "
    "safe and have friends after school, and without it they will have nowhere to go."
)
SENTENCES = 10_000
DIMENSIONS = 384  # of the vectors that the installed model makes
FEW, MANY = 800, 4_000
MOST_TIMES = 20.0  # for five times as many comments: 25 would be each compared with each


def seconds(deed: Callable[[], object]) -> float:
    began = time.process_time()
    deed()
    return time.process_time() - began


def needs() -> float:
    lines = [
        "my autistic deaf son with ADHD, autism and " * 400,
        "autistic " * 2_000,
        "autistic and " * 1_500,
        "my son " * 2_000 + "is deaf",
        "my son with " + "severe " * 2_000 + "autism " * 50,
    ]
    return seconds(lambda: [as_scored(line) for line in lines])


def feelings() -> float:
    """Beside the list of words, which everyone who reads comments pays for."""
    scorer = installed_scorer()
    texts = [f"The helper at door {n} was kind and we came home happy." for n in range(SENTENCES)]
    vectors = np.random.default_rng(1).normal(size=(SENTENCES, DIMENSIONS)).astype(np.float32)
    alone = seconds(lambda: lexicon_features(word_list(), texts))
    return seconds(lambda: scorer.score(texts, vectors, ["neutral"] * SENTENCES)) - alone


def campaign(people: int) -> float:
    texts = [f"{LETTER} I am number {n} of {people} and live {n * 7} miles." for n in range(people)]
    read = prepare([Comment(str(number), text) for number, text in enumerate(texts)])
    return seconds(lambda: repeats(read))


def times_as_long() -> float:
    campaign(200)
    few = campaign(FEW)
    return campaign(MANY) / few


def main() -> int:
    rows = [
        ("needs in five very long lines, seconds", needs(), 5.0),
        (f"feelings in {SENTENCES:,} sentences, seconds", feelings(), 5.0),
        (f"a campaign of {MANY:,}, times as long as of {FEW}", times_as_long(), MOST_TIMES),
    ]
    for what, found, aim in rows:
        print(f"{what}: {found:.2f} (at most {aim:g}){'' if found <= aim else '  NOT MET'}")
    return sum(found > aim for _what, found, aim in rows)


if __name__ == "__main__":
    sys.exit(main())
