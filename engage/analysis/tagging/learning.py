"""From examples to a guide: ridge regression on two views of each text, solved in milliseconds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from engage.analysis.meanings import unit_rows
from engage.analysis.tagging.examples import Codes, Example, from_pack, from_people
from engage.analysis.tagging.pieces import Numbers, Pieces
from engage.analysis.types import Ambition, Vectors

MEANING_RIDGE = 1.0
SPELLING_RIDGE = 0.5
SPELLING_COUNTS = 0.5


@dataclass(frozen=True)
class Guide:
    """What the examples teach: one column for each ambition, then its parts and the bees.

    The meaning of a text and the spelling of its words are two views; their scores are added.
    """

    codes: Codes
    keywords: tuple[tuple[str, ...], ...]
    middle: Vectors
    meaning: Numbers
    pieces: Pieces
    spelling: Numbers
    base: Numbers

    @property
    def directions(self) -> Numbers:
        """The ambitions' columns alone, for whoever sorts texts by their meaning only."""
        return self.meaning[:, : len(self.codes.ambitions)]

    @property
    def lift(self) -> Numbers:
        return self.base[: len(self.codes.ambitions)]

    def scores(self, vector: Vectors, text: str) -> dict[str, float]:
        """How strongly the text belongs to each code: about 1 where it does, 0 where not."""
        places, weights = self.pieces.weigh(text)
        meant = unit_rows(vector.astype(np.float64) - self.middle) @ self.meaning
        spelt = weights @ self.spelling[places]
        total = meant + spelt + self.base
        return dict(zip(self.codes.columns, total.tolist(), strict=True))


def guide(
    ambitions: Sequence[Ambition],
    vectors: Mapping[str, Vectors],
    confirmed: Sequence[tuple[str, str]] = (),
) -> Guide | None:
    """Learns from descriptions, examples and confirmed comments; None when there are too few.

    `confirmed` holds texts with the code a person gave them: of an ambition, a sub-theme or an
    Outcome Bee, or NO_AMBITION. `vectors` holds their vectors too.
    """
    taught = from_pack(ambitions)
    if len(ambitions) < 2 or not taught:
        return None
    codes = Codes.of(ambitions)
    keywords = tuple(ambition.keywords for ambition in ambitions)
    return _learnt([*taught, *from_people(confirmed, codes)], codes, keywords, vectors)


def _learnt(
    examples: Sequence[Example],
    codes: Codes,
    keywords: tuple[tuple[str, ...], ...],
    vectors: Mapping[str, Vectors],
) -> Guide:
    texts = [example.text for example in examples]
    weights = np.array([example.weight for example in examples])
    wanted = _wanted(examples, codes)
    usual = wanted.mean(axis=0)
    rows = np.stack([vectors[text] for text in texts]).astype(np.float64)
    middle = rows.mean(axis=0)
    pieces = Pieces.of(texts)
    spelt = pieces.rows(texts)
    meaning = _ridge(unit_rows(rows - middle), wanted - usual, weights, MEANING_RIDGE)
    spelling = _ridge(spelt - spelt.mean(axis=0), wanted - usual, weights, SPELLING_RIDGE)
    spelling *= SPELLING_COUNTS
    return Guide(
        codes=codes,
        keywords=keywords,
        middle=middle.astype(np.float32),
        meaning=meaning,
        pieces=pieces,
        spelling=spelling,
        base=usual - spelt.mean(axis=0) @ spelling,
    )


def _wanted(examples: Sequence[Example], codes: Codes) -> Numbers:
    """One row an example: 1 for its codes, 0 for the others, and a fair share where unsaid.

    Whoever names an ambition has not said that none of its parts fits, so these get what the
    examples with a part lead us to expect.
    """
    wanted = np.array([[float(c in e.codes) for c in codes.columns] for e in examples])
    place_of = {code: place for place, code in enumerate(codes.columns)}
    for ambition, parts in enumerate(codes.sub_themes):
        columns = [place_of[part] for part in parts]
        inside = wanted[:, ambition] == 1
        said = inside & (wanted[:, columns].sum(axis=1) > 0)
        if said.any():
            wanted[np.ix_(inside & ~said, columns)] = wanted[np.ix_(said, columns)].mean(axis=0)
    return wanted


def _ridge(rows: Numbers, wanted: Numbers, weights: Numbers, ridge: float) -> Numbers:
    """Solved through the examples, of which there are far fewer than columns."""
    alike = rows @ rows.T + np.diag(ridge / weights)
    directions: Numbers = rows.T @ np.linalg.solve(alike, wanted)
    return directions
