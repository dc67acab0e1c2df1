"""The secrets a respondent holds: the token in the address, and the words of the receipt. Pure.

Both are kept only as hashes. The words follow from the token, so a lost reply, a reload or a
second press of the button shows the same receipt, and nobody can go from the words to the token.
"""

import hashlib
import secrets
from functools import cache
from pathlib import Path

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


@cache
def word_list() -> tuple[str, ...]:
    return tuple(Path(__file__).with_name("receipt_words.txt").read_text().split())
