"""Schools and places in a text, and rare conditions beside them. Pure."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from engage.analysis.redaction.lists import rare_conditions, words
from engage.analysis.redaction.places import Places, key
from engage.analysis.redaction.suggestion import Suggestion, suggestion
from engage.analysis.redaction.tokens import Token

KIND = (
    r"(?: (?:c of e|ce|rc|catholic|junior|infants?|primary|high|secondary|school|academy|college))*"
)
SAINT = re.compile(
    r"\b(?:(?:st|saint)\.? [a-z]{3,}(?:['’]?s)?(?: (?:and|&) (?:st\.? )?[a-z]+['’]?s?)?"
    rf"|our lady(?:['’]s| of [a-z]+)){KIND}\b",
    re.IGNORECASE,
)
# Saints that are no schools.
NO_SCHOOL = re.compile(
    r"(?:st|saint)\.? (?:john ambulance|george|patrick|andrew|david|valentine)", re.I
)
NEAR = re.compile(
    r"\b(?:in|near|from|to|at|around|of|outside|via|towards|through|leave|left|the)\s+$", re.I
)
AFTER_A_PLACE = re.compile(r"\s+(?:house|fc|football|town fc|united)\b", re.I)
JOINERS = frozenset({"of", "the", "and"})
LONGEST_NAME = 5


def find_places(text: str, places: Places) -> Iterator[Suggestion]:
    for match in places.pattern.finditer(text):
        if AFTER_A_PLACE.match(text, match.end()):
            continue
        is_capital = match[0][0].isupper()
        if (
            is_capital
            or not places.names.get(key(match[0]), False)
            or _said_to_be_near(text, match)
        ):
            yield suggestion(match.start(), match.end(), "place_known")


def _said_to_be_near(text: str, match: re.Match[str]) -> bool:
    return bool(NEAR.search(text[max(0, match.start() - 12) : match.start()]))


def schools(text: str, found: list[Token], places: Places) -> Iterator[Suggestion]:
    for n, token in enumerate(found):
        if token.plain in words("school_kinds") and (begin := _begin(found, n)) is not None:
            end = _end(found, n)
            yield suggestion(found[begin].start, found[end].end, "school_named")
    for match in SAINT.finditer(text):
        is_place = places.pattern.match(text, match.start())
        if not is_place and not NO_SCHOOL.match(match[0]):
            yield suggestion(match.start(), match.end(), "school_saint")


def _begin(found: list[Token], n: int) -> int | None:
    """Where the name of a school begins that says at `n` what kind it is; None: it has no name."""
    begin = n
    while begin and n - begin < LONGEST_NAME and _belongs(found, begin - 1):
        begin -= 1
    named = [token for token in found[begin:n] if token.plain not in _generic()]
    if not named:
        return _small_begin(found, n)
    while _is_no_part(found[begin], found[begin + 1]):
        begin += 1
    return begin


def _belongs(found: list[Token], n: int) -> bool:
    token = found[n]
    if found[n].gap.strip() not in ("", "."):
        return False
    is_joiner = token.plain in JOINERS and n > 0 and _joins(found[n - 1]) and not token.starts
    is_short = token.text in ("C", "E", "RC", "CE", "St")
    return token.is_capital or is_joiner or is_short


def _joins(before: Token) -> bool:
    """Not the end of another school: "Oak School and Elm School"."""
    return before.is_capital and before.plain not in words("school_kinds")


def _is_no_part(first: Token, second: Token) -> bool:
    """ "Our Oakfield Primary" begins at Oakfield; "Our Lady’s" and "The Birches" begin before."""
    if first.plain in ("our", "the"):
        return second.plain != "lady" and first.plain == "our"
    return first.plain in (JOINERS | words("not_names")) - words("school_leads")


def _small_begin(found: list[Token], n: int) -> int | None:
    """ "oakfield primary", "bishop ken secondary" in small letters."""
    if not n or found[n - 1].plain in _generic() or found[n - 1].gap.strip():
        return None
    name, before = found[n - 1], found[n - 2].plain if n > 1 else ""
    if before in words("school_leads"):
        return n - 2
    if name.plain.endswith(tuple(words("school_endings"))) and len(name.plain) > len("meadow"):
        return n - 1
    is_gone_to = before in words("before_a_school") and not name.owns
    return n - 1 if is_gone_to and found[n].plain not in ("high", "sixth", "secondary") else None


def _end(found: list[Token], n: int) -> int:
    """The last word of "Junior School", "Sixth Form College"."""
    more = words("school_kinds") | {"form", "unit", "centre", "base"}
    while n + 1 < len(found) and not found[n].gap.strip():
        step = 2 if found[n + 1].plain == "and" and n + 2 < len(found) else 1
        if found[n + step].plain not in more:
            break
        n += step
    return n


@lru_cache(maxsize=1)
def _generic() -> frozenset[str]:
    return words("not_school_names") | words("not_names") | {"c", "e", "ce", "rc", "of", "and"}


def rare_with_place(text: str, others: Sequence[Suggestion]) -> Iterator[Suggestion]:
    """A rare condition, where the same comment says a school, a place or a postcode."""
    where = [o for o in others if o.rule.startswith(("school", "place", "postcode"))]
    if not where:
        return
    clue = text[where[0].start : where[0].end]
    for match in _rare().finditer(text):
        yield suggestion(match.start(), match.end(), "diagnosis_with_place", clue)


@lru_cache(maxsize=1)
def _rare() -> re.Pattern[str]:
    named = "|".join(
        re.escape(each).replace(r"\-", "[- ]").replace(r"\ ", r"[\s-]+")
        for each in sorted(rare_conditions(), key=len, reverse=True)
    )
    return re.compile(rf"\b(?:{named})(?:['’]?s)?(?: (?:syndrome|disease|disorder))?\b", re.I)
