"""Phone numbers, e-mail addresses, postcodes, NHS numbers and birthdays in a text. Pure."""

import re
from collections.abc import Iterator

from engage.analysis.redaction.lists import words
from engage.analysis.redaction.suggestion import Suggestion, suggestion

EMAIL = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}")
SPOKEN_EMAIL = re.compile(
    r"[\w.+-]+ ?[(\[]?\bat\b[)\]]? ?[\w-]+ [(\[]?\bdot\b[)\]]? (?:com|co|org|net)\b(?: dot uk)?",
    re.I,
)
PHONE = re.compile(r"(?<![\w/])(?:\+|\(?)\d[\d\s().-]{7,20}\d(?![\w/])")
UK_PHONE = re.compile(r"0(?:[12]\d{8,9}|7\d{9})")
# Without the code of the town, only where somebody asks to be rung.
SHORT_PHONE = re.compile(
    r"\b(?:ring|call|text|phone|tel|telephone|mobile)(?: me)?(?: on)?[:.]? ?(\d{3} ?\d{3,4})\b",
    re.I,
)
NHS = re.compile(r"(?<![\d+])\d{3}([ -]?)\d{3}\1\d{4}(?!\d)")
NHS_SAID = re.compile(r"\bnhs\b", re.I)
NHS_REACH = 30
HALF = r"([A-Z]{1,2})(\d[A-Z\d]?)"
POSTCODE = re.compile(rf"\b{HALF} *\d(?!ST\b|ND\b|RD\b|TH\b)[ABD-HJLNP-UW-Z]{{2}}\b", re.I)
HALF_POSTCODE = re.compile(rf"\b{HALF}\b(?! *\d[A-Z]{{2}}\b)", re.I)
POSTCODE_SAID = re.compile(r"\bpost ?codes?\b", re.I)

MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
DAY = r"(?:the )?\d{1,2}(?:st|nd|rd|th)?"
DATE = (
    rf"(?:\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{2,4}}|\d{{4}}-\d{{2}}-\d{{2}}|"
    rf"{DAY}(?: of)? {MONTH}(?:,? \d{{2,4}})?|{MONTH} {DAY}(?:,? \d{{4}})?|{MONTH} \d{{4}})\b"
)
AGE = r"(?:\d{1,2}|[a-z]{3,9})(?:st|nd|rd|th)?"
BORN = (
    r"(?:\bborn(?: on| in)?|\bdob|\bd\.o\.b\.?|\bdate of birth|\bbirthdate|\bb-?day|\bbirthdays?|"
    rf"\b(?:is|was|be|turned|turns|turning|turn) {AGE}(?: years old)? on)"
)
BIRTH = re.compile(rf"({BORN})(?: is| was| falls| on| in|[:\s=-])*\s?({DATE})", re.I)
BIRTH_BEFORE = re.compile(rf"({DATE}) (?:is|was) (?:his|her|their|my|our \w+'?s) (birthday)", re.I)


def emails(text: str) -> Iterator[Suggestion]:
    for pattern in (EMAIL, SPOKEN_EMAIL):
        for match in pattern.finditer(text):
            yield suggestion(match.start(), match.end(), "email_address")


def phones(text: str) -> Iterator[Suggestion]:
    for match in PHONE.finditer(text):
        if _is_phone(match[0]):
            yield suggestion(match.start(), match.end(), "phone_number")
    for match in SHORT_PHONE.finditer(text):
        yield suggestion(match.start(1), match.end(1), "phone_number")


def _is_phone(written: str) -> bool:
    """As a home or a mobile has it. 0300 and 0800 belong to services and name nobody."""
    is_abroad = written.lstrip("(").startswith(("+", "00"))
    digits = re.sub(r"\D", "", written.replace("(0)", ""))
    if is_abroad:
        digits = digits.removeprefix("00")
        return not digits.startswith("44") or bool(UK_PHONE.fullmatch("0" + digits[2:]))
    return bool(UK_PHONE.fullmatch(digits))


def nhs_numbers(text: str) -> Iterator[Suggestion]:
    for match in NHS.finditer(text):
        near = text[max(0, match.start() - NHS_REACH) : match.end() + NHS_REACH]
        is_said = bool(NHS_SAID.search(near))
        if is_right(re.sub(r"\D", "", match[0])) and (is_said or match[1]):
            yield suggestion(match.start(), match.end(), "nhs_number_checked")
        elif is_said:
            yield suggestion(match.start(), match.end(), "nhs_number_said")


def is_right(digits: str) -> bool:
    """The tenth digit of an NHS number checks the nine before it (modulus 11)."""
    total = sum(int(digit) * (10 - place) for place, digit in enumerate(digits[:9]))
    return (11 - total % 11) % 11 == int(digits[9])


def postcodes(text: str, districts: frozenset[str]) -> Iterator[Suggestion]:
    for match in POSTCODE.finditer(text):
        if match[1].casefold() in words("postcode_areas"):
            yield suggestion(match.start(), match.end(), "postcode_full")
    is_said = bool(POSTCODE_SAID.search(text))
    for match in HALF_POSTCODE.finditer(text):
        area = match[1].casefold()
        # "M25" and "A414" are roads, so one letter is not enough.
        is_meant = is_said and len(area) > 1 and area in words("postcode_areas")
        if is_meant or match[0].upper() in districts:
            yield suggestion(match.start(), match.end(), "postcode_half")


def birthdays(text: str) -> Iterator[Suggestion]:
    for match in BIRTH.finditer(text):
        yield suggestion(match.start(2), match.end(2), "birth_said", match[1])
    for match in BIRTH_BEFORE.finditer(text):
        yield suggestion(match.start(1), match.end(1), "birth_said", match[2])
