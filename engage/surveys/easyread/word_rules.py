"""Rules about single words and signs. Each takes a passage and gives what it found. Pure."""

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from engage.surveys.easyread import lists
from engage.surveys.easyread.findings import Severity
from engage.surveys.easyread.rules import BOTH, Hit, Passage, Rule
from engage.surveys.easyread.text import is_question, syllables, words

LONG = 3  # syllables
_INITIALS = re.compile(r"\b[A-Z]{2,}(?:s\b|\b)")
_SHOUTED = re.compile(r"\b[A-Z]{4,}\b(?:\s+[A-Z]{2,}\b)+|\b[A-Z]{2,}\b(?:\s+[A-Z]{4,}\b)+")
_MEANS = r"(?:is|are|means|stands for|=)"
# "It is a plan for your help" after the word, or the word itself with "means".
_SAYS_WHAT = re.compile(
    r"^(?:(?:it|this|that|they|these|those)(?:\s+(?:is|are|means?)\b|['’]s\b)|for example\b)",
    re.IGNORECASE,
)
# The word stands as a sign no text has: patterns of its own for each word would take seconds.
_IT = "\x00"
_BEGINS = rf"(?:an?|the|your)?\s*{_IT}\s+{_MEANS}"
_SAID_HERE = re.compile(
    rf"^an?\s+{_IT}\s+{_MEANS}\b"
    rf"|^{_BEGINS}\s+(?:an?|the|when|what|how|who)\b"
    rf"|\({_IT}\)|(?<!\w){_IT}\s*\("
)
_SAID_NEXT = re.compile(rf"{_BEGINS}\b")
_TELEPHONE = re.compile(r"\b0\d[\d ]{5,}")
_BRACKETS = re.compile(r"\([^)]{2,}\)")


def _terms(terms: Callable[[], lists.Terms]) -> Callable[[Passage], Iterator[Hit]]:
    """A rule that looks up a list."""

    def find(passage: Passage) -> Iterator[Hit]:
        for sentence, following in _with_following(passage):
            for written, plainer in terms().found(sentence):
                if not is_explained(written, sentence, following, passage.explained):
                    yield Hit(written, plainer)

    return find


def formal_words(passage: Passage) -> Iterator[Hit]:
    """Not those in a phrase that is pointed out as a whole, such as "annual review"."""
    whole = " ".join(hit.quote for hit in _terms(lists.jargon)(passage)).lower()
    yield from (hit for hit in _terms(lists.formal)(passage) if hit.quote.lower() not in whole)


def _for_families(find: Callable[[Passage], Iterator[Hit]]) -> Callable[[Passage], Iterator[Hit]]:
    """People whose work it is know the words of their work."""
    return lambda passage: find(passage) if passage.for_families else iter(())


def is_explained(written: str, sentence: str, following: str, known: frozenset[str]) -> bool:
    """Said what it is: before in the survey, in this sentence or at the start of the next."""
    if _kept_as(written) in known:
        return True
    if _SAID_HERE.search(_with_sign_for(written, sentence)):
        return not is_question(sentence) or "(" in sentence
    if not following or is_question(following):
        return False
    says = _SAYS_WHAT.match(following) or _SAID_NEXT.match(_with_sign_for(written, following))
    return bool(says)


def _with_sign_for(written: str, sentence: str) -> str:
    return sentence.lower().replace(written.lower(), _IT)


def _with_following(passage: Passage) -> Iterator[tuple[str, str]]:
    return pairwise([*passage.sentences, ""])


def explained_in(text: str) -> frozenset[str]:
    """The initials and hard words this text says the meaning of, in small letters."""
    found: set[str] = set()
    for sentence, following in _with_following(Passage(text)):
        written = [match[0] for match in _INITIALS.finditer(sentence)]
        written += [
            word for terms in (lists.jargon(), lists.formal()) for word, _ in terms.found(sentence)
        ]
        found |= {_kept_as(w) for w in written if is_explained(w, sentence, following, frozenset())}
    return frozenset(found)


