"""The one file that holds every public table."""

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from engage.indicators.everything.collecting import as_bytes
from engage.surveys.the_pack import the_pack
from engage.web.access import public

bp = Blueprint("everything", __name__, url_prefix="/indicators")


@bp.get("/everything.json")
@public
def everything_json() -> ResponseReturnValue:
    """Who has it already is told so: the same tables are the same bytes."""
    content = as_bytes(the_pack())
    file = Response(content, mimetype="application/json")
    file.headers["Content-Disposition"] = "attachment; filename=engage-public-tables.json"
    file.add_etag()
    return file.make_conditional(request)
