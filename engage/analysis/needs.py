"""A text as it is scored: without words that only name a disability, a need or an aid.

How a family is spoken of must not change how happy it is said to be. The words are in
data/needs_words.txt. What people read, and what is grouped, keeps them all.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path

from engage.analysis.words import words_in

FILE = Path(__file__).parent / "data" / "needs_words.txt"
PEOPLE, BEFORE, HAS = "people", "before a person", "what a person has"
HOW, DOES = "how a person is", "what a person does"

_WORD = re.compile(r"[a-z]+")
_SMALL = words_in(
    "a an the is are has have in on uses use needs need with by does do cannot can t not as"
)
_HERE = {"has": "is", "have": "are"}
_MUCH = (
    r"(?:(?:very|severely|profoundly|moderately|mildly|newly|recently|highly|completely|"
    r"totally|partly|fully|also|both)\s+)*"
)
_SOME = (
    r"(?:(?:a|an|the|his|her|their|some|both|severe|mild|moderate|profound|complex|significant|"
    r"multiple|suspected|possible|chronic|diagnosed|undiagnosed|diagnosis\s+of)\s+)*"
)
# What may stand between such a word and the person it is said of.
_ALSO = (
    r"(?:(?:and|little|young|younger|older|youngest|eldest|oldest|lovely|beautiful|wonderful|"
    r"teenage|adult|primary|secondary|school|year|yr|old|\d[\w-]*|(?-i:[A-Z][a-z]+))\s+){0,4}"
)
_JOIN = r"(?:\s*(?:,|/|&|\+|\band\b|\bor\b)\s*(?:and\s+)?)"
_WHOLE = r"(?!['\-]?\w)"
# "A child with autism support" has support; "they were deaf to us" is a complaint.
_NO_THING = (
    rf"{_WHOLE}(?!\s+(?:support|assessments?|training|teams?|services?|nurses?|class|school|hub|"
    r"plans?|passports?|diagnosis|base|unit|pathway|groups?|specialists?|provision|friendly)\b)"
)
_NO_DEED = rf"{_WHOLE}(?!\s+(?:the|a|an|up|off|for|that|it|this|them|of|to)\b)"
_NOT_TO = rf"{_WHOLE}(?!\s+(?:to|of|by)\b)"
_ENDS = (
    r"(?=\s*(?:[.,;:!?)]|$)|\s+(?:and|but|so|because|as|which|when|while|since|in|at|with|yet|"
    r"plus|too|also)\b)"
)

Rule = tuple[re.Pattern[str], Callable[[re.Match[str]], str]]


def as_scored(text: str) -> str:
    """The same text where nobody's need is named."""
    if _rare_words().isdisjoint(_WORD.findall(text.lower())):
        return text
    straight = text.replace("’", "'")
    return _without_needs(straight, text) if _phrase().search(straight) else text


def also_scored(texts: Iterable[str]) -> set[str]:
    """What has to be embedded beside these texts, so that they can be scored."""
    return {plain for text in texts if (plain := as_scored(text)) != text}


def _without_needs(straight: str, text: str) -> str:
    said = straight
    for pattern, instead in _rules():
        said = pattern.sub(instead, said)
    return text if said == straight else _tidied(said, text)


def _tidied(said: str, before: str) -> str:
    said = re.sub(r"[ \t]+([.,])", r"\1", re.sub(r"[ \t]{2,}", " ", said)).strip()
    return said[:1].upper() + said[1:] if before[:1].isupper() else said


@cache
def phrases() -> Mapping[str, Sequence[str]]:
    """The lines of the data file by the heading they stand under."""
    found: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in FILE.read_text("utf-8").splitlines():
        if line.startswith("["):
            lines = found.setdefault(line.strip("[] "), [])
        elif line.strip() and not line.startswith("#"):
            lines.append(line.strip())
    return found


@cache
def _deeds() -> dict[str, str]:
    """What a person does, and the same said plainly: of one person and of several."""
    one = dict(line.split(" = ") for line in phrases()[DOES] if " = " in line)
    return {_of_several(deed): _of_several(plain) for deed, plain in one.items()} | one


def _deeds_after_who() -> set[str]:
    return {line.split(" = ")[0] for line in phrases()[DOES]}


def _of_several(deed: str) -> str:
    verb, _, rest = deed.partition(" ")
    plural = {"is": "are", "has": "have", "cannot": verb, "can't": verb}.get(verb, verb[:-1])
    return f"{plural} {rest}".strip()


@cache
def _everything() -> Sequence[str]:
    lines = [line for heading in (BEFORE, HAS, HOW) for line in phrases()[heading]]
    return [*lines, *_deeds(), *_deeds_after_who()]