def _kept_as(written: str) -> str:
    """One and many are explained together."""
    return written.lower().removesuffix("s")


def initials(passage: Passage) -> Iterator[Hit]:
    usual = lists.one_by_one("initials")
    for sentence, following in _with_following(passage):
        if _SHOUTED.search(sentence):
            continue
        for match in _INITIALS.finditer(sentence):
            written = match[0]
            known = written.lower() in usual or written.rstrip("s").lower() in usual
            if not known and not is_explained(written, sentence, following, passage.explained):
                yield Hit(written)


def shouted(passage: Passage) -> Iterator[Hit]:
    yield from (Hit(match[0]) for match in _SHOUTED.finditer(passage.text))


def long_words(passage: Passage) -> Iterator[Hit]:
    """Not names, not words on our lists: those are known, or have a rule of their own."""
    listed = {
        part.lower()
        for terms in (lists.jargon(), lists.formal(), lists.unkind())
        for written, _ in terms.found(passage.text)
        for part in words(written)
    }
    for sentence, following in _with_following(passage):
        for place, word in enumerate(words(sentence)):
            is_name = place > 0 and word[0].isupper()
            if is_name or word.lower() in listed or not is_long(word):
                continue
            if not is_explained(word, sentence, following, passage.explained):
                yield Hit(word)


def is_long(word: str) -> bool:
    """A joined word is as hard as its hardest part."""
    parts = re.split(r"[-'’]", word.lower())
    return any(syllables(part) >= LONG and not _is_known(part) for part in parts)


def _is_known(word: str) -> bool:
    known = lists.one_by_one("known_words")
    stems = (word.removesuffix(tail) for tail in ("s", "es", "d", "ed", "ing", "er", "ers", "ly"))
    return any(
        stem in known or stem + "e" in known or stem + "y" in known for stem in (word, *stems)
    )


def numbers(passage: Passage) -> Iterator[Hit]:
    """A telephone number is there to be dialled, not to be understood."""
    text = _TELEPHONE.sub(" ", passage.text)
    yield from (Hit(match[0]) for match in lists.ways_of_asking("number").finditer(text))


def signs(passage: Passage) -> Iterator[Hit]:
    yield from (Hit(match[0]) for match in lists.ways_of_asking("sign").finditer(passage.text))


def brackets(passage: Passage) -> Iterator[Hit]:
    yield from (Hit(match[0]) for match in _BRACKETS.finditer(passage.text))


WORD_RULES: tuple[Rule[Passage], ...] = (
    Rule(
        "jargon",
        Severity.STOP,
        "People outside the service do not use this word. Say it plainly, or say what it is in "
        "the next sentence.",
        _for_families(_terms(lists.jargon)),
    ),
    Rule(
        "formal-word",
        Severity.LOOK,
        "There is a plainer word.",
        formal_words,
    ),
    Rule(
        "long-word",
        Severity.LOOK,
        "Long words are hard to read. Is there a shorter one?",
        long_words,
    ),
    Rule(
        "saying",
        Severity.STOP,
        "Some people read this word for word, and then it means something else.",
        _terms(lists.idioms),
    ),
    Rule(
        "unkind-word",
        Severity.STOP,
        "This can hurt the people it is about.",
        _terms(lists.unkind),
        wordings=BOTH,
    ),
    Rule(
        "initials",
        Severity.STOP,
        "Write it in full, or say what it is in the next sentence.",
        _for_families(initials),
    ),
    Rule(
        "capitals",
        Severity.STOP,
        "Words in capitals are harder to read and look like shouting.",
        shouted,
    ),
    Rule(
        "number",
        Severity.LOOK,
        "Parts and big numbers are hard. Say “most”, “some”, “a few”, or a small number.",
        numbers,
    ),
    Rule(
        "sign",
        Severity.LOOK,
        "Write the word, not a sign or a short form.",
        signs,
    ),
    Rule(
        "brackets",
        Severity.LOOK,
        "Brackets put two thoughts in one line. Make a sentence of each.",
        brackets,
    ),
)
