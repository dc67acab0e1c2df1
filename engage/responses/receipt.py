"""The secrets a respondent holds: the token in the address, and the six words of their code. Pure.

Both are kept only as hashes. The words follow from the token, so a lost reply, a reload or a
second press of the button shows the same words. The way back, from the words to the token, needs
what is sealed beside them; neither the words nor the sealed token is of any use alone.
"""

import base64
import hashlib
import re
import secrets
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from functools import cache
from pathlib import Path

LONGEST_SLIP = 12  # letters; what is longer is no slip of the pen
WORDS_IN_A_RECEIPT = 6  # of more than 1,800 words: over 65 bits


def new_token() -> str:
    """128 random bits, as they stand in an address."""
    return secrets.token_urlsafe(16)


def fingerprint(secret: str) -> str:
    """What is stored of a secret: enough to know it again, not enough to learn it."""
    return hashlib.sha256(secret.encode()).hexdigest()


def receipt_of(token: str) -> tuple[str, ...]:
    """The six words that belong to a token."""
    number = int.from_bytes(hashlib.sha256(f"receipt/{token}".encode()).digest())
    words = []
    for _ in range(WORDS_IN_A_RECEIPT):
        number, place = divmod(number, len(word_list()))
        words.append(word_list()[place])
    return tuple(words)


def seal(token: str) -> str:
    """What is stored so that the words, and only they, give the token back.

    A one-time pad: the key follows from the words of this one token and is used once.
    """
    return _with_pad(_bytes_of(token), receipt_of(token)).hex()


def unseal(sealed: str, words: Sequence[str]) -> str:
    """The token that was sealed. With other words it is another token, which opens nothing."""
    token = _with_pad(bytes.fromhex(sealed), words)
    return base64.urlsafe_b64encode(token).decode().rstrip("=")


def _with_pad(secret: bytes, words: Sequence[str]) -> bytes:
    pad = hashlib.sha256(f"seal/{' '.join(words)}".encode()).digest()
    return bytes(left ^ right for left, right in zip(secret, pad, strict=False))


def _bytes_of(token: str) -> bytes:
    return base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))


def words_typed(text: str) -> list[str]:
    """The words of a code, however they were typed: capitals, commas, one to a line."""
    return re.findall(r"[^\W\d_]+", text.lower())


def unknown_words(words: Iterable[str]) -> dict[str, str]:
    """The words that are in no code, each with the nearest one that is, or nothing."""
    known = set(word_list())
    strange = [word for word in words if word not in known]
    return {word: _nearest(word, known) for word in strange}


def _nearest(word: str, known: Iterable[str]) -> str:
    if len(word) > LONGEST_SLIP:
        return ""
    return next(iter(get_close_matches(word, known, n=1, cutoff=0.7)), "")


@cache
def word_list() -> tuple[str, ...]:
    return tuple(Path(__file__).with_name("receipt_words.txt").read_text().split())
