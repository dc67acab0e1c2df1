"""What everyone can read: what people said, and an honest answer to it."""

from typing import Any

from flask import Blueprint, Response, jsonify, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from engage.clock import today
from engage.loop import queries
from engage.loop.board import A_PAGE, Asked, Board, board, people_by_theme
from engage.loop.co_lead.public import public_ambition
from engage.loop.pairs import Reading, in_turn
from engage.loop.public import data, scopes
from engage.loop.public.about import about, survey_row
from engage.loop.public.area_page import area_first
from engage.loop.public.areas import name_of
from engage.loop.public.atom import MIMETYPE, as_atom
from engage.loop.public.feed import feed_of
from engage.loop.public.posting import poster_page
from engage.loop.public.scopes import Scope
from engage.loop.quotes.showing import with_quotes
from engage.surveys.the_pack import the_pack
from engage.web.access import public
from engage.web.i18n import follow_address, long_day, say_it_is_invented

bp = Blueprint("loop_public", __name__)
bp.add_app_template_filter(long_day, "day")
ROOT = "/you-said-we-did"
LAST_PAGE = 10_000


# ---- pages


@bp.get(ROOT)
@public
def you_said_we_did() -> ResponseReturnValue:
    scope, reading = scopes.everything(), reading_now()
    ambitions = {each.code for each in reading.pack.ambitions}
    chosen = request.args.get("ambition")
    versions = scopes.versions_of(scope).values()
    rows = [survey_row(each, scope.snapshots.get(each.survey_id), reading) for each in versions]
    found = {each for each in map(public_ambition, scope.actions) if each}
    return page_of(
        scope,
        asked_for(scope, reading, chosen if chosen in ambitions else None),
        "loop/you_said_we_did.html",
        surveys=sorted(rows, key=lambda row: row["title"]),
        bees=scopes.led_to(*found),
        areas=[(each.code, name_of(each)) for each in reading.pack.areas],
    )


@bp.get(f"{ROOT}/<slug>")
@public
def survey(slug: str) -> ResponseReturnValue:
    found = queries.public_survey(slug)
    scope, reading = scopes.of_survey(found), reading_now()
    say_it_is_invented(found.is_invented)
    return page_of(
        scope,
        asked_for(scope, reading),
        "loop/survey.html",
        about=about(found, scope.snapshots.get(found.id), reading),
    )


@bp.get(f"{ROOT}/ambition/<code>")
@public
def ambition(code: str) -> ResponseReturnValue:
    found = scopes.ambition_or_404(code)
    scope, reading = scopes.of_ambition(found), reading_now()
    return page_of(
        scope,
        asked_for(scope, reading),
        "loop/ambition.html",
        ambition=found,
        bees=scopes.led_to(code),
    )


@bp.get(f"{ROOT}/bee/<code>")
@public
def bee(code: str) -> ResponseReturnValue:
    found = scopes.bee_or_404(code)
    scope, reading = scopes.of_bee(found), reading_now()
    pack = reading.pack
    return page_of(
        scope,
        asked_for(scope, reading),
        "loop/bee.html",
        bee=found,
        is_draft=pack.crosswalk_is_draft,
        reasons=[(pack.ambition(each.ambition), each) for each in pack.behind(found.code)],
    )


@bp.get(f"{ROOT}/area/<code>")
@public
def area(code: str) -> ResponseReturnValue:
    found = scopes.area_or_404(code)
    scope, reading = scopes.of_area(found), reading_now()
    asked = asked_for(scope, reading)
    shown = area_first(board(scope.actions, scope.snapshots, asked), scope, asked)
    return show(scope, asked, shown, "loop/area.html", name=name_of(found))


@bp.get(f"{ROOT}/answer/<int(max=2147483647):id>")
@public
def answer(id: int) -> ResponseReturnValue:
    """An address of one answer that lasts: on whichever page of its survey it stands today."""
    wanted = queries.published_action(id)
    scope, reading = scopes.of_survey(wanted.theme.survey), reading_now()
    ordered = in_turn(scope.actions, people_by_theme(scope.snapshots.values()))
    page = ordered.index(wanted) // A_PAGE + 1
    return redirect(asked_for(scope, reading).at(page) + f"#answer-{id}")


# ---- posters


@bp.get(f"{ROOT}/<slug>/poster")
@public
def survey_poster(slug: str) -> ResponseReturnValue:
    found = queries.public_survey(slug)
    scope, reading = scopes.of_survey(found), reading_now()
    say_it_is_invented(found.is_invented)
    shown = about(found, scope.snapshots.get(found.id), reading)
    return poster_page(scope, reading, shown["title"], scope.snapshots.get(found.id))


