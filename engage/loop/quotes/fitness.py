"""Whether these words may stand for that sentence, and if not, why: in words for the form."""

from dataclasses import dataclass

from flask_babel import gettext as _

from engage.loop.quotes import rules
from engage.loop.quotes.queries import Sentence
from engage.loop.quotes.rules import County, Found


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to be public, and what they say of what still stands in it."""

    words: str
    is_large: bool = False  # each place in it is so large that everybody may know it
    is_nobody: bool = False  # what looks like a name is none


def problems(wish: Wish, sentence: Sentence, county: County) -> dict[str, str]:
    """By the box of the form they stand beside; empty where nothing is wrong."""
    found = rules.look_through(wish.words, county)
    beside = {"words": _wrong_words(wish, sentence) or _not_public(found)}
    if found.large_places and not wish.is_large:
        beside["is_large"] = _(
            "“%(places)s” still stands in the words. Take it out, or say that it is large enough.",
            places=_listed(found.large_places),
        )
    if found.perhaps and not wish.is_nobody:
        beside["is_nobody"] = _(
            "“%(words)s” may point to a person. Take it out, or say that it does not.",
            words=_listed(found.perhaps),
        )
    return {box: text for box, text in beside.items() if text}


def _wrong_words(wish: Wish, sentence: Sentence) -> str:
    """Their own words are theirs; other words are others."""
    if not rules.words_in(wish.words):
        return str(_("Write the words that everyone can read"))
    if says_what_is_gone(wish.words, sentence):
        return str(_("Somebody took some of these words out of the comment. Leave them out."))
    if sentence.is_own and not rules.only_takes_out(wish.words, sentence.text):
        return str(
            _("These are not their own words. Only take words out, and put […] in their place.")
        )
    if not sentence.is_own and rules.shares_a_run(wish.words, sentence.comment):
        return str(
            _("Five words in a row are theirs. They asked for other words: say it differently.")
        )
    return ""


def says_what_is_gone(words: str, sentence: Sentence) -> bool:
    """Whether they say, or put back, what somebody has taken out of the comment."""
    if any(rules.says(words, each) for each in sentence.gone):
        return True
    is_theirs = sentence.is_own and rules.only_takes_out(words, sentence.said)
    return is_theirs and not rules.only_takes_out(words, sentence.text)


def _not_public(found: Found) -> str:
    if found.small_places:
        return str(
            _(
                "“%(places)s” is a place so small that it points to a family. Take it out.",
                places=_listed(found.small_places),
            )
        )
    if found.never:
        return str(
            _(
                "“%(words)s” leads to a person or a school. Take it out.",
                words=_listed(found.never),
            )
        )
    return ""


def _listed(words: tuple[str, ...]) -> str:
    return "”, “".join(words)
