"""Engage: kind surveys, honest analysis, and "You said, we did" for English counties."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flask import Flask


def create_app(config: Mapping[str, Any]) -> "Flask":
    """The web application for these settings. Imported only now: an analysis needs none of it."""
    from engage.application import create_app as build  # noqa: PLC0415

    return build(config)
