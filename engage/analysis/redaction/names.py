"""Which words of a text are somebody's name. Pure.

A title or a clue before it ("Mrs", "my son") is the surest sign, then the list of first names. A
name that is an ordinary word too (will, rose) needs a sign that a person is meant.
"""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from engage.analysis.redaction.lists import (
    ALSO_A_WORD,
    NEEDS_A_CLUE,
    SURE,
    first_names,
    not_names,
    surnames,
    words,
)
from engage.analysis.redaction.suggestion import Suggestion, suggestion
from engage.analysis.redaction.tokens import Token

BESIDE = re.compile(r"[ \t]+")
BESIDE_A_TITLE = re.compile(r"\.?[ \t]*")
AFTER_A_COMMA = re.compile(r", ?")
SHORTENED_VERB = re.compile(r"(?:i|we|he|she|they|you|it)'")  # I'm, I'd, we're
PARTICLES = frozenset({"da", "de", "di", "van", "von", "al", "el", "bin", "ibn", "le", "la", "st"})
SAID_TO = frozenset({"told", "tell", "ask", "asked", "ring", "rang", "thank", "thanked", "phoned"})
SPOKE = frozenset({"explained", "spoke", "speak", "talked", "talk", "said", "gave", "happened"})
SHORTEST_SURE = 3
SHORTEST_WITH_S = 5
# No name with an "s" behind it.
PLURALS = frozenset({"jeans", "francis", "williams", "adams", "bodies", "dollies", "cookies"})
REACH = 4  # words in which a person is spoken of before "called"

Finder = Callable[[list[Token], int], Suggestion | None]


def names(text: str, found: list[Token]) -> Iterator[Suggestion]:
    """Every name the rules find; two of them may overlap."""
    nobody = [match.span() for match in _nobody().finditer(text)]
    for n in range(len(found)):
        for finder in FINDERS:
            name = finder(found, n)
            if name and not any(a < name.end and name.start < b for a, b in nobody):
                yield name
                break


def after_title(found: list[Token], n: int) -> Suggestion | None:
    """ "Mrs Patel", "dr khan"."""
    title = found[n]
    if title.plain not in words("titles") or title.owns or n + 1 == len(found):
        return None
    if not BESIDE_A_TITLE.fullmatch(title.gap) or not _is_named(found, n):
        return None
    last = _end_of_name(found, n + 1)
    return suggestion(title.start, found[last].end, "name_after_title", title.text)


def _is_named(found: list[Token], n: int) -> bool:
    title, name = found[n], found[n + 1]
    if _is_no_name(name):
        return False
    if name.is_capital or title.plain in words("sure_titles"):
        return True
    if title.plain == "miss":
        before = found[n - 1].plain if n else ""
        is_person = before in words("roles") or (before in words("before_miss") and _is_known(name))
        return is_person or (title.starts and _is_known(name))
    return _is_known(name)


def after_clue(found: list[Token], n: int) -> Suggestion | None:
    """ "my son Jayden", "the SENCO, Bernadette, left"."""
    clue = found[n]
    if clue.plain not in words("family") | words("roles") or n + 1 == len(found):
        return None
    is_beside = _beside(found, n)
    if not is_beside and not _in_commas(found, n):
        return None
    name = found[n + 1]
    level = first_names().get(name.plain)
    if name.is_capital and not _is_a_thing(found, n + 1):
        is_name = level is not None or not _is_no_name(name)
    else:
        is_name = is_beside and level is not None and _does(found, n + 1)
    return _clued(found, n, "name_after_clue") if is_name else None


def after_called(found: list[Token], n: int) -> Suggestion | None:
    """ "a lady called jo", "my name is Zainab"."""
    if not _beside(found, n):
        return None
    clue, name = found[n], found[n + 1]
    before = found[n - 1].plain if n else ""
    is_mine = clue.plain == "is" and before == "name"
    if not is_mine and clue.plain not in ("called", "named"):
        return None
    if name.plain in first_names() and name.plain not in ("can", "will", "an", "is", "so"):
        return _clued(found, n, "name_after_clue")
    if _is_no_name(name):
        return None
    is_sure = is_mine or (name.is_capital and _speaks_of_a_person(found, n))
    return _clued(found, n, "name_after_clue") if is_sure else None


