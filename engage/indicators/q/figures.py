"""What may be published of indicator q, and the sheet that says how it was counted. Pure.

Everything that leaves here is safe to show: percentages are whole and of 30 people or more,
bases are to the nearest 5, and whole groups are hidden where a small one could be worked out.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from decimal import Decimal
from gettext import gettext  # finds no catalogue: it only marks the words for ours
from typing import Any

from engage.indicators.q.by_area import by_area
from engage.indicators.q.calculations import index, range_code
from engage.indicators.q.method import asked_of, items, response_rate, took_part
from engage.indicators.q.seen import nearest_10
from engage.indicators.q.series import (
    CONFIDENCE,
    DOMAINS,
    HEADLINE,
    Reply,
    Source,
    answered,
    counted,
)
from engage.indicators.q.settling import Place, Publication, bases_of, by_question, kept
from engage.indicators.q.shares import Figure, Manner, count, figure, near
from engage.indicators.q.weighted import Population, Weights, weights_for
from engage.indicators.q.who_replied import who_replied
from engage.responses.disclosure import (
    SMALLEST_BASE,
    blurred,
    public_count,
    public_percentage,
    public_shares,
    whole_percent,
)

# From here a whole per cent is more than one person, so two figures of almost the same people do
# not tell what the few between them answered.
LARGE_BASE = 150
TOO_MANY_THREE_POINT = Decimal("0.1")  # of the base: then the figure is also given without them
BESIDE = ("easy_read", "three_point", "without_three_point", "index")
NOT_OF_EVENTS = (*BESIDE, "range", "response_rate", "took_part")

DEFINITION_VERSION = "2.0"
DEFINITION = gettext(
    "Indicator q is the percentage of service users who say they are very or fairly satisfied "
    "with the quality of the SEND services and support received in the last 12 months, among "
    "those giving a view. It is published as q-PC (parents and carers of children and young "
    "people aged 0–25 with SEND living in the county) and q-YP (children and young people "
    "with SEND answering for themselves), weighted to the SEND population, with an uncertainty "
    "range, the number of replies, and the percentage dissatisfied."
)


@dataclass(frozen=True, slots=True)
class _Wave:
    """What one publication is made of. `past` is what was published before, empty at first."""

    source: Source
    people: Sequence[Reply]
    left_out: int
    manner: Manner
    weights: Weights
    past: Publication
    now: datetime


def issued(
    source: Source,
    replies: Iterable[Reply],
    areas: Sequence[str],
    before: Publication,
    now: datetime,
) -> Publication:
    """What is published of one wave, as plain JSON values.

    `areas` are codes in map order. `before` is the publication before it, empty at first. A figure
    stays as it was until ten more people have answered it, and longer where the change would tell
    of a few: see `settling.kept`.
    """
    wave = _wave(source, list(replies), before, now)
    summary = _settled_summary(wave)
    wave = _at_the_cost_shown(wave, summary)
    data = {
        "indicator": "q",
        "series": source.series,
        "definition_version": DEFINITION_VERSION,
        "definition": DEFINITION,
        "grade": source.grade,
        "survey": _survey(source),
        "made_at": now.isoformat(),
        **summary,
        "domains": {part: asdict(_part(part, wave)) for part in DOMAINS},
        "confidence": asdict(_part(CONFIDENCE, wave)),
        **by_area(wave.people, areas, source, before, Figure(**summary[HEADLINE]), now),
    }
    is_new = data[HEADLINE]["as_of"] == now.isoformat()
    exact = {**before.exact, **(_exact(wave) if is_new else {})}
    return _with_each_question(data, exact, wave)


def _with_each_question(data: dict[str, Any], exact: dict[str, Any], wave: _Wave) -> Publication:
    """Adds what is said of each question, and what the next publication has to know exactly."""
    source, before = wave.source, wave.past
    bases = bases_of(data, wave.people, before)
    found = items(asked_of(wave.people), data, bases, source, before)
    data = {**data, "questions": {part: each.row for part, each in found.items() if each.row}}
    said = {
        part: each.silent
        for part, each in found.items()
        if each.silent is not None and (each.row or {}).get("said")
    }
    exact = {
        **exact,
        "bases": bases,
        "asked": dict(source.asked),
        "by_question": by_question(data, bases, said, source.asked, before),
    }
    return Publication(data, exact)


def _wave(source: Source, everyone: Sequence[Reply], past: Publication, now: datetime) -> _Wave:
    people = counted(source.series, everyone)
    weights = weights_for([reply.is_like for reply in people], source.population)
    weighed = [replace(reply, weight=weights.of(reply.is_like)) for reply in people]
    deff = float(_one_place(weights.deff)) if weights.deff else 1.0
    manner = Manner(source.grade, source.invited, weights.exist, deff)
    left_out = len(everyone) - len(people)
    return _Wave(source, weighed, left_out, manner, weights, past, now)


def _at_the_cost_shown(wave: _Wave, summary: Mapping[str, Any]) -> _Wave:
    """Beside a headline that stays, what others are worth would tell what weighting costs now."""
    deff = summary.get("weights", {}).get("deff")
    return replace(wave, manner=replace(wave.manner, deff=float(deff or 1)))


def _exact(wave: _Wave) -> dict[str, Any]:
    found, leads = count(wave.people, HEADLINE, wave.manner), wave.weights.lead
    return {
        "share": found.share(weighted=leads),
        "n_effective": found.n_effective if leads else found.n_unweighted,
        "is_weighted": leads,
    }


def _survey(source: Source) -> dict[str, Any]:
    return {
        "slug": source.slug,
        "organisation": source.organisation,
        "title": source.title,
        "title_easy": source.title_easy,
        "is_invented": source.is_invented,
        "scale": source.scale,
        "wordings": {part: dict(words) for part, words in source.wordings.items()},
        "earlier_headlines": [dict(words) for words in source.earlier_headlines],
        "settings_named": dict(source.settings_named),
        "invited": source.invited,
        "opened_on": source.opened_on and source.opened_on.isoformat(),
        "closes_on": source.closes_on and source.closes_on.isoformat(),
    }


def _settled_summary(wave: _Wave) -> dict[str, Any]:
    fresh, old = _summary(wave), wave.past.data
    asked = wave.source.asked.get(HEADLINE)
    stays = kept(Place(HEADLINE), wave.people, Figure(**fresh[HEADLINE]), wave.past, asked)
    if stays is None:
        return fresh
    # All of it stays, and what an older publication did not say is not said beside its figures.
    found = {key: old[key] for key in fresh if key in old}
    if stays == Figure(**old[HEADLINE]):
        return found
    # People were met at events, or the question comes back: what was said of those who answered
    # in another way, or the other question, goes. How many replied, and who, stays as it was.
    gone = NOT_OF_EVENTS if stays.reason == "events" else BESIDE
    return {**found, HEADLINE: asdict(stays), **dict.fromkeys(gone)}


def _summary(wave: _Wave) -> dict[str, Any]:
    people, manner = wave.people, wave.manner
    gave_a_view = answered(people, HEADLINE)
    return {
        HEADLINE: asdict(figure(people, HEADLINE, manner, wave.now)),
        "range": range_code(wave.source.grade, is_weighted=wave.weights.lead),
        "missing": nearest_10(len(people) - len(gave_a_view)),
        "left_out": public_count(wave.left_out),
        **_beside(gave_a_view, wave),
        "weights": _weights(wave.weights, wave.source.population),
        "who_replied": who_replied(people),
        "response_rate": response_rate(wave.source, len(people) + wave.left_out),
        # Of people met at events no share is given.
        "took_part": None if manner.grade == "C" else took_part(wave.source.ways),
    }


def _beside(gave_a_view: Sequence[Reply], wave: _Wave) -> dict[str, Any]:
    """How people read it, and their scores; of people met at events no share is given."""
    if wave.manner.grade == "C":
        return dict.fromkeys(BESIDE)
    easy = sum(reply.is_easy_read for reply in gave_a_view)
    return {
        "easy_read": _share(easy, len(gave_a_view)),
        **_three_point(gave_a_view, wave.manner, wave.now),
        "index": _index(wave.people),
    }


def _weights(weights: Weights, population: Population | None) -> dict[str, Any]:
    """How far the weights went, for the methodology note. Shares are of a census, in per cent."""
    return {
        "why_not": weights.why_not,
        "deff": None if weights.deff is None else _one_place(weights.deff),
        "margins": {
            name: {
                category: [_percent(share), _percent(weights.reached[name].get(category))]
                for category, share in population.shares[name].items()
            }
            for name in weights.variables
        }
        if population
        else {},
        "collapsed": {name: list(joined) for name, joined in weights.collapsed.items()},
        "population": {
            "title": population.title,
            "source": population.source,
            "as_of": population.as_of.isoformat(),
            "is_synthetic": population.is_synthetic,
        }
        if population
        else None,
    }


def _one_place(number: float) -> str:
    return str(Decimal(number).quantize(Decimal("0.1")))


def _percent(share: float | None) -> int | None:
    return None if share is None else whole_percent(share)


def _part(part: str, wave: _Wave) -> Figure:
    fresh = figure(wave.people, part, wave.manner, wave.now)
    return kept(Place(part), wave.people, fresh, wave.past, wave.source.asked.get(part)) or fresh


def _share(part: int, base: int) -> int | str | None:
    return near(public_shares({"these": part, "others": base - part}, ("these",)).shares["these"])


def _three_point(gave_a_view: Sequence[Reply], manner: Manner, now: datetime) -> dict[str, Any]:
    """The share who answered with three symbols; where it is large, the figure without them."""
    others = [reply for reply in gave_a_view if not reply.is_three_point]
    used = len(gave_a_view) - len(others)
    is_much = used > TOO_MANY_THREE_POINT * len(gave_a_view)
    is_large = is_much and used >= SMALLEST_BASE and len(others) >= LARGE_BASE
    return {
        "three_point": _share(used, len(gave_a_view)) if used else None,
        "without_three_point": _positive_alone(figure(others, HEADLINE, manner, now))
        if is_large
        else None,
    }


def _positive_alone(shown: Figure) -> dict[str, Any]:
    """With the other shares, the few between two figures of almost the same people stand out."""
    weighted = shown.weighted and {**shown.weighted, "negative": None}
    return asdict(replace(shown, negative=None, weighted=weighted))


def _index(people: Iterable[Reply]) -> dict[str, int | str] | None:
    """The mean q-index, 0 to 100, of those who answered at least four of the six domains."""
    each = [index([reply.values.get(part) for part in DOMAINS]) for reply in people]
    scores = [score for score in each if score is not None]
    mean = public_percentage(Decimal(sum(scores)), 100 * len(scores), len(scores))
    return {"score": blurred(mean.percent), "base": mean.base} if mean else None