@cache
def _rare_words() -> frozenset[str]:
    """One word of each phrase, so that most texts need no closer look."""
    words = (_WORD.findall(line.lower()) for line in _everything())
    return frozenset(max(sorted(set(some) - _SMALL), key=len) for some in words)


@cache
def _phrase() -> re.Pattern[str]:
    return re.compile(_any_of(_everything()), re.IGNORECASE)


@cache
def _rules() -> tuple[Rule, ...]:
    """What is said after a person, of one who does or is something, and before one, in order."""
    people = _people()
    thing, state, deed = _things(), _state(), _any_of(_deeds())
    clauses = _clauses(thing, state)
    after = rf"(?:{clauses}|(?:(?:living|diagnosed|born)\s+)?with\s+{thing}|{_how()}{_NOT_TO})"
    named = rf"({people})(?:(,)?\s+{after})+(?(2),?)|({people})\s+\((?:{after}|{state}|{thing})\)"
    before = rf"\b(?:(an?)\s+)?{_listed(_MUCH, BEFORE)}\s+(?={_ALSO}{people})"
    who = rf"({people}|\b(?:he|she|I))\s+(?:also\s+|now\s+|only\s+)?"
    one = rf"(?:(?:is|are|was|were|am)\s+{state}|(?:has|have)\s+{thing})"
    more = rf"(?:{_JOIN}{one})*"
    being = rf"{who}(?=(\w+)){one}{more}{_ENDS}"
    return (
        _rule(named, lambda match: match[1] or match[3]),
        _rule(rf"{who}({deed}){_NO_DEED}", lambda match: f"{match[1]} {_plainly(match[2])}"),
        _rule(being, _is_here),
        _rule(rf"\b((?:he|she|I)'[sm])\s+{state}{more}{_ENDS}", lambda match: f"{match[1]} here"),
        _rule(before, _article),
    )


def _rule(pattern: str, instead: Callable[[re.Match[str]], str]) -> Rule:
    return re.compile(pattern, re.IGNORECASE), instead


def _people() -> str:
    return rf"\b{_any_of(phrases()[PEOPLE])}\b(?:\s+(?-i:[A-Z][a-z]+)\b)?(?:,?\s+aged\s+\w+)?"


def _things() -> str:
    return rf"{_listed(_SOME, HAS)}{_NO_THING}"


def _how() -> str:
    return _any_of(phrases()[HOW])


def _state() -> str:
    return rf"(?:{_listed(_MUCH, BEFORE)}|{_how()}){_NOT_TO}"


def _clauses(thing: str, state: str) -> str:
    """ "who is deaf", "who has ADHD and uses a wheelchair" """
    deed = _any_of({*_deeds(), *_deeds_after_who()})
    one = rf"(?:{deed}{_NO_DEED}|(?:is|are|was|were)\s+{state}|(?:has|have|had)\s+{thing})"
    return rf"(?:who|that)(?:\s+{one}|'s\s+{state})(?:{_JOIN}(?:who\s+)?(?:also\s+)?{one})*"


def _listed(amount: str, heading: str) -> str:
    """One phrase of a kind, or several: "deaf, autistic and non-verbal"."""
    one = amount + _any_of(phrases()[heading])
    between = rf"(?:{_JOIN}|\s+)" if heading == BEFORE else _JOIN
    # So many at most: text that somebody pasted a thousand times must not hold up the rest.
    return rf"{one}(?:{between}{one}){{0,5}}"


def _any_of(lines: Iterable[str]) -> str:
    """The longest that fits, and no shorter one where what follows does not fit.

    Sorted by first letters, which makes the search several times faster.
    """
    by_letter: dict[str, list[str]] = {}
    for line in sorted(lines, key=lambda line: (-len(line), line)):
        by_letter.setdefault(line[0], []).append(_spelt(line))
    letters = (
        rf"(?-i:[{letter}{letter.upper()}])(?>{'|'.join(rest)})"
        for letter, rest in by_letter.items()
    )
    return rf"\b(?>{'|'.join(letters)})\b"


def _spelt(line: str) -> str:
    """The phrase after its first letter."""
    words = re.escape(line[1:]).replace(r"\ ", r"\s+")
    return f"(?-i:{words})" if line.isupper() else words


def _article(match: re.Match[str]) -> str:
    """ "an autistic boy" is "a boy"."""
    if not match[1]:
        return ""
    following = match.string[match.end() :][:1].lower()
    return f"{match[1][0]}{'n' if following in 'aeio' else ''} "


def _is_here(match: re.Match[str]) -> str:
    verb = "am" if match[1] == "I" else _HERE.get(match[2].lower(), match[2])
    return f"{match[1]} {verb} here"


def _plainly(said: str) -> str:
    return _deeds()[" ".join(said.lower().split())]
