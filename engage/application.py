"""The web application: extensions and blueprints put on, once, for some settings."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import Flask

from engage.blueprints import BLUEPRINTS
from engage.extensions import compress, csrf, db, migrate
from engage.framework import load_pack
from engage.people import signin
from engage.web import access, disk, errors, headers, i18n, proxies, transactions

ONE_PAGE_OF_ANSWERS = 256 * 1024  # bytes: 100,000 characters fit, a flood does not


class Engage(Flask):
    """Flask without the question, at each of a dozen steps of a request, whether it is async."""

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        return func


def create_app(config: Mapping[str, Any]) -> Flask:
    """The web application for these settings. Extensions and blueprints are put on here, once."""
    app = Engage("engage")
    app.config.from_mapping(
        MAX_CONTENT_LENGTH=ONE_PAGE_OF_ANSWERS,
        MAX_FORM_MEMORY_SIZE=ONE_PAGE_OF_ANSWERS,
        # Brotli makes the style sheets a tenth smaller than what browsers would ask for first.
        COMPRESS_ALGORITHM=["br", "gzip"],
        COMPRESS_ALGORITHM_STREAMING=["br", "gzip"],
        COMPRESS_BR_LEVEL=4,
        # Pages are never kept, and files have their version in their address: no one asks again.
        COMPRESS_EVALUATE_CONDITIONAL_REQUEST=False,
    )
    app.config.from_mapping(config)
    pack = load_pack(app.config["PACK"])
    app.extensions["pack"] = pack
    app.config["PLACE"] = pack.place

    for extension in (transactions, db, migrate, i18n, csrf, signin, access, disk, errors, headers):
        extension.init_app(app)
    compress.init_app(app)
    proxies.init_app(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    return app
