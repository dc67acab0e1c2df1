"""The one file that holds every public table."""

from typing import cast

from flask import Blueprint, Response, current_app, request
from flask.typing import ResponseReturnValue

from engage.framework import Pack
from engage.indicators.everything.collecting import as_bytes
from engage.web.access import public

bp = Blueprint("everything", __name__, url_prefix="/indicators")


@bp.get("/everything.json")
@public
def everything_json() -> ResponseReturnValue:
    """Who has it already is told so: the same tables are the same bytes."""
    content = as_bytes(cast(Pack, current_app.extensions["pack"]))
    file = Response(content, mimetype="application/json")
    file.headers["Content-Disposition"] = "attachment; filename=engage-public-tables.json"
    file.add_etag()
    return file.make_conditional(request)
