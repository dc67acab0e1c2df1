"""Words that need explaining where they stand, out of the county's own glossary. Pure."""

import re
from collections.abc import Iterable, Sequence
from typing import Protocol


class Term(Protocol):
    """What explaining needs to know of an entry of the glossary."""

    @property
    def term(self) -> str: ...
    @property
    def aliases(self) -> Sequence[str]: ...
    @property
    def easy_read(self) -> str: ...


def explained(texts: Iterable[str], glossary: Iterable[Term]) -> list[tuple[str, str]]:
    """The words in these texts that the glossary knows, as written there, with easy meanings.

    In the order of the texts; a word inside a longer one that is explained is left out.
    """
    whole = "\n".join(texts)
    found: list[tuple[int, int, str, str]] = []
    for term in glossary:
        for written in _names(term):
            match = re.search(rf"(?<!\w){re.escape(written)}(?!\w)", whole)
            if match:
                found.append((match.start(), match.end(), written, term.easy_read))
                break
    found.sort()
    return [
        (written, meaning)
        for start, end, written, meaning in found
        if not any(a <= start and end <= b and (a, b) != (start, end) for a, b, *_ in found)
    ]


def _names(term: Term) -> list[str]:
    """As it may be written, the longest first. A short everyday alias would explain too much."""
    telling = [alias for alias in term.aliases if " " in alias or alias.isupper()]
    return sorted({term.term, *telling}, key=len, reverse=True)
