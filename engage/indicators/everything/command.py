"""The command `engage snapshot export`. See docs/snapshot-export.md."""

from pathlib import Path
from typing import cast

from flask import current_app

from engage.errors import InvalidInputError
from engage.framework import Pack
from engage.indicators.everything.collecting import as_bytes


def exported() -> bytes:
    return as_bytes(cast(Pack, current_app.extensions["pack"]))


def exported_to(file: Path) -> str:
    """Write all public tables to a file, and say so."""
    content = exported()
    try:
        file.write_bytes(content)
    except OSError as error:
        raise InvalidInputError(f"{file.name} cannot be written.") from error
    return f"All public tables are in {file.name}."
