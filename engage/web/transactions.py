"""One request, one transaction: a write that succeeds is committed, anything else is not."""

from flask import Flask, Response, request

from engage.extensions import db, expect_writes

UNSAFE_METHODS = {"POST", "PUT", "PATCH", "DELETE"}


def init_app(app: Flask) -> None:
    # First of all, before any other hook can begin a transaction.
    app.before_request_funcs.setdefault(None, []).insert(0, announce)
    app.after_request(finish)


def announce() -> None:
    expect_writes(request.method in UNSAFE_METHODS)


def finish(response: Response) -> Response:
    if request.method in UNSAFE_METHODS and response.status_code < 400:
        db.session.commit()
    else:
        db.session.rollback()
    return response
