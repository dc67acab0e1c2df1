"""What people type, made plain before it is read. Pure."""

import unicodedata

LONGEST = 2000  # letters of a box for a few sentences

# Marks that make text read backwards, and so something other than what it says; and the BOM.
TURNS_TEXT_ROUND = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")


def tidy(text: str | None) -> str:
    """Control characters go, since no database and no spreadsheet takes them all.

    The invisible joiners stay: Urdu and Persian words, and many pictures, are made with them.
    """
    lines = (text or "").replace("\r\n", "\n").replace("\r", "\n")
    return "".join(_tidy_letter(letter) for letter in lines).strip()


def _tidy_letter(letter: str) -> str:
    kind = unicodedata.category(letter)
    if kind in ("Zl", "Zp"):
        return "\n"
    if kind == "Zs":
        return " "
    is_kept = kind not in ("Cc", "Cs") or letter in "\n\t"
    is_text = letter not in TURNS_TEXT_ROUND and not _is_never_a_letter(letter)
    return letter if is_kept and is_text else ""


def _is_never_a_letter(letter: str) -> bool:
    """Codes that Unicode keeps for programs: no page may hold one."""
    number = ord(letter)
    return number & 0xFFFE == 0xFFFE or 0xFDD0 <= number <= 0xFDEF


def plain_digits(text: str) -> str:
    """The digits of every script as 0 to 9, and what cannot be seen left out."""
    return "".join(_plain_letter(letter) for letter in text)


def _plain_letter(letter: str) -> str:
    kind = unicodedata.category(letter)
    if kind == "Nd":
        return str(unicodedata.decimal(letter))
    return "" if kind == "Cf" else letter
