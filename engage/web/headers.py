"""What browsers are told on every page: run no inline script, frame nothing, send no address."""

from flask import Flask, Response, request

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; media-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
A_YEAR = 31_536_000


def init_app(app: Flask) -> None:
    app.after_request(set_headers)


def set_headers(response: Response) -> Response:
    response.headers.setdefault("Content-Security-Policy", POLICY)
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Referrer-Policy", "same-origin")
    response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
    if request.endpoint == "static":
        # A style sheet asks for fonts by their names alone; another font has another name.
        is_for_good = "v" in request.args or request.path.endswith(".woff2")
        kept = f"public, max-age={A_YEAR}, immutable" if is_for_good else "max-age=3600"
        response.headers["Cache-Control"] = kept
    elif request.path.startswith("/staff"):
        response.headers["Cache-Control"] = "no-store"
    return response
