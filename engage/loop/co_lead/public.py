"""What everyone reads of two organisations that lead a survey together: names, and notes."""

from collections import defaultdict
from collections.abc import Iterable
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
    survey = action.theme.survey
    if not _is_led_together(survey):
        return action.theme.name
    return _agreed_name(action.theme_signed, survey) or action.theme.name


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
        names[theme.id] = _agreed_name(of_theme, theme.survey)
    return {id: name for id, name in names.items() if name}


def _is_led_together(survey: Survey) -> bool:
    return bool(survey.is_signed and survey.co_leads)


def _agreed_name(rows: Iterable[SignOff], survey: Survey) -> str:
    """The last name that every co-lead agreed was heard; empty where there is none."""
    needed = {partner.organisation_id for partner in survey.co_leads}
    agreed: dict[str, set[int]] = defaultdict(set)
    name = ""
    for row in rows:
        if row.said == AGREED and row.thing.get("state") == ACCEPTED:
            agreed[row.checksum].add(row.organisation_id)
            name = row.thing["name"] if needed <= agreed[row.checksum] else name
    return name


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
