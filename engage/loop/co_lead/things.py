"""What a co-lead of a survey agrees to: each theme as it stands, and the very words of an answer.

Pure: themes and parts as plain values.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any

from engage.loop.demands import Parts
from engage.surveys.co_lead import signing
from engage.surveys.co_lead.signing import PUBLICATION, THEMES, Thing

ACCEPTED, GONE = "accepted", "gone"
DAYS = ("due_on", "done_on")


@dataclass(frozen=True, slots=True, kw_only=True)
class HeardTheme:
    """A theme as far as it says what was heard. `holds` names what was merged into it."""

    name: str
    definition: str = ""
    ambition: str = ""
    state: str = ACCEPTED
    reason: str = ""  # why it was set aside
    into: str = ""  # the theme it was merged into
    holds: tuple[str, ...] = ()


def of_theme(theme_id: int, heard: HeardTheme) -> Thing:
    return signing.thing(THEMES, theme_id, asdict(heard))


def of_answer(action_id: int, parts: Parts, theme_name: str) -> Thing:
    """The words alone are signed; what the theme is called is agreed to with the theme."""
    words = signing.plain(asdict(parts))
    if not parts.areas:  # as it was signed before there were areas
        del words["areas"]
    signed = signing.thing(PUBLICATION, action_id, words)
    return Thing(*signed.key, signed.checksum, {"theme": theme_name, "parts": words})


def parts_in(shown: Mapping[str, Any]) -> Parts:
    """The parts of an answer that was asked about, as they were before they were kept."""
    kept = {each.name: shown["parts"].get(each.name) for each in fields(Parts)}
    days = {name: date.fromisoformat(kept[name]) for name in DAYS if kept[name]}
    return Parts(**{**kept, **days})
