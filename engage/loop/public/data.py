"""Published answers as data: the same facts as their pages show, and no others."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import url_for

from engage.clock import day_of
from engage.loop import lifecycle, lifecycle_public
from engage.loop.board import counts_of
from engage.loop.co_lead import public as co_lead
from engage.loop.models import KINDS, Action
from engage.loop.pairs import days_late
from engage.loop.public.scopes import Scope, versions_of
from engage.loop.quotes.showing import data_by_theme
from engage.mail import public_address
from engage.responses.disclosure import public_count
from engage.responses.models import Snapshot
from engage.surveys.models import SurveyVersion

RULE = "Counts under 10 are null. The rest are rounded to the nearest 5."
Data = dict[str, Any]


def data_of_survey(scope: Scope, version: SurveyVersion, today: date) -> Data:
    snapshot = scope.snapshots.get(version.survey_id)
    return {"survey": survey_as_data(version), **counted(snapshot), **answers(scope, today)}


def data_of_many(scope: Scope, about: Data, today: date) -> Data:
    """Answers of more than one survey. Nobody adds people up: one may have answered two."""
    surveys = [
        {**survey_as_data(version), **counted(scope.snapshots.get(version.survey_id))}
        for version in versions_of(scope).values()
    ]
    ordered = sorted(surveys, key=lambda each: str(each["slug"]))
    return {**about, "surveys": ordered, **answers(scope, today)}


def survey_as_data(version: SurveyVersion) -> Data:
    return {
        "slug": version.survey.slug,
        "title": version.title(),
        "audiences": version.audiences,
        "is_invented": version.survey.is_invented,
    }


def counted(snapshot: Snapshot | None) -> Data:
    return {
        "counted_on": day_of(snapshot.made_at).isoformat() if snapshot else None,
        "people": snapshot.data["people"] if snapshot else None,
        "people_by_audience": snapshot.data["audiences"] if snapshot else {},
    }


def answers(scope: Scope, today: date) -> Data:
    quotes = data_by_theme(scope.actions)
    return {
        "rule": RULE,
        "totals": {kind: sum(each.kind == kind for each in scope.actions) for kind in KINDS},
        "actions": [
            {
                **as_data(each, counts_of(each, scope.snapshots), today),
                "quotes": quotes.get(each.theme_id, []),
            }
            for each in scope.actions
        ],
    }


def as_data(action: Action, counts: Mapping[str, Any], today: date) -> Data:
    """One answer."""
    found = counts.get("themes", {}).get(str(action.theme_id))
    return {
        "id": action.id,
        "survey": action.theme.survey.slug,
        "url": public_address(url_for("loop_public.answer", id=action.id, look=None, lang=None)),
        "theme": co_lead.public_name(action),
        "ambition": co_lead.public_ambition(action),
        "areas": action.areas,
        "kind": action.kind,
        "you_said": {"standard": action.you_said, "easy_read": action.you_said_easy},
        "answer": {"standard": action.we_did, "easy_read": action.we_did_easy},
        "people": found["people"] if found else None,
        "people_by_audience": found["audiences"] if found else {},
        "is_counted": found is not None,
        "owner": action.owner,
        "last_changed": day_of(action.changed_at).isoformat(),
        "due_on": _day_waited_for(action),
        "days_late": days_late(action, today),
        **PROOF.get(action.kind, nothing_more)(action),
        **lifecycle_public.as_data(action),
        **co_lead.as_data(action),
    }


def _day_waited_for(action: Action) -> str | None:
    """A day that was typed for another kind is no promise."""
    is_promised = lifecycle.is_dated(action.kind, action.reason)
    return action.due_on.isoformat() if action.due_on and is_promised else None


def nothing_more(action: Action) -> Data:
    return {}


def proof_of_did(action: Action) -> Data:
    return {
        "place": action.place,
        "reached": None if action.reached is None else public_count(action.reached),
        "evidence": action.evidence,
        "evidence_level": action.evidence_level,
        "done_on": action.done_on.isoformat() if action.done_on else None,
    }


def reasons_of_cannot(action: Action) -> Data:
    return {
        "reason": action.reason,
        "decided_by": action.decided_by,
        "instead": {"standard": action.instead, "easy_read": action.instead_easy},
        "challenge": action.challenge,
    }


def way_to_what_is_there(action: Action) -> Data:
    return {"place": action.place, "how_to_get": action.how_to_get}


def what_we_will_ask(action: Action) -> Data:
    return {"will_ask": action.will_ask}


PROOF = {
    "did": proof_of_did,
    "cannot": reasons_of_cannot,
    "already": way_to_what_is_there,
    "ask_more": what_we_will_ask,
}
