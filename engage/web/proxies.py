"""Whose address a request comes from, where web servers of ours stand in front.

Each of them adds the address it saw. Only as many as are known to be ours are believed.
"""

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix


def init_app(app: Flask) -> None:
    app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
        app.wsgi_app, x_for=app.config["TRUSTED_PROXIES"], x_proto=0
    )
