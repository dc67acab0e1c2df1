"""Where a form was sent from.

Respondents have no cookie, so there is nothing to tie a CSRF token to. Their forms
are refused when the browser names another website. Staff have a session: their
blueprints never come here, and keep Flask-WTF's token, which is on for every route
that is not exempt.
"""

from urllib.parse import urlsplit

from flask import Blueprint, current_app, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import Headers

from engage.extensions import csrf

from engage.web.transactions import UNSAFE_METHODS

OUR_OWN_PAGES = {"same-origin", "none"}


def check_instead_of_token(bp: Blueprint) -> None:
    csrf.exempt(bp)
    bp.before_request(refuse_other_sites)


def refuse_other_sites() -> ResponseReturnValue | None:
    if request.method not in UNSAFE_METHODS:
        return None
    if is_ours(request.headers, current_app.config["PUBLIC_URL"]):
        return None
    return render_template("layouts/other_site.html"), 403


def is_ours(headers: Headers, public_url: str) -> bool:
    """False where the browser says that another website sent this."""
    # No page can forge this header; where a browser sends it, the others add nothing.
    if site := headers.get("Sec-Fetch-Site"):
        return site in OUR_OWN_PAGES
    sender = headers.get("Origin") or headers.get("Referer")
    # An old phone may say nothing; the secret in the address is then the only key, and enough.
    if not sender:
        return True
    # The address people know us by, not the Host header, which the sender chooses.
    return urlsplit(sender).netloc == urlsplit(public_url).netloc