def on_list(found: list[Token], n: int) -> Suggestion | None:
    """A first name that can be nothing else, or that begins with a capital in mid-sentence."""
    name = found[n]
    level = _level(name)
    if level is None or level == NEEDS_A_CLUE or _is_shortened(name):
        return None
    is_meant = name.is_capital and (not name.starts or level == SURE)
    is_sure = level == SURE and len(name.plain) >= SHORTEST_SURE
    if not is_meant and not is_sure:
        return None
    if level == ALSO_A_WORD and name.plain in words("not_names") and not _in_mid(name):
        return None
    last = _end_of_name(found, n)
    if (level == ALSO_A_WORD or last > n) and _is_a_thing(found, last):
        return None
    return suggestion(name.start, found[last].end, "name_on_list")


def with_clue(found: list[Token], n: int) -> Suggestion | None:
    """A first name that is a word as well, where what stands beside it is about a person."""
    name = found[n]
    level = first_names().get(name.plain)
    if not level or _is_a_thing(found, n):
        return None
    clue = _clue_behind(found, n, level) or _clue_before(found, n)
    if not clue:
        return None
    return suggestion(name.start, found[_end_of_name(found, n)].end, "name_with_clue", clue)


def said_to(found: list[Token], n: int) -> Suggestion | None:
    """ "Please thank Xiomara": no name we know, but nothing else either."""
    name = found[n]
    if not _in_mid(name) or _is_no_name(name):
        return None
    follows = n + 1 < len(found) and found[n + 1].is_capital and _beside(found, n)
    has_surname = follows and surnames().get(found[n + 1].plain) == SURE
    if has_surname:
        return suggestion(name.start, found[n + 1].end, "name_on_list")
    if surnames().get(name.plain) == SURE and not _is_a_thing(found, n):
        return suggestion(name.start, name.end, "name_on_list")
    if n and found[n - 1].plain in SAID_TO and _beside(found, n - 1) and not follows:
        return suggestion(name.start, name.end, "name_after_clue", found[n - 1].text)
    is_one = n and found[n - 1].plain in words("before_a_person") and _beside(found, n - 1)
    if is_one and not follows and _does(found, n, animate=True):
        return suggestion(name.start, name.end, "name_before_verb", found[n + 1].text)
    return None


FINDERS: tuple[Finder, ...] = (after_title, after_clue, after_called, on_list, with_clue, said_to)


def _clued(found: list[Token], n: int, rule: str) -> Suggestion:
    last = _end_of_name(found, n + 1)
    return suggestion(found[n + 1].start, found[last].end, rule, found[n].text)


def _clue_behind(found: list[Token], n: int, level: int) -> str:
    """The word after a name that only a person can be followed by; "" where it is no clue."""
    name = found[n]
    if name.owns and name.is_capital and level == ALSO_A_WORD:
        return "’s"
    if n + 1 == len(found):
        return ""
    verb = found[n + 1].plain
    if not name.is_capital:
        enough = level == ALSO_A_WORD and verb in words("does_alone")
        return found[n + 1].text if enough else ""
    if level == NEEDS_A_CLUE:
        return found[n + 1].text if verb in words("says_alone") else ""
    if verb == "from" or (verb == "and" and _level_at(found, n + 2) == SURE):
        return found[n + 1].text
    return found[n + 1].text if _does(found, n, animate=True) else ""


def _clue_before(found: list[Token], n: int) -> str:
    """ "told May", "explained to Summer"."""
    if not n or not found[n].is_capital:
        return ""
    before = found[n - 1].plain
    if before in SAID_TO:
        return found[n - 1].text
    is_told = before == "to" and n > 1 and found[n - 2].plain in SPOKE
    return f"{found[n - 2].text} to" if is_told else ""


