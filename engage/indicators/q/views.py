"""Pages and files of the indicators. They read what was published and never count."""

from collections.abc import Sequence
from importlib.metadata import version

from flask import Blueprint, Response, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from engage.indicators import names
from engage.indicators.q import display, display_county, display_method, export
from engage.indicators.q.queries import Issue, coded_comments, county, published_q, taken
from engage.indicators.targets.queries import targets_in_force
from engage.surveys.the_pack import the_pack
from engage.web.access import public
from engage.web.i18n import follow_address, say_it_is_invented

bp = Blueprint("indicators", __name__, url_prefix="/indicators")


@bp.get("/q")
@public
def q() -> ResponseReturnValue:
    published = published_q()
    newest = [issues[0] for issues in published.values() if issues]
    found = county(published)
    _set_page(newest)
    return render_template(
        "indicators/q.html",
        published=published,
        newest=newest,
        trends=found.data["trends"] if found else {},
        dials=found.data["dials"] if found else None,
        composite=found.data["composite"] if found else None,
        one="one" in request.args,
        coded=coded_comments(),
        targets=targets_in_force(),
        areas=the_pack().areas,
        display=display,
        county_words=display_county,
    )


@bp.get("/q/method")
@public
def q_method() -> ResponseReturnValue:
    """The definition sheet and the methodology note, made from what was published."""
    published = published_q()
    newest = [issues[0] for issues in published.values() if issues]
    _set_page(newest)
    return render_template(
        "indicators/q_method.html",
        newest=newest,
        log=taken(published),
        display=display,
        method=display_method,
        names=names,
        areas={area.code: f"{area.number}. {area.short_name}" for area in the_pack().areas},
        engage_version=version("engage"),
    )


@bp.get("/q.json")
@public
def q_json() -> ResponseReturnValue:
    return jsonify(export.as_json(_everything(), the_pack().areas))


@bp.get("/q.csv")
@public
def q_csv() -> ResponseReturnValue:
    file = Response(export.as_csv(_everything(), the_pack().areas), mimetype="text/csv")
    file.headers["Content-Disposition"] = "attachment; filename=indicator-q.csv"
    return file


def _everything() -> list[Issue]:
    return [issue for issues in published_q().values() for issue in issues]


def _set_page(issues: Sequence[Issue]) -> None:
    follow_address()
    say_it_is_invented(any(issue.is_invented for issue in issues))
