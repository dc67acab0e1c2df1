"""The home page, and the pages that say how Engage treats people. Reads, and writes nothing."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from flask import Blueprint, current_app, jsonify, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_date, format_decimal
from flask_babel import gettext as _

from engage.framework import Pack
from engage.loop import queries as loop_queries
from engage.loop.board import counts_of
from engage.loop.pairs import ambition_of, audience_name, pair
from engage.loop.public_views import reading_now
from engage.pages.comb import comb
from engage.responses.models import Snapshot
from engage.surveys.definition import SurveyDefinition
from engage.surveys.models import SurveyVersion
from engage.surveys.queries import definition_of, open_versions
from engage.surveys.timing import last_day
from engage.web.access import public
from engage.web.i18n import language_links, say_it_is_invented

bp = Blueprint("pages", __name__)
LATEST = 3
MOST_AMBITIONS = 2  # on a card; more are a list nobody reads
GROUPS = {"parent_carer": "p", "young_person": "y"}
STAFF = "w"


@bp.get("/")
@public
def home() -> ResponseReturnValue:
    reading = reading_now()
    versions = open_versions(datetime.now(UTC))
    actions = loop_queries.latest_actions(LATEST)
    snapshots = loop_queries.loop_snapshots()
    kinds = loop_queries.published_kinds()
    surveys = [version.survey for version in versions]
    shown = surveys + [action.theme.survey for action in actions]
    counted = [snapshot.survey for snapshot in snapshots.values() if snapshot.survey]
    say_it_is_invented(any(survey.is_invented for survey in shown + counted))
    return render_template(
        "pages/home.html",
        reading=reading,
        cards=[card(version, reading.pack, reading.easy_read) for version in versions],
        comb=comb(people_by_group(snapshots.values())),
        totals=figures(snapshots.values(), kinds),
        answers=sum(kinds.values()),
        pairs=[pair(each, counts_of(each, snapshots), reading) for each in actions],
        languages=language_links(".home", read="easy" if reading.easy_read else None),
    )


@bp.get("/privacy")
@public
def privacy() -> ResponseReturnValue:
    return information("pages/privacy.html")


@bp.get("/accessibility")
@public
def accessibility() -> ResponseReturnValue:
    return information("pages/accessibility.html")


@bp.get("/credits")
@public
def credits() -> ResponseReturnValue:
    return information("pages/credits.html", pictures=pictures(current_app.static_folder or ""))


@bp.get("/health")
@public
def health() -> ResponseReturnValue:
    return jsonify(ok=True)


def information(template: str, **values: Any) -> str:
    reading = reading_now()
    return render_template(template, easy_read=reading.easy_read, **values)


# ---- what the home page shows


def card(version: SurveyVersion, pack: Pack, easy_read: bool) -> dict[str, Any]:
    """One open survey: who it is for, how long it takes, until when."""
    definition = definition_of(version.id)
    names = [audience_name(code, pack, easy_read) for code in version.audiences]
    return {
        "title": version.title(easy_read),
        "url": url_for(
            "welcome.welcome", slug=version.survey.slug, read="easy" if easy_read else None
        ),
        "questions": number_of_questions(definition),
        "facts": [
            (_("For"), "; ".join(names)),
            (_("Takes"), _("About %(minutes)s minutes", minutes=version.estimated_minutes)),
            (_("Closes"), closing(version)),
        ],
        "ambitions": [ambition_of(code, pack) for code in main_ambitions(definition)],
        "is_invented": version.survey.is_invented,
        "is_easy": version.starts_easy_read,
    }


def number_of_questions(definition: SurveyDefinition) -> int:
    return sum(question.type != "info" for question in definition.questions())


def main_ambitions(definition: SurveyDefinition) -> list[str]:
    """The ambitions that most questions are about."""
    found = Counter(code for question in definition.questions() for code in question.ambitions)
    return sorted(code for code, _count in found.most_common(MOST_AMBITIONS))


def closing(version: SurveyVersion) -> str:
    if version.closes_at is None:
        return str(_("No closing date yet"))
    return str(format_date(last_day(version.closes_at), "EEEE d MMMM yyyy"))


def people_by_group(snapshots: Iterable[Snapshot]) -> dict[str, int]:
    """How many answered, by the groups of the comb. Only numbers that are public already."""
    people: Counter[str] = Counter()
    for snapshot in snapshots:
        for code, count in snapshot.data["audiences"].items():
            people[GROUPS.get(code, STAFF)] += count or 0
    return {group: people[group] for group in ("p", "y", STAFF)}


def figures(snapshots: Iterable[Snapshot], kinds: Mapping[str, int]) -> list[dict[str, Any]]:
    people = sum(snapshot.data["people"] or 0 for snapshot in snapshots)
    told = [{"number": format_decimal(people), "text": _("people told us how it is")}]
    return [
        *(told if people else []),
        {"number": kinds.get("did", 0), "text": _("things you asked for are done")},
        {"number": kinds.get("cannot", 0), "text": _("things we cannot do, each with the reason")},
    ]


@cache
def pictures(static_folder: str) -> dict[str, Any]:
    """Where the pictures come from; empty where the list is not there."""
    file = Path(static_folder) / "pictures" / "manifest.yaml"
    if not file.exists():
        return {}
    found: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return found
