"""The public list of all indicators, a page for each, and the engagement ledger."""

from flask import Blueprint, Response, abort, jsonify, render_template
from flask.typing import ResponseReturnValue

from engage.indicators.ledger import queries as ledger_queries
from engage.indicators.ledger import sums as ledger
from engage.indicators.others import files as list_files
from engage.indicators.others import listing, words
from engage.indicators.others import queries as figure_queries
from engage.indicators.others.listing import Listed
from engage.indicators.others.measured import Figure
from engage.surveys.the_pack import the_pack
from engage.web.access import public
from engage.web.i18n import follow_address

bp = Blueprint("indicator_list", __name__, url_prefix="/indicators")


@bp.get("")
@public
def index() -> ResponseReturnValue:
    follow_address()
    pack = the_pack()
    figures = figure_queries.all_measurements()
    return render_template(
        "indicators/index.html",
        groups=listing.groups(pack, figures),
        beside=listing.beside(pack, figures),
        names=words.Names(pack),
        pack=pack,
        words=words,
    )


@bp.get("/<code>")
@public
def indicator(code: str) -> ResponseReturnValue:
    follow_address()
    return render_template(
        "indicators/indicator.html",
        listed=_listed(code),
        names=words.Names(the_pack()),
        words=words,
    )


@bp.get("/<code>.json")
@public
def indicator_json(code: str) -> ResponseReturnValue:
    return jsonify(list_files.indicator_json(_listed(code)))


@bp.get("/<code>.csv")
@public
def indicator_csv(code: str) -> ResponseReturnValue:
    return _file(list_files.indicator_csv(_listed(code)), f"{code}.csv")


@bp.get("/engagement")
@public
def engagement() -> ResponseReturnValue:
    follow_address()
    pack = the_pack()
    entries = ledger.for_everybody(ledger_queries.entries())
    return render_template(
        "indicators/engagement.html",
        entries=entries,
        totals=ledger.totals(entries, pack.units),
        check=ledger.voices_check(pack),
        pack=pack,
        names=words.Names(pack),
        words=words,
    )


@bp.get("/engagement.json")
@public
def engagement_json() -> ResponseReturnValue:
    entries = ledger.for_everybody(ledger_queries.entries())
    sums = ledger.totals(entries, the_pack().units)
    return jsonify(list_files.ledger_json(entries, sums, ledger.voices_check(the_pack())))


@bp.get("/engagement.csv")
@public
def engagement_csv() -> ResponseReturnValue:
    entries = ledger.for_everybody(ledger_queries.entries())
    return _file(list_files.ledger_csv(entries), "engagement.csv")


@bp.get("/others.json")
@public
def beside_json() -> ResponseReturnValue:
    return jsonify(list_files.beside_json(_beside()))


@bp.get("/others.csv")
@public
def beside_csv() -> ResponseReturnValue:
    return _file(list_files.beside_csv(_beside()), "others.csv")


def _beside() -> list[Figure]:
    return listing.beside(the_pack(), figure_queries.all_measurements())


def _listed(code: str) -> Listed:
    """The indicator of that code, 404 where there is none."""
    pack = the_pack()
    try:
        found = pack.indicator(code)
    except LookupError:
        abort(404)
    return listing.listed(pack, found, figure_queries.measurements(code))


def _file(text: str, name: str) -> Response:
    file = Response(text, mimetype="text/csv")
    file.headers["Content-Disposition"] = f"attachment; filename={name}"
    return file
