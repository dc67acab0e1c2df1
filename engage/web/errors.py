"""How what goes wrong looks to a person."""

import logging
import re

from flask import Flask, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.exc import DataError, NoResultFound, OperationalError
from werkzeug.exceptions import HTTPException, InternalServerError

from engage.errors import ClosedError, EngageError, FrozenError, NotReadyError

log = logging.getLogger(__name__)
CONFLICTS = (ClosedError, FrozenError, NotReadyError)


# A respondent's address holds the secret that opens their answers.
SECRET_IN_A_PATH = re.compile(
    r"(/|%2F)(answer|tell-me-yes|tell-me-no-more)(/|%2F)[^/\s%&]+", re.IGNORECASE
)


def init_app(app: Flask) -> None:
    app.logger.addFilter(without_secrets)
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(NoResultFound, lambda error: not_found())
    # PostgreSQL refuses what no person types, such as a NUL in an address.
    app.register_error_handler(DataError, lambda error: error_page(*words(400), 400))
    app.register_error_handler(EngageError, domain_error)
    app.register_error_handler(InternalServerError, server_error)


def without_secrets(record: logging.LogRecord) -> bool:
    """Keeps the tokens of respondents out of the log; the rest of the line stays."""
    record.msg = SECRET_IN_A_PATH.sub(r"/\2/…", record.getMessage())
    record.args = ()
    return True


def http_error(error: HTTPException) -> ResponseReturnValue:
    if error.code is not None and 300 <= error.code < 400:
        return error.get_response()
    heading, message = words(error.code or 500)
    return error_page(heading, message, error.code or 500)


def not_found() -> ResponseReturnValue:
    return error_page(*words(404), 404)


def domain_error(error: EngageError) -> ResponseReturnValue:
    status = 409 if isinstance(error, CONFLICTS) else 422
    return error_page(_("We could not do that"), str(error), status)


def server_error(error: InternalServerError) -> ResponseReturnValue:
    """A database that cannot write now (full disk, locked) is a wait, not a fault of the page."""
    if isinstance(error.original_exception, OperationalError):
        return cannot_save()
    return error_page(*words(500), 500)


def cannot_save() -> ResponseReturnValue:
    body, status = error_page(*words(503), 503)
    return body, status, {"Retry-After": "120"}


def error_page(heading: str, message: str, status: int) -> tuple[str, int]:
    return render_template("layouts/error.html", heading=heading, message=message), status


def words(status: int) -> tuple[str, str]:
    """The heading and the sentence for a status."""
    known = {
        400: (_("We could not read that"), _("Go back and try again.")),
        403: (_("You cannot open this page"), _("It is not open to you.")),
        404: (_("Page not found"), _("Check the address, or go to the list of surveys.")),
        405: (_("Page not found"), _("Check the address, or go to the list of surveys.")),
        413: (
            _("That is too long"),
            _("Go back and make it shorter. What you saved before is still here."),
        ),
        429: (_("Please wait a minute"), _("Too many tries. Wait a minute and try again.")),
        503: (
            _("We cannot save answers right now"),
            _("What you saved before is safe. Wait a few minutes and try again."),
        ),
    }
    if status in known:
        return known[status]
    log.error("status %s on %s", status, request.endpoint)
    return _("Something went wrong"), _("It is our fault. Wait a minute and try again.")
