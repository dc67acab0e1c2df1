"""What browsers are told on every page: run no inline script, frame nothing, send no address."""

from flask import Flask, Response, request

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; media-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
USUAL = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
A_YEAR = 31_536_000


def init_app(app: Flask) -> None:
    app.after_request(set_headers)


def set_headers(response: Response) -> Response:
    # A page that knows better keeps its own. All at once: this runs for every request.
    known = {name for name, _value in response.headers}
    response.headers.extend({name: value for name, value in USUAL.items() if name not in known})
    if request.endpoint == "static":
        # A style sheet asks for fonts by their names alone; another font has another name.
        is_for_good = "v" in request.args or request.path.endswith(".woff2")
        kept = f"public, max-age={A_YEAR}, immutable" if is_for_good else "max-age=3600"
        response.headers["Cache-Control"] = kept
    elif request.path.startswith("/staff"):
        response.headers["Cache-Control"] = "no-store"
    elif "Cache-Control" not in known:
        # Nobody in between keeps what was taken down or taken back: they ask each time.
        response.headers["Cache-Control"] = "no-cache"
    return response
