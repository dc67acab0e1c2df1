"""What staff send to publish a report or take it down."""

from flask_wtf import FlaskForm
from wtforms import HiddenField


class PublishForm(FlaskForm):  # type: ignore[misc]
    seen = HiddenField()  # the checksum of what they read


class TakeDownForm(FlaskForm):  # type: ignore[misc]
    """Only a press of its button."""
