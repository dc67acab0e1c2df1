"""Which language a comment is in."""

import re
import unicodedata
from collections.abc import Sequence
from functools import cached_property

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from engage.analysis.words import words_in

# Plain English never gets here, so a fair chance is enough to call a person who reads the language.
SURE = 0.7
SHORT = 2
# Frequent words of English that are no words of the other languages written in these letters. Where
# several stand in a comment there is no need to ask the model, which is slower than all the rest
# of this stage and takes a second to load.
ENGLISH = words_in(
    "the and our they their them were been being have has had with that this these which would "
    "could should because when what who how about after before very much not don't didn't it's "
    "she his your you we're i'm we've i've there where from into every nobody everyone everything "
    "nothing school children it us got need needs help helped work works year years week weeks "
    "hours felt feel good did always never waiting again things understand people first other "
    "parents friendly staff thank thanks well really think know appointment nurse nurses listened "
    "helpful quick quickly better early lost phone clear clearly without nice made"
)
FEWEST_ENGLISH = 2  # different ones
ENGLISH_SHARE = 0.15
_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?")


class LangidGuesser:
    """py3langid, held back where a text is too short or too mixed to tell."""

    name = "py3langid"

    def __init__(self, usual: str = "en") -> None:
        self._usual = usual

    @cached_property
    def _identifier(self) -> LanguageIdentifier:
        return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)

    def guess(self, texts: Sequence[str]) -> list[str]:
        codes = [self._guess(text) for text in texts]
        # The model takes more room than the vectors of a large survey, and is not wanted again.
        self.__dict__.pop("_identifier", None)
        return codes

    def _guess(self, text: str) -> str:
        if is_plainly_english(text):
            return "en"
        letters = [character for character in text if character.isalpha()]
        if not letters:
            return self._usual
        latin = sum("LATIN" in unicodedata.name(letter, "") for letter in letters)
        mostly_latin = latin * 2 > len(letters)
        # One or two words in our own letters are a name, a typing slip or "ok": never evidence.
        if mostly_latin and len(text.split()) <= SHORT:
            return self._usual
        code, chance = self._identifier.classify(text.casefold() if text.isupper() else text)
        if mostly_latin and code != self._usual and chance < SURE:
            return self._usual
        return str(code)


def is_plainly_english(text: str) -> bool:
    """Several different English words, and no small part of all that is said."""
    words = _WORD.findall(text.casefold().replace("’", "'"))
    known = [word for word in words if word in ENGLISH]
    enough = len(known) >= ENGLISH_SHARE * len(text.split())
    return enough and len(set(known)) >= FEWEST_ENGLISH
