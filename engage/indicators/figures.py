"""What may be published of indicator q, and the sheet that says how it was counted. Pure.

Everything that leaves here is safe to show: percentages are whole and of 30 people or more,
bases are to the nearest 5, and whole groups are hidden where a small one could be worked out.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from gettext import gettext  # finds no catalogue: it only marks the words for ours
from typing import Any

from engage.indicators.calculations import (
    CONFIDENT,
    SATISFIED,
    Grade,
    Value,
    index,
    range_code,
    share,
    tally,
    wilson,
)
from engage.responses.disclosure import (
    NEW_ANSWERS,
    SMALLEST_BASE,
    blurred,
    half_up,
    public_count,
    public_percentage,
    withheld,
)

HEADLINE = "headline"
CONFIDENCE = "confidence"
DOMAINS = (
    "domain_needs",
    "domain_listened",
    "domain_comms",
    "domain_joined",
    "domain_timely",
    "domain_info",
)
PARTS = (HEADLINE, *DOMAINS, CONFIDENCE)
POSITIVE = {CONFIDENCE: CONFIDENT}

SERIES_OF_AUDIENCE = {"parent_carer": "q-PC", "young_person": "q-YP"}
OUTSIDE = "outside"  # the answer "outside Hertfordshire" to where people live
TOO_MANY_THREE_POINT = Decimal("0.1")  # of the base: then the figure is also given without them

DEFINITION_VERSION = "1.0"
DEFINITION = gettext(
    "Indicator q is the percentage of service users who say they are very or fairly satisfied "
    "with the quality of the SEND services and support received in the last 12 months, among "
    "those giving a view. It is published as q-PC (parents and carers of children and young "
    "people aged 0–25 with SEND living in Hertfordshire) and q-YP (children and young people "
    "with SEND answering for themselves), with an uncertainty range, the number of replies, and "
    "the percentage dissatisfied."
)
WEIGHTING = gettext(
    "The definition asks for figures weighted to the SEND population. These are not weighted: "
    "every reply counts once, so groups who reply more count for more."
)


@dataclass(frozen=True, slots=True)
class Reply:
    """One person's answers. A part the survey did not ask is absent, an unanswered one None."""

    values: Mapping[str, Value]
    area: str | None
    sent_at: datetime
    is_easy_read: bool = False
    is_three_point: bool = False
    said_for_them: bool = False  # someone answered for a young person who could not


@dataclass(frozen=True, slots=True)
class Source:
    """A survey that feeds q. `wordings` has each part's standard and easy-read words."""

    survey_id: int
    slug: str
    series: str
    title: str
    title_easy: str
    is_invented: bool
    scale: str | None
    wordings: Mapping[str, Mapping[str, str]]
    earlier_headlines: Sequence[Mapping[str, str]]  # of older versions, where they differ
    opened_on: date | None
    closes_on: date | None
    # Every way in is an open link so far; when families are invited by name this is per reply.
    grade: Grade = "B"


@dataclass(frozen=True, slots=True)
class Figure:
    """A published percentage: whole numbers, "under 5" or "over 95", or all None when hidden.

    `base` is people who gave a view, to the nearest 5. `low` and `high` are per cent. `as_of` is
    when it was counted, which can be before the snapshot it is in. `reason` says why it is
    hidden: "few" replies, "protected" because another group could be worked out from it, or
    "not_asked".
    """

    as_of: str
    base: int | None = None
    positive: int | str | None = None
    negative: int | str | None = None
    low: int | None = None
    high: int | None = None
    reason: str | None = None


def issue(
    source: Source,
    replies: Iterable[Reply],
    areas: Sequence[str],
    before: Mapping[str, Any],
    now: datetime,
) -> dict[str, Any]:
    """One publication of one series, as plain JSON values.

    `areas` are codes in map order. `before` is the issue before it, empty at first: a figure
    stays as it was until ten more people have answered it.
    """
    everyone = list(replies)
    people = counted(source, everyone)
    return {
        "indicator": "q",
        "series": source.series,
        "definition_version": DEFINITION_VERSION,
        "definition": DEFINITION,
        "weighting": WEIGHTING,
        "grade": source.grade,
        "range": range_code(source.grade, is_weighted=False),
        "survey": _survey(source),
        "made_at": now.isoformat(),
        **_settled_summary(source, everyone, before, now),
        "domains": {part: asdict(_part(part, people, before, now)) for part in DOMAINS},
        "confidence": asdict(_part(CONFIDENCE, people, before, now)),
        "areas": _areas(people, areas, before, now),
    }


def counted(source: Source, replies: Iterable[Reply]) -> list[Reply]:
    """The replies the definition speaks of: nobody else's voice, nobody from elsewhere."""
    return [reply for reply in replies if not _left_out(source.series, reply)]


def _left_out(series: str, reply: Reply) -> bool:
    if series == "q-YP":
        return reply.said_for_them
    return reply.area == OUTSIDE


def _survey(source: Source) -> dict[str, Any]:
    return {
        "slug": source.slug,
        "title": source.title,
        "title_easy": source.title_easy,
        "is_invented": source.is_invented,
        "scale": source.scale,
        "wordings": {part: dict(words) for part, words in source.wordings.items()},
        "earlier_headlines": [dict(words) for words in source.earlier_headlines],
        "opened_on": source.opened_on and source.opened_on.isoformat(),
        "closes_on": source.closes_on and source.closes_on.isoformat(),
    }


