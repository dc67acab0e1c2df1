"""Makes the translations that Flask-Babel reads out of those that translators write.

Done when the application starts: nobody has to remember it, and a page never shows old words.
"""

import os
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po


def compile_catalogues(folder: Path) -> None:
    """Write messages.mo beside each messages.po that is newer. Raises nothing it can do without:
    where the folder cannot be written, what is there is used.
    """
    for source in sorted(folder.glob("*/LC_MESSAGES/messages.po")):
        compiled = source.with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime >= source.stat().st_mtime:
            continue
        if os.access(source.parent, os.W_OK):
            _compile(source, compiled)


def _compile(source: Path, compiled: Path) -> None:
    with source.open("rb") as file:
        catalogue = read_po(file, locale=source.parts[-3])
    # Written beside and put in place at once: another process may read it meanwhile.
    beside = compiled.with_name(f"{compiled.name}.{os.getpid()}")
    with beside.open("wb") as file:
        write_mo(file, catalogue)
    beside.replace(compiled)
