"""The county's reference data, as the running app holds it."""

from typing import cast

from flask import current_app

from engage.framework import Pack


def the_pack() -> Pack:
    return cast(Pack, current_app.extensions["pack"])
