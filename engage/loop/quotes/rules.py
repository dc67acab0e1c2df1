"""Which words may be quoted, how they may be changed, and how they are signed. Pure."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, replace
from datetime import date, datetime
from functools import lru_cache

from engage.analysis.redaction.applying import find_words
from engage.analysis.redaction.lists import instead
from engage.analysis.redaction.places import Places, key
from engage.analysis.redaction.rules import suggest
from engage.analysis.redaction.suggestion import Suggestion, suggestion
from engage.analysis.redaction.where import find_places, rare_with_place
from engage.clock import HERE, day_of
from engage.framework import Pack
from engage.framework.loading import PACKS
from engage.framework.yaml_files import read_yaml

GAP = "[…]"
RUN = 5  # as many words in a row are somebody's own

# What somebody said to "May we use your words?": these words, or only others for them.
# Every other answer, and none, is no.
OWN, OTHER_WORDS = "yes", "paraphrase"

# What is never public, whoever looked at it: it leads to a person, a family or a school.
NEVER = ("phone", "email", "postcode", "nhs", "birth", "school")
SEASONS = ("winter", "spring", "summer", "autumn")
FEWEST = 10  # what fewer people share is not told of any of them

# Letters that nobody sees, beside those that Unicode calls formats.
UNSEEN = frozenset(map(chr, (0x34F, 0x115F, 0x1160, *range(0xFE00, 0xFE10))))
APOSTROPHES = frozenset("'’‘ʼ′")
# Where words that are written as one come apart: HitchinMums, Hitchin2.
JOINTS = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])|_")
TAG = re.compile(r"[#@](\w+)")


# ---- how words may be changed


def words_in(text: str) -> list[str]:
    """Its words, without capitals, commas and how an apostrophe is written."""
    plain = undisguised(text).casefold().replace("'", "")
    return "".join(
        each if unicodedata.category(each)[0] in "LMN" else " " for each in plain
    ).split()


def undisguised(text: str) -> str:
    """The text as it looks: without what nobody sees, with one kind of letter, dash, apostrophe."""
    return "".join(map(_as_it_looks, unicodedata.normalize("NFKC", text)))


def _as_it_looks(letter: str) -> str:
    kind = unicodedata.category(letter)
    if kind == "Cf" or letter in UNSEEN:
        return ""
    if letter in APOSTROPHES:
        return "'"
    return "-" if kind == "Pd" else letter


def shares_a_run(words: str, original: str) -> bool:
    """Whether five words or more stand in a row in both; of a shorter original, all of it."""
    own, theirs = words_in(words), words_in(original)
    length = min(RUN, len(theirs))
    return bool(length) and not _runs(own, length).isdisjoint(_runs(theirs, length))


def _runs(words: Sequence[str], length: int) -> set[tuple[str, ...]]:
    return {tuple(words[n : n + length]) for n in range(len(words) - length + 1)}


def holds(words: str, part: str) -> bool:
    """Whether all words of the part stand in the words, in a row."""
    wanted = words_in(part)
    return bool(wanted) and tuple(wanted) in _runs(words_in(words), len(wanted))


def says(words: str, gone: str) -> bool:
    """Whether the words say this, however capitals, accents and apostrophes are written."""
    return holds(words, gone) or bool(find_words(undisguised(words), undisguised(gone)))


def only_takes_out(words: str, original: str) -> bool:
    """Whether nothing was put in, and […] stands wherever something was left out.

    What the original has […] for is gone: no words may stand there.
    """
    return _symbols_in(words) <= _symbols_in(original) and _in_order(words, original)


def _symbols_in(text: str) -> Counter[str]:
    """Signs and emoji, also newer than the tables of this machine, and what turns words round."""
    kinds = ((each, unicodedata.category(each)) for each in text)
    return Counter(each for each, kind in kinds if kind[0] == "S" or kind in ("Cf", "Cn", "Co"))


def _in_order(words: str, original: str) -> bool:
    said = _words_and_gaps(original)
    first, *rest = [words_in(piece) for piece in words.split(GAP)]
    if not rest:
        return first == said
    *middle, last = rest
    if said[: len(first)] != first:
        return False
    at: int | None = len(first)
    for piece in middle:
        at = _end_of(piece, said, at + 1) if at is not None else None
    begins = len(said) - len(last)
    return at is not None and at < begins and said[begins:] == last


def _words_and_gaps(text: str) -> list[str]:
    """Its words, with […] for each gap: that is no word anybody can say."""
    found: list[str] = []
    for piece in text.split(GAP):
        found += [*words_in(piece), GAP]
    return found[:-1]


def _end_of(piece: Sequence[str], said: Sequence[str], begin: int) -> int | None:
    """Where the first such words at `begin` or later end."""
    length = len(piece)
    starts = range(begin, len(said) - length + 1)
    return next((n + length for n in starts if list(said[n : n + length]) == piece), None)


def with_gaps(text: str) -> str:
    """A comment as staff read it, with […] for "[a name]" and the like."""
    for words in instead().values():
        text = text.replace(words, GAP)
    return text


def without(text: str, marks: Iterable[Suggestion]) -> str:
    """The text with […] in the place of each mark; two beside each other are one."""
    parts, at = [], 0
    for mark in marks:
        parts += [text[at : mark.start], GAP]
        at = mark.end
    whole = "".join([*parts, text[at:]])
    while f"{GAP} {GAP}" in whole:
        whole = whole.replace(f"{GAP} {GAP}", GAP)
    return whole


# ---- what may not stand in them


@dataclass(frozen=True, slots=True)
class County:
    """Its places, and those so large that they point at nobody."""

    places: Places
    large: frozenset[str]


def is_large(place: str, county: County) -> bool:
    return key(place) in county.large


def large_places(pack: Pack) -> frozenset[str]:
    """The county and its districts. A town or village that is no district is never among them."""
    return _large(pack.code, pack.county)


@lru_cache(maxsize=8)
def _large(pack: str, county: str) -> frozenset[str]:
    file = PACKS / pack / "areas.yaml"
    rows = read_yaml(file).get("districts", []) if file.is_file() else []
    return frozenset(key(name) for name in [county, *(row["label"] for row in rows)])


@dataclass(frozen=True, slots=True)
class Found:
    """What still stands in the words: by what may be done about it."""

    small_places: tuple[str, ...] = ()
    large_places: tuple[str, ...] = ()
    never: tuple[str, ...] = ()  # a school, a telephone number and the like
    perhaps: tuple[str, ...] = ()  # a name, as far as a machine can tell


def look_through(words: str, county: County) -> Found:
    """The rules of the redactions once more, for the words that are to be public."""
    words = undisguised(words)
    marks = suggest(words, county.places)
    named = _named_places(words, county.places)
    never = [mark for mark in marks if mark.rule.startswith(NEVER)]
    rest = [mark for mark in marks if mark not in never and mark.rule != "place_known"]
    return Found(
        small_places=tuple(each for each in named if not is_large(each, county)),
        large_places=tuple(each for each in named if is_large(each, county)),
        never=_texts(words, never),
        perhaps=_texts(words, _with_rare_conditions(words, rest)),
    )


def _with_rare_conditions(words: str, marks: Iterable[Suggestion]) -> list[Suggestion]:
    """Also where no place is said: the survey itself is of one county."""
    somewhere = suggestion(0, 0, "place_known")
    rare = list(rare_with_place(words, [somewhere]))
    others = [mark for mark in marks if not any(mark.overlaps(each) for each in rare)]
    return sorted([*rare, *others], key=lambda mark: mark.start)


def _named_places(words: str, places: Places) -> list[str]:
    """Each once, also where it is written as one word with another."""
    apart = JOINTS.sub(" ", words)
    found: dict[str, str] = {}
    for some in (_places_in(words, places), _places_in(apart, places), _in_tags(words, places)):
        for each in some:
            found.setdefault(key(each), each)
    return list(found.values())


def _in_tags(words: str, places: Places) -> Iterator[str]:
    """ "#hitchinmums". A name that is an ordinary word too is left alone."""
    tags = [match[1].casefold() for match in TAG.finditer(words)]
    for name, is_a_word_too in places.names.items():
        if not is_a_word_too and any(name.replace(" ", "") in tag for tag in tags):
            yield name


def _places_in(words: str, places: Places) -> Iterator[str]:
    """Also inside the name of something else: the name of a club says where it plays."""
    near = {each.start for each in find_places(words, places)}
    for match in places.pattern.finditer(words):
        if match[0][0].isupper() or match.start() in near:
            yield match[0]


def _texts(words: str, marks: Iterable[Suggestion]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words[mark.start : mark.end] for mark in marks))


# ---- how they are signed


@dataclass(frozen=True, slots=True)
class Signed:
    """Never a name, an area or an age. What is not told is empty."""

    audience: str = ""
    channel: str = ""
    season: str = ""
    year: str = ""


def signed(whole: Signed, is_role_told: bool, people: Mapping[Signed, int]) -> Signed:
    """Only what at least 10 people share: first the role, then the channel, then the season.

    `people` are those that the last snapshot counted; it decides about the role itself. All that
    is told is counted together: many by phone and many in spring may be one by phone in spring.
    """
    told = Signed(audience=whole.audience) if is_role_told else Signed()
    by_channel = replace(told, channel=whole.channel)
    if told.audience and _sharing(by_channel, people) >= FEWEST:
        told = by_channel
    in_season = replace(told, season=whole.season, year=whole.year)
    return in_season if _sharing(in_season, people) >= FEWEST else told


def _sharing(told: Signed, people: Mapping[Signed, int]) -> int:
    """How many people all that is told is true of."""
    wanted = astuple(told)
    return sum(
        count
        for each, count in people.items()
        if all(part in ("", other) for part, other in zip(wanted, astuple(each), strict=True))
    )


def season_bounds(moment: datetime) -> tuple[datetime, datetime]:
    """When the season of this moment begins and ends, by the clocks here."""
    day = day_of(moment)
    month, year = day.month // 3 * 3 or 12, day.year - (day.month < 3)
    begin = datetime(year, month, 1, tzinfo=HERE)
    return begin, datetime(year + (month == 12), month % 12 + 3, 1, tzinfo=HERE)


def season_of(day: date) -> tuple[str, str]:
    """Winter is of two years: December 2026 and January 2027 are winter 2026/27."""
    season = SEASONS[day.month % 12 // 3]
    if season != "winter":
        return season, str(day.year)
    begins = day.year if day.month == 12 else day.year - 1
    return season, f"{begins}/{(begins + 1) % 100:02}"
