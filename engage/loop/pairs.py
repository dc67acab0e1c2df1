"""One "You said" beside its answer, in the words a reader meets. Knows no database."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import format_decimal
from flask_babel import gettext as _

from engage.framework import Pack
from engage.loop import lifecycle, lifecycle_public
from engage.loop.co_lead import public as co_lead
from engage.loop.models import KINDS, Action
from engage.loop.public.areas import names_of
from engage.responses.disclosure import public_count
from engage.web.i18n import long_day

PICTURES = {
    "did": "done",
    "doing": "fix",
    "will": "date",
    "cannot": "cannot",
    "already": "info",
    "passed_on": "letter",
    "ask_more": "talk",
}


@dataclass(frozen=True, slots=True)
class Pair:
    """What the `pair` part of a page shows, and what the JSON beside it says."""

    id: int
    kind: str
    title: str
    you_said: list[str]
    answer: list[str]
    people: str
    owner: str
    changed: str
    checked: str
    anchor: str
    instead: str = ""
    challenge_text: str = ""
    ambition_number: int | None = None
    ambition_name: str = ""
    picture_said: str = "say"
    picture_answer: str = "done"
    url: str = ""
    families: Sequence[str] = ()
    quotes: Sequence[Any] = ()  # see quotes.showing.QuoteShown
    co_lead_notes: Sequence[str] = ()
    areas: str = ""
    is_for_all: bool = False  # said only where other answers are for one area


@dataclass(frozen=True, slots=True)
class Reading:
    """Who reads, when, and what the words are made with."""

    pack: Pack
    today: date
    easy_read: bool = False


def days_late(action: Action, today: date) -> int:
    """How long ago it should have been done; 0 where it is not late."""
    return lifecycle.days_over(action.course, today)


def in_turn(actions: Iterable[Action], counts: Mapping[int, int | None]) -> list[Action]:
    """One answer of each kind, then again: so "We can't" is never only at the end.

    Within a kind the most talked about comes first.
    """
    by_kind: dict[str, list[Action]] = {kind: [] for kind in KINDS}
    for action in sorted(actions, key=lambda each: (-(counts.get(each.theme_id) or 0), each.id)):
        by_kind[action.kind].append(action)
    longest = max((len(each) for each in by_kind.values()), default=0)
    rounds = range(longest)
    return [each[turn] for turn in rounds for each in by_kind.values() if turn < len(each)]


def pair(action: Action, counts: Mapping[str, Any], reading: Reading) -> Pair:
    """`counts` is the data of the survey's last snapshot; empty where there is none."""
    words = words_of(action, reading.easy_read)
    number, name = ambition_of(co_lead.public_ambition(action), reading.pack)
    return Pair(
        id=action.id,
        kind=action.kind,
        title=co_lead.public_name(action),
        you_said=words["you_said"],
        answer=[
            *words["answer"],
            *FACTS[action.kind](action, reading.today),
            *lifecycle_public.difference_words(action),
        ],
        people=people_words(counts, action.theme_id, reading),
        owner=action.owner,
        changed=long_day(action.changed_at),
        checked=_footnotes(action, reading),
        anchor=f"answer-{action.id}",
        instead=" ".join(words["instead"]),
        families=lifecycle_public.families_words(action),
        co_lead_notes=co_lead.note_words(action, reading.easy_read),
        challenge_text=_challenge(action) if action.kind == "cannot" else "",
        ambition_number=number,
        ambition_name=name,
        picture_answer=PICTURES[action.kind],
        areas=names_of(action.areas, reading.pack),
    )


def ambition_of(code: str | None, pack: Pack) -> tuple[int | None, str]:
    """The number and short name; nothing where the theme is of no ambition the pack knows."""
    found = next((each for each in pack.ambitions if each.code == code), None)
    return (found.number, found.short_name) if found else (None, "")


def people_words(counts: Mapping[str, Any], theme_id: int, reading: Reading) -> str:
    """How many people said it, as far as that may be told."""
    counted = counts.get("themes", {}).get(str(theme_id))
    if counted is None:
        return str(_("We will show how many people when the next count is made."))
    if counted["people"] is None:
        return str(_("Fewer than 10 people said this."))
    total = _("About %(count)s people said this", count=format_decimal(counted["people"]))
    told_apart = not reading.easy_read and len(counted["audiences"]) > 1
    parts = audience_words(counted["audiences"], reading.pack) if told_apart else []
    return f"{total}: {', '.join(parts)}." if parts else f"{total}."


def audience_words(counts: Mapping[str, int | None], pack: Pack) -> list[str]:
    """The audiences that may be told apart, each with its count."""
    return [
        _("%(who)s %(count)s", who=audience_name(code, pack).lower(), count=format_decimal(count))
        for code, count in counts.items()
        if count is not None
    ]


def audience_name(code: str, pack: Pack, easy_read: bool = False) -> str:
    found = next((each for each in pack.audiences if each.code == code), None)
    if found is None:
        return str(_("Did not say"))
    return found.label_easy if easy_read else found.label


