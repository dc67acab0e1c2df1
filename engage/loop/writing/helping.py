"""Reads every part of an answer and says what could be kinder. Pure.

It points; it never says that words are good. It stops nobody from publishing.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from engage.framework import Pack
from engage.loop.demands import Parts, missing
from engage.loop.writing.checklist import Question, questions
from engage.loop.writing.findings import EASY, Finding, Text, once
from engage.loop.writing.phrases import phrases_in
from engage.loop.writing.plain_words import Glossary, hard_words
from engage.loop.writing.reading_age import AIM, MOST, hardest_sentence, reading_age
from engage.typed import LONGEST

# What families read, in the order of the form.
READ = (
    "you_said",
    "you_said_easy",
    "we_did",
    "we_did_easy",
    "will_ask",
    "evidence",
    "how_to_get",
    "instead",
    "instead_easy",
    "challenge",
)
# Roles and places are names: their words are what they are, unless they name nobody.
NAMES = ("owner", "place", "decided_by")
IN_BOTH = ("you_said", "we_did", "instead")
OWED = {
    "owner": (
        "no-owner",
        "Families cannot see who answers for this.",
        "one role, such as “Head of school transport”",
    ),
    "due_on": (
        "no-date",
        "Families cannot see when to look again.",
        "the day it will be done by, such as 2027-02-26",
    ),
    "done_on": (
        "no-date",
        "Families cannot see when it was done.",
        "the day it was done, such as 2026-11-20",
    ),
}


@dataclass(frozen=True, slots=True)
class Help:
    """Everything the help says of one answer."""

    findings: tuple[Finding, ...]
    questions: tuple[Question, ...]
    age: int | None = None  # None: too few words to tell
    age_easy: int | None = None

    @property
    def standard(self) -> list[tuple[str, list[Finding]]]:
        """The findings in the standard words, part by part."""
        return self._by_part(is_easy_read=False)

    @property
    def easy_read(self) -> list[tuple[str, list[Finding]]]:
        return self._by_part(is_easy_read=True)

    def _by_part(self, is_easy_read: bool) -> list[tuple[str, list[Finding]]]:
        wanted = [each for each in self.findings if each.is_easy_read is is_easy_read]
        return [(part, list(each)) for part, each in groupby(wanted, key=lambda each: each.part)]


def read(parts: Parts, pack: Pack) -> Help:
    """What could be kinder in the words of an answer, whatever its state."""
    found = tuple(_in_order(once(_findings(parts, pack.glossary))))
    return Help(
        findings=found,
        questions=questions(pack.promises, [finding.code for finding in found]),
        age=reading_age(_words(parts, is_easy_read=False)),
        age_easy=reading_age(_words(parts, is_easy_read=True)),
    )


def _findings(parts: Parts, glossary: Glossary) -> Iterator[Finding]:
    for part in (*READ, *NAMES):
        text = _text(parts, part)
        yield from phrases_in(text, parts.kind)
        if part in READ:
            yield from hard_words(text, glossary)
    for is_easy_read in (False, True):
        yield from _too_hard(parts, is_easy_read)
    yield from _without_easy_read(parts)
    yield from _owed(parts)


def _too_hard(parts: Parts, is_easy_read: bool) -> Iterator[Finding]:
    """Beside the hardest sentence: that is where to begin."""
    texts = _words(parts, is_easy_read)
    age = reading_age(texts)
    if age is None or age <= MOST:
        return
    hardest = hardest_sentence(texts)
    for part in READ:
        text = _text(parts, part)
        place = text.place_of(hardest) if text.is_easy_read is is_easy_read else None
        if place:
            why = f"These words suit readers of about {age} and over. Aim for {AIM}."
            say = "shorter sentences and shorter words, beginning with this one"
            yield text.finding("reading-age", place, why, say)
            return


def _without_easy_read(parts: Parts) -> Iterator[Finding]:
    for part in IN_BOTH:
        if getattr(parts, part).strip() and not getattr(parts, part + EASY).strip():
            yield Finding(
                code="no-easy-read",
                part=part + EASY,
                why="People who chose easy read get the standard words.",
                instead="the same in short sentences, one idea in each",
            )


def _owed(parts: Parts) -> Iterator[Finding]:
    for part in missing(parts):
        if part in OWED:
            code, why, instead = OWED[part]
            yield Finding(code=code, part=part, why=why, instead=instead)


def _words(parts: Parts, is_easy_read: bool) -> list[str]:
    texts = (_text(parts, part) for part in READ)
    return [text.words for text in texts if text.is_easy_read is is_easy_read]


def _text(parts: Parts, part: str) -> Text:
    # As many letters as the form keeps.
    return Text(part, getattr(parts, part)[:LONGEST])


def _in_order(findings: Iterable[Finding]) -> list[Finding]:
    """As the words stand in each part; what points at no words comes after them."""
    order = list(Parts.__dataclass_fields__)
    return sorted(
        findings,
        key=lambda each: (order.index(each.part), not each.words, each.start, -each.end),
    )
