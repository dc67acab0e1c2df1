"""The command `engage snapshot export`. See docs/snapshot-export.md."""

from pathlib import Path

from engage.errors import InvalidInputError
from engage.indicators.everything.collecting import as_bytes
from engage.surveys.the_pack import the_pack


def exported() -> bytes:
    return as_bytes(the_pack())


def exported_to(file: Path) -> str:
    """Write all public tables to a file, and say so."""
    content = exported()
    try:
        file.write_bytes(content)
    except OSError as error:
        raise InvalidInputError(f"{file.name} cannot be written.") from error
    return f"All public tables are in {file.name}."
