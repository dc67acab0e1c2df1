"""How somebody wants pages to look, as a few words that fit in an address or on a draft. Pure.

"large-wide-dark" is larger text, more space and dark colours. Nothing is kept in a cookie.
"""

from collections.abc import Iterable

# Of each row at most one is in force; none of a row is the usual look.
CHOICES: dict[str, tuple[str, ...]] = {
    "size": ("large", "largest"),
    "spacing": ("wide",),
    "colours": ("light", "dark", "strong", "cream"),
    "motion": ("calm",),
}
LONGEST_LOOK = 40  # characters


def tidy_look(words: str | Iterable[str]) -> str:
    """The words we know, one of each row, in our order, joined by "-". Others are left out."""
    given = words.split("-") if isinstance(words, str) else list(words)
    chosen = (next((w for w in row if w in given), None) for row in CHOICES.values())
    return "-".join(word for word in chosen if word)


def theme_of(look: str) -> str | None:
    """The colours of a look; None where the phone decides."""
    return next((word for word in CHOICES["colours"] if word in look.split("-")), None)
