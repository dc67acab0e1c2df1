"""Words that are hard to read, by the rules of the easy-read checker. Pure.

No rule and no list is written a second time: a word is hard here because it is hard in a survey.
"""

import re
from collections.abc import Collection, Iterator
from functools import lru_cache
from itertools import islice, pairwise

from engage.framework.pack import Term
from engage.loop.writing.findings import Finding, Text, once, plain
from engage.loop.writing.phrases import phrase_book
from engage.surveys.easyread import lists
from engage.surveys.easyread.rules import Passage, Rule
from engage.surveys.easyread.sentence_rules import SENTENCE_RULES
from engage.surveys.easyread.text import sentences
from engage.surveys.easyread.word_rules import WORD_RULES, initials, is_explained

Glossary = tuple[Term, ...]

# Of the checker's rules those that are about any sentence, not about a question or its answers.
IN_EASY_READ = {
    "very-long-sentence",
    "long-sentence",
    "passive",
    "long-join",
    "formal-word",
    "long-word",
    "saying",
    "unkind-word",
    "capitals",
    "sign",
    "brackets",
}
IN_STANDARD = {"long-sentence", "unkind-word"}
IN_STANDARD_TOO = {"saying", "capitals"}  # of the easy-read rules

RULES: tuple[Rule[Passage], ...] = (*SENTENCE_RULES, *WORD_RULES)
EASY_RULES = [rule for rule in RULES if rule.name in IN_EASY_READ and True in rule.wordings]
STANDARD_RULES = [
    rule
    for rule in RULES
    if rule.name in IN_STANDARD_TOO or (rule.name in IN_STANDARD and False in rule.wordings)
]

JARGON = (
    "People outside the service do not use this word. Say it plainly, or say what it is in the "
    "next sentence."
)
INITIALS = "Not everyone knows these letters. Say what they are in the next sentence."
# Of one part: whoever has met so many knows what is meant.
MOST_INITIALS = 30
MORE_INITIALS = (
    f"There are more capital letters here that not everyone knows. The first {MOST_INITIALS} are "
    "shown."
)


def hard_words(text: Text, glossary: Glossary) -> Iterator[Finding]:
    """What somebody who reads like a nine-year-old may stumble over."""
    yield from _jargon(text, glossary)
    yield from _initials(text, glossary)
    for rule in EASY_RULES if text.is_easy_read else STANDARD_RULES:
        for hit in rule.find(Passage(text.words)):
            if place := text.place_of(hit.quote):
                yield text.finding(rule.name, place, rule.why, hit.plainer)


def _jargon(text: Text, glossary: Glossary) -> Iterator[Finding]:
    terms = _terms(glossary, text.is_easy_read)
    left = _allowed(glossary, text.is_easy_read).sub(lambda word: "_" * len(word[0]), text.words)
    for sentence, following in pairwise([*sentences(left), ""]):
        for written, plainer in terms.found(sentence):
            place = text.place_of(written)
            if place and not is_explained(written, sentence, following, frozenset()):
                yield text.finding("jargon", place, JARGON, plainer)


def _initials(text: Text, glossary: Glossary) -> Iterator[Finding]:
    """The first of them, and that there are more: the others are not even looked for."""
    found = once(_all_initials(text, glossary))
    yield from islice(found, MOST_INITIALS)
    if next(found, None):
        yield Finding(code="initials", part=text.part, why=MORE_INITIALS)


def _all_initials(text: Text, glossary: Glossary) -> Iterator[Finding]:
    known = set() if text.is_easy_read else set(phrase_book().known_in_standard)
    for hit in initials(Passage(text.words)):
        one = hit.quote.removesuffix("s")
        place = text.place_of(hit.quote)
        if place and one not in known:
            in_full = _in_full(one, glossary, text.is_easy_read)
            yield text.finding("initials", place, INITIALS, in_full)


def _in_full(letters: str, glossary: Glossary, is_easy_read: bool) -> str:
    for term in glossary:
        if letters in (term.term, *term.aliases):
            plainer = term.say_instead or ""
            return plainer if is_easy_read else term.stands_for or plainer
    return ""


@lru_cache(maxsize=8)
def _terms(glossary: Glossary, is_easy_read: bool) -> lists.Terms:
    """The checker's list, and what the county's own glossary says instead."""
    known = set() if is_easy_read else {plain(word) for word in phrase_book().known_in_standard}
    plainer = {term.text: term.plainer for term in lists.jargon()}
    for term in glossary:
        if term.avoid_in_easy_read and term.say_instead:
            plainer |= dict.fromkeys(_looked_up(term, plainer), term.say_instead)
    return lists.Terms({text: say for text, say in plainer.items() if text not in known})


@lru_cache(maxsize=8)
def _allowed(glossary: Glossary, is_easy_read: bool) -> re.Pattern[str]:
    """Names the county uses with everyone, easy read included."""
    names = [term.term for term in glossary if not term.avoid_in_easy_read]
    if not is_easy_read:
        names += phrase_book().known_in_standard
    names.sort(key=len, reverse=True)
    each = "|".join(re.escape(name) for name in names) or r"(?!)"
    return re.compile(rf"(?<!\w)(?:{each})(?!\w)", re.IGNORECASE)


def _looked_up(term: Term, listed: Collection[str]) -> Iterator[str]:
    """Its phrases, and the word itself where the list has it too.

    Other everyday words, such as "plan" for the plan of a child, would find too much.
    """
    for name in (term.term, *term.aliases):
        is_phrase = " " in name and name.replace(" ", "").replace("-", "").isalpha()
        is_listed = name == term.term and name.lower() in listed
        if (is_phrase or is_listed) and name.lower() != term.say_instead:
            yield name.lower()
