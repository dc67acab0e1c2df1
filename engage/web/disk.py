"""Refuses what cannot be kept: with the disk nearly full nothing is taken, so nothing is lost."""

import shutil

from flask import Flask, current_app, request
from flask.typing import ResponseReturnValue

from engage.web.errors import cannot_save
from engage.web.transactions import UNSAFE_METHODS

MEGABYTE = 1024 * 1024


def init_app(app: Flask) -> None:
    app.before_request(refuse_when_full)


def refuse_when_full() -> ResponseReturnValue | None:
    if request.method not in UNSAFE_METHODS:
        return None
    config = current_app.config
    free = shutil.disk_usage(config["INSTANCE_FOLDER"]).free
    if free >= config["MIN_FREE_MEGABYTES"] * MEGABYTE:
        return None
    return cannot_save()