def _does(found: list[Token], n: int, animate: bool = False) -> bool:
    """The next word is something a person does; or the name is the last, or owns something."""
    if not animate and (found[n].owns or n + 1 == len(found)):
        return True
    if n + 1 == len(found):
        return False
    verb = found[n + 1].plain
    if verb == "is" and animate:
        then = found[n + 2].plain if n + 2 < len(found) else ""
        return then in words("is_what") or then in words("numbers")
    return verb in words("does")


def _end_of_name(found: list[Token], n: int) -> int:
    """The last word of a name that begins here: surnames with it, "Da Silva" too."""
    last = n
    while last + 1 < len(found) and found[last].gap in (" ", "  ") and not found[last].owns:
        following = found[last + 1]
        if not _goes_on(found[n], following):
            break
        last += 1
    return last


def _goes_on(name: Token, following: Token) -> bool:
    if following.plain in words("not_names"):
        return False
    if name.is_capital:
        return following.is_capital and following.plain not in words("makes_it_a_thing")
    return surnames().get(following.plain) == SURE or following.plain in PARTICLES


def _level(name: Token) -> int | None:
    """How sure the list is of this word; of "Lily-Rae" by its first half, of "kyles" without s."""
    level = first_names().get(name.plain)
    if level is not None:
        return level
    first, dash, _rest = name.plain.partition("-")
    if dash and name.is_capital and first_names().get(first) == SURE:
        return SURE
    is_owner = name.plain.endswith("s") and len(name.plain) >= SHORTEST_WITH_S
    if is_owner and name.plain not in PLURALS and name.plain not in surnames():
        return SURE if first_names().get(name.plain[:-1]) == SURE else None
    return None


def _level_at(found: list[Token], n: int) -> int | None:
    return _level(found[n]) if n < len(found) else None


def _is_no_name(name: Token) -> bool:
    no_names = words("not_names"), words("titles"), words("makes_it_a_thing")
    return any(name.plain in some for some in no_names) or bool(SHORTENED_VERB.match(name.plain))


def _is_known(name: Token) -> bool:
    return SURE in (first_names().get(name.plain), surnames().get(name.plain))


def _in_mid(name: Token) -> bool:
    return name.is_capital and not name.starts


def _is_shortened(name: Token) -> bool:
    """ "AN" and "TA" are no names, though "An" is."""
    return name.text.isupper() and len(name.text) <= SHORTEST_SURE


def _is_a_thing(found: list[Token], n: int) -> bool:
    """The next word makes it a prize, a building, a season: "Summer term"."""
    if n + 1 == len(found) or not _beside(found, n):
        return False
    return found[n + 1].plain in words("makes_it_a_thing")


def _speaks_of_a_person(found: list[Token], n: int) -> bool:
    before = {token.plain for token in found[max(0, n - REACH) : n]}
    return bool(before & (words("roles") | words("family")))


def _beside(found: list[Token], n: int) -> bool:
    return n + 1 < len(found) and bool(BESIDE.fullmatch(found[n].gap))


def _in_commas(found: list[Token], n: int) -> bool:
    """ ", Bernadette," or ", Bernadette." """
    if not AFTER_A_COMMA.fullmatch(found[n].gap) or not found[n + 1].is_capital:
        return False
    known = first_names().get(found[n + 1].plain) in (SURE, ALSO_A_WORD)
    last = _end_of_name(found, n + 1)
    return known or found[last].gap[:1] in (",", ".", "")


@lru_cache(maxsize=1)
def _nobody() -> re.Pattern[str]:
    """Characters, products and prizes that hold a name."""
    things = "|".join(re.escape(thing) for thing in not_names())
    return re.compile(rf"\b(?:{things})\b", re.IGNORECASE)