@bp.get(f"{ROOT}/ambition/<code>/poster")
@public
def ambition_poster(code: str) -> ResponseReturnValue:
    found = scopes.ambition_or_404(code)
    scope, reading = scopes.of_ambition(found), reading_now()
    say_it_is_invented(scope.has_invented)
    return poster_page(scope, reading, found.short_name)


# ---- data


@bp.get(f"{ROOT}.json")
@public
def you_said_we_did_json() -> ResponseReturnValue:
    return kept(jsonify(data.data_of_many(scopes.everything(), {}, today())))


@bp.get(f"{ROOT}/<slug>.json")
@public
def survey_json(slug: str) -> ResponseReturnValue:
    found = queries.public_survey(slug)
    version = queries.published_versions([found.id])[found.id]
    return kept(jsonify(data.data_of_survey(scopes.of_survey(found), version, today())))


@bp.get(f"{ROOT}/ambition/<code>.json")
@public
def ambition_json(code: str) -> ResponseReturnValue:
    found = scopes.ambition_or_404(code)
    named = {"code": found.code, "number": found.number, "name": found.name}
    scope = scopes.of_ambition(found)
    return kept(jsonify(data.data_of_many(scope, {"ambition": named}, today())))


@bp.get(f"{ROOT}/bee/<code>.json")
@public
def bee_json(code: str) -> ResponseReturnValue:
    found, pack = scopes.bee_or_404(code), the_pack()
    named = {
        "code": found.code,
        "name": found.name,
        "is_draft": pack.crosswalk_is_draft,
        "because": [each.model_dump() for each in pack.behind(code)],
    }
    scope = scopes.of_bee(found)
    return kept(jsonify(data.data_of_many(scope, {"outcome_bee": named}, today())))


@bp.get(f"{ROOT}/area/<code>.json")
@public
def area_json(code: str) -> ResponseReturnValue:
    found = scopes.area_or_404(code)
    named = {"code": found.code, "number": found.number, "name": found.short_name}
    return kept(jsonify(data.data_of_many(scopes.of_area(found), {"area": named}, today())))


# ---- feeds


@bp.get(f"{ROOT}.atom")
@public
def you_said_we_did_feed() -> ResponseReturnValue:
    return feed(scopes.everything(), reading_now())


@bp.get(f"{ROOT}/<slug>.atom")
@public
def survey_feed(slug: str) -> ResponseReturnValue:
    found, reading = queries.public_survey(slug), reading_now()
    version = queries.published_versions([found.id])[found.id]
    return feed(scopes.of_survey(found), reading, version.title(reading.easy_read))


@bp.get(f"{ROOT}/ambition/<code>.atom")
@public
def ambition_feed(code: str) -> ResponseReturnValue:
    found = scopes.ambition_or_404(code)
    return feed(scopes.of_ambition(found), reading_now(), found.short_name)


def feed(scope: Scope, reading: Reading, about: str = "") -> ResponseReturnValue:
    title = _("You said, we did: %(what)s", what=about) if about else _("You said, we did")
    made = feed_of(scope, title, reading)
    reply = kept(Response(as_atom(made), mimetype=MIMETYPE))
    # Said, but not asked: what was taken down makes no answer newer, and has to go at once.
    reply.last_modified = made.updated
    return reply


def kept(file: Response) -> Response:
    """Who has it already is told so: the same answers are the same bytes."""
    file.add_etag(weak=True)  # weak, since it is compressed after this
    file.make_conditional(request)
    return file


# ---- what the address asks for


def page_of(scope: Scope, asked: Asked, template: str, **more: Any) -> str:
    return show(scope, asked, board(scope.actions, scope.snapshots, asked), template, **more)


def show(scope: Scope, asked: Asked, made: Board, template: str, **more: Any) -> str:
    shown = with_quotes(made, scope.actions, asked.reading)
    say_it_is_invented(shown.has_invented)
    ways = scope.ways(asked.reading.easy_read)
    return render_template(template, board=shown, ways=ways, address=scope.address(), **more)


def reading_now() -> Reading:
    """Standard or easy read, as the address says. Sets the page to it."""
    page = follow_address()
    return Reading(the_pack(), today(), page.easy_read)


def asked_for(scope: Scope, reading: Reading, ambition: str | None = None) -> Asked:
    return Asked(
        reading=reading,
        address=lambda **query: scope.url(**query),
        page=min(max(request.args.get("page", 1, type=int), 1), LAST_PAGE),
        ambition=ambition,
    )
