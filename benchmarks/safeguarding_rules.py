"""How many invented disclosures the phrase rules find, how many harmless comments, how fast.

The rules were improved on the "dev" half; of "held_out" only these totals were ever looked at.

    python -m benchmarks.safeguarding_rules
"""

import random
import statistics
import sys
import time
from collections.abc import Sequence

from engage.safeguarding.rules import READ_FIRST, READ_SOON, rules_version, screen
from tests.corpora.safeguarding_sentences import Part, sentences

PARTS: tuple[Part, ...] = ("dev", "held_out")
KINDS = ("direct", "indirect", "negative")
LONGEST = 4000  # letters
SLOWEST_ALLOWED = 50.0  # thousandths of a second


def main() -> int:
    print(f"rules {rules_version()}")
    for part in PARTS:
        print_figures(part)
    comments = [sentence.text for sentence in sentences() if sentence.part == "dev"]
    slowest = max(milliseconds(text) for text in long_texts(comments))
    print(f"one comment   {statistics.mean(map(milliseconds, comments)):.2f} ms on average")
    print(f"4,000 letters {slowest:.1f} ms at worst")
    return int(slowest > SLOWEST_ALLOWED)


def found(part: Part, kind: str, level: int = READ_SOON) -> tuple[int, int]:
    """How many of this half and kind reach a level, and how many there are."""
    own = [each for each in sentences() if each.part == part and each.kind == kind]
    return sum(screen(each.text).level >= level for each in own), len(own)


def print_figures(part: Part) -> None:
    for level in (READ_SOON, READ_FIRST):
        counts = {kind: found(part, kind, level) for kind in KINDS}
        words = ", ".join(
            f"{kind} {hits}/{of} ({hits / of:.1%})" for kind, (hits, of) in counts.items()
        )
        right = counts["direct"][0] + counts["indirect"][0]
        precision = right / max(right + counts["negative"][0], 1)
        print(f"{part:9} level {level} or more: {words}; precision {precision:.1%}")


def long_texts(comments: Sequence[str]) -> list[str]:
    """Texts of the greatest length, some made to be slow."""
    shuffled = list(comments)
    random.Random(1).shuffle(shuffled)
    repeated = (
        "he said ",
        "not ",
        "my dad my ",
        "aaaa",
        "want to ",
        "i ",
        "a.",
        "nobody hits me ",
        "dad hits me ",
        "he he me me ",
    )
    texts = [" ".join(shuffled), *(words * LONGEST for words in repeated)]
    return [text[:LONGEST] for text in texts]


def milliseconds(text: str) -> float:
    """The processor time for one screening when all is warm."""
    screen(text)
    start = time.process_time()
    screen(text)
    return (time.process_time() - start) * 1000


if __name__ == "__main__":
    sys.exit(main())
