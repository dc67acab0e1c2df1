"""Sounds, videos and captions as browsers fetch them: whole or in part, and never run."""

from pathlib import Path

from flask import Blueprint, Response, abort, send_file
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestedRangeNotSatisfiable

from engage.files import NAME
from engage.surveys import media
from engage.surveys.media_checks import CONTENT_TYPES
from engage.surveys.media_store import media_files
from engage.web.access import public
from engage.web.headers import A_YEAR

bp = Blueprint("media", __name__)
# Opened by itself in a tab, a file is shown and can do nothing.
INERT = "default-src 'none'; media-src 'self'; sandbox"


@bp.get("/media/<name>")
@public
def file(name: str) -> ResponseReturnValue:
    """Only what a published survey uses now."""
    if not media.is_published(name):
        abort(404)
    return sent(name)


def sent(name: str) -> Response:
    """The file of that name, or the part of it that was asked for: iPhones play nothing else."""
    parts, path = NAME.fullmatch(name), media_files().path(name)
    if parts is None or path is None:
        abort(404)
    try:
        answer = send_file(
            path,
            mimetype=CONTENT_TYPES[parts["ending"]],
            conditional=True,
            etag=parts["digest"],
            max_age=A_YEAR,
        )
    except RequestedRangeNotSatisfiable:
        answer = beyond_the_end(path)
    answer.cache_control.immutable = True
    answer.headers["Content-Security-Policy"] = INERT
    answer.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer


def beyond_the_end(path: Path) -> Response:
    length = {"Content-Range": f"bytes */{path.stat().st_size}"}
    return Response(status=416, headers=length, content_type="text/plain")
