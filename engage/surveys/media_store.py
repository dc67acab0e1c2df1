"""Where the sounds and videos are: a folder of the instance, beside the database."""

from pathlib import Path

from flask import current_app

from engage.files import LocalFiles


def media_files() -> LocalFiles:
    return LocalFiles(Path(current_app.config["INSTANCE_FOLDER"]) / "media")
