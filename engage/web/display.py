"""How somebody wants pages to look, as a few words that fit in an address or on a draft. Pure.

"large-wide-dark" is larger text, more space and dark colours. Nothing is kept in a cookie.
"""

import re
from collections.abc import Iterable, Mapping
from urllib.parse import parse_qsl, urlencode

from werkzeug.datastructures import MultiDict

# Of each row at most one is in force; none of a row is the usual look.
CHOICES: dict[str, tuple[str, ...]] = {
    "size": ("large", "largest"),
    "spacing": ("wide",),
    "colours": ("light", "dark", "strong", "cream"),
    "motion": ("calm",),
}

# What an address may say of the language, the wording and the look.
IN_ADDRESS = ("lang", "read", "look", *CHOICES)
# Pages that follow these choices. What a question may be called (interchange.Code), and "~" for
# the rounds of a loop; never a part that is dots alone, and so no other place.
_PART = r"(?!\.+(?:/|$))[A-Za-z0-9_.,~-]+"
_WITH_PAGES_BELOW = (
    "answer|have-your-say|help-me|you-said-we-did|indicators|how-we-read|tell-me|promises|reports"
)
OUR_PAGES = re.compile(
    rf"/(?:(?:{_WITH_PAGES_BELOW})(?:/{_PART})*|your-code|privacy|accessibility|credits)?"
)
DRAFT = re.compile(r"/answer/([A-Za-z0-9_-]+)")
LONGEST_ADDRESS = 500  # characters


def tidy_look(words: str | Iterable[str]) -> str:
    """The words we know, one of each row, in our order, joined by "-". Others are left out."""
    given = words.split("-") if isinstance(words, str) else list(words)
    chosen = (next((w for w in row if w in given), None) for row in CHOICES.values())
    return "-".join(word for word in chosen if word)


def look_in(asked: MultiDict[str, str]) -> str:
    """The look in an address, as `look`, or in the form of "Make it easier", row by row."""
    words = [word for name in ("look", *CHOICES) for word in asked.getlist(name)]
    return tidy_look("-".join(words))


def theme_of(look: str) -> str | None:
    """The colours of a look; None where the phone decides."""
    return next((word for word in CHOICES["colours"] if word in look.split("-")), None)


def page_to_go_back_to(address: str) -> str:
    """A page of ours and what it asks for, without earlier choices; else the home page."""
    path, _mark, query = address.partition("?")
    if len(address) > LONGEST_ADDRESS or not OUR_PAGES.fullmatch(path):
        return "/"
    asked = parse_qsl(query)
    return with_choices(path, {name: said for name, said in asked if name not in IN_ADDRESS})


def with_choices(address: str, choices: Mapping[str, str]) -> str:
    """The address of a page of ours with these added to what it asks for."""
    if not choices:
        return address
    return address + ("&" if "?" in address else "?") + urlencode(choices)


def draft_in(address: str) -> str | None:
    """The token of the draft that a page belongs to."""
    found = DRAFT.match(address)
    return found[1] if found else None