def lines(text: str) -> list[str]:
    """The paragraphs somebody typed."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def sentences(text: str) -> list[str]:
    """One sentence a line, as easy read is set."""
    return [part for line in lines(text) for part in re.split(r"(?<=[.?])\s+", line)]


def words_of(action: Action, easy_read: bool) -> dict[str, list[str]]:
    """What was said, the answer and what there is instead. Usual words where easy ones lack."""
    return _easy_words(action) if easy_read else _standard_words(action)


def _standard_words(action: Action) -> dict[str, list[str]]:
    return {
        "you_said": lines(action.you_said),
        "answer": lines(action.we_did),
        "instead": lines(action.instead) if action.kind == "cannot" else [],
    }


def _easy_words(action: Action) -> dict[str, list[str]]:
    instead = action.instead_easy or action.instead
    return {
        "you_said": sentences(action.you_said_easy or action.you_said),
        "answer": sentences(action.we_did_easy or action.we_did),
        "instead": sentences(instead) if action.kind == "cannot" else [],
    }


def lacks_easy_words(action: Action) -> bool:
    is_instead_usual = action.instead and not action.instead_easy and action.kind == "cannot"
    has_usual = bool(is_instead_usual) or lifecycle_public.has_notes_of_families(action)
    has_usual = has_usual or co_lead.lacks_easy_notes(action)
    return not action.you_said_easy or not action.we_did_easy or has_usual


def _footnotes(action: Action, reading: Reading) -> str:
    notes = [_("Made-up example.")] if action.theme.survey.is_invented else []
    if late := days_late(action, reading.today):
        notes.append(_("1 day late.") if late == 1 else _("%(days)s days late.", days=late))
    notes += lifecycle_public.notes(action)
    if reading.easy_read and lacks_easy_words(action):
        notes.append(_("Some of these words are not in easy read yet. These are the usual words."))
    return " ".join(notes)


def _facts_of_did(action: Action, today: date) -> list[str]:
    facts = [_("Where: %(place)s", place=action.place)] if action.place else []
    if action.reached is not None:
        facts.append(_reached(action.reached))
    if action.evidence:
        facts.append(_("How we know: %(evidence)s", evidence=action.evidence))
    if action.evidence_level:
        facts.append(lifecycle_public.level_words()[action.evidence_level])
    return [*facts, *done_on(action)]


def done_on(action: Action) -> list[str]:
    return [_("Done on %(day)s.", day=long_day(action.done_on))] if action.done_on else []


def _challenge(action: Action) -> str:
    # The page puts "If you disagree," before it.
    said = action.challenge
    return said[0].lower() + said[1:] if said.startswith(("You ", "Ask ", "Ring ")) else said


def _reached(people: int) -> str:
    # A service for three families points at them as surely as three answers do.
    safe = public_count(people)
    if safe is None:
        return str(_("Fewer than 10 people have had this so far."))
    return str(_("About %(count)s people have had this.", count=format_decimal(safe)))


def _facts_of_cannot(action: Action, today: date) -> list[str]:
    facts = [reason_words()[action.reason]] if action.reason else []
    facts += another_look(action)
    if action.decided_by and action.done_on:
        who, when = action.decided_by, long_day(action.done_on)
        facts.append(_("Who decided: %(who)s, on %(day)s.", who=who, day=when))
    elif action.decided_by:
        facts.append(_("Who decided: %(who)s.", who=action.decided_by))
    return facts


def another_look(action: Action) -> list[str]:
    if not lifecycle.is_dated(action.kind, action.reason) or action.due_on is None:
        return []
    return [_("We will look at it again by %(day)s.", day=long_day(action.due_on))]


def _facts_of_work(action: Action, today: date) -> list[str]:
    if action.due_on is None:
        return []
    if days_late(action, today):
        return [_("This was to be done by %(day)s.", day=long_day(action.due_on))]
    return [_("This will be done by %(day)s.", day=long_day(action.due_on))]


def _facts_of_passed_on(action: Action, today: date) -> list[str]:
    if action.due_on is None:
        return []
    return [_("We asked for an answer by %(day)s.", day=long_day(action.due_on))]


def _facts_of_already(action: Action, today: date) -> list[str]:
    facts = [_("Where: %(place)s", place=action.place)] if action.place else []
    return [*facts, _("How to get it: %(how)s", how=action.how_to_get)]


def _facts_of_ask_more(action: Action, today: date) -> list[str]:
    facts = [_("What we will ask: %(what)s", what=action.will_ask)]
    if action.due_on is None:
        return facts
    if days_late(action, today):
        return [*facts, _("We were to ask this by %(day)s.", day=long_day(action.due_on))]
    return [*facts, _("We will ask this by %(day)s.", day=long_day(action.due_on))]


FACTS = {
    "did": _facts_of_did,
    "doing": _facts_of_work,
    "will": _facts_of_work,
    "cannot": _facts_of_cannot,
    "already": _facts_of_already,
    "passed_on": _facts_of_passed_on,
    "ask_more": _facts_of_ask_more,
}


def reason_words() -> dict[str, str]:
    """Each reason as the public reads it."""
    return {
        "law": _("The law does not let us."),
        "money": _("We do not have the money."),
        "not_ours": _("It is not ours to decide."),
        "safety": _("It would not be safe."),
        "opposite": _("Other people asked for the opposite."),
        "not_now": _("We cannot do it now."),
        "exists": _("It is already there."),
    }
