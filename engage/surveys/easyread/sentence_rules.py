"""Rules about how a sentence is built and what a question does. Pure."""

import re
from collections.abc import Callable, Iterator

from engage.surveys.easyread import lists
from engage.surveys.easyread.findings import Severity
from engage.surveys.easyread.rules import BOTH, STANDARD, Hit, Passage, Rule
from engage.surveys.easyread.text import length

AIM = 10  # words in a sentence
MOST = 15
MOST_STANDARD = 25
MOST_COMMAS = 2

_BE = r"(?:am|is|are|was|were|be|been|being|get|gets|got|getting)"
_PASSIVE = re.compile(
    rf"\b{_BE}\s+(?:(?:you|they|it|(?:your|the|any|a|our|their) \w+)\s+)?(?:\w+ly\s+)?([a-z]+)\b",
    re.I,
)
_AND = re.compile(
    r"\b(?!(?:you|me|i|he|she|they|we)\b)[\w'-]+,?"
    r" (?:and|as well as|along with) [\w'-]+(?: [\w'-]+)?"
)
_NOT = re.compile(r"\b(?:not|never|no one|nobody|nothing|none|without|cannot)\b|n't\b", re.I)
# "I do not know" says no to nothing.
_NOT_A_NO = re.compile(
    r"\bdo(?:n't| not) (?:know|want to say|mind)\b|\bor not\b|\bnot sure\b", re.I
)


def _each(
    test: Callable[[str], bool], only_questions: bool = False
) -> Callable[[Passage], Iterator[Hit]]:
    """A rule that a sentence keeps or breaks as a whole."""

    def find(passage: Passage) -> Iterator[Hit]:
        read = passage.questions if only_questions else passage.sentences
        yield from (Hit(sentence) for sentence in read if test(_plain(sentence)))

    return find


def _pattern(name: str, only_questions: bool = False) -> Callable[[Passage], Iterator[Hit]]:
    """A rule whose ways of asking are listed in words/patterns.yaml, the first one quoted."""

    def find(passage: Passage) -> Iterator[Hit]:
        read = passage.questions if only_questions else passage.sentences
        for sentence in read:
            if match := lists.ways_of_asking(name).search(_plain(sentence)):
                yield Hit(sentence[match.start() : match.end()].strip(" ,"))

    return find


def _plain(sentence: str) -> str:
    return sentence.replace("’", "'")


def leading(passage: Passage) -> Iterator[Hit]:
    """Pushing needs a question to push at; the push may be a sentence before it."""
    if passage.kind == "question" and passage.questions:
        yield from _pattern("leading")(passage)


def passives(passage: Passage) -> Iterator[Hit]:
    """ "Was it explained?" hides who explains. "Are you worried?" hides nobody."""
    for sentence in passage.sentences:
        for match in _PASSIVE.finditer(_plain(sentence)):
            if _is_participle(match[1].lower()):
                yield Hit(match[0])
                break


def _is_participle(word: str) -> bool:
    if word in lists.one_by_one("feelings"):
        return False
    regular = word.endswith("ed") and len(word) > 4 and not word.endswith("eed")
    return regular or word in lists.one_by_one("participles")


def two_things(passage: Passage) -> Iterator[Hit]:
    """ "Clear and helpful" may be one and not the other. "Fish and chips" is one thing."""
    for sentence in passage.questions:
        without = re.sub(lists.one_idea(), " ", _plain(sentence).lower())
        if match := _AND.search(without):
            yield Hit(match[0])


def two_marks(passage: Passage) -> Iterator[Hit]:
    if len(passage.questions) > 1:
        yield Hit(" ".join(passage.questions))


def says_no(sentence: str) -> bool:
    return _noes(sentence) > 0


def says_no_twice(sentence: str) -> bool:
    if len(lists.ways_of_asking("undoing").findall(sentence)) > 1 or _noes(sentence) > 1:
        return True
    hidden = lists.ways_of_asking("hidden-no").search(_NOT_A_NO.sub(" ", sentence))
    return _noes(sentence) == 1 and hidden is not None


def _noes(sentence: str) -> int:
    return len(_NOT.findall(_NOT_A_NO.sub(" ", sentence)))


def many_parts(sentence: str) -> bool:
    return sentence.count(",") > MOST_COMMAS


SENTENCE_RULES: tuple[Rule[Passage], ...] = (
    Rule(
        "very-long-sentence",
        Severity.STOP,
        f"More than {MOST} words. Make it two sentences.",
        _each(lambda sentence: length(sentence) > MOST),
    ),
    Rule(
        "long-sentence",
        Severity.LOOK,
        f"More than {AIM} words. Shorter is easier.",
        _each(lambda sentence: AIM < length(sentence) <= MOST),
    ),
    Rule(
        "long-sentence",
        Severity.LOOK,
        f"More than {MOST_STANDARD} words. Make it two sentences.",
        _each(lambda sentence: length(sentence) > MOST_STANDARD),
        wordings=STANDARD,
    ),
    Rule(
        "two-questions",
        Severity.STOP,
        "This asks two things, and there is one answer. Make it two questions.",
        _pattern("two-questions", only_questions=True),
        wordings=BOTH,
    ),
    Rule(
        "two-question-marks",
        Severity.LOOK,
        "Ask one thing at a time.",
        two_marks,
    ),
    Rule(
        "two-things",
        Severity.LOOK,
        "Somebody may say yes to one and no to the other. Ask about one.",
        two_things,
    ),
    Rule(
        "leading",
        Severity.STOP,
        "This pushes people to one answer. Ask it so that every answer is as easy to give.",
        leading,
        wordings=BOTH,
    ),
    Rule(
        "presumes",
        Severity.LOOK,
        "This takes for granted that something is so. Ask whether it is.",
        _pattern("presumes"),
        wordings=BOTH,
    ),
    Rule(
        "big-idea",
        Severity.LOOK,
        "This is a big idea that cannot be seen. Ask about things people do, see or have.",
        _pattern("big-idea", only_questions=True),
    ),
    Rule(
        "agree-scale",
        Severity.STOP,
        "Agreeing and scoring are hard. Ask how it is: “How is …?”, “Is it …?”",
        _pattern("agree-scale"),
    ),
    Rule(
        "two-noes",
        Severity.STOP,
        "Two noes in one sentence: nobody can be sure what “yes” means.",
        _each(says_no_twice),
        wordings=BOTH,
    ),
    Rule(
        "no-in-question",
        Severity.LOOK,
        "A “not” in a question is easily missed. Ask it the other way round.",
        _each(says_no, only_questions=True),
    ),
    Rule(
        "passive",
        Severity.LOOK,
        "Say who does it: “They told you”, not “You were told”.",
        passives,
    ),
    Rule(
        "vague-time",
        Severity.LOOK,
        "Use a time people know: “this week”, “this term”, “since the summer”.",
        _pattern("vague-time"),
    ),
    Rule(
        "supposing",
        Severity.LOOK,
        "Ask about what is real. “If” and “imagine” are hard for many people.",
        _pattern("supposing"),
    ),
    Rule(
        "long-join",
        Severity.LOOK,
        "This joins two ideas in a hard way. Make it two sentences.",
        _pattern("long-join"),
    ),
    Rule(
        "points-elsewhere",
        Severity.LOOK,
        "One question is on the page. Say again what it is about.",
        _pattern("points-elsewhere"),
    ),
    Rule(
        "many-parts",
        Severity.LOOK,
        "So many commas make it hard to follow. Make it two sentences, or a list of answers.",
        _each(many_parts),
    ),
)
