"""From raw comments to sentences worth reading: cleaned, set aside, split, in one order."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from engage.analysis.types import EMPTY, NO_ANSWER, ONLY_MARKS, Comment, Sentence
from engage.analysis.words import ABBREVIATIONS

MOST_CHARACTERS = 20_000
CLIP_NOTE = " [cut here: the comment was too long]"
LONGEST_SENTENCE = 400


# Whole answers that say there is no answer. Compared after `plain` has removed marks and case.
_NOTHING = (
    r"(?:absolutely |really |honestly |probably )*"
    r"(?:no|none|nope|nil|nah|nothing|not? ?(?:thing|much|really|sure|applicable|known|yet)|na|n a|"
    r"no ?(?:comments?|answer|idea|opinion|suggestions?|improvements?|complaints?|problems?|"
    r"reply|response|change|changes|thank ?you|thanks)|"
    r"(?:i )?(?:do ?n.?t|dont|do not) know|dk|idk|unsure|unknown|"
    r"(?:i )?(?:can ?not|can ?t|cant|could ?n.?t|couldnt) (?:think|say|comment)"
    r"(?: of)?(?: any ?thing| one| any(?: improvements?)?)?|"
    r"nothing (?:comes|springs) to mind|nothing (?:i|that i) can think of|"
    r"(?:as above|see above|same as above|as before|ditto|pass|test|blank|prefer not to say))"
)
_TAIL = (
    r"(?: (?:at all|really|at present|at the moment|at this time|at this moment|currently|"
    r"to add|to say|else|else to add|further|more|so far|yet|today|this time|"
    r"i can think of|that i can think of|comes to mind|springs to mind|in particular|specific|"
    r"particular|whatsoever|right now|for now|needed|required|to report|as yet|of|"
    r"thanks?|thank you|sorry|im afraid|i m afraid))*"
)
_NO_ANSWER = re.compile(f"^{_NOTHING}{_TAIL}$")

_BREAK = re.compile(r"(?<=[.!?…])[\"'”’)\]]*\s+|[\r\n]+|\s*[•▪●]\s*|;\s+|\s+[-–—]\s+")
_TURN = re.compile(r",?\s+(?=(?:but|however|although|whereas)\b)", re.IGNORECASE)
_LAST_WORD = re.compile(r"([\w.]+)\.$")
_DIGITS = re.compile(r"(\d+)")
# The control characters of Unicode (category Cc), but for the two that end a line.
_CONTROL = re.compile("[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_WORDS = re.compile(r"\w+")


@dataclass(frozen=True)
class Prepared:
    """A comment after cleaning. `key` is equal for comments that say the same words."""

    comment: Comment
    text: str
    key: str
    set_aside: str
    clipped: bool


def natural(identifier: str) -> tuple[tuple[int, int, str], ...]:
    """A sort key that puts 2 before 10, and never compares a number with a word."""
    parts = _DIGITS.split(identifier)
    numbers = [(0, int(p), p) if p.isdecimal() else (1, 0, p) for p in parts if p]
    return (*numbers, (2, 0, identifier)) if numbers else ((2, 0, identifier),)


def clean(text: str) -> str:
    """The words without control characters, odd spaces or broken surrogates."""
    text = text[: MOST_CHARACTERS * 2]
    text = unicodedata.normalize("NFC", text.encode("utf-8", "replace").decode("utf-8"))
    lines = re.split(r"[\r\n]+", _CONTROL.sub(" ", text))
    return "\n".join(stripped for line in lines if (stripped := " ".join(line.split())))


def plain(text: str) -> str:
    """Lower-case words only, for comparing what was said and not how it was typed."""
    folded = unicodedata.normalize("NFKC", text).casefold().replace("’", "'").replace("'", "")
    return " ".join(_WORDS.findall(folded.replace("_", " ")))


def set_aside(text: str) -> str:
    """Why a comment has nothing to read, or "" when it has."""
    words = plain(text)
    if not any(character.isalpha() for character in words):
        return ONLY_MARKS if text.strip() else EMPTY
    return NO_ANSWER if _NO_ANSWER.match(words) else ""


def prepare(comments: Iterable[Comment]) -> list[Prepared]:
    """Each comment cleaned, in the natural order of their ids."""
    ordered = sorted(comments, key=lambda comment: natural(comment.id))
    return [_prepared(comment) for comment in ordered]


def _prepared(comment: Comment) -> Prepared:
    text = clean(comment.text)
    clipped = len(comment.text) > MOST_CHARACTERS
    if clipped:
        text = text[:MOST_CHARACTERS].rstrip()
    return Prepared(comment, text, content_key(text), set_aside(text), clipped)


def content_key(text: str) -> str:
    """A hash of what was said: the canonical order, and what makes two comments duplicates."""
    return hashlib.sha256((plain(text) or text).encode()).hexdigest()


def sentences(prepared: Prepared) -> list[Sentence]:
    """The comment in sentences, numbered from 1; a turn such as "but" begins a new one."""
    said = [part for whole in _whole_sentences(prepared.text) for part in _turns(whole)]
    said = [short for part in said for short in _short_enough(part)]
    numbered = [Sentence(prepared.comment.id, n, text) for n, text in enumerate(said, start=1)]
    if prepared.clipped and numbered:
        last = numbered[-1]
        numbered[-1] = Sentence(last.comment_id, last.number, last.text + CLIP_NOTE)
    return numbered


def _whole_sentences(text: str) -> list[str]:
    pieces: list[str] = []
    start = 0
    for match in _BREAK.finditer(text):
        before = text[start : match.start()]
        if _is_abbreviation(before, match.group()):
            continue
        pieces.append(text[start : match.end()])
        start = match.end()
    pieces.append(text[start:])
    return _with_words(pieces)


def _is_abbreviation(before: str, gap: str) -> bool:
    if "\n" in gap:
        return False
    last = _LAST_WORD.search(before)
    if last is None:
        return False
    word = last.group(1).casefold()
    return word in ABBREVIATIONS or (len(word) == 1 and word.isalpha())


def _with_words(pieces: Iterable[str]) -> list[str]:
    """The pieces, with a piece that has no word (a smile, a dash) joined to the one before."""
    joined: list[str] = []
    for piece in (p.strip(" \t\r\n•▪●") for p in pieces):
        if not piece:
            continue
        if joined and not plain(piece):
            joined[-1] = f"{joined[-1]} {piece}"
            continue
        joined.append(piece)
    return joined


def _turns(sentence: str) -> list[str]:
    parts = _TURN.split(sentence)
    kept = [parts[0]]
    for part in parts[1:]:
        if min(len(plain(part).split()), len(plain(kept[-1]).split())) < 4:
            kept[-1] = f"{kept[-1]} {part}"
            continue
        kept.append(part)
    return kept


def _short_enough(sentence: str) -> list[str]:
    """A sentence without an end is cut at a space, so that no reader or model is given a page."""
    pieces = []
    while len(sentence) > LONGEST_SENTENCE:
        cut = sentence.rfind(" ", LONGEST_SENTENCE // 2, LONGEST_SENTENCE)
        cut = cut if cut > 0 else LONGEST_SENTENCE
        pieces.append(sentence[:cut].strip())
        sentence = sentence[cut:].strip()
    return [piece for piece in (*pieces, sentence) if piece]


_BOTH = re.compile(
    r"dissatisf|good (?:and|or) bad|well (?:and|or) (?:not|badly)|and/or", re.IGNORECASE
)
_IMPROVE = re.compile(
    r"\b(?:better|improv\w*|chang\w*|difficult\w*|challeng\w*|wrong|worr\w*|concern\w*|problem\w*|"
    r"barriers?|hard(?:er)?|not (?:working|work|go|gone) (?:so )?well|missing|differently|stop)\b",
    re.IGNORECASE,
)
_PRAISE = re.compile(
    r"\b(?:good|best|well|enjoy\w*|like|liked|love\w*|praise|proud|helpful|strengths?|worked|thank)\b",
    re.IGNORECASE,
)


def question_tone(question: str) -> str:
    """What a question asks for: "improve", "praise", or "neutral" when it asks for either."""
    if _BOTH.search(question):
        return "neutral"
    if _IMPROVE.search(question):
        return "improve"
    return "praise" if _PRAISE.search(question) else "neutral"
