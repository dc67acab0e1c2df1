"""What the help says: one remark on some words of one part of an answer. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

EASY = "_easy"
# Signs that other signs stand for, letter for letter, so that a place in one is a place in both.
_ALIKE = str.maketrans({"’": "'", "\u2024": "."})


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that could be kinder: which words, why it matters, what to say instead.

    `start` and `end` say where the words are in that part; both are 0 where words are missing.
    """

    code: str
    part: str
    why: str
    instead: str = ""
    words: str = ""
    start: int = 0
    end: int = 0

    @property
    def is_easy_read(self) -> bool:
        return self.part.endswith(EASY)


@dataclass(frozen=True, slots=True)
class Text:
    """The words of one part, as they were typed."""

    part: str
    words: str

    @property
    def is_easy_read(self) -> bool:
        return self.part.endswith(EASY)

    @property
    def plain(self) -> str:
        """As long as the words themselves, with one sign for each apostrophe."""
        return plain(self.words)

    def finding(self, code: str, span: tuple[int, int], why: str, instead: str) -> Finding:
        start, end = span
        return Finding(
            code=code,
            part=self.part,
            why=why,
            instead=instead,
            words=self.words[start:end],
            start=start,
            end=end,
        )

    def place_of(self, quote: str) -> tuple[int, int] | None:
        """Where a quote from these words begins and ends; None where it is no longer in them."""
        start = self.plain.find(plain(quote)) if quote else -1
        return (start, start + len(quote)) if start >= 0 else None


def once(findings: Iterable[Finding]) -> Iterator[Finding]:
    """The same words for the same reason are shown where they first stand."""
    seen = set()
    for finding in findings:
        key = (finding.part, finding.code, finding.words.lower())
        if key not in seen:
            seen.add(key)
            yield finding


def plain(text: str) -> str:
    return text.translate(_ALIKE)
