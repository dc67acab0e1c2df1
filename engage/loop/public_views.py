"""What everyone can read: what people said, and an honest answer to it."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from flask import Blueprint, current_app, jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_decimal
from flask_babel import gettext as _

from engage.clock import day_of
from engage.framework import Pack
from engage.loop import queries
from engage.loop.board import Asked, board, counts_of
from engage.loop.models import KINDS, Action
from engage.loop.pairs import Reading, audience_name, audience_words, days_late
from engage.responses.disclosure import public_count
from engage.responses.models import Snapshot
from engage.surveys.models import Survey, SurveyVersion
from engage.surveys.timing import last_day
from engage.web.access import public
from engage.web.i18n import follow_address, long_day, page_context

bp = Blueprint("loop_public", __name__, url_prefix="/you-said-we-did")
bp.add_app_template_filter(long_day, "day")
LAST_PAGE = 10_000


@bp.get("")
@public
def you_said_we_did() -> ResponseReturnValue:
    asked = asked_for("loop_public.you_said_we_did")
    actions = queries.published_actions()
    ids = {action.theme.survey_id for action in actions}
    versions, snapshots = queries.published_versions(ids), queries.loop_snapshots(ids)
    shown = board(actions, snapshots, asked)
    say_it_is_invented(shown.has_invented)
    rows = [survey_row(each, snapshots.get(each.survey_id), asked) for each in versions.values()]
    return render_template(
        "loop/you_said_we_did.html",
        board=shown,
        surveys=sorted(rows, key=lambda row: row["title"]),
    )


@bp.get("/<slug>")
@public
def survey(slug: str) -> ResponseReturnValue:
    found = queries.public_survey(slug)
    asked = asked_for("loop_public.survey", slug=slug)
    snapshots = queries.loop_snapshots([found.id])
    shown = board(queries.published_actions(found.id), snapshots, asked)
    say_it_is_invented(found.is_invented)
    return render_template(
        "loop/survey.html",
        board=shown,
        survey=found,
        asked=about(found, snapshots.get(found.id), asked.reading),
    )


@bp.get("/<slug>.json")
@public
def survey_json(slug: str) -> ResponseReturnValue:
    found = queries.public_survey(slug)
    version = queries.published_versions([found.id])[found.id]
    snapshots = queries.loop_snapshots([found.id])
    actions, snapshot = queries.published_actions(found.id), snapshots.get(found.id)
    today = day_of(datetime.now(UTC))
    return jsonify(
        survey={
            "slug": slug,
            "title": version.title(),
            "audiences": version.audiences,
            "is_invented": found.is_invented,
        },
        counted_on=day_of(snapshot.made_at).isoformat() if snapshot else None,
        people=snapshot.data["people"] if snapshot else None,
        people_by_audience=snapshot.data["audiences"] if snapshot else {},
        rule="Counts under 10 are null. The rest are rounded to the nearest 5.",
        totals={kind: sum(each.kind == kind for each in actions) for kind in KINDS},
        actions=[as_data(each, counts_of(each, snapshots), today) for each in actions],
    )


def as_data(action: Action, counts: Mapping[str, Any], today: date) -> dict[str, Any]:
    """One answer as published data: the same facts the page shows, and no others."""
    counted = counts.get("themes", {}).get(str(action.theme_id))
    return {
        "theme": action.theme.name,
        "ambition": action.theme.ambition,
        "kind": action.kind,
        "you_said": {"standard": action.you_said, "easy_read": action.you_said_easy},
        "answer": {"standard": action.we_did, "easy_read": action.we_did_easy},
        "people": counted["people"] if counted else None,
        "people_by_audience": counted["audiences"] if counted else {},
        "is_counted": counted is not None,
        "owner": action.owner,
        "last_changed": day_of(action.changed_at).isoformat(),
        "due_on": action.due_on.isoformat() if action.due_on else None,
        "days_late": days_late(action, today),
        **PROOF.get(action.kind, nothing_more)(action),
    }


def nothing_more(action: Action) -> dict[str, Any]:
    return {}


def proof_of_did(action: Action) -> dict[str, Any]:
    return {
        "place": action.place,
        "reached": None if action.reached is None else public_count(action.reached),
        "evidence": action.evidence,
        "done_on": action.done_on.isoformat() if action.done_on else None,
    }


def reasons_of_cannot(action: Action) -> dict[str, Any]:
    return {
        "reason": action.reason,
        "decided_by": action.decided_by,
        "instead": {"standard": action.instead, "easy_read": action.instead_easy},
        "challenge": action.challenge,
    }


PROOF = {"did": proof_of_did, "cannot": reasons_of_cannot}


# ---- what the address asks for, and what is said of a survey


def reading_now() -> Reading:
    """Standard or easy read, as the address says. Sets the page to it."""
    page = follow_address()
    pack: Pack = current_app.extensions["pack"]
    return Reading(pack, day_of(datetime.now(UTC)), page.easy_read)


def asked_for(endpoint: str, **values: Any) -> Asked:
    reading = reading_now()
    known = {ambition.code for ambition in reading.pack.ambitions}
    ambition = request.args.get("ambition")
    return Asked(
        reading=reading,
        address=lambda **query: url_for(endpoint, **values, **query),
        page=min(max(request.args.get("page", 1, type=int), 1), LAST_PAGE),
        ambition=ambition if ambition in known else None,
    )


def say_it_is_invented(is_invented: bool) -> None:
    if is_invented:
        page_context().demo_note = _("Example with made-up answers.")


def survey_row(version: SurveyVersion, snapshot: Snapshot | None, asked: Asked) -> dict[str, Any]:
    easy, slug = asked.reading.easy_read, version.survey.slug
    return {
        "title": version.title(easy),
        "url": url_for("loop_public.survey", slug=slug, read="easy" if easy else None),
        "people": how_many(snapshot),
        "is_invented": version.survey.is_invented,
    }


def about(survey: Survey, snapshot: Snapshot | None, reading: Reading) -> dict[str, Any]:
    """What was asked, of whom, when, and how many answered."""
    version = queries.published_versions([survey.id])[survey.id]
    easy = reading.easy_read
    names = [audience_name(code, reading.pack, easy) for code in version.audiences]
    facts = [(_("We asked"), "; ".join(names)), (_("When"), when(version))]
    facts.append((_("How many"), how_many(snapshot)))
    if snapshot and not easy and len(snapshot.data["audiences"]) > 1:
        who = audience_words(snapshot.data["audiences"], reading.pack)
        facts += [(_("Who answered"), ", ".join(who))] if who else []
    if snapshot:
        facts.append((_("Counted on"), long_day(snapshot.made_at)))
    return {
        "title": version.title(easy),
        "slug": survey.slug,
        "facts": facts,
        "has_easy_title": any(text.easy_read for text in version.wordings),
    }


def how_many(snapshot: Snapshot | None) -> str:
    if snapshot is None:
        return str(_("We will show how many people when the next count is made."))
    people = snapshot.data["people"]
    if people is None:
        return str(_("Fewer than 10 people answered."))
    return str(_("About %(count)s people answered.", count=format_decimal(people)))


def when(version: SurveyVersion) -> str:
    began = version.opens_at or version.published_at
    ended = version.closed_at or version.closes_at
    start = long_day(began) if began else ""
    if ended is None:
        return str(_("Since %(day)s", day=start))
    return str(_("%(start)s to %(end)s", start=start, end=long_day(last_day(ended))))
