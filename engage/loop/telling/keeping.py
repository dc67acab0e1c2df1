"""The key of this service, as its settings give it."""

from flask import current_app

from engage.loop.telling.addresses import Keeper


def the_keeper() -> Keeper:
    return Keeper(current_app.config["FOLLOWER_KEY"])
