"""Pages and files of the indicators. They read what was published and never count."""

from collections.abc import Sequence
from typing import cast

from flask import Blueprint, Response, current_app, jsonify, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from engage.framework import Pack
from engage.framework.pack import Indicator
from engage.indicators import display, export
from engage.indicators.queries import Issue, published_q
from engage.web.access import public
from engage.web.i18n import follow_address

bp = Blueprint("indicators", __name__, url_prefix="/indicators")


@bp.get("")
@public
def index() -> ResponseReturnValue:
    return render_template("indicators/index.html", indicators=_of_the_same_strategy("q"))


@bp.get("/q")
@public
def q() -> ResponseReturnValue:
    published = published_q()
    newest = [issues[0] for issues in published.values() if issues]
    _set_page(newest)
    return render_template(
        "indicators/q.html",
        published=published,
        newest=newest,
        earlier=[issue for issues in published.values() for issue in issues[1:]],
        areas=_pack().areas,
        display=display,
    )


@bp.get("/q.json")
@public
def q_json() -> ResponseReturnValue:
    return jsonify(export.as_json(_everything(), _pack().areas))


@bp.get("/q.csv")
@public
def q_csv() -> ResponseReturnValue:
    file = Response(export.as_csv(_everything(), _pack().areas), mimetype="text/csv")
    file.headers["Content-Disposition"] = "attachment; filename=indicator-q.csv"
    return file


def _of_the_same_strategy(letter: str) -> list[Indicator]:
    """Earlier strategies used the same letters for other things."""
    found = _pack().indicators
    strategies = {indicator.strategy for indicator in found if indicator.letter == letter}
    return [indicator for indicator in found if indicator.strategy in strategies]


def _everything() -> list[Issue]:
    return [issue for issues in published_q().values() for issue in issues]


def _set_page(issues: Sequence[Issue]) -> None:
    page = follow_address()
    if any(issue.is_invented for issue in issues):
        page.demo_note = _("Example with made-up answers.")


def _pack() -> Pack:
    return cast(Pack, current_app.extensions["pack"])
