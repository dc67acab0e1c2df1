"""Pages of people who answer: without a cookie, kept by no browser and named to no other site."""

from flask import Blueprint, Response

from engage.web.origin import check_instead_of_token


def respondents_blueprint(name: str, module: str) -> Blueprint:
    bp = Blueprint(name, module)
    check_instead_of_token(bp)
    bp.after_request(keep_private)
    return bp


def keep_private(reply: Response) -> Response:
    """The address holds the token and the page the answers: neither is left behind."""
    reply.headers["Cache-Control"] = "no-store"
    reply.headers["Referrer-Policy"] = "same-origin"
    return reply
