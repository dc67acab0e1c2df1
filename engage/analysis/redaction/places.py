"""The towns, villages and half postcodes of a county, as the rules look for them. Pure."""

import re
from dataclasses import dataclass

from engage.analysis.redaction.lists import DATA, lines
from engage.framework import Pack

SHORT = 4  # a shorter name in small letters may be any word: ware, reed
ALSO_A_WORD = "*"


@dataclass(frozen=True, slots=True)
class Places:
    """`names` maps each place as it is looked for to whether small letters need "in" before it."""

    names: dict[str, bool]
    districts: frozenset[str]
    pattern: re.Pattern[str]


def places_of(pack: Pack) -> Places:
    """From the county's pack, and the list of its villages where there is one."""
    towns = [town for area in pack.areas for town in area.towns if town[0].isupper()]
    village_list = f"places/{pack.code}.txt"
    villages = lines(village_list) if (DATA / village_list).is_file() else []
    districts = [each.district for each in pack.postcode_districts]
    return places([*towns, *villages], districts)


def places(names: list[str], districts: list[str]) -> Places:
    """A name with * behind it is an ordinary word too."""
    known = {key(name): name.endswith(ALSO_A_WORD) or len(key(name)) <= SHORT for name in names}
    longest_first = sorted({_pattern(name) for name in names}, key=lambda each: (-len(each), each))
    # Without any place, something that is never met. The longest name comes first, hyphens and
    # all, so "Hitchin-based" says Hitchin and a longer place is never cut in two.
    alternatives = "|".join(longest_first) or r"(?!)"
    return Places(
        names=known,
        districts=frozenset(district.upper() for district in districts),
        pattern=re.compile(rf"(?<![\w'’])(?:{alternatives})(?!\w)", re.IGNORECASE),
    )


def key(name: str) -> str:
    """ "Bishops Stortford" and "Bishop’s Stortford" are one place; so are St and Saint Albans."""
    plain = re.sub(r"['’.*]", "", name).casefold()
    words = re.split(r"[\s-]+", plain)
    return " ".join("st" if word == "saint" else word for word in words)


def _pattern(name: str) -> str:
    return r"[\s-]+".join(_word(word) for word in key(name).split())


def _word(word: str) -> str:
    if word == "st":
        return r"(?:st\.?|saint)"
    # bishops: bishop's, bishop’s
    return f"{re.escape(word[:-1])}['’]?s" if word.endswith("s") else re.escape(word)
