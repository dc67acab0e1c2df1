"""Which language a comment is in."""

import unicodedata
from collections.abc import Sequence

from py3langid.langid import MODEL_FILE, LanguageIdentifier

SURE = 0.9
SHORT = 2


class LangidGuesser:
    """py3langid, held back where a text is too short or too mixed to tell."""

    name = "py3langid"

    def __init__(self, usual: str = "en") -> None:
        self._usual = usual
        self._identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)

    def guess(self, texts: Sequence[str]) -> list[str]:
        return [self._guess(text) for text in texts]

    def _guess(self, text: str) -> str:
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