def _settled_summary(
    source: Source, everyone: Sequence[Reply], before: Mapping[str, Any], now: datetime
) -> dict[str, Any]:
    people = counted(source, everyone)
    old = before.get(HEADLINE)
    fresh = _summary(people, len(everyone) - len(people), now)
    if old and _newcomers(people, HEADLINE, old["as_of"]) < NEW_ANSWERS:
        return {key: before[key] for key in fresh}
    return fresh


def _summary(people: Sequence[Reply], left_out: int, now: datetime) -> dict[str, Any]:
    answered = _answered(people, HEADLINE)
    return {
        HEADLINE: asdict(figure(people, HEADLINE, now)),
        "missing": public_count(tally(reply.values.get(HEADLINE) for reply in people).missing),
        "left_out": public_count(left_out),
        "easy_read": _share(sum(reply.is_easy_read for reply in answered), len(answered)),
        **_three_point(answered, now),
        "index": _index(people),
    }


def figure(people: Sequence[Reply], part: str, now: datetime) -> Figure:
    """How many of every 100 who gave a view were positive and negative about that part.

    The range is worked out on the published base, so that it tells no more than the base does.
    """
    asked = [reply.values[part] for reply in people if part in reply.values]
    counts = tally(asked, POSITIVE.get(part, SATISFIED))
    good = public_percentage(counts.positive, counts.base, counts.base)
    bad = public_percentage(counts.negative, counts.base, counts.base)
    as_of = now.isoformat()
    if good is None or bad is None:
        return Figure(as_of, reason="not_asked" if people and not asked else "few")
    shown = Figure(as_of, good.base, blurred(good.percent), blurred(bad.percent))
    if isinstance(shown.positive, str):
        return shown  # a range would tell 0 from 1, which the blur hides
    ends = wilson(share(counts.positive, counts.base) or 0.0, good.base)
    return replace(shown, low=_whole(100 * ends.low), high=_whole(100 * ends.high))


def _part(part: str, people: Sequence[Reply], before: Mapping[str, Any], now: datetime) -> Figure:
    old = before.get(part) or before.get("domains", {}).get(part)
    if old and _newcomers(people, part, old["as_of"]) < NEW_ANSWERS:
        return Figure(**old)
    return figure(people, part, now)


def _areas(
    people: Sequence[Reply], areas: Sequence[str], before: Mapping[str, Any], now: datetime
) -> dict[str, dict[str, Any]]:
    """The headline by area. An area that is not shown is kept, with the reason."""
    in_area = {code: [reply for reply in people if reply.area == code] for code in areas}
    bases = {code: len(_answered(those, HEADLINE)) for code, those in in_area.items()}
    kept = {
        code: Figure(**old)
        for code, old in before.get("areas", {}).items()
        if code in in_area and _newcomers(in_area[code], HEADLINE, old["as_of"]) < NEW_ANSWERS
    }
    hidden = withheld(bases, also={code for code, old in kept.items() if old.base is None})
    # One reason for all of them: two would say which is the small one.
    some_are_large = any(bases[code] >= SMALLEST_BASE for code in hidden)
    reason = "protected" if some_are_large else "few"
    return {
        code: asdict(
            Figure(_since(kept, hidden, code, now), reason=reason)
            if code in hidden
            else kept.get(code) or figure(in_area[code], HEADLINE, now)
        )
        for code in areas
    }


def _since(kept: Mapping[str, Figure], hidden: Collection[str], code: str, now: datetime) -> str:
    """When a hidden area was last counted. One that stays hidden waits from when it first was."""
    was_hidden = code in kept and kept[code].base is None and code in hidden
    return kept[code].as_of if was_hidden else now.isoformat()


def _newcomers(people: Iterable[Reply], part: str, as_of: str) -> int:
    """How many have given a view of that part since."""
    since = datetime.fromisoformat(as_of)
    return sum(reply.sent_at > since for reply in _answered(people, part))


def _answered(people: Iterable[Reply], part: str) -> list[Reply]:
    return [reply for reply in people if reply.values.get(part) is not None]


def _share(part: int, base: int) -> int | str | None:
    percentage = public_percentage(part, base, base)
    return blurred(percentage.percent) if percentage else None


def _three_point(answered: Sequence[Reply], now: datetime) -> dict[str, Any]:
    """The share who answered with three symbols; where it is large, the figure without them."""
    others = [reply for reply in answered if not reply.is_three_point]
    used = len(answered) - len(others)
    is_large = used >= NEW_ANSWERS and used > TOO_MANY_THREE_POINT * len(answered)
    return {
        "three_point": _share(used, len(answered)) if used else None,
        "without_three_point": asdict(figure(others, HEADLINE, now)) if is_large else None,
    }


def _index(people: Iterable[Reply]) -> dict[str, int | str] | None:
    """The mean q-index, 0 to 100, of those who answered at least four of the six domains."""
    each = [index([reply.values.get(part) for part in DOMAINS]) for reply in people]
    scores = [score for score in each if score is not None]
    mean = public_percentage(Decimal(sum(scores)), 100 * len(scores), len(scores))
    return {"score": blurred(mean.percent), "base": mean.base} if mean else None


def _whole(percent: float) -> int:
    return half_up(Decimal(percent))
