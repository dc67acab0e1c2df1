"""What everyone reads of two organisations that lead a survey together: names, ambitions, notes."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import gettext as _

from engage.analysis.models import Theme
from engage.clock import day_of
from engage.loop.co_lead.models import CoLeadNote
from engage.loop.co_lead.things import ACCEPTED
from engage.loop.models import Action
from engage.surveys.co_lead.models import SignOff
from engage.surveys.co_lead.queries import sign_offs_of
from engage.surveys.co_lead.signing import AGREED, THEMES, words_on
from engage.surveys.models import Survey


def public_name(action: Action) -> str:
    """What the theme is called in public: a new name counts once every co-lead agreed to it."""
    return str(_public_theme(action).get("name", action.theme.name))


def public_ambition(action: Action) -> str | None:
    """The ambition that the answer stands under in public; another one counts as a name does."""
    return _public_theme(action).get("ambition", action.theme.ambition) or None


def _public_theme(action: Action) -> Mapping[str, Any]:
    """Nothing where the theme is public as it is."""
    survey = action.theme.survey
    return _heard_together(action.theme_signed, survey) if _is_led_together(survey) else {}


def public_names(themes: Iterable[Theme]) -> dict[int, str]:
    """The same for themes that may have no answer. One that nobody agreed to yet is left out."""
    rows: dict[int, list[SignOff]] = {}
    names: dict[int, str] = {}
    for theme in themes:
        if not _is_led_together(theme.survey):
            names[theme.id] = theme.name
            continue
        if theme.survey_id not in rows:
            rows[theme.survey_id] = sign_offs_of(theme.survey_id)
        of_theme = words_on((THEMES, theme.id), rows[theme.survey_id])
        heard = _heard_together(of_theme, theme.survey, may_think_again=True)
        names[theme.id] = heard.get("name", "")
    return {id: name for id, name in names.items() if name}


def _is_led_together(survey: Survey) -> bool:
    return bool(survey.is_signed and survey.co_leads)


def _heard_together(
    rows: Iterable[SignOff], survey: Survey, *, may_think_again: bool = False
) -> Mapping[str, Any]:
    """The theme as every co-lead agreed, last of all, that it was heard; nothing if they never did.

    What is public stays as it was agreed to; before that, each of them may think again.
    """
    needed = {partner.organisation_id for partner in survey.co_leads}
    agreed: dict[str, set[int]] = defaultdict(set)
    by_all: dict[str, Mapping[str, Any]] = {}
    for row in rows:
        if row.thing.get("state") != ACCEPTED:
            continue
        if row.said == AGREED:
            agreed[row.checksum].add(row.organisation_id)
        else:
            agreed[row.checksum].discard(row.organisation_id)
        is_by_all = needed <= agreed[row.checksum]
        if is_by_all or may_think_again:
            by_all.pop(row.checksum, None)
        if is_by_all:
            by_all[row.checksum] = row.thing
    return next(reversed(by_all.values()), {})


def notes_now(action: Action) -> list[CoLeadNote]:
    """The last note of each organisation, those that were taken back left out."""
    if not action.theme.survey.is_signed:
        return []
    last = {note.organisation_id: note for note in action.notes}
    return [note for note in last.values() if note.note]


def note_words(action: Action, easy_read: bool) -> list[str]:
    return [
        _(
            "%(who)s says about this answer: “%(note)s”",
            who=each.organisation.short_name,
            note=(each.note_easy if easy_read else "") or each.note,
        )
        for each in notes_now(action)
    ]


def lacks_easy_notes(action: Action) -> bool:
    return any(not each.note_easy for each in notes_now(action))


def as_data(action: Action) -> dict[str, Any]:
    """The same as published data."""
    return {
        "co_lead_notes": [
            {
                "organisation": each.organisation.short_name,
                "note": {"standard": each.note, "easy_read": each.note_easy},
                "date": day_of(each.at).isoformat(),
            }
            for each in notes_now(action)
        ]
    }
