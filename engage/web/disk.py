"""Refuses what cannot be kept: with the disk nearly full nothing is taken, so nothing is lost."""

import shutil
from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, current_app, request
from flask.typing import ResponseReturnValue

from engage.web.errors import cannot_save
from engage.web.transactions import UNSAFE_METHODS

MEGABYTE = 1024 * 1024


View = TypeVar("View", bound=Callable[..., Any])


def taken_when_full(view: View) -> View:
    """For what must be taken to the last: a cry for help is small, and the reserve is for it."""
    view.is_taken_when_full = True  # type: ignore[attr-defined]
    return view


def init_app(app: Flask) -> None:
    app.before_request(refuse_when_full)


def refuse_when_full() -> ResponseReturnValue | None:
    if request.method not in UNSAFE_METHODS:
        return None
    view = current_app.view_functions.get(request.endpoint or "")
    if getattr(view, "is_taken_when_full", False):
        return None
    config = current_app.config
    free = shutil.disk_usage(config["INSTANCE_FOLDER"]).free
    if free >= config["MIN_FREE_MEGABYTES"] * MEGABYTE:
        return None
    return cannot_save()
