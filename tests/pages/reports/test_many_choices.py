"""Shares of a question with many choices, read by somebody who tries every survey there can be."""

from functools import cache

from engage.pages.reports.local_offer import shares_of_many

FEW = range(1, 5)
BASES = range(30, 61)
SHOWN_AS_30 = range(30, 33)
ALL = ("none", "search", "words")


@cache
def published(code, count, base, left_out):
    """What everyone sees of an answer that so many of them chose."""
    views = [{code}] * count + [{"another"}] * (base - count)
    shares = shares_of_many(views, [code], left_out)[code]
    return shares.base, shares.shares.get("chosen")


def learnt(bases, left_out, has_none=True):
    """The kinds of answer of which some publication leaves one possible number, of 1 to 4."""
    found = {}
    for base in bases:
        for counts, kinds in surveys(base, has_none, is_every=not left_out):
            seen = tuple(published(code, counts[code], base, left_out) for code in ALL)
            known = found.setdefault(seen, dict.fromkeys(kinds, (base, 0)))
            for kind, count in kinds.items():
                low, high = known[kind]
                known[kind] = min(low, count), max(high, count)
    return {
        kind
        for seen, known in found.items()
        if any(share is not None for _base, share in seen)
        for kind, (low, high) in known.items()
        if low == high and low in FEW
    }


def surveys(base, has_none, is_every):
    """How many chose each answer, and how many gave each kind of answer.

    Each kind grows or shrinks with how many chose either answer. So where that shows in nothing
    that is published, the fewest and the most are enough.
    """
    for search in range(base + 1):
        for words in range(base + 1):
            most = min(base, search + words)
            least = max(search, words)
            possible = range(least, most + 1) if is_every else {least, most}
            for either in possible if has_none else {base} & {*range(least, most + 1)}:
                counts = {"none": base - either, "search": search, "words": words}
                alone = {"search alone": either - words, "words alone": either - search}
                yield counts, {**counts, **alone, "both": search + words - either}


def test_the_shares_of_many_choices_tell_of_few_in_no_survey():
    assert learnt(BASES, frozenset({"none"})) == set()
    assert learnt(BASES, frozenset({"none", "words"}), has_none=False) == set()


def test_the_reader_finds_what_is_left_in():
    assert "words alone" in learnt(SHOWN_AS_30, frozenset())
    assert "both" in learnt(SHOWN_AS_30, frozenset(), has_none=False)
