"""Files people upload, on this machine's disk, each named after what it holds.

A file is there whole or not at all, also after a power cut: it is written beside its place, brought
to the disk, and only then given its name. The same content twice is one file.
"""

import os
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

# Nothing else is ever opened, so no name leads out of the folder.
NAME = re.compile(r"(?P<digest>[0-9a-f]{64})\.(?P<ending>[a-z0-9]{1,8})")
UNFINISHED = "unfinished-"


def name_of(digest: str, ending: str) -> str:
    return f"{digest}.{ending}"


@dataclass(frozen=True, slots=True)
class LocalFiles:
    """A folder of files, known by the SHA-256 of what they hold."""

    folder: Path

    def save(self, content: bytes, ending: str) -> str:
        """Keep it for good; its digest. When this returns, a power cut no longer loses it."""
        digest = sha256(content).hexdigest()
        place = self.folder / name_of(digest, ending)
        self.folder.mkdir(parents=True, exist_ok=True)
        if place.exists():
            os.utime(place)  # wanted again: whoever tidies up sees that it is new
        else:
            _write_whole(place, content)
        return digest

    def path(self, name: str) -> Path | None:
        """Where the file of that name is; None where there is none."""
        if not NAME.fullmatch(name):
            return None
        place = self.folder / name
        return place if place.is_file() else None

    def remove(self, name: str) -> None:
        if place := self.path(name):
            place.unlink(missing_ok=True)

    def untouched_since(self, moment: datetime) -> Iterator[str]:
        """The names of the files last saved before that."""
        for file in self.folder.glob("*.*"):
            saved = datetime.fromtimestamp(file.stat().st_mtime, UTC)
            if NAME.fullmatch(file.name) and saved < moment:
                yield file.name


def _write_whole(place: Path, content: bytes) -> None:
    descriptor, beside = tempfile.mkstemp(dir=place.parent, prefix=UNFINISHED)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, place)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
    _bring_names_to_the_disk(place.parent)


def _bring_names_to_the_disk(folder: Path) -> None:
    """A name is part of its folder, and is only safe when the folder is."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
