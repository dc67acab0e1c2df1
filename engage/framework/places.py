"""Which area a place lies in: a town, or the first half of a postcode. Pure.

Nobody is placed by guessing. A place in several areas, or in none we know, is for the person to
say; and the second half of a postcode is cut off before anything else is done with it.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from engage.framework.pack import Pack, PostcodeDistrict

OUTSIDE = "outside"
FIRST_HALF = r"([A-Z]{1,2}(?:[0-9][A-Z]|[0-9]{1,2}))"
# With the gap seen, "AL1 0" is AL1; without it, "AL109" can only be AL10 9.
WITH_GAP = re.compile(rf"{FIRST_HALF} +[0-9][A-Z]{{0,2}}")
WITHOUT_GAP = re.compile(rf"{FIRST_HALF}(?:[0-9][A-Z]{{0,2}})?")
# In an address: "FLAT B2 HATFIELD AL9 5AB" is in AL9.
WHOLE_AMONG_WORDS = re.compile(rf"\b{FIRST_HALF} *[0-9][A-Z]{{2}}\b")
HALF_AMONG_WORDS = re.compile(rf"\b{FIRST_HALF}\b")


@dataclass(frozen=True, slots=True)
class Found:
    """The areas a place may lie in; the person chooses where `must_ask`."""

    name: str = ""  # the place as the county writes it; empty where nobody knows it
    areas: tuple[str, ...] = ()
    must_ask: bool = True


def first_half(text: str) -> str | None:
    """The first half of a postcode in some text, "AL10"; None where there is no postcode."""
    plain = re.sub(r"[^A-Z0-9]+", " ", _plain(text).upper()).strip()
    whole = WITH_GAP.fullmatch(plain) or WITHOUT_GAP.fullmatch(plain.replace(" ", ""))
    found = whole or WHOLE_AMONG_WORDS.search(plain) or HALF_AMONG_WORDS.search(plain)
    return found[1] if found else None


def without_second_half(text: str) -> str:
    """What was typed; of a postcode, and of an address that ends in one, only its first half."""
    return first_half(text) or text


def find_place(pack: Pack, text: str) -> Found:
    """Where a town or a postcode lies, as far as the pack knows."""
    district = first_half(text)
    if district is None:
        return _town(pack, _town_key(text))
    known = (each for each in pack.postcode_districts if each.district == district)
    return next((_district(each) for each in known), Found())


def _town(pack: Pack, wanted: str) -> Found:
    places = [(name, area) for name, area in _towns(pack) if _town_key(name) == wanted]
    if not places:
        return Found()
    areas = tuple(dict.fromkeys(area for _, area in places))
    return Found(places[0][0], areas, must_ask=len(areas) > 1)


def _towns(pack: Pack) -> Iterator[tuple[str, str]]:
    for area in pack.areas:
        yield from ((town, area.code) for town in area.towns)


def _district(district: PostcodeDistrict) -> Found:
    usual = () if district.default_area is None else (district.default_area,)
    if district.must_ask or not usual:
        return Found(district.district, district.could_be or usual)
    if district.check_outside:
        return Found(district.district, (*usual, OUTSIDE))
    return Found(district.district, usual, must_ask=False)


def _plain(text: str) -> str:
    """Wide letters narrow, accents off, digits of every script as 0 to 9."""
    letters = unicodedata.normalize("NFKD", text)
    return "".join(
        str(unicodedata.decimal(letter)) if unicodedata.category(letter) == "Nd" else letter
        for letter in letters
        if unicodedata.category(letter) not in ("Mn", "Cf")
    )


def _town_key(text: str) -> str:
    """ "St. Albans", "Saint Albans" and "st albans" are one town; so are the two Bishops."""
    letters = re.sub(r"['’`]", "", _plain(text).casefold())
    words = re.sub(r"[^\w]+", " ", letters).split()
    return " ".join("st" if word == "saint" else word for word in words)
