"""Rules that order the reading of comments, so that a person in danger is read first. Pure.

They never replace reading: they miss things, and every comment is read by a person. The rules are
data, in phrases.yaml, open for all to see and versioned; docs/safeguarding-rules.md explains them.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from engage.framework.yaml_files import read_yaml
from engage.safeguarding.notation import Found, Notation, Phrase, PhraseBook, vocabulary
from engage.safeguarding.plain_words import PlainText, Spelling, plain_text

NOTHING, READ_SOON, READ_FIRST, DANGER_NOW = range(4)
# Two different hints in one comment are more than either.
HINTS_THAT_RAISE = 2
FIGURES_OF_SPEECH = "figure of speech"
UNLESS = "unless: "
NOT_SO = "not so"


@dataclass(frozen=True)
class Hit:
    """A rule that was met, and the words that met it, as they were written."""

    rule: str
    phrase: str


@dataclass(frozen=True)
class Screening:
    """What the rules say of one comment.

    Level 0: nothing found. 1: read soon. 2: read first, with an alert. 3: danger now.
    """

    level: int
    hits: tuple[Hit, ...]
    version: str


@dataclass(frozen=True)
class Rule:
    """One reason to read a comment sooner."""

    name: str
    level: int
    reason: str
    is_alone: bool = False  # beside another hint it adds nothing


@dataclass(frozen=True)
class RuleBook:
    """The rules of phrases.yaml, ready to use."""

    version: str
    rules: dict[str, Rule]
    book: PhraseBook
    spelling: Spelling


def screen(text: str) -> Screening:
    """How soon a person should read this comment, and why."""
    rules = rule_book()
    words = plain_text(text, rules.spelling)
    hits = tuple(dict.fromkeys(_hits(words, rules)))
    return Screening(_level(hits, rules.rules), hits, rules.version)


def rules_version() -> str:
    """Which rules are in force; kept with every screening."""
    return rule_book().version


def reason_for(rule: str) -> str:
    """Why a rule asks for reading, in a sentence for whoever reads."""
    return rule_book().rules[rule].reason


def _level(hits: tuple[Hit, ...], rules: dict[str, Rule]) -> int:
    met = {hit.rule for hit in hits}
    level = max((rules[name].level for name in met), default=NOTHING)
    hints = [name for name in met if not rules[name].is_alone]
    if level == READ_SOON and len(hints) >= HINTS_THAT_RAISE:
        return READ_FIRST
    return level


def _hits(words: PlainText, rules: RuleBook) -> list[Hit]:
    found = list(rules.book.find(words))
    contexts = [each for each in found if each.phrase.owner not in rules.rules]
    kept = (each for each in found if each.phrase.owner in rules.rules)
    return [
        Hit(each.phrase.owner, words.written(each.start, each.end))
        for each in kept
        if not any(_excuses(context, each) for context in contexts)
    ]


def _excuses(context: Found, hit: Found) -> bool:
    """Whether other words around a hit say that it means something else."""
    if context.phrase.owner == NOT_SO:
        return context.start < hit.start == context.end
    if context.phrase.owner in (FIGURES_OF_SPEECH, UNLESS + hit.phrase.owner):
        return context.touches(hit)
    return False


@cache
def rule_book() -> RuleBook:
    """phrases.yaml, read once."""
    return read_rules(read_yaml(Path(__file__).with_name("phrases.yaml")))


@cache
def shared_spelling(words: frozenset[str]) -> Spelling:
    """Our spelling table for other rules, which know other words."""
    spelling = rule_book().spelling
    return Spelling(spelling.replace, spelling.emoji, words)


def word_lists(raw: Any) -> dict[str, tuple[str, ...]]:
    """Each list of words, written in the file as lines of words parted by commas."""
    return {
        name: tuple(word.strip() for word in words.replace("\n", " ").split(",") if word.strip())
        for name, words in raw.items()
    }


def read_rules(raw: Any) -> RuleBook:
    """The content of a rules file, made ready."""
    notation = Notation(word_lists(raw["lists"]))
    phrases = [
        notation.phrase(owner, written) for owner, lines in _all_lines(raw) for written in lines
    ]
    rules = {
        row["name"]: Rule(row["name"], row["level"], row["reason"], row.get("alone", False))
        for row in raw["rules"]
    }
    return RuleBook(
        str(raw["version"]), rules, PhraseBook(phrases), _spelling(raw["spelling"], phrases)
    )


def _all_lines(raw: Any) -> list[tuple[str, list[str]]]:
    everywhere = [(FIGURES_OF_SPEECH, raw["figures_of_speech"]), (NOT_SO, raw["not_so"])]
    return [*lines_by_owner(raw["rules"]), *everywhere]


def lines_by_owner(rows: Any) -> list[tuple[str, list[str]]]:
    """The patterns of each rule under its name, and what excuses them under “unless”."""
    owned = [(row["name"], row["patterns"]) for row in rows]
    return owned + [(UNLESS + row["name"], row.get("unless", [])) for row in rows]


def _spelling(raw: Any, phrases: list[Phrase]) -> Spelling:
    meant = {str(slip): str(word) for slip, word in raw["shortened"].items()}
    for word, slips in raw["misspelt"].items():
        meant |= {slip.strip(): str(word) for slip in str(slips).split(",")}
    return Spelling(
        replace=meant,
        emoji={str(sign): str(word) for sign, word in raw["emoji"].items()},
        known=vocabulary(phrases),
        often_misspelt=tuple(raw["often_misspelt"].split()),
        real_words=frozenset(raw["real_words"].split()),
    )
