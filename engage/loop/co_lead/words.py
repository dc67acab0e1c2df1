"""The words that pages of co-leads have for things and where they stand."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext, ngettext

from engage.loop.co_lead.waiting import Standing
from engage.loop.demands import Parts
from engage.loop.forms import KIND_WORDS, LEVEL_WORDS, REASON_WORDS
from engage.loop.public.areas import names_of
from engage.surveys.co_lead.signing import (
    AGREED,
    CHANGED,
    LAUNCH,
    NOT_AGREED,
    PUBLICATION,
    THEMES,
    WAITING,
)
from engage.surveys.models import Survey
from engage.surveys.queries import latest_version
from engage.surveys.the_pack import the_pack
from engage.web.i18n import long_day

WHAT = {
    LAUNCH: lazy_gettext("The survey, before it opens"),
    THEMES: lazy_gettext("A theme"),
    PUBLICATION: lazy_gettext("An answer, before everyone reads it"),
}
THEME_STATES = {
    "accepted": lazy_gettext("This is what was heard."),
    "named": lazy_gettext("It was taken back. It is not accepted any more."),
    "set_aside": lazy_gettext("It was set aside."),
    "merged": lazy_gettext("It was merged into another theme."),
    "gone": lazy_gettext("It was taken back. It does not stand any more."),
}


def name_of(what: str, shown: Mapping[str, Any]) -> str:
    """What a person calls it: the survey's title, or the theme's name."""
    key = {LAUNCH: "title", THEMES: "name", PUBLICATION: "theme"}[what]
    return str(shown[key])


PARTS = {
    "kind": lazy_gettext("What kind of answer"),
    "you_said": lazy_gettext("You said"),
    "you_said_easy": lazy_gettext("You said, in easy read"),
    "we_did": lazy_gettext("The answer"),
    "we_did_easy": lazy_gettext("The answer, in easy read"),
    "areas": lazy_gettext("Which areas it is about"),
    "owner": lazy_gettext("Who answers for this"),
    "due_on": lazy_gettext("Done by"),
    "place": lazy_gettext("Where"),
    "reached": lazy_gettext("How many people it reached"),
    "evidence": lazy_gettext("How we know"),
    "evidence_level": lazy_gettext("What the proof shows"),
    "done_on": lazy_gettext("Date it was done or decided"),
    "how_to_get": lazy_gettext("How to get it"),
    "will_ask": lazy_gettext("What will be asked"),
    "reason": lazy_gettext("Why it cannot be done"),
    "decided_by": lazy_gettext("Who decided"),
    "instead": lazy_gettext("What there is instead"),
    "instead_easy": lazy_gettext("What there is instead, in easy read"),
    "challenge": lazy_gettext("How to challenge it"),
}


def part_rows(parts: Parts) -> list[dict[str, Any]]:
    """Every part of an answer that says something, as its summary lists them."""
    rows = []
    for name, key in PARTS.items():
        value = getattr(parts, name)
        if value in (None, "", []) or (name == "evidence_level" and not value):
            continue
        rows.append({"key": key, "value": _in_words(name, value)})
    return rows


def _in_words(name: str, value: Any) -> Any:
    if name == "areas":
        return names_of(value, the_pack())
    if isinstance(value, date):
        return long_day(value)
    in_words: dict[str, Mapping[Any, Any]] = {
        "kind": KIND_WORDS,
        "reason": REASON_WORDS,
        "evidence_level": LEVEL_WORDS,
    }
    return in_words.get(name, {}).get(value) or value


def title_of(survey: Survey) -> str:
    """As its own organisation has it now: a co-lead was asked about that very title."""
    return latest_version(survey).title()


def state_words(standing: Standing) -> str:
    who = standing.organisation.short_name
    said: dict[str, str] = {
        AGREED: _("%(who)s agreed.", who=who),
        NOT_AGREED: _("%(who)s did not agree.", who=who),
        CHANGED: _(
            "It was changed after %(who)s agreed, so that counts no more. %(who)s has to agree "
            "again.",
            who=who,
        ),
        WAITING: _("%(who)s has said nothing yet.", who=who),
    }
    return said[standing.state]


def waiting_words(standing: Standing) -> str:
    """How long it has waited; nothing where it does not wait."""
    if not standing.waits or standing.days is None:
        return ""
    days = standing.days
    waited = ngettext("It has waited %(num)d day.", "It has waited %(num)d days.", days)
    too_long = [_("That is more than 14 days.")] if standing.is_long else []
    return " ".join([waited, *too_long])
